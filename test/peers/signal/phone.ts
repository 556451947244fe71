import type { Attached, Seen, SeenForm, Someone } from '../peer.ts'
import { attachmentOf, dataOf, frameOf, quoteOf, reactionOf, type Said } from './frames.ts'
import { answerTo, numbered, questionIn } from './question.ts'
import { directOf, type Message, type Person, type World } from './world.ts'

/** How a phone is joined to the rest. */
export type Line = {
  readonly world: World
  readonly emit: (frame: unknown) => void
  /** Resolves when the hub has sent or changed something since. */
  readonly next: (since: number) => Promise<void>
}

/** Somebody with a phone: besides what everybody can do, they react, and send several pictures at once. */
export type Phone = Someone & {
  react(emoji: string, message: string, room: string | null): Promise<void>
  unreact(emoji: string, message: string, room: string | null): Promise<void>
  /** Answers a message with words. */
  quote(words: string, message: string, room: string | null): Promise<string>
  /** Sends words with whatever else a phone can put into a message. */
  say(said: Said, room: string | null): Promise<string>
}

const mostQuestions = 40

/** The phone of somebody. */
export function phoneOf(person: Person, { world, emit, next }: Line): Phone {
  const roomOf = (room: string | null) => room ?? directOf(person.uuid)

  async function say(said: Said, room: string | null): Promise<string> {
    const at = world.now()
    const where = roomOf(room)
    const quote = said.quote as { id: number; authorUuid: string; text: string } | undefined
    if (typeof said.message === 'string' || said.attachments) {
      world.messages.push({
        at,
        author: person.uuid,
        room: where,
        text: said.message ?? '',
        quote: quote ? { author: quote.authorUuid, at: quote.id, text: quote.text } : null,
        edits: [],
        deleted: false,
        reactions: new Map(),
      })
    }
    const group = world.groups.get(where) ?? null
    emit(frameOf(person, world.own, at, { dataMessage: dataOf(at, group, world.timerOf(where), said) }))
    return `${person.uuid}.${at}`
  }

  function found(id: string, room: string | null): Message {
    const message = world.messages.find(one => one.room === roomOf(room) && idOf(one, world) === id)
    if (!message) throw new Error(`${person.name} sees no message ${id} there`)
    return message
  }

  async function write(words: string, room: string | null, under?: string, files: readonly Attached[] = []) {
    const target = under === undefined ? null : found(under, room)
    const attachments = files.map(({ name, type, bytes }) =>
      attachmentOf(world.store(bytes, type), name, type, bytes.length),
    )
    return say(
      {
        message: words === '' && files.length > 0 ? null : words,
        ...(target ? { quote: quoteOf(target, world.own, world.people.get(target.author) ?? null) } : {}),
        ...(attachments.length > 0 ? { attachments } : {}),
      },
      room,
    )
  }

  async function reacted(emoji: string, id: string, room: string | null, isRemove: boolean): Promise<void> {
    const target = found(id, room)
    if (isRemove) target.reactions.delete(person.uuid)
    else target.reactions.set(person.uuid, emoji)
    const reaction = reactionOf(emoji, target, world.own, world.people.get(target.author) ?? null, isRemove)
    await say({ reaction }, room)
  }

  const own = (room: string | null) => seenIn(roomOf(room), world)
  const asked = () => own(null).findLast(message => message.author === 'hub')

  /** The hub's next words in the direct conversation. */
  async function answered(since: number): Promise<Seen> {
    for (;;) {
      const last = asked()
      if (last && world.messages.some(one => idOf(one, world) === last.id && latest(one) > since)) return last
      await next(since)
    }
  }

  return {
    account: person.uuid,
    say,
    write,
    async type(line, room) {
      await write(line, room)
    },
    async rewrite(id, words, room) {
      const target = found(id, room)
      const at = world.now()
      target.text = words
      target.edits.push(at)
      const group = world.groups.get(target.room) ?? null
      const dataMessage = dataOf(at, group, world.timerOf(target.room), { message: words })
      emit(frameOf(person, world.own, at, { editMessage: { targetSentTimestamp: target.at, dataMessage } }))
    },
    async unwrite(id, room) {
      const target = found(id, room)
      target.deleted = true
      target.text = ''
      await say({ remoteDelete: { timestamp: target.at } }, room)
    },
    react: (emoji, id, room) => reacted(emoji, id, room, false),
    unreact: (emoji, id, room) => reacted(emoji, id, room, true),
    quote: (words, message, room) => write(words, room, message),
    async press(label, message, room) {
      const { text } = found(message, room)
      const meant = numbered(text).find(one => one.label.toLowerCase().startsWith(label.toLowerCase()))
      if (!meant) throw new Error(`nothing on the message reads "${label}":\n${text}`)
      await write(meant.number, room, message)
    },
    form(): SeenForm | null {
      const last = own(null).at(-1)
      const question = last?.author === 'hub' ? questionIn(last.text) : null
      return question && { title: '', fields: [{ label: question.label, value: '', problem: '' }] }
    },
    async submit(values, files = []) {
      let left = files
      let since = 0
      for (let turn = 0; turn < mostQuestions; turn++) {
        const { text } = await answered(since)
        const question = questionIn(text)
        if (!question) return
        since = world.messages.at(-1)?.at ?? 0
        if (question.type === 'review' && left.length > 0) {
          await write('', null, undefined, left)
          left = []
          continue
        }
        await write(answerTo(question, values), null)
        if (question.type === 'review') {
          await answered(since)
          return
        }
      }
      throw new Error('the hub asks without end')
    },
    direct: async () => own(null),
  }
}

/** What everybody sees in a room, oldest first; the hub is `hub`. */
export function seenIn(room: string, world: World): readonly Seen[] {
  return world.messages
    .filter(message => message.room === room && !message.deleted)
    .map(message => ({
      id: idOf(message, world),
      author: message.author === world.own.uuid ? 'hub' : message.author,
      text: message.text,
      buttons: message.author === world.own.uuid ? numbered(message.text).map(one => one.label) : [],
      edited: message.edits.length > 0,
      ...(message.pictures ? { pictures: message.pictures.map(one => shownOf(one, message.text)) } : {}),
    }))
}

/** Signal has no text for who cannot see a picture: what the message says is all there is. */
function shownOf({ name, bytes }: { readonly name: string; readonly bytes: Buffer }, alt: string) {
  return { name, alt, size: bytes.length }
}

/** The name of a message, as the hub gives it: the author (the hub's number if it is the hub's) and the time. */
function idOf({ author, at }: Message, { own }: World): string {
  return `${author === own.uuid ? own.number : author}.${at}`
}

function latest({ at, edits }: Message): number {
  return edits.at(-1) ?? at
}

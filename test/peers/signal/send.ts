import type { Faults } from './faults.ts'
import { shownOf } from './styled.ts'
import { directOf, type Message, type Person, type World } from './world.ts'

/** What the API answers: a status and a JSON body. */
export type Answered = { readonly status: number; readonly body?: unknown }

/** How this server answers: up to 0.100 an object, then a list; texts differ too. */
export type Manner = { readonly answers: 'object' | 'list'; readonly mode: 'json-rpc' | 'normal' | 'native' }

/** A body of `/v2/send`, once its shape was checked. */
export type Letter = {
  readonly number: string
  readonly recipients: readonly string[]
  readonly message: string
  readonly text_mode?: 'normal' | 'styled'
  readonly quote_timestamp?: number
  readonly quote_author?: string
  readonly quote_message?: string
  readonly edit_timestamp?: number
  readonly base64_attachments?: readonly string[]
}

type Room = { readonly id: string; readonly people: readonly Person[] }

const day = 24 * 60 * 60_000
const mostEdits = 10
const longest = 2000

/** An answer that refuses. */
export function refused(error: string, status = 400): Answered {
  return { status, body: { error } }
}

/** What the server says when Signal limits the hub: with 429 only for messages, and only in json-rpc mode. */
export function limitedAnswer(
  tokens: readonly string[],
  account: string,
  message: boolean,
  { mode }: Manner,
): Answered {
  const token = tokens.find(one => one !== '')
  if (mode !== 'json-rpc') {
    return refused(
      token
        ? 'CAPTCHA proof required for sending to "x", available options "RECAPTCHA" with challenge token ' +
            `"${token}", or wait "86400" seconds`
        : '[413] Rate limit exceeded: 413',
    )
  }
  if (!message) return refused('Failed to send message due to rate limiting')
  const error =
    'Failed to send message due to rate limiting. Use the attached challenge tokens to lift the restrictions'
  return { status: 429, body: { error, challenge_tokens: tokens, account } }
}

/** Sends a message or an edit of the hub, by the rules of Signal; `written` is called with what phones show anew. */
export function send(
  letter: Letter,
  world: World,
  faults: Faults,
  manner: Manner,
  broken: (rule: string) => void,
): Answered {
  const { own } = world
  if (letter.number !== own.number) return refused('Specified account does not exist')
  const [recipient, ...others] = letter.recipients
  if (recipient === undefined || others.length > 0) broken('a message that is not to one recipient')
  const limit = faults.limited()
  if (limit) return limitedAnswer(limit.tokens, own.number, true, manner)
  const found = roomOf(recipient ?? '', world, manner)
  if ('status' in found) return found
  const at = world.now()
  const text = textOf(letter, broken)
  if (letter.edit_timestamp === undefined) {
    const quote = quoted(letter, found.id, world, broken)
    const pictures = (letter.base64_attachments ?? []).map(one => pictureIn(one, broken))
    const made = { at, author: own.uuid, room: found.id, text, quote, edits: [], deleted: false, reactions: new Map() }
    world.messages.push(pictures.length > 0 ? { ...made, pictures } : made)
  } else edit(world.message(found.id, own.uuid, letter.edit_timestamp), at, text, broken)
  return { status: 201, body: sentBody(at, found, faults, manner) }
}

/** An attachment, which must say its type and name, or phones show a file without either. */
function pictureIn(data: string, broken: (rule: string) => void): { readonly name: string; readonly bytes: Buffer } {
  const found = /^data:(image\/png);filename=([\w.-]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(data)
  if (!found) broken(`an attachment without its type or name: ${data.slice(0, 60)}`)
  const bytes = Buffer.from(found?.[3] ?? '', 'base64')
  if (bytes.subarray(1, 4).toString() !== 'PNG') broken('an attachment that is no PNG')
  return { name: found?.[2] ?? '', bytes }
}

function roomOf(recipient: string, world: World, { answers }: Manner): Room | Answered {
  if (recipient.startsWith('group.')) {
    const group = world.groups.get(recipient)
    if (!group?.hub) return refused('Invalid group id')
    return { id: group.id, people: [...group.members].flatMap(uuid => world.people.get(uuid) ?? []) }
  }
  const person = world.reached(recipient)
  if (!person?.registered) return refused('Failed to send message')
  if (person.trusted) return { id: directOf(person.uuid), people: [person] }
  return refused(
    answers === 'list'
      ? 'Unable to complete request due to untrusted recipient keys'
      : 'Failed to send message due to untrusted identities',
  )
}

function textOf({ message, text_mode: mode = 'normal' }: Letter, broken: (rule: string) => void): string {
  const { text, problem } = mode === 'styled' ? shownOf(message) : { text: message, problem: null }
  if (problem !== null) broken(`styled text: ${problem}: ${message.slice(0, 60)}`)
  if (text.trim() === '') broken('a message without words')
  if (Buffer.byteLength(text) > longest) broken('a message over 2,000 bytes: Signal makes a file of it')
  return text
}

function quoted(letter: Letter, room: string, world: World, broken: (rule: string) => void): Message['quote'] {
  const { quote_timestamp: at, quote_author: by, quote_message: text } = letter
  if (at === undefined) return null
  if (!by || !text) broken('a quote without its author or its words')
  const author = by === world.own.number ? world.own.uuid : (world.reached(by ?? '')?.uuid ?? '')
  if (!world.message(room, author, at)) broken('a quote of a message that does not stand there')
  return { author, at, text: text ?? '' }
}

function edit(message: Message | null, at: number, text: string, broken: (rule: string) => void): void {
  if (!message) broken('an edit that does not name the first version of an own message there')
  else if (message.deleted) broken('an edit of a message that was taken away')
  // Phones take such edits no more, and nobody is told.
  else if (message.edits.length >= mostEdits || at - message.at > day) broken('an edit too many, or after a day')
  else {
    message.text = text
    message.edits.push(at)
  }
}

function sentBody(at: number, { people, id }: Room, faults: Faults, { answers }: Manner): unknown {
  const timestamp = String(at)
  if (answers === 'object') return { timestamp }
  const recipients = people.flatMap(({ uuid, number }) => {
    const reason = id.startsWith('group.') ? faults.leftOut().get(uuid) : undefined
    return reason ? [{ number: number ?? '', uuid, username: '', reason }] : []
  })
  return [recipients.length > 0 ? { timestamp, errors: { recipients } } : { timestamp }]
}

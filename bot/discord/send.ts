import { type APIChannel, type APIMessage, Routes } from 'discord.js'
import type { Logger } from 'pino'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { inWords } from '../../workflows/text/depicted.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Host, Image, Outgoing, Platform, Target } from '../platform.ts'
import { partAt } from './custom.ts'
import { codeOf, failureOf, refusesPicture } from './failure.ts'
import { createFind } from './find.ts'
import { createForums, hasEnded } from './forum.ts'
import { attached, filesOf, firstWords, marked, newMessage, shown } from './message.ts'
import { createParts } from './parts.ts'
import { isGone, type Place, type Places } from './places.ts'
import { type Body, isPictured, pointing, renderOne, renderView } from './render.ts'
import type { Rest } from './rest.ts'
import { createThreads } from './thread.ts'

/** What sending works with; `host` is null until the platform was started, `me` gives the bot's own account. */
export type SendOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly host: () => Host | null
  readonly me: () => Promise<string>
  readonly log: Pick<Logger, 'warn'>
  readonly clock: () => number
}

/** The sending half of the platform. */
export type Sending = Required<Pick<Platform, 'post' | 'edit' | 'remove' | 'find'>>

const shortened = phrase('hub.shortened')
const needs = '"View Channel", "Send Messages", "Create Public Threads" and "Send Messages in Threads"'
// Delivery takes a message for lost after 12 s.
const sendMs = 10_000
// A message over an hour old may be edited only now and then; after one wait it is sent anew.
const waitMs = 20_000
const mostWaits = 1

/** Makes what posts, edits, takes away and finds the hub's messages. */
export function createSending(options: SendOptions): Sending {
  const { rest, places, host, me, log } = options
  const warn = (error: unknown, what: string) => log.warn({ code: codeOf(error) }, what)
  const forums = createForums(rest, places, warn)
  const threads = createThreads({ rest, places, forums })
  const parts = createParts(() => host()?.memory ?? null)
  const conversations = new Map<string, string>()
  const find = createFind({ rest, places, me, conversation })
  const waited = new Map<string, number>()

  return {
    async post(to, message) {
      const where = nameOf(to, host())
      try {
        return await rest.within(sendMs, () => send(to, message), message.urgent ? undefined : 'calm')
      } catch (error) {
        throw failureOf(error, { where, needs })
      }
    },

    async edit(ref, to) {
      const where = nameAt(ref, places)
      try {
        await rest.within(sendMs, () => redraw(ref, to), to.urgent ? undefined : 'calm')
      } catch (error) {
        throw stale(error, ref) ?? failureOf(error, { where, needs })
      }
    },

    async remove(ref) {
      try {
        await rest.within(
          sendMs,
          async () => {
            await removeParts(ref)
            await removeOne(ref.room, ref.id)
          },
          'calm',
        )
      } catch (error) {
        throw failureOf(error, { where: nameAt(ref, places), needs })
      }
    },

    async find(to, key, since) {
      try {
        return await rest.within(sendMs, () => find(to, key, since))
      } catch (error) {
        throw failureOf(error, { where: nameOf(to, host()), needs: '"Read Message History"' })
      }
    },
  }

  /** Where Discord takes no picture, the words go out instead, with what it shows; of no other failure it judges. */
  function toldOf(error: unknown, body: Body, { image, ...words }: Outgoing): Told {
    if (!image || !isPictured(body) || !refusesPicture(error)) throw error
    warn(error, 'Discord takes no picture there')
    const message = { ...words, view: inWords(words.view) }
    return { message, bodies: renderView(message.view, message.reader) }
  }

  async function send(to: Target, message: Outgoing): Promise<MessageRef> {
    const { image } = message
    const bodies = renderView(message.view, message.reader, image)
    switch (to.type) {
      case 'direct':
        return sendAll(await conversation(to.account), bodies, message)
      case 'thread':
        return threads.within(
          to.under,
          thread => sendAll(thread, bodies, message),
          () => besides(to.under, bodies, message),
        )
      case 'room': {
        const place = await places.find(to.room)
        const { replaces } = to
        if (place.kind === 'forum') {
          if (!replaces) return forumPost(place, bodies, message)
          return inPost(replaces, bodies, message).catch(error => {
            // Somebody has deleted the post: the incident gets a new one.
            if (codeOf(error) === 10003) return forumPost(place, bodies, message)
            throw error
          })
        }
        const shownBodies = replaces ? withThread(bodies, replaces, message.reader) : bodies
        const ref = await sendAll(to.room, shownBodies, message, replaces ? quoting(replaces, to.room) : {})
        threads.title(ref, titleIn(bodies, message))
        // The thread of the former card goes on under the new one.
        return replaces ? { ...ref, thread: replaces.thread ?? replaces.id } : ref
      }
    }
  }

  /** The card once more, in the post that it had. */
  async function inPost(former: MessageRef, bodies: readonly Body[], message: Outgoing): Promise<MessageRef> {
    const thread = former.thread ?? former.id
    const anew = () => sendAll(thread, bodies, message, quoting(former, thread))
    return threads.within(former, async () => ({ ...(await anew()), thread }))
  }

  /** Under a card that was sent anew stands where its talk goes on. */
  function withThread(bodies: readonly Body[], { id, thread = id }: MessageRef, reader: Reader): readonly Body[] {
    return places.known(thread) ? bodies.map((body, at) => (at === 0 ? pointing(body, thread, reader) : body)) : bodies
  }

  async function forumPost(forum: Place, bodies: readonly Body[], message: Outgoing): Promise<MessageRef> {
    const [first, ...rest] = bodies
    if (!first) throw new PlatformError('discord', 'there is nothing to say', { permanent: true })
    const { key, reader, card, image } = message
    const name = titleIn(bodies, message) || say(phrase('discord.tag-open'), reader)
    const opening = attached(marked(first, key, partAt(0, bodies.length)), first, image)
    let id: string
    try {
      id = await forums.create(forum, name, opening, card ?? null, reader, filesOf(first, image))
    } catch (error) {
      const told = toldOf(error, first, message)
      return forumPost(forum, told.bodies, told.message)
    }
    await sendRest(id, id, rest, message)
    return { room: id, id }
  }

  /** Sends the parts of a message one after the other; the first is what it is known by. */
  async function sendAll(channel: string, bodies: readonly Body[], message: Outgoing, extra = {}): Promise<MessageRef> {
    const [first, ...rest] = bodies
    if (!first) throw new PlatformError('discord', 'there is nothing to say', { permanent: true })
    const { key, image } = message
    let id: string
    try {
      id = (await create(channel, newMessage(first, key, partAt(0, bodies.length), extra), first, image)).id
    } catch (error) {
      const told = toldOf(error, first, message)
      return sendAll(channel, told.bodies, told.message, extra)
    }
    await sendRest(channel, id, rest, message)
    return { room: channel, id }
  }

  async function sendRest(channel: string, first: string, bodies: readonly Body[], given: Outgoing): Promise<void> {
    const ids: string[] = []
    let [left, message] = [bodies, given]
    for (let at = 0; at < left.length; at++) {
      const body = left[at] as Body
      const { key, image } = message
      try {
        ids.push((await create(channel, newMessage(body, key, partAt(at + 1, left.length + 1)), body, image)).id)
      } catch (error) {
        // What stands before the picture is cut alike without it, and is not said again.
        const told = toldOf(error, body, message)
        left = told.bodies.slice(1)
        message = told.message
        at -= 1
      }
    }
    if (ids.length > 0) await parts.add(first, ids)
  }

  function create(channel: string, message: object, body: Body, image: Image | undefined): Promise<APIMessage> {
    const ask = { body: attached(message, body, image), ...filesOf(body, image) }
    return rest.post<APIMessage>(Routes.channelMessages(channel), ask)
  }

  /** Where the server has no room for one more thread, words stand in the channel and quote the card. */
  async function besides(under: MessageRef, bodies: readonly Body[], message: Outgoing): Promise<MessageRef> {
    const day = Math.floor(options.clock() / 86_400_000)
    const room = { words: nameAt(under, places) }
    await host()?.notice(`discord-threads:${day}`, phrase('discord.many-threads', { room }))
    return sendAll(under.room, bodies, message, quoting(under, under.room))
  }

  async function redraw(ref: MessageRef, to: Outgoing): Promise<void> {
    const body = renderOne(to.view, to.reader, shortened, to.image)
    if (to.card) await threads.before(ref, to.card, titleIn([body], to) || 'Trust Hub', to.reader)
    const [shownBody = body] = ref.thread && ref.thread !== ref.room ? withThread([body], ref, to.reader) : [body]
    await change(ref, shownBody, to.image)
    await removeParts(ref)
    if (to.card && hasEnded(to.card)) await threads.close(ref)
  }

  async function change(ref: MessageRef, body: Body, image?: Image): Promise<void> {
    const ask = { body: attached(shown(body), body, image), ...filesOf(body, image) }
    const edit = () => rest.patch(Routes.channelMessage(ref.room, ref.id), ask)
    try {
      await edit()
    } catch (error) {
      if (codeOf(error) !== 50083) throw error
      const was = await forums.unlock(ref.room)
      await edit()
      if (was.locked) await forums.close(ref.room)
    }
    waited.delete(ref.id)
  }

  /** A message that cannot be edited any more must be sent anew; null for any other failure. */
  function stale(error: unknown, ref: MessageRef): PlatformError | null {
    const code = codeOf(error)
    const gone = (message: string) =>
      new PlatformError('discord', message, { permanent: true, because: 'stale', cause: error })
    // The post of a forum is gone, with the message in it; its forum may well be there.
    if (code === 10003 && (ref.room === ref.id || ref.thread === ref.room)) return gone('its thread is gone')
    if (code !== 30046) return null
    const times = (waited.get(ref.id) ?? 0) + 1
    waited.set(ref.id, times)
    if (waited.size > 1000) waited.delete(waited.keys().next().value ?? '')
    if (times > mostWaits) return gone('Discord takes no more edits of this old message')
    const how = { permanent: false, retryAfterMs: waitMs, cause: error }
    return new PlatformError('discord', 'Discord slows down edits of old messages', how)
  }

  async function removeParts({ room, id }: MessageRef): Promise<void> {
    for (const part of await parts.take(id)) await removeOne(room, part)
  }

  async function removeOne(channel: string, id: string): Promise<void> {
    await rest.delete(Routes.channelMessage(channel, id)).catch(error => {
      if (!isGone(error)) throw error
    })
  }

  async function conversation(account: string): Promise<string> {
    const known = conversations.get(account)
    if (known) return known
    const { id } = await rest.post<APIChannel>(Routes.userChannels(), { body: { recipient_id: account } })
    conversations.set(account, id)
    return id
  }
}

type Told = { readonly message: Outgoing; readonly bodies: readonly Body[] }

/** The old message is quoted, so that whoever reads the new one can go back to it. */
function quoting(old: MessageRef, channel: string): object {
  if (old.room !== channel) return {}
  return { message_reference: { message_id: old.id, channel_id: channel, fail_if_not_exists: false } }
}

/** What a thread is named: the number and the kind; the severity changes, and stands in the tags. */
function titleIn([first]: readonly Body[], { card }: Outgoing): string {
  const words = first ? firstWords({ components: [first] }) : ''
  const at = card ? words.indexOf(card.incident) : -1
  return at >= 0 ? words.slice(at) : words
}

function nameOf(to: Target, host: Host | null): string {
  if (to.type === 'direct') return 'the direct conversation'
  const address = to.type === 'room' ? to.room : to.under.room
  const room = host?.rooms().find(one => one.address === address)
  return room ? `#${room.name} on Discord` : `channel ${address} on Discord`
}

function nameAt({ room }: MessageRef, places: Places): string {
  const place = places.known(room)
  return place?.name ? `#${place.name} on Discord` : `channel ${room} on Discord`
}

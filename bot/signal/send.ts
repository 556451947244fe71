import type { Logger } from 'pino'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import type { Image, Target } from '../platform.ts'
import { directRoom, messageRef, readRef } from './address.ts'
import type { Client, Letter } from './client.ts'
import type { Contacts } from './contact.ts'
import type { Outgoing } from './outgoing.ts'
import type { People } from './people.ts'
import { SignalError } from './refusal.ts'
import { literal } from './style.ts'

/**
 * How a message is sent: the key is the same however often it is tried; `quote` is the message it answers; what is
 * `urgent` goes before what is not.
 */
export type How = { readonly key: string; readonly quote?: MessageRef; readonly urgent?: boolean }

/**
 * Answers somebody, who waits for it: text in `styled` mode, already escaped; several pieces go one after the other,
 * and the first one's name is given. @throws PlatformError
 */
export type Send = (to: Target, text: string | readonly string[], how: How) => Promise<MessageRef>

/** Puts an emoji on a message as a sign that it was taken in; never rejects. */
export type React = (message: MessageRef, emoji: string) => Promise<void>

/** What is said of a picture that is not there, or that may not be. */
export type ToldPicture = (what: 'missing' | 'perhaps') => string

/** Everything that is done with messages over there. */
export type Voice = {
  /** Sends pieces in their order and gives the name of each; those that went before a failure are not sent again. */
  readonly say: (to: Target, pieces: readonly string[], how: How) => Promise<readonly MessageRef[]>
  readonly send: Send
  /** True if Signal limited the hub when that was last sent: it may have gone out all the same, and nobody can tell. */
  readonly doubted: (key: string) => boolean
  /**
   * Sends a picture with what it shows in words, once. Where Signal takes none, or nobody can tell whether it arrived,
   * `words` are said instead: nobody is left to look for it. What is not `urgent` waits while Signal limits the hub.
   * Never rejects: what it belongs to stands, and must not be sent again because of it.
   */
  readonly picture: (to: Target, image: Image, how: How, words?: ToldPicture) => Promise<void>
  readonly react: React
  /** Makes an own message read so. */
  readonly change: (message: MessageRef, text: string) => Promise<void>
  /** Takes an own message from everybody's screen. */
  readonly remove: (message: MessageRef) => Promise<void>
}

type Options = {
  readonly number: string
  readonly client: Client
  readonly outgoing: Outgoing
  readonly people: People
  readonly contacts: Contacts
  /** The first words of a message that the hub once sent, or null. */
  readonly titleOf: (message: MessageRef) => Promise<string | null>
  readonly clock: () => number
  /** Waits; rejects once the hub stops. */
  readonly pause: (ms: number) => Promise<unknown>
  readonly log: Pick<Logger, 'warn'>
}

// Phones silently drop edits and deletions of messages that are older.
const day = 24 * 60 * 60_000
const mostHalves = 200
const mostTries = 6
const againMs = 5000

/** Makes the voice of the hub on Signal. */
export function createVoice(options: Options): Voice {
  const { number, client, outgoing, people, contacts, titleOf, clock, pause, log } = options
  const doubtful = new Set<string>()
  // What went out of messages in several pieces, whose next piece failed.
  const halves = new Map<string, readonly MessageRef[]>()

  async function say(to: Target, pieces: readonly string[], how: How, answer = false) {
    const { key, quote = quoteOf(to), urgent = answer } = how
    const { recipient, room } = await addressOf(to)
    if (to.type === 'direct') await (answer ? contacts.met(recipient) : contacts.begin(recipient, urgent))
    const refs = [...(halves.get(key) ?? [])]
    for (const message of pieces.slice(refs.length)) {
      const quoted = quote && refs.length === 0 ? await quoteIn(quote) : {}
      try {
        const letter: Letter = { recipients: [recipient], message, ...plainly, ...quoted }
        refs.push(messageRef(room, number, (await outgoing.send(letter, urgent)).at))
      } catch (error) {
        if (refs.length > 0) remember(key, refs)
        // To be limited does not prove that nothing went out (signal-cli, issue 2071).
        if (error instanceof SignalError && error.refusal.type === 'limited' && !error.refusal.held) doubt(key)
        throw error
      }
    }
    halves.delete(key)
    doubtful.delete(key)
    return refs
  }

  async function picture(
    to: Target,
    image: Image,
    { key, urgent = false }: How,
    words: ToldPicture = () => image.alt,
  ): Promise<void> {
    try {
      const { recipient } = await addressOf(to)
      const saying = (message: string): Letter => ({ recipients: [recipient], message: literal(message), ...plainly })
      let letter: Letter = { ...saying(image.alt), base64_attachments: [dataOf(image)] }
      let pictured = true
      for (let tries = 1; ; tries++) {
        try {
          await outgoing.send(letter, urgent)
          return
        } catch (error) {
          const done = error instanceof SignalError ? fateOf(error) : 'unknown'
          log.warn({ key, reason: reasonOf(error) }, 'a picture did not go out on Signal, or may not have')
          // Words of a picture that were refused too, or may stand there already, are not said again.
          if (tries === mostTries || (!pictured && done !== 'later')) return
          if (done !== 'later') {
            letter = saying(words(done === 'refused' ? 'missing' : 'perhaps'))
            pictured = false
          }
          if (done !== 'refused' && !urgent) await pause((error as Partial<SignalError>).retryAfterMs ?? againMs)
          else if (done === 'later') return
        }
      }
    } catch (error) {
      log.warn({ key, reason: reasonOf(error) }, 'a picture may not have gone out on Signal')
    }
  }

  function doubt(key: string): void {
    const [oldest] = doubtful
    if (doubtful.size >= mostHalves && oldest !== undefined) doubtful.delete(oldest)
    doubtful.add(key)
  }

  function remember(key: string, refs: readonly MessageRef[]): void {
    const [oldest] = halves.keys()
    if (halves.size >= mostHalves && oldest !== undefined) halves.delete(oldest)
    halves.set(key, [...refs])
  }

  async function addressOf(to: Target): Promise<{ readonly recipient: string; readonly room: string }> {
    switch (to.type) {
      case 'room':
        return { recipient: to.room, room: to.room }
      case 'direct': {
        const account = await people.accountOf(to.account)
        return { recipient: account, room: directRoom(account) }
      }
      case 'thread':
        return { recipient: recipientOf(to.under), room: to.under.room }
    }
  }

  async function quoteIn(quote: MessageRef) {
    const place = readRef(quote)
    if (!place) return {}
    // Phones show these words where they do not have the quoted message any more.
    const quote_message = (await titleOf(quote).catch(() => null)) ?? '…'
    return { quote_timestamp: place.at, quote_author: place.author, quote_message }
  }

  function young(message: MessageRef, what: string) {
    const place = readRef(message)
    if (!place || place.author !== number || clock() - place.at >= day) {
      throw new PlatformError('signal', `a message that is too old on Signal to be ${what}`, {
        permanent: true,
        because: 'stale',
      })
    }
    return { recipient: recipientOf(message), at: place.at }
  }

  return {
    say,
    picture,
    doubted: key => doubtful.has(key),
    async send(to, text, how) {
      const [first] = await say(to, typeof text === 'string' ? [text] : text, how, true)
      if (!first) throw new PlatformError('signal', 'a message without words', { permanent: true })
      return first
    },
    async react(message, emoji) {
      const place = readRef(message)
      if (!place) return
      await outgoing
        .inTurn(() => client.react(recipientOf(message), place.author, place.at, emoji))
        .catch(error => log.warn({ reason: reasonOf(error) }, 'a reaction was not sent'))
    },
    async change(message, text) {
      const { recipient, at } = young(message, 'changed')
      await outgoing.send({
        recipients: [recipient],
        message: text,
        ...plainly,
        edit_timestamp: at,
      })
    },
    async remove(message) {
      const { recipient, at } = young(message, 'taken away')
      await outgoing.inTurn(() => client.remoteDelete(recipient, at))
    },
  }
}

const plainly = { text_mode: 'styled', notify_self: false } as const

/** What became of something that failed: Signal does not take it, it surely was not sent yet, or nobody can tell. */
function fateOf({ refusal }: SignalError): 'refused' | 'later' | 'unknown' {
  switch (refusal.type) {
    case 'limited':
      return refusal.held ? 'later' : 'unknown'
    case 'down':
      return refusal.sure ? 'later' : 'unknown'
    default:
      return 'refused'
  }
}

/** A file as the API takes it: its type and name before its bytes. */
function dataOf({ bytes, name }: Image): string {
  return `data:image/png;filename=${name};base64,${Buffer.from(bytes).toString('base64')}`
}

function recipientOf(message: MessageRef): string {
  return readRef(message)?.account ?? message.room
}

/** What belongs to a card quotes it, and so does the card that stands in its place. */
function quoteOf(to: Target): MessageRef | undefined {
  if (to.type === 'thread') return to.under
  return to.type === 'room' ? to.replaces : undefined
}

import type { MessageRef } from '../../workflows/delivery.ts'
import { type Carried, filesOf } from './opened.ts'
import { plainWords } from './words.ts'

/** What an event means; everything that people did not do themselves in a conversation of the hub means nothing. */
export type Heard =
  | (Spoken & { readonly type: 'message'; readonly words: string; readonly files: readonly Carried[] })
  | (Spoken & { readonly type: 'edited'; readonly words: string; readonly edit: string })
  | (Spoken & { readonly type: 'deleted' })
  | { readonly type: 'home'; readonly account: string }
  | { readonly type: 'groups' }
  | { readonly type: 'lost'; readonly channel: string; readonly how: 'left' | 'archived' | 'deleted' }

type Spoken = {
  readonly account: string
  readonly channel: string
  readonly direct: boolean
  readonly ts: string
  /** The root of the thread that it stands in, if any. */
  readonly thread: string | null
}

type Json = Readonly<Record<string, unknown>>

/** Reads an event (the `event` of a delivery, or a message of the history with its channel); null: it means nothing. */
export function readEvent(event: unknown): Heard | null {
  const { type, subtype, user, channel, tab } = objectOf(event)
  switch (type) {
    case 'message':
      if (subtype === 'message_changed') return changed(objectOf(event))
      if (subtype === 'message_deleted') return deleted(objectOf(event))
      return written(objectOf(event))
    case 'app_home_opened':
      return typeof user === 'string' && tab === 'home' ? { type: 'home', account: user } : null
    case 'subteam_members_changed':
    case 'subteam_updated':
      return { type: 'groups' }
    case 'channel_left':
    case 'group_left':
      return typeof channel === 'string' ? { type: 'lost', channel, how: 'left' } : null
    case 'channel_archive':
    case 'group_archive':
      return typeof channel === 'string' ? { type: 'lost', channel, how: 'archived' } : null
    case 'channel_deleted':
    case 'group_deleted':
      return typeof channel === 'string' ? { type: 'lost', channel, how: 'deleted' } : null
    default:
      return null
  }
}

/** The key under which a message counts once, however and how often it is heard of. */
export function messageKey(heard: Extract<Heard, { ts: string }>): string {
  const said = `slack:${heard.channel}:${heard.ts}`
  switch (heard.type) {
    case 'message':
      return said
    case 'edited':
      return `${said}:edited:${heard.edit}`
    case 'deleted':
      return `${said}:deleted`
  }
}

/** The message itself, as it is known again by. */
export function selfOf({ channel, ts, thread }: Spoken): MessageRef {
  return thread === null ? { room: channel, id: ts } : { room: channel, id: ts, thread }
}

/** The moment of a Slack timestamp, epoch ms. */
export function momentOf(ts: string): number {
  return Math.floor(Number(ts) * 1000)
}

// What the hub, other apps, workflows and Slack itself write is nobody's talk.
const people = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

function written(event: Json): Heard | null {
  const spoken = spokenOf(event, event)
  const { subtype, hidden } = event
  if (!spoken || hidden === true || !people.has(subtype as string | undefined)) return null
  const words = wordsOf(event)
  const files = filesOf(event.files)
  return words === '' && files.length === 0 ? null : { ...spoken, type: 'message', words, files }
}

/** A link that unfolds, or a thread that grows, changes the message too: only changed words or files are an edit. */
function changed(event: Json): Heard | null {
  const message = objectOf(event.message)
  const before = objectOf(event.previous_message)
  // A root whose thread goes on is not taken away but replaced by a stone.
  if (message.subtype === 'tombstone') {
    const spoken = spokenOf(before, event)
    return spoken && { ...spoken, type: 'deleted' }
  }
  const spoken = spokenOf(message, event)
  if (!spoken || !people.has(message.subtype as string | undefined)) return null
  const words = wordsOf(message)
  if (words === wordsOf(before) && ids(message) === ids(before)) return null
  const { ts } = objectOf(message.edited)
  const edit = typeof ts === 'string' ? ts : String(event.ts ?? event.event_ts ?? '')
  return { ...spoken, type: 'edited', words, edit }
}

function deleted(event: Json): Heard | null {
  const before = objectOf(event.previous_message)
  const spoken = spokenOf({ ...before, ts: event.deleted_ts ?? before.ts }, event)
  return spoken && { ...spoken, type: 'deleted' }
}

function spokenOf(message: Json, { channel, channel_type: kind }: Json): Spoken | null {
  const { user, ts, thread_ts: thread, bot_id: bot, app_id: app } = message
  if (typeof user !== 'string' || typeof ts !== 'string' || typeof channel !== 'string') return null
  if (bot || app || user === 'USLACKBOT' || !/^\d+\.\d+$/.test(ts)) return null
  const root = typeof thread === 'string' && thread !== ts ? thread : null
  return { account: user, channel, direct: kind === 'im' || channel.startsWith('D'), ts, thread: root }
}

function wordsOf({ text, attachments }: Json): string {
  const own = typeof text === 'string' ? plainWords(text) : ''
  const passedOn = Array.isArray(attachments)
    ? attachments.flatMap(each => {
        const { is_share: share, text: said } = objectOf(each)
        return share === true && typeof said === 'string' ? [`“${plainWords(said)}”`] : []
      })
    : []
  return [own, ...passedOn].join('\n').trim()
}

function ids({ files }: Json): string {
  return filesOf(files)
    .map(file => file.id)
    .join(' ')
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

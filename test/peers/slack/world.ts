import { randomBytes } from 'node:crypto'
import type { Json } from './shape.ts'
import type { Upload } from './uploads.ts'

/** A message as the peer keeps it. */
export type Message = {
  ts: string
  user: string
  bot: boolean
  subtype?: string
  text: string
  blocks: Json[]
  thread: string | null
  metadata: Json | null
  files: Json[]
  edited: string | null
}

/** A channel or direct conversation. */
export type Channel = {
  readonly id: string
  readonly name: string
  readonly kind: 'channel' | 'group' | 'im'
  /** The other end of a direct conversation. */
  readonly user: string | null
  member: boolean
  archived: boolean
  readonly messages: Message[]
}

/** Somebody of the workspace. */
export type User = { readonly id: string; readonly locale: string; gone: boolean }

/** A modal that stands open before somebody; the last of their stack is in front. */
export type View = {
  id: string
  hash: string
  body: Json
  errors: Record<string, string>
  state: Record<string, Record<string, Json>>
}

/** Something that only one person sees, for as long as their client runs. */
export type Ephemeral = { readonly ts: string; readonly channel: string; readonly thread: string | null; body: Json }

/** The workspace: everything that the peer knows. */
export type World = ReturnType<typeof createWorld>

/** The bot as the workspace knows it. */
export const bot = { user: 'U0HUBBOT', id: 'B0HUBBOT', app: 'A0HUB', team: 'T0HUB' } as const

/** Makes an empty workspace, which waits that many times longer than Slack for what must come in time. */
export function createWorld(patient = 1) {
  const channels = new Map<string, Channel>()
  const users = new Map<string, User>()
  const groups = new Map<string, Set<string>>()
  const files = new Map<string, { readonly meta: Json; readonly bytes: Buffer }>()
  const uploads = new Map<string, Upload>()
  const address = () => ''
  const triggers = new Map<
    string,
    { readonly user: string; readonly at: number; used: boolean; readonly modal: boolean }
  >()
  const views = new Map<string, View[]>()
  const homes = new Map<string, Json>()
  const ephemerals = new Map<string, Ephemeral[]>()
  let last = 0

  /** Timestamps rise, and no two messages share one. */
  function stamp(): string {
    last = Math.max(last + 1, Date.now() * 1000)
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`
  }

  function direct(user: string): Channel {
    const id = `D0${user.slice(1)}`
    const known = channels.get(id)
    if (known) return known
    const made: Channel = { id, name: 'direct', kind: 'im', user, member: true, archived: false, messages: [] }
    channels.set(id, made)
    return made
  }

  function trigger(user: string, modal = false): string {
    const id = `${Date.now()}.${randomBytes(8).toString('hex')}`
    triggers.set(id, { user, at: Date.now(), used: false, modal })
    return id
  }

  return {
    channels,
    users,
    groups,
    files,
    uploads,
    address,
    triggers,
    views,
    homes,
    ephemerals,
    patient,
    stamp,
    direct,
    trigger,
  }
}

/** A message as Slack sends and lists it. */
export function shown(message: Message, replies = 0): Json {
  const { ts, user, text, blocks, thread, metadata, files, edited, subtype } = message
  return {
    type: 'message',
    ...(subtype ? { subtype } : {}),
    user,
    ts,
    text,
    ...(message.bot ? { bot_id: bot.id, app_id: bot.app } : { client_msg_id: ts }),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(thread
      ? { thread_ts: thread, parent_user_id: bot.user }
      : replies > 0
        ? { thread_ts: ts, reply_count: replies }
        : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(edited ? { edited: { user, ts: edited } } : {}),
    ...(metadata ? { metadata } : {}),
  }
}

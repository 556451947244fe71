import { type APIMessage, type GatewayDispatchPayload, MessageType } from 'discord.js'
import { readCode } from '../../workflows/code.ts'
import type { Host, Raw } from '../platform.ts'
import type { Places } from './places.ts'
import type { Seen } from './seen.ts'

/** A message, a change of one, or a deletion, as it is kept until it is handled. */
export type Heard =
  | { readonly t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'; readonly d: MessageLike }
  | { readonly t: 'MESSAGE_DELETE'; readonly d: Pick<MessageLike, 'id' | 'channel_id' | 'guild_id'> }

/** As much of a message as is needed; what is read later lacks the roles of its writer. */
export type MessageLike = Pick<
  APIMessage,
  'id' | 'channel_id' | 'content' | 'timestamp' | 'edited_timestamp' | 'type'
> &
  Partial<Pick<APIMessage, 'author' | 'attachments' | 'webhook_id' | 'message_reference' | 'message_snapshots'>> & {
    readonly guild_id?: string
    readonly member?: { readonly roles?: readonly string[] }
    readonly mentions?: readonly { readonly id: string }[]
  }

/** What hearing works with. */
export type HearOptions = {
  readonly host: Host
  readonly places: Places
  readonly seen: Seen
  readonly pause: (ms: number) => Promise<void>
  /** Called for what could not be kept at once. */
  readonly warn: (error: unknown) => void
  readonly stopping: AbortSignal
}

/** Keeps what was heard, and resolves once it is durable; never rejects. What is nobody's words is left alone. */
export type Hear = (heard: Heard) => Promise<void>

/** The messages in an event of the gateway; none for any other event. */
export function heardIn({ t, d }: GatewayDispatchPayload): readonly Heard[] {
  switch (t) {
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      return isNamed(d) ? [{ t, d: d as MessageLike }] : []
    case 'MESSAGE_DELETE':
      return isNamed(d) ? [{ t, d }] : []
    case 'MESSAGE_DELETE_BULK':
      return d.ids.map(id => ({ t: 'MESSAGE_DELETE', d: { ...d, id } }))
    default:
      return []
  }
}

// By what has no id nothing could be told to have been heard.
function isNamed({ id, channel_id }: { readonly id: unknown; readonly channel_id: unknown }): boolean {
  return typeof id === 'string' && typeof channel_id === 'string'
}

/** Makes what keeps messages. Where the database is busy it tries on, and the message does not count as heard. */
export function createHear({ host, places, seen, pause, warn, stopping }: HearOptions): Hear {
  // Whether all that was heard in a channel so far is durable, as long as something of it may not be.
  const sofar = new Map<string, Promise<boolean>>()

  return async heard => {
    const { t, d } = heard
    const wanted = isWanted(heard)
    const kept = wanted ? keep(rawOf(heard)) : Promise.resolve(true)
    if (t !== 'MESSAGE_CREATE') return void (await kept)
    if (!wanted && !isBound(d.channel_id)) return
    // One that waits for the database must not pass for heard because a later one got in.
    const all = Promise.all([sofar.get(d.channel_id) ?? true, kept]).then(each => each.every(Boolean))
    sofar.set(d.channel_id, all)
    if (!(await all)) return
    seen.advance(d.channel_id, d.id, !d.guild_id)
    if (sofar.get(d.channel_id) === all) sofar.delete(d.channel_id)
  }

  /** Tries until it is durable; false if the hub stops before. */
  async function keep(raw: Raw): Promise<boolean> {
    for (let wait = 500; !stopping.aborted; wait = Math.min(30_000, wait * 2)) {
      try {
        await host.keep(raw)
        return true
      } catch (error) {
        warn(error)
        await pause(wait)
      }
    }
    return false
  }

  function isWanted(heard: Heard): boolean {
    const { d } = heard
    if (heard.t !== 'MESSAGE_DELETE' && !isOfPerson(heard.d)) return false
    // An update without a time is Discord's own, such as the preview of a link.
    if (heard.t === 'MESSAGE_UPDATE' && !heard.d.edited_timestamp) return false
    if (!d.guild_id) return true
    const place = places.known(d.channel_id)
    if (!place || place.kind === 'thread') return !place?.parent || isBound(place.parent)
    if (!isBound(d.channel_id)) return false
    // What people say to each other in the room itself is about no incident, unless it answers a card. A code that
    // everybody there has read must not work any more.
    return heard.t === 'MESSAGE_DELETE' || heard.d.message_reference !== undefined || isCode(heard.d)
  }

  function isBound(channel: string): boolean {
    return host.rooms().some(room => room.address === channel)
  }
}

function isCode({ content }: MessageLike): boolean {
  return readCode(content) !== null
}

/** True for what a person wrote: no bot, no webhook, none of Discord's own lines. */
export function isOfPerson({ author, webhook_id, type }: MessageLike): boolean {
  if (webhook_id || author?.bot || author?.system) return false
  return type === undefined || type === MessageType.Default || type === MessageType.Reply
}

/** A message as it is kept: one key for each state that it was in. Those of one channel stay in order. */
function rawOf(heard: Heard): Raw {
  const { id, channel_id } = heard.d
  const state =
    heard.t === 'MESSAGE_CREATE'
      ? ''
      : heard.t === 'MESSAGE_DELETE'
        ? ':deleted'
        : `:edited:${heard.d.edited_timestamp}`
  return { key: `discord:${id}${state}`, body: JSON.stringify(heard), order: channel_id }
}

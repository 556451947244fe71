import { createHash } from 'node:crypto'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { Place } from './answer.ts'

type Json = Readonly<Record<string, unknown>>

/** A press as Slack tells of it. */
export type Press = {
  readonly button: string
  readonly key: string
  readonly trigger: string
  readonly account: string
  readonly room: string | null
  readonly message: MessageRef | null
  readonly at: Pressed
}

/** On what was pressed: a message, with where it stands; or a page of the hub's own. */
export type Pressed =
  | { readonly type: 'message'; readonly place: Omit<Place, 'own'> }
  | { readonly type: 'page'; readonly id: string; readonly modal: boolean }

/**
 * Reads the press of a button; null for anything else, and for what no message of the hub sends. The same button on the
 * same drawing of a message counts once; drawn anew, a press is a new intent.
 */
export function readPress(body: unknown): Press | null {
  const { user, channel, message, container, actions, view, response_url: url, trigger_id: trigger } = objectOf(body)
  const { value, action_id: action } = objectOf(Array.isArray(actions) ? actions[0] : null)
  const account = objectOf(user).id
  if (typeof value !== 'string' || typeof action !== 'string' || !action.startsWith('press:')) return null
  if (typeof account !== 'string' || typeof trigger !== 'string' || value === '' || value.length > 255) return null
  const page = objectOf(view)
  if (typeof page.id === 'string') {
    const key = keyOf([page.id, page.hash, value, account])
    return {
      button: value,
      key,
      trigger,
      account,
      room: null,
      message: null,
      at: { type: 'page', id: page.id, modal: page.type === 'modal' },
    }
  }
  const { channel_id: inChannel, message_ts: ts, thread_ts: inThread } = objectOf(container)
  const place = textOf(inChannel) ?? textOf(objectOf(channel).id)
  const id = textOf(ts) ?? textOf(objectOf(message).ts)
  if (place === null || id === null) return null
  const root = textOf(inThread) ?? textOf(objectOf(message).thread_ts)
  const thread = root !== null && root !== id ? root : null
  return {
    button: value,
    key: keyOf([place, id, JSON.stringify(objectOf(message).blocks ?? null), value, account]),
    trigger,
    account,
    room: roomOf(place),
    message: thread === null ? { room: place, id } : { room: place, id, thread },
    at: { type: 'message', place: { account, channel: place, thread, responseUrl: textOf(url) } },
  }
}

/** The room as the hub knows it: none in any direct conversation. */
export function roomOf(channel: string): string | null {
  return channel.startsWith('D') ? null : channel
}

// The account is in it, so that only its digest may be kept.
function keyOf(parts: readonly unknown[]): string {
  return `slack:press:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

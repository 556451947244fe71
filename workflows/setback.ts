import type { Destination } from './change.ts'
import type { IncidentId } from './ids.ts'
import type { StuckItem } from './stuck.ts'

/**
 * Something that went wrong on the way and that coordinators must know of: it was `failed` for good or for long, nobody
 * can tell whether it arrived (`unsure`), somebody cannot be told something urgent (`unreachable`), a room is `closed`
 * to the hub, words that must go still stand (`stands`), or what somebody sent could not be worked on (`unread`).
 */
export type Setback = {
  /** Makes it told once and for ever once. */
  readonly key: string
  readonly kind: 'failed' | 'unsure' | 'unreachable' | 'closed' | 'stands' | 'unread'
  /** Where it was to go, or whose it is; null: not known, or gone. */
  readonly to: Destination | null
  readonly incident: IncidentId | null
  /** What can be decided about it, where that is one thing. */
  readonly item: StuckItem | null
  readonly reason: string | null
}

/** One that nobody was told of yet, and when it happened (epoch ms). */
export type NewSetback = Setback & { readonly id: number; readonly at: number }

import type { Destination } from './change.ts'
import type { IncidentId, RoomId } from './ids.ts'

/** Of what it is asked how its messages go: an incident, or a room. */
export type Subject = { readonly incident: IncidentId } | { readonly room: RoomId }

/**
 * How it stands with one message or card: it waits its turn, is sent right now, is tried `again` after a failure, its
 * outcome is not known yet (`unknown`) or will not be (`unsure`), it was `sent`, was given up (`failed`), its room is
 * closed (`parked`), or its person is shown it at their next contact (`kept`).
 */
export type TraceState =
  | ('waiting' | 'sending' | 'again' | 'unknown')
  | ('sent' | 'failed' | 'unsure' | 'parked' | 'kept')

/**
 * One message (`id` names it) or card on its way or at rest; `at` (epoch ms) is when it was sent, else since when it is
 * to go. `seen`: how many received and read it and when last, where the platform tells.
 */
export type Trace = {
  readonly what: 'card' | 'message'
  readonly id: number | null
  readonly to: Destination
  readonly state: TraceState
  readonly incident: IncidentId | null
  readonly reason: string | null
  readonly at: number
  readonly seen: { readonly received: number; readonly read: number; readonly at: number | null } | null
}

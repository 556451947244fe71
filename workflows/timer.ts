import type { IncidentId } from './ids.ts'
import type { RunClock } from './run.ts'

/**
 * The clocks an incident can carry, one of each at most. `answer` climbs the ladder while nobody has it, `told` tells
 * the reporter so, `claim-warning` and `claim` are the lease, `update` asks for news, `undo` holds back closing
 * words, `close` ends a resolved incident. The clocks of its runs are named by `runClock`.
 */
export type Clock = OwnClock | RunClock

/** A clock of the incident itself. */
export type OwnClock = 'answer' | 'told' | 'claim-warning' | 'claim' | 'update' | 'handover' | 'undo' | 'close'

/** Arms a clock (again) for a time, epoch ms, or settles it; nothing else voids an armed clock. */
export type TimerChange =
  | { readonly type: 'arm'; readonly clock: Clock; readonly dueAt: number }
  | { readonly type: 'settle'; readonly clock: Clock }

/** A clock that is due; it fires once, and only if it still stands at this arming number. */
export type DueTimer = {
  readonly incident: IncidentId
  readonly clock: Clock
  readonly arming: number
  readonly dueAt: number
}

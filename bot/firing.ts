import type { Logger } from 'pino'
import { ConflictError, StoreError } from '../workflows/errors.ts'
import { isLate } from '../workflows/late.ts'
import type { Clock, DueTimer } from '../workflows/timer.ts'

/** What due clocks are fired with; `behind` as in the schedule, `clock` gives epoch ms. */
export type FiringOptions = {
  readonly fire: (timer: DueTimer) => Promise<void>
  readonly clock: () => number
  /** Whether chat tools are still read for what was written while the hub was away. */
  readonly behind?: () => boolean
  readonly log: Pick<Logger, 'error'>
}

/** Fires what is due; remembers what could not fire. */
export type Firing = {
  /** How many clocks are put off at the moment because they could not fire. */
  readonly stuck: () => number
  /**
   * Fires these due clocks: those of one incident one after the other, as they stand; different incidents side by side,
   * so that their commits go together. One that cannot fire is put off and stops no other. Gives how many were ready.
   * @throws StoreError once those in hand are over, with no other begun
   */
  readonly round: (due: readonly DueTimer[]) => Promise<number>
}

// More at once wait for the same commit without making it any later; each holds its incident's state meanwhile.
const sideBySide = 64
const leaseClocks: ReadonlySet<Clock> = new Set(['claim', 'claim-warning', 'update', 'handover'])
const mostBehindMs = 5 * 60_000
const lookAgainMs = 2000
const putOffMs = 60_000

/** Makes the firing of due clocks, for one process at a time. */
export function createFiring({ fire, clock, behind, log }: FiringOptions): Firing {
  const stuck = new Map<string, number>()
  let behindSince: number | null = null

  async function round(due: readonly DueTimer[]): Promise<number> {
    const names = new Set(due.map(nameOf))
    for (const name of stuck.keys()) if (!names.has(name)) stuck.delete(name)
    const ready = due.filter(timer => (stuck.get(nameOf(timer)) ?? 0) <= clock())
    behindSince = behind?.() ? (behindSince ?? clock()) : null
    const lines = [...Map.groupBy(ready, timer => timer.incident).values()].values()
    let failure: StoreError | null = null
    const lane = async () => {
      for (const line of lines) {
        for (const timer of line) {
          if (failure) return
          try {
            await one(timer)
          } catch (error) {
            if (!(error instanceof StoreError)) throw error
            failure ??= error
          }
        }
      }
    }
    await Promise.all(Array.from({ length: sideBySide }, lane))
    if (failure) throw failure
    return ready.length
  }

  async function one(timer: DueTimer): Promise<void> {
    if (mayBeHeard(timer)) {
      stuck.set(nameOf(timer), clock() + lookAgainMs)
      return
    }
    try {
      await fire(timer)
    } catch (error) {
      if (error instanceof StoreError) throw error
      // Somebody changed the incident meanwhile: the next round decides anew.
      if (error instanceof ConflictError) return
      stuck.set(nameOf(timer), clock() + putOffMs)
      log.error({ err: error, clock: timer.clock, incident: timer.incident }, 'a clock could not fire')
    }
  }

  /**
   * A lease that ran out while the hub was away waits a little while chat tools are read: a word that its holder wrote
   * meanwhile is a sign of life.
   */
  function mayBeHeard({ clock: which, dueAt }: DueTimer): boolean {
    if (behindSince === null || clock() - behindSince >= mostBehindMs) return false
    return leaseClocks.has(which) && isLate(dueAt, clock())
  }

  return { stuck: () => stuck.size, round }
}

function nameOf({ incident, clock, arming }: DueTimer): string {
  return `${incident} ${clock} ${arming}`
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LeaseStore } from '../db/leases.ts'
import { createHold, type Hold } from './hold.ts'

/** What leading works with; `holder` names this process, the times are in ms. */
export type LeadOptions = {
  readonly leases: LeaseStore
  readonly holder: string
  readonly log: Pick<Logger, 'warn'>
  /** For how long the lease is held without being renewed; by default as leases usually are. */
  readonly leaseMs?: number
  /** Hears whether it is this process that has it, each time that this is asked. */
  readonly turn?: (mine: boolean) => void
}

// Whoever stands by asks so often, so that nothing waits long for a successor.
const usualRestMs = 1_000

/**
 * Runs the task in one process at a time, again and again, whenever this one has the lease of that name. The signal
 * that the task is given fires when it must let go: `until` did, or the lease could not be renewed and somebody else
 * may have it a moment later. Resolves once `until` fired, the task has ended and the lease is given back; never
 * rejects.
 */
export async function lead(
  name: string,
  task: (signal: AbortSignal) => Promise<void>,
  until: AbortSignal,
  { leases, holder, log, leaseMs = leases.ms, turn = () => {} }: LeadOptions,
): Promise<void> {
  const restMs = Math.min(usualRestMs, leaseMs / 5)
  const rest = (signal: AbortSignal) => pause(restMs, undefined, { signal, ref: false }).catch(() => {})

  while (!until.aborted) {
    const hold = createHold({ leases, name, holder, ms: leaseMs, stopwatch: () => performance.now() })
    const held = await hold.keep().catch(error => {
      log.warn({ err: error, lease: name }, 'a lease could not be asked for')
      return null
    })
    if (held !== null) turn(held)
    if (held && !until.aborted) await whileHeld(hold)
    if (held) await hold.release().catch(() => {})
    await rest(until)
  }

  async function whileHeld(hold: Hold): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([until, lost.signal])
    const working = (async () => task(signal))()
      .catch(error => log.warn({ err: error, lease: name }, 'what only one process does failed; it begins anew'))
      .finally(() => lost.abort())
    // One failed question is no loss yet; what is left of the time at the end is for letting go.
    while (!signal.aborted && hold.has(leaseMs / 4)) await rest(signal)
    lost.abort()
    await working
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { LeaseStore } from '../db/leases.ts'

/** What leading works with; `holder` names this process, the times are in ms. */
export type LeadOptions = {
  readonly leases: LeaseStore
  readonly holder: string
  readonly log: Pick<Logger, 'warn'>
  /** For how long the lease is held without being renewed. */
  readonly leaseMs?: number
  /** Hears whether it is this process that has it, each time that this is asked. */
  readonly turn?: (mine: boolean) => void
}

const usualMs = 15_000

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
  { leases, holder, log, leaseMs = usualMs, turn = () => {} }: LeadOptions,
): Promise<void> {
  const rest = () => pause(leaseMs / 5, undefined, { signal: until, ref: false }).catch(() => {})
  // Counted from before the question, so that this process never takes it for its own longer than the database does.
  const hold = async () => {
    const asked = performance.now()
    const held = await leases.hold(name, holder, leaseMs).catch(error => {
      log.warn({ err: error, lease: name }, 'a lease could not be asked for')
      return null
    })
    return { held, asked }
  }

  while (!until.aborted) {
    const { held, asked } = await hold()
    if (held !== null) turn(held)
    if (!held || until.aborted) {
      await rest()
      continue
    }
    await whileHeld(asked)
    await leases.release(name, holder).catch(() => {})
    await rest()
  }

  async function whileHeld(since: number): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([until, lost.signal])
    let ended = false
    const working = (async () => task(signal))()
      .catch(error => log.warn({ err: error, lease: name }, 'what only one process does failed; it begins anew'))
      .finally(() => {
        ended = true
        lost.abort()
      })
    let last = since
    while (!ended && !until.aborted) {
      await pause(leaseMs / 5, undefined, { signal, ref: false }).catch(() => {})
      if (ended || until.aborted) break
      const { held, asked } = await hold()
      if (held) last = asked
      // One failed question is no loss yet; what is left of the time is for letting go.
      if (held === false || performance.now() - last > leaseMs / 2) break
    }
    lost.abort()
    await working
  }
}

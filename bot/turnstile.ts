import { setTimeout as pause } from 'node:timers/promises'
import type { LeaseStore } from '../db/leases.ts'
import { isDead } from './holder.ts'

/** Lets work pass while no other process that shares the database does the same. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>

/** The leases in the database, the name of the work, and who wants to do it. */
export type TurnstileOptions = {
  readonly leases: Pick<LeaseStore, 'hold' | 'bury' | 'release' | 'ms' | 'shared'>
  readonly name: string
  readonly holder: string
}

const restMs = 30
const answerMs = 2000

/**
 * Makes a turnstile for work of which this process does one at a time by itself. It waits for another process as long
 * as that works; one that died is passed once its lease is over, or at once where it is known to be dead. A database
 * that does not answer keeps nobody: what is to be said then must be said.
 */
export function createTurnstile({ leases, name, holder }: TurnstileOptions): Turnstile {
  const take = () => leases.hold(name, holder, leases.ms)
  let leaving: Promise<unknown> = Promise.resolve()

  async function enter(): Promise<void> {
    // What is given back late would be taken from whoever has gone in again meanwhile.
    await soon(leaving)
    for (let taken: boolean | null = false; taken === false; ) {
      taken = await soon(take())
      if (taken !== false || ((await soon(leases.bury(isDead))) ?? 0) > 0) continue
      await pause(restMs)
    }
  }

  return async work => {
    if (!leases.shared) return work()
    await enter()
    const beat = setInterval(() => void take().catch(() => {}), leases.ms / 3)
    try {
      return await work()
    } finally {
      clearInterval(beat)
      // Nobody who waits for the work waits for this; what is not given back runs out.
      leaving = leases.release(name, holder).catch(() => {})
    }
  }
}

/** What is answered in time, else null. */
function soon<T>(answer: Promise<T>): Promise<T | null> {
  return Promise.race([answer.catch(() => null), pause(answerMs, null, { ref: false })])
}

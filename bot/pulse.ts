import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { isStuck, type LoopState } from '../workflows/pulse.ts'
import type { HealthLook } from './health.ts'

/** What the pulse works with; `stopwatch` gives ms that no change of the clock moves. */
export type PulseOptions = {
  readonly store: Pick<Store, 'health'>
  readonly health: Pick<HealthLook, 'own'>
  readonly loops: () => readonly LoopState[]
  readonly version: string
  readonly holder: string
  readonly stopwatch: () => number
  readonly log: Pick<Logger, 'error'>
}

/** The process says four times a minute how it goes, which shows at once that the database takes what it is given. */
export type PulseLoop = {
  /** Commits what the process says of itself. Gives false: there is no more to do. */
  readonly run: () => Promise<boolean>
  /** Takes it back: the process stops. */
  readonly leave: () => Promise<void>
  /** How long ago (ms) something was last committed. */
  readonly committedMs: () => number
  /** What is wrong in this process, in a few words for whoever looks after the machine; null if nothing is. */
  readonly problem: () => string | null
}

/** How often (ms) a process says how it goes. */
export const pulseMs = 15_000
// One that was missed may be chance.
const silentMs = 60_000

/** Makes the pulse of this process. */
export function createPulse(options: PulseOptions): PulseLoop {
  const { store, health, loops, version, holder, stopwatch, log } = options
  let committed = stopwatch()
  let said = ''
  let saying: Promise<void> = Promise.resolve()
  let left = false

  async function ahead(): Promise<number> {
    // The machine's own, whatever clock the hub goes by.
    const before = Date.now()
    const now = await store.health.now()
    return Math.round((before + Date.now()) / 2 - now)
  }

  async function say(): Promise<void> {
    const aheadMs = await ahead()
    await store.health.say({ id: holder, host: hostname(), version, facts: health.own(aheadMs) })
    committed = stopwatch()
  }

  /** Whoever reads the log finds there since when a loop hangs. */
  function note(): void {
    const stuck = loops().filter(isStuck)
    const names = stuck.map(loop => loop.name).join()
    if (names !== said && stuck.length > 0) log.error({ loops: names }, 'a loop hangs; the hub needs a restart')
    said = names
  }

  return {
    async run() {
      note()
      if (left) return false
      saying = say()
      await saying
      return false
    },
    async leave() {
      left = true
      await saying.catch(() => {})
      await store.health.leave(holder)
    },
    committedMs: () => stopwatch() - committed,
    problem() {
      const stuck = loops().filter(isStuck)
      if (stuck.length > 0) return `no end of a run for minutes: ${stuck.map(loop => loop.name).join(', ')}`
      const silent = Math.round((stopwatch() - committed) / 1000)
      return silent * 1000 > silentMs ? `nothing could be committed for ${silent} seconds` : null
    },
  }
}

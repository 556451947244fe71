import type { Logger } from 'pino'
import { StoreError } from '../workflows/errors.ts'
import type { LoopState } from '../workflows/pulse.ts'

/** Work that is done again and again, one run at a time. */
export type Loop = {
  /** Runs soon, without waiting for the pause to end. */
  readonly wake: () => void
  /** Starts no new run and waits for the one in hand. */
  readonly stop: () => Promise<void>
  /** How it goes with it now. */
  readonly state: () => LoopState
}

/**
 * How often work is done; `restMs` is the least time from one run's begin to the next that is only woken, `patienceMs`
 * how long a run may take before it counts as stuck, by default two minutes.
 */
export type Rhythm = { readonly everyMs: number; readonly restMs?: number; readonly patienceMs?: number }

/**
 * Runs work now, after every `wake`, and at the latest every `everyMs`; again at once while `run` says that there may
 * be more. A run that fails is logged and tried again after a pause that grows to half a minute, or to a few seconds
 * where the database is away.
 */
export function startLoop(name: string, run: () => Promise<boolean>, rhythm: Rhythm, log: Logger): Loop {
  const { everyMs, restMs = 0, patienceMs = usualPatienceMs } = rhythm
  let stopped = false
  let failures = 0
  let longest = usualLongestMs
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let asked = false
  let begun = Number.NEGATIVE_INFINITY
  let ended = performance.now()

  const turn = async () => {
    try {
      let more = true
      while (!stopped && more) {
        more = await run()
        ended = performance.now()
        if (more) asked = false
      }
      failures = 0
    } catch (error) {
      failures += 1
      ended = performance.now()
      longest = error instanceof StoreError ? storeMs : usualLongestMs
      log.error({ err: error, loop: name, failures }, 'a run failed; it will be tried again')
    }
  }

  const start = () => {
    if (stopped || running) return
    clearTimeout(timer)
    asked = false
    begun = performance.now()
    running = turn().finally(() => {
      running = null
      if (stopped) return
      if (asked && failures === 0) return rested()
      timer = setTimeout(start, failures > 0 ? Math.min(longest, 250 * 2 ** failures) : everyMs)
    })
  }

  /** Starts at once, or as soon as the last begin is long enough ago. */
  const rested = () => {
    const wait = begun + restMs - performance.now()
    if (wait <= 0) return start()
    clearTimeout(timer)
    timer = setTimeout(start, wait)
  }

  start()
  return {
    wake: () => {
      if (asked) return
      asked = true
      if (failures === 0 && !running && !stopped) rested()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
    state: () => ({ name, idleMs: performance.now() - ended, lateMs: everyMs + patienceMs, failures }),
  }
}

const usualPatienceMs = 2 * 60_000
// A database that was away is back for everybody at once, and what waits for it may be urgent.
const storeMs = 3_000
const usualLongestMs = 30_000

/** Work that the hub does by itself. */
export type Chore = {
  readonly name: string
  /** Does some of it; true if there may be more. */
  readonly run: () => Promise<boolean>
  /** After how many ms at the latest it runs again. */
  readonly everyMs: number
  /** True: after every commit, too; but so many ms after it last began, if nobody waits for what it does. */
  readonly woken?: true
  readonly restMs?: number
  /** How long (ms) one run may take before it counts as stuck, if longer than usual. */
  readonly patienceMs?: number
}

/** All chores as loops. */
export type Chores = Pick<Loop, 'wake' | 'stop'> & {
  readonly ring: (name: string) => void
  readonly states: () => readonly LoopState[]
}

/** All chores as loops: woken together as they declare, or one by its name; stopped together. */
export function startChores(chores: readonly Chore[], log: Logger): Chores {
  const loops = new Map(chores.map(({ name, run, ...rhythm }) => [name, startLoop(name, run, rhythm, log)]))
  const woken = chores.filter(chore => chore.woken)
  return {
    wake: () => {
      for (const { name } of woken) loops.get(name)?.wake()
    },
    ring: name => loops.get(name)?.wake(),
    states: () => [...loops.values()].map(loop => loop.state()),
    stop: async () => {
      await Promise.all([...loops.values()].map(loop => loop.stop()))
    },
  }
}

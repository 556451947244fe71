import type { Logger } from 'pino'
import type { MemoryStore } from '../db/memory.ts'
import { PlatformError, reasonOf } from '../workflows/errors.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { ToolState } from '../workflows/ports.ts'
import type { Host, Platform } from './platform.ts'
import { createWatch } from './watch.ts'

/** What connections are made of; `clock` gives epoch ms, `pause` lets ms pass unless its signal ends it. */
export type ConnectionOptions = {
  readonly memory: MemoryStore
  readonly notice: Host['notice']
  readonly platforms: readonly Platform[]
  readonly hostOf: (name: PlatformName) => Host
  readonly clock: () => number
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly log: Pick<Logger, 'warn' | 'error'>
}

/** Starts and stops the platforms, and knows how it stands with each. */
export type Connections = {
  /** Starts all, and waits a moment for them: one that is down is tried again, and keeps nobody waiting. */
  readonly start: () => Promise<void>
  /** How it stands with each platform that can be cut off. */
  readonly states: () => readonly ToolState[]
  /** Hears whether it is this process that leads a platform, of which only one does. */
  readonly turn: (platform: PlatformName, mine: boolean) => void
  /** Tells the other processes, and coordinators of what is down for long. Gives false: there is no more to do. */
  readonly watch: () => Promise<boolean>
  /** The same as `states`, for whoever looks after the machine. */
  readonly checks: () => readonly Look[]
  /** Has all of them hear nothing more and end what is in hand; one that cannot is logged. */
  readonly stop: () => Promise<void>
}

/** A look at one platform: rejects with what is wrong; it keeps nothing else from being ready. */
type Look = { readonly name: string; readonly mayFail: true; readonly run: () => Promise<void> }

const moment = 1500
const firstPause = 2000
const longestPause = 5 * 60_000

/** Makes the connections of these platforms; nothing happens before `start`. */
export function createConnections(options: ConnectionOptions): Connections {
  const { platforms, hostOf, clock, pause, log } = options
  const ending = new AbortController()
  const trouble = new Map<PlatformName, ToolState>()
  const watch = createWatch(options)
  let begun: readonly Promise<void>[] = []

  async function begin(platform: Platform): Promise<void> {
    const { name } = platform
    for (let wait = firstPause; !ending.signal.aborted; wait = Math.min(longestPause, wait * 2)) {
      try {
        await platform.start(hostOf(name))
        trouble.delete(name)
        return
      } catch (error) {
        const since = trouble.get(name)?.since ?? clock()
        // What is refused for good is refused again, until somebody changes the settings and starts the hub anew.
        const over = error instanceof PlatformError && error.permanent
        trouble.set(name, { platform: name, state: over ? 'off' : 'down', since, problem: reasonOf(error) })
        log.error({ err: error, platform: name }, over ? 'a platform is off' : 'a platform did not start')
        if (over) return
      }
      await pause(wait, ending.signal)
    }
  }

  function stateOf({ name, connection }: Platform): ToolState | null {
    const own = connection?.()
    return trouble.get(name) ?? watch.elsewhere(name) ?? (own ? { platform: name, ...own } : null)
  }

  const states = () => platforms.flatMap(platform => stateOf(platform) ?? [])

  return {
    async start() {
      begun = platforms.map(begin)
      await Promise.race([Promise.all(begun), pause(moment, ending.signal)])
    },
    states,
    turn: watch.turn,
    watch: async () => {
      await watch.look(states())
      return false
    },
    checks: () =>
      platforms.map(platform => ({
        name: platform.name,
        mayFail: true,
        run: async () => {
          const state = stateOf(platform)
          if (state === null || state.state === 'up') return
          const since = new Date(state.since).toISOString()
          throw new Error(`${state.state} since ${since}${state.problem ? `: ${state.problem}` : ''}`)
        },
      })),
    async stop() {
      ending.abort()
      const stopped = await Promise.allSettled(platforms.map(platform => platform.stop()))
      for (const [at, result] of stopped.entries()) {
        if (result.status === 'rejected') {
          log.warn({ err: result.reason, platform: platforms[at]?.name }, 'a platform did not stop well')
        }
      }
      await Promise.allSettled(begun)
    },
  }
}

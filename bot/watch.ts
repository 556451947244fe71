import type { Logger } from 'pino'
import type { MemoryStore } from '../db/memory.ts'
import type { PlatformName } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import type { ToolState } from '../workflows/ports.ts'
import { readBlackout } from './blackout.ts'
import type { Host } from './platform.ts'

/** What the watch works with; `clock` gives epoch ms. */
export type WatchOptions = {
  readonly memory: MemoryStore
  readonly notice: Host['notice']
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn'>
}

/** A look at the connections, now and then. */
export type Watch = {
  /** Hears whether it is this process that leads a platform, of which only one does. */
  readonly turn: (platform: PlatformName, mine: boolean) => void
  /** How it stands in the process that leads the platform, if that is another one. */
  readonly elsewhere: (platform: PlatformName) => ToolState | null
  /** Tells other processes how it stands here, and coordinators once of each that is down for long. */
  readonly look: (states: readonly ToolState[]) => Promise<void>
}

const longMs = 5 * 60_000
const shared = 'hub:connection'

/** Makes the watch of these platforms. */
export function createWatch({ memory, notice, clock, log }: WatchOptions): Watch {
  /** Of platforms that one process leads: whether it is this one. */
  const turns = new Map<PlatformName, boolean>()
  const others = new Map<PlatformName, ToolState>()
  const said = new Map<PlatformName, string>()
  const down = new Map<PlatformName, { readonly from: number; readonly found: number }>()

  async function standBy(name: PlatformName): Promise<void> {
    const kept = await memory.get(name, shared)
    if (kept) others.set(name, JSON.parse(kept) as ToolState)
  }

  async function share(state: ToolState): Promise<void> {
    const now = JSON.stringify(state)
    if (said.get(state.platform) === now) return
    await memory.set(state.platform, shared, now, clock())
    said.set(state.platform, now)
  }

  /**
   * Since when it is down is counted from the first look that found it so, whatever was tried since. Where it is known
   * what is wrong, the look-out for tools that are away says so sooner, in all rooms: then it is said already.
   */
  async function tell({ platform: name, state, since, problem }: ToolState): Promise<void> {
    if (state === 'up') return void down.delete(name)
    const { from, found } = down.get(name) ?? { from: since, found: clock() }
    down.set(name, { from, found })
    // Counted from when it was seen: a machine that has slept finds everything long since, and may say it otherwise.
    if (clock() - found < longMs || (await readBlackout(name, memory))) return
    const params = { tool: phrase(`sight.tool-${name}`), time: { date: from }, reason: { words: problem ?? '' } }
    const key = state === 'off' ? 'host.status-off' : problem ? 'host.down-because' : 'host.down'
    // Each of several processes finds it down at a moment of its own.
    await notice(`down:${name}:${Math.floor(from / longMs)}`, phrase(key, params))
  }

  return {
    turn(platform, mine) {
      turns.set(platform, mine)
      if (mine) others.delete(platform)
    },
    elsewhere: platform => (turns.get(platform) === false ? (others.get(platform) ?? null) : null),
    async look(states) {
      for (const state of states) {
        const mine = turns.get(state.platform)
        try {
          if (mine === false) await standBy(state.platform)
          else await tell(state)
          if (mine === true) await share(state)
        } catch (error) {
          log.warn({ err: error, platform: state.platform }, 'how it stands with a platform could not be told')
        }
      }
    },
  }
}

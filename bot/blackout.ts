import type { Logger } from 'pino'
import type { MemoryStore } from '../db/memory.ts'
import type { Store } from '../db/store.ts'
import {
  type Blackout,
  backNotices,
  blackoutAlerts,
  blackoutNotices,
  isForOthers,
  isLong,
} from '../workflows/blackout.ts'
import type { Post } from '../workflows/change.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { ToolState } from '../workflows/ports.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'

/** What the look-out for tools that are away works with; `clock` gives epoch ms, `wake` follows a commit. */
export type BlackoutOptions = {
  readonly store: Store
  readonly delivery: {
    readonly outageOf: (platform: PlatformName) => { readonly since: number; readonly reason: string } | null
    readonly sends: (platform: PlatformName) => boolean
  }
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly states: () => readonly ToolState[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly wake: () => void
  readonly log: Pick<Logger, 'warn' | 'info'>
}

// What is mended within that time was no outage, and what works for less is not back.
const leastMs = 30_000
const steadyMs = 15_000
const mostCards = 200
const kept = 'hub:blackout'

/**
 * Makes the look-out. Each look is done by the process that sends on a platform: it keeps since when nothing goes
 * there or comes from there, tells the other rooms once and once more when it is back, and has people of its rooms
 * called elsewhere for S4 and S5. Never doubled, whichever process goes on with it. A look gives false: all is done.
 */
export function createBlackouts(options: BlackoutOptions): { readonly look: () => Promise<boolean> } {
  const { store, delivery, platforms, states, taxonomy, clock, wake, log } = options
  const upSince = new Map<PlatformName, number>()

  function troubleOf(platform: PlatformName): Blackout | null {
    const out = delivery.outageOf(platform)
    if (out) return { platform, ...out }
    const state = states().find(one => one.platform === platform)
    if (!state || state.state === 'up' || state.problem === null) return null
    const off = state.state === 'off' ? ({ off: true } as const) : {}
    return { platform, since: state.since, reason: state.problem, ...off }
  }

  /** It stays away, from when it was first found so, until it has worked for a while. */
  async function find(platform: PlatformName): Promise<Blackout | null> {
    const [before, now, trouble] = [await readBlackout(platform, store.memory), clock(), troubleOf(platform)]
    if (trouble) {
      upSince.delete(platform)
      if (before || now - trouble.since < leastMs) return before && { ...before, reason: trouble.reason }
      await store.memory.set(platform, kept, JSON.stringify(trouble), now)
      log.warn({ platform, reason: trouble.reason }, 'a platform cannot be reached')
      return trouble
    }
    if (!before) return null
    const since = upSince.get(platform) ?? now
    upSince.set(platform, since)
    if (now - since < steadyMs) return before
    if (isLong(before, since)) await add(backNotices(before, since, store.roster.directory()))
    await store.memory.set(platform, kept, null, now)
    log.info({ platform }, 'a platform can be reached again')
    return null
  }

  async function tell(blackout: Blackout, down: readonly PlatformName[]): Promise<void> {
    const [directory, now] = [store.roster.directory(), clock()]
    if (isLong(blackout, now)) await add(blackoutNotices(blackout, down, directory))
    const rooms = directory.rooms.filter(room => room.platform === blackout.platform && room.purpose === 'region')
    const behind = await store.cards.due(
      rooms.map(room => room.id),
      Number.MAX_SAFE_INTEGER,
      mostCards,
    )
    for (const id of new Set(behind.map(card => card.incident))) {
      const known = await store.incidents.find(id)
      if (!known || !isForOthers(known.incident, blackout, now)) continue
      await add(blackoutAlerts(blackout, down, known, { directory, taxonomy, now }, now))
    }
  }

  async function add(posts: readonly Post[]): Promise<void> {
    if (posts.length > 0 && (await store.outbox.add(posts, clock())) > 0) wake()
  }

  return {
    async look() {
      const found: Blackout[] = []
      const down: PlatformName[] = []
      for (const { name } of platforms) {
        const mine = delivery.sends(name)
        const blackout = mine ? await find(name) : await readBlackout(name, store.memory)
        if (!blackout) continue
        down.push(name)
        if (mine) found.push(blackout)
      }
      for (const blackout of found) await tell(blackout, down)
      return false
    },
  }
}

/** Since when a platform is away, as the process that sends there has found; null if it is not. */
export async function readBlackout(platform: PlatformName, memory: MemoryStore): Promise<Blackout | null> {
  const value = await memory.get(platform, kept)
  return value === null ? null : (JSON.parse(value) as Blackout)
}

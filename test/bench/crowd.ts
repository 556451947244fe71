import { join } from 'node:path'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createLog } from '../../bot/log.ts'
import { startChores } from '../../bot/loop.ts'
import type { Platform } from '../../bot/platform.ts'
import { choresOf } from '../../bot/start.ts'
import { commands } from '../../commands/index.ts'
import { unlockStore } from '../../db/unlock.ts'
import { usualLimits } from '../../workflows/network/limits.ts'
import { type Network, parseNetwork } from '../../workflows/network.ts'

/** How many people there are, each with an account on every tool. */
export const people = 400

/** Somebody's account on a tool, by their number. */
export const accountOf = {
  slack: (at: number) => `U0BENCH${String(at).padStart(4, '0')}`,
  discord: (at: number) => `6000000000000${String(at).padStart(5, '0')}`,
  signal: (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
} as const

/** Where the region sits on each tool. */
export const rooms = { slack: 'C0BENCH', discord: '700000000000000001', signal: 'group.YmVuY2g=' } as const

/** What every platform of a bench is made with. */
export const common = () => ({
  commands,
  clock: Date.now,
  log: createLog('fatal', line => void process.stderr.write(line)),
})

/** A network of one region with a room on each tool, and people who may report as often as any network can let them. */
export function benchNetwork(): Network {
  const network = parseNetwork({
    network: { name: 'Bench', zone: 'America/Phoenix', languages: ['en'] },
    regions: [
      {
        code: 'AZ',
        name: 'Arizona',
        places: [{ state: 'AZ' }, { anywhere: true }],
        rooms: [{ slack: rooms.slack }, { discord: rooms.discord }, { signal: rooms.signal }],
      },
    ],
    coordination: { rooms: [{ slack: 'C0BENCHCOORD' }] },
    people: Array.from({ length: people }, (_, at) => ({
      name: `Sample Person ${at}`,
      callsign: `Reporter ${at}`,
      roles: ['mediator'],
      regions: ['AZ'],
      accounts: { slack: accountOf.slack(at), discord: accountOf.discord(at), signal: accountOf.signal(at) },
      sample: true,
    })),
  })
  return { ...network, limits: { ...usualLimits, roster: 10_000 } }
}

/** Starts a whole hub over these platforms on a database in that folder; the result stops it. */
export async function runHub(platforms: readonly Platform[], folder: string): Promise<() => Promise<void>> {
  const { clock, log } = common()
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const url = `file:${join(folder, 'hub.db')}`
  const { store, begunAt } = await unlockStore({ url, filesFolder: join(folder, 'files'), key }, clock())
  const network = benchNetwork()
  await store.roster.seed(network)
  const running: { loops?: ReturnType<typeof startChores> } = {}
  const wake = () => running.loops?.wake()
  const told = { store, since: begunAt, network, taxonomy: loadTaxonomy(), host: '127.0.0.1', clock, wake, log }
  const parts = assemble({ ...told, holder: 'bench', platforms })
  await parts.connections.start()
  running.loops = startChores(choresOf(parts), log)
  for (const late = performance.now() + 20_000; !platforms.every(one => one.connection?.().state === 'up'); ) {
    if (performance.now() > late) throw new Error('a tool did not connect')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return async () => {
    await parts.intake.stop()
    await running.loops?.stop()
    await parts.connections.stop()
    await store.close()
  }
}

/** Does something so often a second, whether or not the former is done, and gives how long each took (ms). */
export async function atPace(
  perSecond: number,
  times: number,
  act: (at: number) => Promise<number>,
): Promise<number[]> {
  const begun = performance.now()
  const taken: Promise<number>[] = []
  for (let at = 0; at < times; at++) {
    const wait = begun + (at * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    taken.push(act(at))
  }
  return Promise.all(taken)
}

/** The value that so many of a hundred stay under. */
export function percentile(values: readonly number[], of: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil((of / 100) * sorted.length) - 1)] ?? Number.NaN
}

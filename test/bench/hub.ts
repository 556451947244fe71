import { join } from 'node:path'
import { assemble, type Parts } from '../../bot/assemble.ts'
import { loadNetwork, loadTaxonomy, sampleNetworkFile } from '../../bot/config.ts'
import { createLog } from '../../bot/log.ts'
import type { Store } from '../../db/store.ts'
import { unlockStore } from '../../db/unlock.ts'
import { usualLimits } from '../../workflows/network/limits.ts'
import type { Network } from '../../workflows/network.ts'

/** The parts of a hub over a real database, joined as the program joins them; nothing sends or waits for a clock. */
export type BenchHub = ReturnType<typeof assemble> & { readonly store: Store }

/** How many people report at once. */
export const reporters = 64

/** The account of the nth reporter. */
export function accountOf(reporter: number): string {
  return `reporter-${reporter}`
}

/**
 * Opens a hub at that address with the sample network and the reporters, mediators of all regions in turn, who may
 * report as often as any network can let them. Instead of the practice workspace it may have another platform.
 */
export async function openHub(
  url: string,
  folder: string,
  clock: () => number = Date.now,
  unlike: Partial<Pick<Parts, 'platforms' | 'wake' | 'taxonomy' | 'restMs'>> = {},
): Promise<BenchHub> {
  const network = withReporters(loadNetwork(sampleNetworkFile))
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const { store, begunAt } = await unlockStore({ url, filesFolder: join(folder, 'files'), key }, clock())
  await store.roster.seed(network)
  const log = createLog('warn', line => void process.stderr.write(line))
  const settings = { network, taxonomy: loadTaxonomy(), host: '127.0.0.1', clock, holder: 'bench', wake: () => {}, log }
  return { ...assemble({ ...settings, ...unlike, store, since: begunAt }), store }
}

function withReporters(network: Network): Network {
  const added = Array.from({ length: reporters }, (_, at) => ({
    name: `Sample Person – Reporter ${at}`,
    callsign: `Reporter ${at}`,
    roles: ['mediator'] as const,
    regions: [network.regions[at % network.regions.length]?.code ?? 'US'],
    languages: [at % 4 === 0 ? 'es' : 'en'] as const,
    accounts: [{ platform: 'workspace', address: accountOf(at) }] as const,
    sample: true,
  }))
  return { ...network, limits: { ...usualLimits, roster: 10_000 }, people: [...network.people, ...added] }
}

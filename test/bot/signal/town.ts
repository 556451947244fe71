import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { assemble } from '../../../bot/assemble.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createLog } from '../../../bot/log.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { createSignal } from '../../../bot/signal/index.ts'
import { commands } from '../../../commands/index.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { type Ground, unhurried } from '../../house.ts'
import { type SignalPeerOptions, startSignalPeer } from '../../peers/signal/index.ts'
import { quick } from './rig.ts'

/** People of the town by their accounts; the roster knows Finch by the number alone. */
export const town = {
  heron: 'e1c0de00-0000-4000-8000-000000000001',
  finch: 'e1c0de00-0000-4000-8000-000000000002',
  wren: 'e1c0de00-0000-4000-8000-000000000003',
  magpie: 'e1c0de00-0000-4000-8000-000000000004',
} as const
/** The number by which the roster knows Finch. */
const finchNumber = '+15550000022'
/** The groups of the town. */
export const groups = {
  arizona: address('arizona'),
  nation: address('nation'),
  coordination: address('coordination'),
  leadership: address('leadership'),
}

const people = [
  { callsign: 'Heron', roles: ['mediator'], account: town.heron },
  { callsign: 'Finch', roles: ['responder'], account: finchNumber },
  { callsign: 'Wren', roles: ['responder'], account: town.wren },
  { callsign: 'Magpie', roles: ['coordinator'], account: town.magpie },
]

const file = {
  network: { name: 'Town', zone: 'America/Phoenix', languages: ['en', 'es'] },
  regions: [
    { code: 'AZ', name: 'Arizona', places: [{ state: 'AZ' }], rooms: [{ signal: groups.arizona, red: true }] },
    { code: 'US', name: 'Everywhere else', places: [{ anywhere: true }], rooms: [{ signal: groups.nation }] },
  ],
  coordination: { rooms: [{ signal: groups.coordination }] },
  leadership: { rooms: [{ signal: groups.leadership }] },
  people: people.map(({ callsign, roles, account }) => ({
    ...{ name: `Sample ${callsign}`, callsign, roles, regions: ['AZ'], languages: ['en'], sample: true },
    accounts: { signal: account },
  })),
}

/** A town whose people only have Signal: the whole hub, its real database, and the strict peer over real sockets. */
export async function openTown(at: Ground, options: SignalPeerOptions = {}) {
  const peer = await startSignalPeer({
    groups: Object.entries(groups).map(([name, address]) => ({ name, address })),
    people: [
      { account: town.heron, name: 'Heron' },
      { account: town.finch, number: finchNumber, name: 'Finch' },
      { account: town.wren, name: 'Wren' },
      { account: town.magpie, name: 'Magpie' },
    ],
    scale: 0.0005,
    ...options,
  })
  let hub = await openHub(at, peer.settings)
  return {
    peer,
    hub: () => hub,
    /** Stops the hub and starts it again on the same database. */
    async restart() {
      await hub.close()
      hub = await openHub(at, peer.settings)
    },
    async close() {
      await hub.close()
      await peer.close()
    },
  }
}

/** The hub of the town; a second one on the same ground is the same hub started again. */
export async function openHub(at: Ground, settings: { readonly apiUrl: string; readonly number: string }) {
  const clock = Date.now
  const lines: string[] = []
  const log = createLog('debug', line => void lines.push(line))
  const media = createMedia()
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const { store, begunAt } = await unlockStore(
    { url: at.url, filesFolder: `${at.folder}/files`, key, draw: media.draw },
    clock(),
  )
  const network = parseNetwork(file)
  await store.roster.seed(network)
  const holder = randomUUID()
  for (const name of ['clocks', 'sending:signal']) await store.leases.seize(name, holder, 600_000)
  const platform = createSignal({ ...settings, commands, clock, log, timing: { ...quick, silence: 5000 } })
  const { hub, connections, delivery, schedule, fetcher } = assemble({
    store,
    since: begunAt,
    network,
    taxonomy: loadTaxonomy(),
    host: '127.0.0.1',
    clock,
    holder,
    log,
    media,
    platforms: [platform],
    wake: () => {},
    ...unhurried(clock),
  })
  await connections.start()
  // What comes before somebody listens is lost.
  await expect.poll(() => platform.connection?.().state).toBe('up')
  let open = true

  /** Everything that the hub does by itself, again and again. */
  async function work(): Promise<void> {
    while (open) {
      await hub.work()
      await schedule.runIndex()
      await schedule.runClocks()
      await fetcher.run()
      await delivery.run()
      await sleep(5)
    }
  }
  const working = work()

  return {
    platform,
    store,
    logged: () => lines.join(''),
    async close() {
      await connections.stop()
      open = false
      await working
      media.stop()
      await store.close()
    },
  }
}

function address(name: string): string {
  const internal = Buffer.from(name.padEnd(32, '!')).toString('base64')
  return `group.${Buffer.from(internal).toString('base64')}`
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createDelivery } from '../../../bot/delivery.ts'
import { createLog } from '../../../bot/log.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { tellSetbacks } from '../../../bot/setbacks.ts'
import { unlockStore } from '../../../db/unlock.ts'
import type { AccountId, IncidentId, PlatformName, RoomId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { NetworkPerson } from '../../../workflows/network.ts'
import type { StuckDeed, StuckItem } from '../../../workflows/stuck.ts'
import { changed, keep, network, noon, reported, type Start } from '../../contracts/incidents.ts'
import { type Recorder, recorder } from '../../faults/recorder.ts'

const room = (platform: PlatformName, address: string) =>
  ({ platform, address, name: address, language: null, red: false }) as const

const person = (callsign: string, accounts: NetworkPerson['accounts'], more: Partial<NetworkPerson> = {}) => ({
  ...{ name: callsign, callsign, roles: ['responder'] as const, regions: ['AZ'], languages: ['en'] as const },
  ...{ accounts, sample: true },
  ...more,
})

/** A region with a room on each of three tools, coordinators on two, and people with one, two and three accounts. */
const ours = {
  ...network,
  regions: network.regions.map(region =>
    region.code === 'AZ'
      ? { ...region, rooms: [room('slack', 'az-slack'), room('discord', 'az-discord'), room('signal', 'az-signal')] }
      : region,
  ),
  coordination: [room('slack', 'coord-slack'), room('discord', 'coord-discord')],
  people: [
    person('Finch', [
      { platform: 'slack', address: 'finch-slack' },
      { platform: 'discord', address: 'finch-discord' },
      { platform: 'signal', address: 'finch-signal' },
    ]),
    person('Heron', [{ platform: 'discord', address: 'heron-discord' }]),
    person('Wren', [
      { platform: 'discord', address: 'wren-discord' },
      { platform: 'slack', address: 'wren-slack' },
    ]),
    person('Eagle', [{ platform: 'slack', address: 'eagle-slack' }], { roles: ['coordinator'], regions: 'all' }),
  ],
} as typeof network

/** What tests of delivery stand on; the clock moves only when they say so. */
export type Stage = Awaited<ReturnType<typeof openStage>>

/** A real store with three tools that keep what they are sent, and delivery between them. */
export async function openStage(url?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-delivery-'))
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const media = createMedia()
  const place = { url: url ?? `file:${join(folder, 'hub.db')}`, filesFolder: join(folder, 'files'), key }
  const { store } = await unlockStore({ ...place, draw: media.draw }, noon)
  await store.roster.seed(ours)
  const logged: string[] = []
  const tools = {
    slack: recorder('slack'),
    discord: recorder('discord'),
    signal: recorder('signal', { lookup: false, threads: false, edits: { most: 8, within: 20 * 3_600_000 } }),
  } satisfies Partial<Record<PlatformName, Recorder>>
  let now = noon
  const options = {
    store,
    platforms: Object.values(tools).map(tool => tool.platform),
    taxonomy: loadTaxonomy(),
    clock: () => now,
    log: createLog('debug', line => void logged.push(line)),
    // Time passes only when tests say so.
    restMs: 0,
    random: () => 0.5,
  }
  const start = (holder: string) => createDelivery({ ...options, holder })
  let delivery = start('first')
  const directory = () => store.roster.directory()

  async function settle(): Promise<void> {
    while (await delivery.run()) {}
  }

  return {
    store,
    ...tools,
    settle,
    run: () => delivery.run(),
    now: () => now,
    logged: () => logged.join(''),
    room: (address: string) => directory().rooms.find(one => one.address === address)?.id as RoomId,
    account: (callsign: string, platform: PlatformName) =>
      [...directory().people.values()]
        .find(one => one.callsign === callsign)
        ?.accounts.find(own => own.platform === platform)?.id as AccountId,
    person: (callsign: string) => [...directory().people.values()].find(one => one.callsign === callsign),
    /** Commits a report, with a card in these rooms. */
    report: async (id: string, rooms: readonly RoomId[], start: Start = {}) => {
      const change = reported(id, { ...start, at: now, effects: { ...start.effects, cards: rooms } })
      await keep(store, null, change)
      return change.after
    },
    /** Commits a change of it, so that its cards are drawn anew. */
    update: async (incident: Incident, rooms: readonly RoomId[]) => {
      const change = changed(incident, [{ event: { type: 'updated' } }], { at: now, effects: { cards: rooms } })
      await keep(store, null, change)
      return change.after
    },
    /** Commits what a coordinator decided. */
    decide: (item: StuckItem, deed: StuckDeed) =>
      store.transaction(tx =>
        tx.commit({ key: null, person: null, now, answer: null, incidents: [], stuck: { item, deed } }),
      ),
    stuck: () => store.stuck.list(now),
    /** Lets minutes pass, one at a time, with everything that falls due on the way. */
    pass: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        now += 60_000
        await settle()
        if (await tellSetbacks(options)) await settle()
      }
    },
    /** Lets so many ms pass at once. */
    skip: async (ms: number) => {
      now += ms
      await settle()
    },
    /** The process dies in the middle of what it does, and another one takes its place. */
    die: async () => {
      const rooms = ['slack', 'discord', 'signal'] as const
      for (const name of rooms) await store.leases.seize(`sending:${name}`, 'second', 1)
      delivery = start('second')
    },
    card: (id: IncidentId, address: string) =>
      store.cards.message(id, directory().rooms.find(one => one.address === address)?.id as RoomId),
    close: async () => {
      await delivery.settled()
      await store.close()
      media.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createLog } from '../../bot/log.ts'
import { createMailing } from '../../bot/mailing.ts'
import { createMedia } from '../../bot/media/media.ts'
import type { Store } from '../../db/store.ts'
import { unlockStore } from '../../db/unlock.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastEvent, Plan, RecipientKey } from '../../workflows/broadcast.ts'
import { type BroadcastId, makeBroadcastId, type PersonId, type PlatformName } from '../../workflows/ids.ts'
import type { NetworkPerson } from '../../workflows/network.ts'
import { network, noon } from '../contracts/incidents.ts'
import { recorder } from '../faults/recorder.ts'

const room = (platform: PlatformName, address: string) =>
  ({ platform, address, name: address, language: null, red: false }) as const

/** Somebody with an account on each of these tools, the one tried first foremost. */
export const someone = (
  callsign: string,
  tools: readonly PlatformName[],
  more: Partial<NetworkPerson> = {},
): NetworkPerson => ({
  ...{ name: callsign, callsign, roles: ['responder'], regions: ['AZ'], languages: ['en'], sample: true },
  accounts: tools.map(platform => ({ platform, address: `${callsign.toLowerCase()}-${platform}` })),
  ...more,
})

/** Where broadcasts are sent from in tests. */
export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>

/**
 * A real store, with mailing and delivery between it and three tools that keep what they are sent; its clock moves only
 * when tests say so.
 */
export async function openPostOffice(people: readonly NetworkPerson[], url?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-mailing-'))
  const media = createMedia()
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const place = { url: url ?? `file:${join(folder, 'hub.db')}`, filesFolder: join(folder, 'files'), key }
  const { store } = await unlockStore({ ...place, draw: media.draw }, noon)
  const regions = network.regions.map(region =>
    region.code === 'AZ' ? { ...region, rooms: [room('slack', 'az-slack'), room('signal', 'az-signal')] } : region,
  )
  const writer = someone('Owl', ['slack'], { roles: ['coordinator'], regions: 'all' })
  await store.roster.seed({ ...network, regions, coordination: [room('slack', 'coord')], people: [writer, ...people] })
  const tools = {
    slack: recorder('slack'),
    discord: recorder('discord'),
    signal: recorder('signal', { lookup: false, threads: false }),
  }
  const platforms = Object.values(tools).map(tool => tool.platform)
  let now = noon
  let watch = 0
  const common = {
    ...{ store, platforms, taxonomy: loadTaxonomy(), clock: () => now, log: createLog('silent'), random: () => 0.5 },
    ...{ restMs: 0, wake: () => {}, pause: async () => {} },
  }
  const mailingOf = (holder: string, own: Store = store) =>
    createMailing({ ...common, store: own, holder, stopwatch: () => watch })
  const delivery = createDelivery({ ...common, holder: 'first' })
  let mailing = mailingOf('first')
  const directory = () => store.roster.directory()

  async function happen(id: BroadcastId, ...events: readonly BroadcastEvent[]): Promise<Broadcast> {
    const before = await store.broadcasts.find(id)
    const decisions = events.map(event => ({ event }))
    const change = enterBroadcast(before, decisions, { id, by: personOf('Owl'), now })
    if (!change) throw new Error('nothing happened')
    const commit = { key: null, person: null, now, answer: null, incidents: [], broadcast: change }
    await store.transaction(tx => tx.commit(commit))
    return change.after
  }

  function personOf(callsign: string): PersonId {
    const found = [...directory().people.values()].find(one => one.callsign === callsign)
    if (!found) throw new Error(`nobody is called ${callsign}`)
    return found.id
  }

  const told = () => Object.values(tools).reduce((sum, { shown }) => sum + shown.length, 0)

  async function deliver(): Promise<void> {
    while (await delivery.run()) {}
  }

  return {
    store,
    ...tools,
    happen,
    deliver,
    personOf,
    mail: () => mailing.run(),
    now: () => now,
    /** Approves a broadcast, of so many people, that goes out at once. */
    approve: async (more: Partial<Plan> = {}, id = makeBroadcastId(1), count = 1_000) => {
      const plan = blankPlan({ title: 'Calm', audience: { type: 'everyone' }, words: { en: 'Stay calm.' }, ...more })
      const by = personOf('Owl')
      const counted = { people: count, rooms: count }
      await happen(id, { type: 'drafted', writer: by, plan, recurring: null }, { type: 'submitted', counted })
      const approval = { by, at: now, plan, ...counted, alone: { reason: 'nobody else is here' } }
      return happen(id, { type: 'approved', approval }, { type: 'cleared' })
    },
    /** Mails and delivers until nothing moves any more. */
    settle: async () => {
      for (let still = 0; still < 2; ) {
        const before = told()
        const more = await mailing.run()
        await deliver()
        still = more || told() > before ? 0 : still + 1
      }
    },
    pass: (ms: number) => {
      now += ms
      watch += ms
    },
    /** The process that mails dies, and another one goes on; `own` is the store as that one sees it. */
    replace: async (own: Store = store) => {
      await store.leases.seize('mailing', 'second', 1_000)
      await store.leases.release('mailing', 'second')
      mailing = mailingOf(`next-${watch}`, own)
      return mailing
    },
    state: async (id = makeBroadcastId(1)) => (await store.broadcasts.find(id))?.state,
    standing: async (id = makeBroadcastId(1)) => {
      const { items } = await store.broadcasts.recipients(id, { limit: 1_000 })
      return new Map(items.map(one => [one.key, one]))
    },
    reached: async (callsign: string, id = makeBroadcastId(1)) => {
      const person = personOf(callsign)
      const { items } = await store.broadcasts.recipients(id, { limit: 2, person })
      return items[0]
    },
    keyOf: (callsign: string): RecipientKey => `p:${personOf(callsign)}`,
    /** What stands anywhere of broadcasts, by call sign or room, in order. */
    all: () => {
      const names = new Map<string, string>()
      for (const one of directory().people.values())
        for (const account of one.accounts)
          for (const key of [account.id, `${one.callsign.toLowerCase()}-${account.platform}`])
            names.set(key, one.callsign)
      return Object.entries(tools).flatMap(([tool, { shown }]) =>
        shown
          .filter(one => one.key.startsWith('cast:'))
          .map(one => ({ to: names.get(one.place) ?? one.place, tool, text: one.text, key: one.key })),
      )
    },
    close: async () => {
      await delivery.settled()
      await store.close()
      media.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { randomUUID } from 'node:crypto'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createLog } from '../../bot/log.ts'
import type { Media } from '../../bot/media/media.ts'
import type { Answer, Interaction, Outgoing, Platform, Target } from '../../bot/platform.ts'
import { unlockStore } from '../../db/unlock.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { type Ground, unhurried } from '../house.ts'

/** Somebody at one of their tools. */
export type Seat = { readonly platform: PlatformName; readonly account: string; readonly callsign: string }

/** Something that was sent: to a room (its address) or to an account, as a new message or in place of an old one. */
export type Sent = {
  readonly platform: PlatformName
  readonly to: Target
  readonly message: Outgoing
  readonly ref: MessageRef
}

/** The sealed name of everybody begins so. */
export const sealedName = 'Zephyrine'

const sample = { sample: true, languages: ['en'] } as const

/** Every role, region and tool; rooms that may see RED and rooms that may not; RED is trusted to Signal alone. */
const file = {
  network: { name: 'Town', zone: 'America/New_York', languages: ['en', 'es'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      places: [{ state: 'AZ' }],
      rooms: [{ slack: 'C0AZ' }, { discord: '100' }, { signal: 'group.QVo=', red: true }],
    },
    { code: 'GA', name: 'Georgia', places: [{ state: 'GA' }], rooms: [{ slack: 'C0GA' }] },
    {
      code: 'US',
      name: 'Elsewhere',
      places: [{ anywhere: true }],
      rooms: [{ discord: '300', language: 'es' }, { workspace: 'idle' }],
    },
  ],
  coordination: { rooms: [{ slack: 'C0COORD' }, { signal: 'group.Y28=', red: true }] },
  leadership: { rooms: [{ slack: 'C0LEAD' }] },
  triage: { rooms: [{ slack: 'C0TRIAGE' }] },
  people: [
    person('Heron', ['mediator'], ['AZ'], { slack: 'U0HERON', signal: '+12025550101' }),
    person('Wren', ['mediator'], ['AZ'], { discord: '21' }),
    person('Finch', ['responder'], ['AZ'], { slack: 'U0FINCH', signal: '+12025550102' }),
    person('Robin', ['responder'], ['AZ'], { discord: '22' }),
    person('Crane', ['coordinator'], ['AZ'], { slack: 'U0CRANE', signal: '+12025550103' }),
    person('Osprey', ['responder', 'mediator'], ['GA'], { slack: 'U0OSPREY' }),
    person('Stork', ['coordinator'], ['GA'], { signal: '+12025550104' }),
    person('Jay', ['leader'], ['GA'], { discord: '23' }),
    person('Owl', ['coordinator'], ['all'], { slack: 'U0OWL', signal: '+12025550105' }),
    person('Eagle', ['leader'], ['all'], { slack: 'U0EAGLE' }),
    person('Raven', ['admin'], ['all'], { discord: '24' }),
    // The practice workspace does not start without somebody; nothing is ever sent there.
    person('Idle', ['mediator'], ['US'], { workspace: 'idle' }),
  ],
  red: ['signal'],
  summaries: [
    { name: 'all', every: '60m', to: 'leadership', region: 'all' },
    { name: 'az', every: '60m', to: 'AZ', region: 'AZ' },
  ],
}

function person(callsign: string, roles: string[], regions: string[], accounts: Record<string, string>) {
  return { ...sample, name: `${sealedName} Of${callsign}`, callsign, roles, regions, accounts }
}

/** Everybody at every tool that they have. */
export const seats: readonly Seat[] = file.people.flatMap(({ callsign, accounts }) =>
  Object.entries(accounts)
    .filter(([platform]) => platform !== 'workspace')
    .map(([platform, account]) => ({ platform: platform as PlatformName, account, callsign })),
)

const start = Date.UTC(2026, 9, 19, 16)

/**
 * The whole hub over a real database, on three tools at once that do nothing but call `sent` with what they are told to
 * show. Time passes by `pass` alone.
 */
export async function openTown(at: Ground, media: Media, sent: (what: Sent) => Promise<void>) {
  let now = start
  const clock = () => now
  const network = parseNetwork(file)
  const taxonomy = loadTaxonomy()
  const logged: string[] = []
  const log = createLog('warn', line => void logged.push(line))
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const place = { url: at.url, filesFolder: `${at.folder}/files`, key, draw: media.draw }
  const { store, begunAt } = await unlockStore(place, now)
  await store.roster.seed(network)
  const holder = randomUUID()
  const parts = {
    store,
    since: begunAt,
    network,
    taxonomy,
    host: '127.0.0.1',
    clock,
    holder,
    wake: () => {},
    log,
    media,
    ...unhurried(clock),
  }
  const { hub, schedule } = assemble(parts)
  const platforms = (['slack', 'discord', 'signal'] as const).map(name => silent(name, sent))
  const delivery = createDelivery({ store, platforms, taxonomy, clock, holder, log, restMs: 0 })

  return {
    store,
    clock,
    logged: () => logged.join(''),
    receive: (what: Interaction): Promise<Answer> => hub.receive(what),
    /** Delivers all that is due. */
    async settle() {
      while (await schedule.runIndex()) {}
      while (await delivery.run()) {}
    },
    /** Lets minutes pass with the clocks that fall due, and delivers nothing. */
    async pass(minutes: number) {
      now += minutes * 60_000
      while (await schedule.runClocks()) {}
      await schedule.runSummaries()
    },
    close: () => store.close(),
  }
}

/** A hub on several tools under test. */
export type Town = Awaited<ReturnType<typeof openTown>>

function silent(name: PlatformName, sent: (what: Sent) => Promise<void>): Platform {
  const stands = new Map<string, Target>()
  let count = 0
  return {
    name,
    capabilities: { edits: { most: 1_000, within: Number.MAX_SAFE_INTEGER }, lookup: false, threads: true },
    start: async () => {},
    stop: async () => {},
    async post(to, message) {
      const room = to.type === 'room' ? to.room : to.type === 'thread' ? to.under.room : `direct:${to.account}`
      const ref = { room, id: String(++count) }
      stands.set(`${ref.room}/${ref.id}`, to)
      await sent({ platform: name, to, message, ref })
      return ref
    },
    async edit(ref, message) {
      const to = stands.get(`${ref.room}/${ref.id}`)
      if (to) await sent({ platform: name, to, message, ref })
    },
    remove: async () => {},
    find: async () => null,
  }
}

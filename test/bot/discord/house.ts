import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { assemble } from '../../../bot/assemble.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createDiscord } from '../../../bot/discord/index.ts'
import { createLog } from '../../../bot/log.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { commands } from '../../../commands/index.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { type Ground, ground } from '../../house.ts'
import { type DiscordPeer, type DiscordPeerOptions, startDiscordPeer } from '../../peers/discord/index.ts'

/** The rooms of the network that these tests play in; the incidents of the second region stand in a forum. */
export const rooms = {
  arizona: '700000000000000001',
  georgia: '700000000000000002',
  coordination: '700000000000000003',
  leadership: '700000000000000004',
} as const

/** Its people, by their accounts. */
export const accounts = {
  heron: '600000000000000001',
  finch: '600000000000000002',
  wren: '600000000000000003',
  owl: '600000000000000004',
} as const

const network = {
  network: { name: 'Discord network', zone: 'America/Phoenix', languages: ['en', 'es'] },
  regions: [
    {
      ...{ code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [{ state: 'AZ' }] },
      rooms: [{ discord: rooms.arizona, name: 'Arizona' }],
    },
    {
      ...{ code: 'GA', name: 'Georgia', zone: 'America/New_York', places: [{ state: 'GA' }, { anywhere: true }] },
      rooms: [{ discord: rooms.georgia, name: 'Georgia' }],
    },
  ],
  coordination: { rooms: [{ discord: rooms.coordination, name: 'Coordination' }] },
  leadership: { rooms: [{ discord: rooms.leadership, name: 'Leadership' }] },
  people: [
    person('Ana Ruiz', 'Heron', 'mediator', accounts.heron),
    person('Ben Carter', 'Finch', 'responder', accounts.finch),
    { ...person('Marisol Vega', 'Wren', 'responder', accounts.wren), languages: ['es'] },
    { ...person('Elena Torres', 'Owl', 'coordinator', accounts.owl), regions: ['all'] },
  ],
  strangers: 'refuse',
}

function person(name: string, callsign: string, role: string, discord: string) {
  return { name, callsign, roles: [role], regions: ['AZ', 'GA'], languages: ['en'], accounts: { discord } }
}

/** Discord on loopback, as these tests have it: limits of channels are a hundred times as wide. */
export function startDiscord(more: DiscordPeerOptions = {}): Promise<DiscordPeer> {
  const channels = [
    { id: rooms.arizona, name: 'trust-az' },
    {
      id: rooms.georgia,
      name: 'trust-ga',
      forum: true,
      tags: ['S5', 'S4', 'S3', 'S2', 'S1', 'Open', 'Claimed', 'Resolved', 'Closed'],
    },
    { id: rooms.coordination, name: 'trust-coordination' },
    { id: rooms.leadership, name: 'trust-leadership' },
  ]
  return startDiscordPeer({ rooms: channels, pace: 100, ...more })
}

/** The whole hub with Discord alone, over a real database and real sockets; what is due goes out when `settle` says. */
export async function openDiscordHouse(peer: DiscordPeer, at: Ground = ground()) {
  const clock = Date.now
  const taxonomy = loadTaxonomy()
  const logged: string[] = []
  const log = createLog('debug', line => void logged.push(line))
  const media = createMedia()
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const files = { url: at.url, filesFolder: `${at.folder}/files`, key }
  const { store, begunAt } = await unlockStore({ ...files, draw: media.draw }, clock())
  const parsed = parseNetwork(network, null)
  await store.roster.seed(parsed)
  const holder = randomUUID()
  const leases = ['clocks', 'clearer', 'sending:discord', 'discord:gateway']
  for (const name of leases.slice(0, 3)) await store.leases.seize(name, holder, 600_000)
  const discord = createDiscord({ token: peer.token, apiUrl: peer.apiUrl, commands, clock, log })
  const parts = assemble({
    ...{ store, since: begunAt, network: parsed, taxonomy, host: '127.0.0.1', clock, holder, log, media },
    ...{ wake: () => {}, platforms: [discord], restMs: 0 },
  })
  const { connections, delivery, schedule, fetcher, intake, hub } = parts
  await connections.start()
  await vi.waitFor(() => expect(discord.connection?.().state).toBe('up'), 10_000)
  await vi.waitFor(() => expect(peer.world.commands.size).toBe(2), 10_000)

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet++) {
      while (await schedule.runIndex()) quiet = 0
      while (await fetcher.run()) quiet = 0
      while (await delivery.run()) quiet = 0
    }
  }

  async function close(): Promise<void> {
    await Promise.race([intake.stop(), pause(2000)])
    await connections.stop()
    for (const name of leases) await store.leases.release(name, holder).catch(() => {})
    media.stop()
    await store.close()
  }

  return { at, hub, store, discord, settle, close, logged: () => logged.join('') }
}

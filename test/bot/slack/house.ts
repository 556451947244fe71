import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { assemble } from '../../../bot/assemble.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createLog } from '../../../bot/log.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { createSlack, type SlackSettings } from '../../../bot/slack/index.ts'
import { slackManifest } from '../../../bot/slack/manifest.ts'
import { commands } from '../../../commands/index.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { type Ground, ground } from '../../house.ts'
import { type SlackPeer, type SlackPeerOptions, startSlackPeer, tokens } from '../../peers/slack/index.ts'

/** The rooms of the network that these tests play in. */
export const rooms = {
  arizona: 'C0ARIZONA',
  coordination: 'C0COORD',
  leadership: 'C0LEAD',
  triage: 'C0TRIAGE',
  elsewhere: 'C0US',
} as const

/** Its people, by their accounts. */
export const accounts = {
  heron: 'U0HERON',
  finch: 'U0FINCH',
  wren: 'U0WREN',
  owl: 'U0OWL',
  nobody: 'U0NOBODY',
} as const

const network = {
  network: { name: 'Slack network', zone: 'America/Phoenix', languages: ['en', 'es'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      zone: 'America/Phoenix',
      places: [{ state: 'AZ' }],
      rooms: [{ slack: rooms.arizona, name: 'Arizona' }],
    },
    {
      code: 'US',
      name: 'Everywhere else',
      places: [{ anywhere: true }],
      rooms: [{ slack: rooms.elsewhere, name: 'Elsewhere' }],
    },
  ],
  coordination: { rooms: [{ slack: rooms.coordination, name: 'Coordination' }] },
  leadership: { rooms: [{ slack: rooms.leadership, name: 'Leadership' }] },
  triage: { rooms: [{ slack: rooms.triage, name: 'Triage' }] },
  people: [
    person('Ana Ruiz', 'Heron', 'mediator', accounts.heron),
    person('Ben Carter', 'Finch', 'responder', accounts.finch),
    { ...person('Marisol Vega', 'Wren', 'responder', accounts.wren), languages: ['es'] },
    { ...person('Elena Torres', 'Owl', 'coordinator', accounts.owl), regions: ['all'] },
  ],
  strangers: 'refuse',
}

function person(name: string, callsign: string, role: string, slack: string) {
  return { name, callsign, roles: [role], regions: ['AZ'], languages: ['en'], accounts: { slack } }
}

/** How a house differs from the usual one. */
export type Unlike = {
  readonly peer?: Partial<SlackPeerOptions>
  readonly settings?: Partial<SlackSettings>
  /** How many times faster than documented limits are, for the hub and its peer. */
  readonly faster?: number
  /** Slack cannot be reached at first. */
  readonly away?: boolean
}

/** How Slack calls the hub, on a port that is free now. */
export async function byCalls(): Promise<Pick<Unlike, 'peer' | 'settings'>> {
  const port = await freePort()
  const secret = 'hush'
  return {
    peer: { http: { url: `http://127.0.0.1:${port}/slack/events`, secret } },
    settings: { appToken: null, signingSecret: secret, port },
  }
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise<void>(done => server.close(() => done()))
  return port
}

/** Slack on loopback, as these tests have it. */
export function startSlack(unlike: Unlike = {}): Promise<SlackPeer> {
  const socket = unlike.peer?.http === undefined
  return startSlackPeer({
    manifest: slackManifest({ commands, socket, publicUrl: 'https://hub.example.org' }).manifest,
    channels: [
      { id: rooms.arizona, name: 'trust-az' },
      { id: rooms.coordination, name: 'trust-coordination' },
      { id: rooms.leadership, name: 'trust-leadership', private: true },
      { id: rooms.triage, name: 'trust-triage' },
      { id: rooms.elsewhere, name: 'trust-us' },
      { id: 'C0LOBBY', name: 'lobby' },
    ],
    people: Object.values(accounts).map(account => ({ account })),
    faster: unlike.faster ?? 1,
    ...unlike.peer,
  })
}

/** The whole hub with Slack alone, over a real database and sockets; what is due goes out when `settle` says so. */
export async function openSlackHouse(peer: SlackPeer, unlike: Unlike = {}, at: Ground = ground()) {
  const clock = Date.now
  const taxonomy = loadTaxonomy()
  const logged: string[] = []
  const log = createLog('debug', line => void logged.push(line))
  const media = createMedia()
  const files = {
    url: at.url,
    filesFolder: `${at.folder}/files`,
    key: { value: undefined, file: `${at.folder}/hub.key` },
  }
  const { store, begunAt } = await unlockStore({ ...files, draw: media.draw }, clock())
  const parsed = parseNetwork(network, null)
  await store.roster.seed(parsed)
  const holder = randomUUID()
  for (const name of ['clocks', 'clearer', 'sending:slack']) await store.leases.seize(name, holder, 600_000)
  const settings = { botToken: tokens.bot, appToken: tokens.app, signingSecret: null, port: 0, apiUrl: peer.apiUrl }
  const slack = createSlack({ ...settings, ...unlike.settings, commands, clock, log, faster: unlike.faster ?? 1 })
  const parts = assemble({
    store,
    since: begunAt,
    network: parsed,
    taxonomy,
    host: '127.0.0.1',
    clock,
    holder,
    wake: () => {},
    log,
    media,
    platforms: [slack],
    restMs: 0,
  })
  const { hub, hostOf, connections, delivery, schedule, fetcher, intake } = parts
  await connections.start()
  if (!unlike.away) await vi.waitFor(() => expect(slack.connection?.().state).toBe('up'), 10_000)

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
    for (const name of ['clocks', 'clearer', 'sending:slack']) await store.leases.release(name, holder).catch(() => {})
    media.stop()
    await store.close()
  }

  return {
    at,
    hub,
    host: hostOf('slack'),
    slack,
    store,
    settle,
    work: hub.work,
    logged: () => logged.join(''),
    close,
  }
}

/** A hub under test. */
export type SlackHouse = Awaited<ReturnType<typeof openSlackHouse>>

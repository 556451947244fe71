import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDiscord } from '../../bot/discord/index.ts'
import { createLog } from '../../bot/log.ts'
import { startChores } from '../../bot/loop.ts'
import { createMedia } from '../../bot/media/media.ts'
import type { Drawer } from '../../bot/platform.ts'
import { createSignal } from '../../bot/signal/index.ts'
import { createSlack } from '../../bot/slack/index.ts'
import { slackManifest } from '../../bot/slack/manifest.ts'
import { choresOf } from '../../bot/start.ts'
import { commands } from '../../commands/index.ts'
import { unlockStore } from '../../db/unlock.ts'
import { type Network, parseNetwork } from '../../workflows/network.ts'
import { type Ground, ground } from '../house.ts'
import { startDiscordPeer } from '../peers/discord/index.ts'
import type { Peer, Seen, Someone } from '../peers/peer.ts'
import { startSignalPeer } from '../peers/signal/index.ts'
import { startSlackPeer, tokens } from '../peers/slack/index.ts'
import { openWay } from '../way.ts'

/** A chat tool that people sit in. */
export type Tool = Peer['platform']

/** The rooms of Arizona, one on each tool, and where coordinators and leaders sit. */
export const rooms = {
  slack: 'C0ARIZONA',
  discord: '700000000000000001',
  signal: 'group.YXJpem9uYQ==',
} as const
/** Where coordinators sit, on two tools. */
export const coordination = { slack: 'C0COORD', signal: 'group.Y29vcmQ=' } as const

/** Groups whose members respond in Arizona. */
export const groups = { slack: 'S0RESPONDERS', discord: '600000000000000001' } as const

const uuid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`
/** Who is who on each tool. */
export const accounts = {
  Heron: { slack: 'U0HERON', discord: '500000000000000001', signal: uuid('1') },
  Finch: { slack: 'U0FINCH', signal: uuid('2') },
  Wren: { discord: '500000000000000003' },
  Magpie: { slack: 'U0MAGPIE', signal: uuid('4') },
} as const
const roles = { Heron: 'mediator', Finch: 'responder', Wren: 'responder', Magpie: 'coordinator' } as const

/** The network of the journeys as its file says it: one region, a room of it on each tool. */
export const networkFile = {
  network: { name: 'Journey network', zone: 'America/Phoenix', languages: ['en'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      places: [{ state: 'AZ' }, { anywhere: true }],
      rooms: [
        { slack: rooms.slack, name: 'trust-az' },
        { discord: rooms.discord, name: 'trust-az' },
        { signal: rooms.signal, name: 'Arizona', red: true, talk: 'all' },
      ],
    },
  ],
  coordination: {
    rooms: [
      { slack: coordination.slack, name: 'coordination' },
      { signal: coordination.signal, name: 'Coordination' },
    ],
  },
  groups: [
    { discord_role: groups.discord, roles: ['responder'], regions: ['AZ'] },
    { slack_group: groups.slack, roles: ['responder'], regions: ['AZ'] },
  ],
  people: Object.entries(accounts).map(([callsign, own]) => ({
    name: `Sample Person – ${callsign}`,
    callsign,
    roles: [roles[callsign as keyof typeof roles]],
    regions: ['AZ'],
    accounts: own,
    sample: true,
  })),
}

/** Who lives in a journey: the network's file, and everybody's accounts. */
export type Town = {
  readonly file: unknown
  readonly accounts: Readonly<Record<string, Readonly<Partial<Record<Tool, string>>>>>
  /** What draws pictures; without it they are told in words. */
  readonly draw?: Drawer
  /** Hubs die here: each is cut off from the tools in that moment. */
  readonly mortal?: true
}
const usual: Town = { file: networkFile, accounts }
/** The usual town, in which hubs die. */
export const mortal: Town = { ...usual, mortal: true }

/** The three chat tools on loopback and a whole hub between them. */
export type Net = Awaited<ReturnType<typeof openNet>>

/** Starts the three tools, with everybody's accounts; what their limits let through in a minute takes a second. */
export async function startPeers(clock: () => number = Date.now, everybody: Town['accounts'] = accounts) {
  const on = (tool: Tool) => Object.values(everybody).flatMap(own => (own[tool] ? [{ account: own[tool] }] : []))
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  return {
    slack: await startSlackPeer({
      manifest,
      channels: [
        { id: rooms.slack, name: 'trust-az' },
        { id: coordination.slack, name: 'coordination' },
      ],
      people: on('slack'),
      faster: 50,
    }),
    discord: await startDiscordPeer({ rooms: [{ id: rooms.discord, name: 'trust-az' }], pace: 50 }),
    signal: await startSignalPeer({
      clock,
      groups: [
        { address: rooms.signal, name: 'Arizona' },
        { address: coordination.signal, name: 'Coordination' },
      ],
      people: on('signal'),
    }),
  }
}

/** Starts the tools, and a hub that runs by itself; its clock is the machine's, put forward by `skip`. */
export async function openNet(url?: string, town: Town = usual) {
  const at = ground(url)
  let ahead = 0
  const clock = () => Date.now() + ahead
  const peers = await startPeers(clock, town.accounts)
  const logged: string[] = []
  const log = createLog('debug', line => void logged.push(line))
  const network = parseNetwork(town.file)
  const making = { clock, log, network, draw: town.draw ?? null, mortal: town.mortal ?? false }
  let hub = await openHub(at, peers, making)

  function someone(name: string, tool: Tool): Someone {
    const account = town.accounts[name]?.[tool]
    if (!account) throw new Error(`${name} is not on ${tool}`)
    return peers[tool].someone(account)
  }

  /** The newest card of an incident in Arizona's room on that tool, once it says all that. */
  async function card(tool: Tool, id: string, ...words: readonly (string | RegExp)[]): Promise<Seen> {
    const says = (seen: Seen) =>
      words.every(word => (typeof word === 'string' ? seen.text.includes(word) : word.test(seen.text)))
    return until(`the card of ${id} on ${tool}`, async () => {
      const cards = (await peers[tool].room(rooms[tool])).filter(seen => seen.text.split('\n')[0]?.includes(id))
      const newest = cards.findLast(seen => !seen.text.includes('moved below'))
      return { found: newest && says(newest) ? newest : null, instead: cards.map(seen => seen.text).join('\n---\n') }
    })
  }

  return {
    get store() {
      return hub.store
    },
    get parts() {
      return hub.parts
    },
    peers,
    someone,
    card,
    clock,
    logged: () => logged.join(''),
    /** Puts the clock forward; what falls due does so by itself. */
    skip: (minutes: number) => {
      ahead += minutes * 60_000
      hub.wake()
    },
    /** The hub dies: from one moment on nothing more is written down or goes out. It is started again. */
    die: async () => {
      await hub.die()
      hub = await openHub(at, peers, making)
    },
    /** The hub dies and is away for so long, while this happens; then it is started again. */
    away: async (minutes: number, meanwhile: () => Promise<void>) => {
      await hub.die()
      await meanwhile()
      ahead += minutes * 60_000
      hub = await openHub(at, peers, making)
    },
    /** Every rule of every tool that was broken so far. */
    broken: () => Object.values(peers).flatMap(peer => peer.broken.map(rule => `${peer.platform}: ${rule}`)),
    async close() {
      await hub.close()
      for (const peer of Object.values(peers)) await peer.close()
      at.leave()
    },
  }
}

type Making = {
  readonly clock: () => number
  readonly log: Logger
  readonly network: Network
  readonly draw: Drawer | null
  readonly mortal: boolean
}

const tools = ['slack', 'discord', 'signal'] as const
const leases = ['clocks', 'clearer', 'discord:gateway', ...tools.map(tool => `sending:${tool}`)]

async function openHub(
  at: Ground,
  { slack, discord, signal }: Awaited<ReturnType<typeof startPeers>>,
  { clock, log, network, draw, mortal }: Making,
) {
  const common = { commands, clock, log }
  // Each hub asks the tools on lines of its own, which end with it. What it hears from them comes besides: nothing of
  // that counts any more, and client libraries trip over a line that is cut while they open it.
  const urls = { slack: slack.apiUrl, discord: discord.apiUrl, signal: signal.settings.apiUrl }
  const ways = mortal ? await Promise.all(tools.map(async tool => [tool, await openWay(urls[tool])] as const)) : []
  for (const [tool, way] of ways) urls[tool] = way.url
  const platforms = [
    createSlack({
      botToken: tokens.bot,
      appToken: tokens.app,
      signingSecret: null,
      port: 0,
      apiUrl: urls.slack,
      ...common,
    }),
    createDiscord({ token: discord.token, apiUrl: urls.discord, ...common }),
    createSignal({ ...signal.settings, apiUrl: urls.signal, ...common }),
  ]
  const media = createMedia()
  const key = { value: undefined, file: join(at.folder, 'hub.key') }
  const folder = join(at.folder, 'files')
  const { store, begunAt } = await unlockStore({ url: at.url, filesFolder: folder, key, draw: media.draw }, clock())
  await store.roster.seed(network)
  const running: { loops?: ReturnType<typeof startChores> } = {}
  const wake = () => running.loops?.wake()
  const told = { store, since: begunAt, network, taxonomy: loadTaxonomy(), host: '127.0.0.1', clock, wake, log, media }
  const holder = randomUUID()
  // Whoever held these before is dead or stopped, and cut off; a real successor waits until that is sure.
  for (const name of leases) await store.leases.seize(name, holder, 20_000)
  // The rest of a card between two edits, as much shorter as the limits of the tools are wider.
  const parts = assemble({ ...told, holder, platforms, draw, restMs: 50 })
  await parts.connections.start()
  running.loops = startChores(choresOf(parts), log)
  await until('every tool', async () => {
    const states = platforms.map(one => one.connection?.().state)
    return { found: states.every(state => state === 'up') || null, instead: states.join() }
  })

  async function close(): Promise<void> {
    await parts.intake.stop()
    await running.loops?.stop()
    await parts.connections.stop()
    media.stop()
    await store.close()
    for (const [, way] of ways) await way.close()
  }

  return {
    store,
    parts,
    wake,
    close,
    /** What it has in hand goes on in this process, but nothing comes of it: nobody hears a dead hub. */
    async die() {
      if (!mortal) throw new Error('in this town no hub dies')
      for (const [, way] of ways) way.cut()
      await store.close()
      await close().catch(() => {})
    },
  }
}

/** Looks again and again until it is there; @throws Error with what was there instead */
export async function until<T>(
  what: string,
  look: () => Promise<{ readonly found: T | null | undefined; readonly instead: string }>,
): Promise<T> {
  const late = performance.now() + 30_000
  for (;;) {
    const { found, instead } = await look()
    if (found !== null && found !== undefined) return found
    if (performance.now() > late) throw new Error(`${what} did not come; there was:\n${instead}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

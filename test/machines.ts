import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { slackManifest } from '../bot/slack/manifest.ts'
import { commands } from '../commands/index.ts'
import type { Store } from '../db/store.ts'
import { unlockStore } from '../db/unlock.ts'
import type { Post } from '../workflows/change.ts'
import type { RoomId } from '../workflows/ids.ts'
import { ground } from './house.ts'
import { type SlackPeer, startSlackPeer, tokens } from './peers/slack/index.ts'
import { type HubProcess, startProcess } from './process.ts'

/** The rooms of the machines' network, all on Slack. */
export const rooms = { az: 'C0ARIZONA', us: 'C0NATION', coordination: 'C0COORD' } as const

const network = {
  network: { name: 'Example network', zone: 'America/Phoenix', languages: ['en'] },
  regions: [
    { code: 'AZ', name: 'Arizona', places: [{ state: 'AZ' }], rooms: [{ slack: rooms.az, name: 'trust-az' }] },
    { code: 'US', name: 'Elsewhere', places: [{ anywhere: true }], rooms: [{ slack: rooms.us, name: 'trust-us' }] },
  ],
  coordination: { rooms: [{ slack: rooms.coordination, name: 'coordination' }] },
  people: [
    { name: 'A. Mediator', callsign: 'Heron', roles: ['mediator'], regions: ['AZ'], accounts: { slack: 'U0HERON' } },
    { name: 'B. Owl', callsign: 'Owl', roles: ['coordinator'], regions: ['AZ', 'US'], accounts: { slack: 'U0OWL' } },
  ],
}

/** Hubs as processes of their own on one database, with Slack on loopback before them. */
export type Machines = Awaited<ReturnType<typeof openMachines>>

/** Makes the ground, and Slack; no hub runs yet. `patient` as in the peer; `more` stands in the network file, too. */
export async function openMachines(url: string, { patient = 1, more = {} } = {}) {
  const at = ground(url)
  const file = join(at.folder, 'network.json')
  writeFileSync(file, JSON.stringify({ ...network, ...more }))
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  const slack = await startSlackPeer({
    manifest,
    channels: Object.entries(rooms).map(([name, id]) => ({ id, name })),
    people: [{ account: 'U0HERON' }, { account: 'U0OWL' }],
    faster: 50,
    patient,
  })
  const hubs: HubProcess[] = []
  let opened: Store | null = null

  /** The store that the hubs work on; there is one once the first of them runs. */
  async function store(): Promise<Store> {
    const key = { value: undefined, file: join(at.folder, 'hub.key') }
    opened ??= (await unlockStore({ url, key, filesFolder: join(at.folder, 'files') }, Date.now())).store
    return opened
  }

  return {
    slack: slack as SlackPeer,
    hubs,
    store,
    /** Starts one more hub. */
    async start(environment: Record<string, string> = {}): Promise<HubProcess> {
      const hub = await startProcess(at, {
        NETWORK_FILE: file,
        SLACK_BOT_TOKEN: tokens.bot,
        SLACK_APP_TOKEN: tokens.app,
        SLACK_API_URL: slack.apiUrl,
        ...environment,
      })
      hubs.push(hub)
      return hub
    },
    /** Has the hubs send these words to a room, each a message of its own, in these lanes one after the other. */
    async send(room: keyof typeof rooms, words: readonly string[], lanes: readonly Post['lane'][] = []): Promise<void> {
      const { roster, outbox } = await store()
      const id = roster.directory().rooms.find(one => one.address === rooms[room])?.id as RoomId
      const post = (text: string, at: number): Post => ({
        key: `test:${text}`,
        to: { room: id },
        incident: null,
        thread: false,
        lane: lanes[at] ?? 'talk',
        view: { tone: 'plain', title: null, lines: [{ type: 'text', text: { words: text } }], buttons: [] },
      })
      await outbox.add(words.map(post), Date.now())
    },
    /** What stands in a room of what was sent so, in order. */
    async shown(room: keyof typeof rooms): Promise<readonly string[]> {
      return (await slack.room(rooms[room])).map(seen => seen.text.trim())
    },
    /** How often it was tried to post to a room. */
    tries: (room: keyof typeof rooms) =>
      slack.calls.filter(call => call.method === 'chat.postMessage' && call.args.channel === rooms[room]).length,
    /** The process that has a lease now, or null. */
    async holder(name: string): Promise<HubProcess | null> {
      const client = new pg.Client(url)
      await client.connect()
      const { rows } = await client.query('select holder from leases where name = $1 and until > 0', [name])
      await client.end()
      const pid = Number(rows[0]?.holder.split(':')[1])
      return hubs.find(hub => hub.pid === pid) ?? null
    },
    async close() {
      for (const hub of hubs) {
        hub.signal('SIGCONT')
        hub.signal('SIGKILL')
        await hub.ended
      }
      await opened?.close()
      await slack.close()
      at.leave()
    },
  }
}

/** Looks again and again until it is so; gives after how many ms. @throws Error with what was there instead */
export async function eventually<T>(ms: number, look: () => Promise<T>, isSo: (found: T) => boolean): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const found = await look()
    const passed = performance.now() - begun
    if (isSo(found)) return passed
    if (passed > ms) throw new Error(`after ${ms} ms there was still: ${JSON.stringify(found)}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createFetcher } from '../../bot/fetcher.ts'
import { createLog } from '../../bot/log.ts'
import { createMedia } from '../../bot/media/media.ts'
import type { Answer, IncomingFile, Interaction, Platform, Target } from '../../bot/platform.ts'
import { unlockStore } from '../../db/unlock.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { say } from '../../workflows/text/say.ts'
import { type Ground, unhurried } from '../house.ts'

/** A chat tool on which people of one region sit. */
export type Tool = 'slack' | 'discord' | 'signal'

/** A message of the hub as it stands in a tool; null once it was taken away. */
type Standing = { readonly to: Target; text: string | null; edits: number }

/** Everything that the hub said on three tools, which outlives each hub; and how they fail. */
export type World = {
  readonly stands: Record<Tool, Standing[]>
  /** What fails for good on that tool from now on. */
  readonly refuses: Record<Tool, Set<'edit' | 'remove'>>
}

/** Three empty tools. */
export function newWorld(): World {
  const refuses = { slack: new Set(), discord: new Set(), signal: new Set() } as World['refuses']
  return { stands: { slack: [], discord: [], signal: [] }, refuses }
}

/** Where the region's people talk. */
const rooms = { slack: 'C0AZ', discord: '100', signal: 'group.QVo=' } as const

const accounts = {
  Heron: { slack: 'U0HERON' },
  Wren: { discord: '21' },
  Finch: { slack: 'U0FINCH', discord: '24', signal: '+12025550102' },
  Robin: { discord: '22', slack: 'U0ROBIN', signal: '+12025550107' },
  Crane: { slack: 'U0CRANE', signal: '+12025550103' },
  Jay: { slack: 'U0JAY' },
} as const
/** Somebody of the region. */
export type Name = keyof typeof accounts
const roles: Record<Name, string> = {
  Heron: 'mediator',
  Wren: 'mediator',
  Finch: 'responder',
  Robin: 'responder',
  Crane: 'coordinator',
  Jay: 'leader',
}

const file = (talk: Partial<Record<Tool, 'all' | 'digest'>>) => ({
  network: { name: 'Across', zone: 'America/Phoenix', languages: ['en', 'es'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      places: [{ anywhere: true }],
      rooms: [
        { slack: rooms.slack, ...(talk.slack ? { talk: talk.slack } : {}) },
        { discord: rooms.discord, ...(talk.discord ? { talk: talk.discord } : {}) },
        { signal: rooms.signal, red: true, talk: talk.signal ?? 'all' },
      ],
    },
  ],
  coordination: { rooms: [{ slack: 'C0COORD' }] },
  people: [
    ...Object.entries(accounts).map(([callsign, own]) => ({
      ...{ name: `Name Of${callsign}`, callsign, roles: [roles[callsign as Name]], regions: ['AZ'], languages: ['en'] },
      accounts: own,
      sample: true,
    })),
    // The practice workspace does not start without somebody; nothing is ever sent there.
    ...[{ name: 'Idle', callsign: 'Idle', roles: ['mediator'], regions: ['AZ'], languages: ['en'], sample: true }].map(
      one => ({ ...one, accounts: { workspace: 'idle' } }),
    ),
  ],
  leadership: { rooms: [{ workspace: 'idle' }] },
})

/** Noon in Phoenix, epoch ms. */
const noon = Date.UTC(2026, 9, 19, 19)

/** The whole hub over a real database, on three tools of `world`; time passes by `pass` alone. */
export async function openAcross(
  at: Ground,
  world: World,
  { start = noon, talk = {} }: { start?: number; talk?: Partial<Record<Tool, 'all' | 'digest'>> } = {},
) {
  let now = start
  const clock = () => now
  const taxonomy = loadTaxonomy()
  const logged: string[] = []
  const log = createLog('debug', line => void logged.push(line))
  const media = createMedia()
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const place = { url: at.url, filesFolder: `${at.folder}/files`, key, draw: media.draw }
  const { store, begunAt } = await unlockStore(place, now)
  const network = parseNetwork(file(talk))
  await store.roster.seed(network)
  const holder = randomUUID()
  const tools = ['slack', 'discord', 'signal'] as const
  for (const name of ['clocks', ...tools.map(tool => `sending:${tool}`)])
    await store.leases.seize(name, holder, 600_000)
  const parts = { store, since: begunAt, network, taxonomy, host: '127.0.0.1', clock, holder, log, media }
  const { hub, schedule, clearer } = assemble({ ...parts, wake: () => {}, ...unhurried(clock) })
  const platforms = tools.map(tool => shelf(tool, world))
  const delivery = createDelivery({ store, platforms, taxonomy, clock, holder, log, restMs: 0 })
  let written = 0

  async function settle(): Promise<void> {
    while (await schedule.runIndex()) {}
    while (await delivery.run()) {}
  }

  /** Where the card of AZ-0001 stands on that tool. */
  function card(tool: Tool): MessageRef {
    const index = world.stands[tool].findIndex(({ to, text }) => to.type === 'room' && text?.includes('AZ-0001'))
    return { room: rooms[tool], id: String(index) }
  }

  function origin(who: Name, tool: Tool, room: string | null) {
    const account = (accounts[who] as Partial<Record<Tool, string>>)[tool]
    if (!account) throw new Error(`${who} is not on ${tool}`)
    return { platform: tool, account, room, key: `test:${randomUUID()}`, message: null, at: now }
  }

  const self = (tool: Tool, id: string, room: string | null): MessageRef => ({ room: room ?? `dm:${tool}`, id })

  return {
    store,
    clock,
    hub,
    schedule,
    settle,
    /** Fetches what is to be fetched, whatever it is, as these bytes. */
    async fetch(bytes: Buffer) {
      const able = platforms.map(platform => ({ ...platform, fetch: async () => Readable.from([bytes]) }))
      const wake = () => {}
      const fetcher = createFetcher({
        store,
        platforms: able,
        media,
        taxonomy,
        clock,
        wake,
        log,
        pause: async () => {},
      })
      while (await fetcher.run()) {}
      await settle()
    },
    /** Lets everything be cleared away that is due. */
    async clear() {
      while (await clearer.run()) await settle()
      await settle()
    },
    card,
    logged: () => logged.join(''),
    send: (interaction: Interaction): Promise<Answer> => hub.receive(interaction),
    /** Files the report that everything is about, and lets its cards stand. */
    async report(values: Readonly<Record<string, string>> = {}, who: Name = 'Heron', tool: Tool = 'slack') {
      const from = origin(who, tool, null)
      const opened = await hub.receive({ ...from, type: 'command', name: 'report', words: '' })
      if (opened.reply.type !== 'form') throw new Error('no form')
      const { id: form, command, about } = opened.reply.form
      const filled = { what: 'Men at the door', where: 'Phoenix, AZ', danger: 'soon', contact: 'yes', ...values }
      await hub.receive({ ...from, type: 'submission', form, command, about, values: filled, files: [] })
      await settle()
    },
    type: (who: Name, tool: Tool, line: string) => {
      const [name = '', ...words] = line.split(' ')
      return hub.receive({ ...origin(who, tool, null), type: 'command', name, words: words.join(' ') })
    },
    /** What somebody writes under the card on a tool, or (direct) to the hub. */
    message(who: Name, tool: Tool, words: string, more: Partial<Written> = {}): Written {
      const id = `m${++written}`
      const room = more.room === null ? null : rooms[tool]
      const from = { ...origin(who, tool, room), message: room === null ? null : card(tool) }
      const files: readonly IncomingFile[] = []
      return { ...from, type: 'message', words, files, self: self(tool, id, room), ...more } as const
    },
    /** What somebody does to that message, so many ms after it. */
    edit: (message: Written, words: string, after = 1) =>
      ({ ...again(message, after), type: 'edited', words }) as const,
    drop: (message: Written, after = 2) => ({ ...again(message, after), type: 'deleted' }) as const,
    /** Lets minutes pass, with everything that falls due on the way. */
    async pass(minutes: number) {
      for (let passed = 0; passed < minutes; passed++) {
        now += 60_000
        while (await schedule.runClocks()) {}
        await schedule.runSummaries()
        await settle()
      }
    },
    skip: (minutes: number) => {
      now += minutes * 60_000
    },
    /** The lines that stand in the thread of AZ-0001 on a tool, oldest first. */
    thread: (tool: Tool) =>
      world.stands[tool].flatMap(({ to, text }) => (to.type === 'thread' && text !== null ? [text] : [])),
    /** Everything that stands anywhere. */
    everywhere: () =>
      Object.values(world.stands)
        .flat()
        .flatMap(({ text }) => text ?? [])
        .join('\n'),
    async close() {
      for (const name of ['clocks', ...tools.map(tool => `sending:${tool}`)]) await store.leases.release(name, holder)
      media.stop()
      await store.close()
    },
  }
}

/** A hub across three tools under test. */
export type Across = Awaited<ReturnType<typeof openAcross>>
/** A message of somebody. */
export type Written = Extract<Interaction, { type: 'message' }> & { readonly self: MessageRef }

function again({ type: _, words: __, files: ___, until: ____, ...from }: Written, after: number) {
  return { ...from, key: `test:${randomUUID()}`, at: from.at + after }
}

/** A tool that shows what it is told, message by message. */
function shelf(name: Tool, { stands, refuses }: World): Platform {
  const own = stands[name]
  const refuse = (what: 'edit' | 'remove') => {
    if (refuses[name].has(what)) throw new PlatformError(name, `cannot ${what}`, { permanent: true })
  }
  const textOf = ({ view, reader }: Parameters<Platform['edit']>[1]) =>
    [view.title && say(view.title, reader), ...view.lines.map(line => ('text' in line ? say(line.text, reader) : '—'))]
      .filter(Boolean)
      .join('\n')
  return {
    name,
    capabilities: { edits: { most: 1_000, within: Number.MAX_SAFE_INTEGER }, lookup: false, threads: true },
    start: async () => {},
    stop: async () => {},
    async post(to, message) {
      own.push({ to, text: textOf(message), edits: 0 })
      const room = to.type === 'room' ? to.room : to.type === 'thread' ? to.under.room : `direct:${to.account}`
      return { room, id: String(own.length - 1) }
    },
    async edit(ref, message) {
      refuse('edit')
      const standing = own[Number(ref.id)]
      if (!standing || standing.text === null) throw new PlatformError(name, 'no such message', { permanent: true })
      standing.text = textOf(message)
      standing.edits += 1
    },
    async remove(ref) {
      refuse('remove')
      const standing = own[Number(ref.id)]
      if (standing) standing.text = null
    },
    find: async () => null,
  }
}

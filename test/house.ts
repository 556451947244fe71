import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemble } from '../bot/assemble.ts'
import { loadNetwork, loadTaxonomy, sampleNetworkFile } from '../bot/config.ts'
import { createDelivery } from '../bot/delivery.ts'
import { exercised } from '../bot/exercise.ts'
import { createFetcher } from '../bot/fetcher.ts'
import { createLog } from '../bot/log.ts'
import { createMedia } from '../bot/media/media.ts'
import { createLands } from '../bot/picture/lands.ts'
import type { Answer, IncomingFile, Interaction, Platform } from '../bot/platform.ts'
import { type Server, startServer } from '../bot/web/server.ts'
import type { HubBody } from '../bot/workspace/body.ts'
import type { OpenForm, Values } from '../commands/form.ts'
import { unlockStore } from '../db/unlock.ts'
import type { PracticeMessage } from '../workflows/delivery.ts'
import type { Network } from '../workflows/network.ts'
import { say } from '../workflows/text/say.ts'
import type { View } from '../workflows/view.ts'
import { pngBytes } from './pictures.ts'

/** Where a hub under test keeps its things; a second house in the same place is the same hub started again. */
export type Ground = {
  readonly url: string
  readonly folder: string
  /** What closes each house that stands on it now. */
  readonly standing: Set<() => Promise<void>>
  readonly leave: () => void
}

/** A fresh temp folder with a SQLite database to be, or with a PostgreSQL database somewhere else. */
export function ground(url?: string): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'hub-house-'))
  const leave = () => rmSync(folder, { recursive: true, force: true })
  return { url: url ?? `file:${join(folder, 'hub.db')}`, folder, standing: new Set(), leave }
}

/** Files that somebody attaches. */
export type Files = readonly IncomingFile[]

/** Whoever acts: the persona's account in the practice workspace. */
export type Who = string

/** Noon in New York on a quiet Monday, epoch ms. */
export const noon = Date.UTC(2026, 9, 19, 16)

/** How a house differs from the usual one. */
export type Unlike = {
  /** The name of its key file. */
  readonly keyFile?: string
  /** Stands between delivery and the workspace, to fail as platforms do. */
  readonly between?: (platform: Platform) => Platform
  /** Changes the sample network before it is seeded. */
  readonly adjust?: (network: Network) => Network
  /** When an answer gives up waiting for what it could do without; never in the usual house. */
  readonly giveUp?: (ms: number) => Promise<void>
  /** Also takes over what a dead hub cleared away. */
  readonly clears?: true
  /** Where its pages are reached; by default where they are served. */
  readonly address?: string
}

/** What makes a hub take as long as it takes: nothing it does depends on how busy the machine is. */
export const unhurried = (clock: () => number) => ({ stopwatch: clock, giveUp: never, restMs: 0 })
const never = () => new Promise<void>(() => {})

/**
 * The whole hub over a real database, with the sample network and a clock that only the test moves. Everything that
 * happens by time happens when `pass` says so; `settle` delivers all that is due.
 */
export async function openHouse(
  at: Ground,
  start = noon,
  { keyFile = 'hub.key', between, adjust = network => network, giveUp = never, clears, address }: Unlike = {},
) {
  let now = start
  let served: Server | null = null
  const clock = () => now
  const network = adjust(loadNetwork(sampleNetworkFile))
  const taxonomy = loadTaxonomy()
  const logged: string[] = []
  const log = createLog('debug', line => void logged.push(line))
  const media = createMedia()
  const key = { value: undefined, file: join(at.folder, keyFile) }
  const { store, begunAt } = await unlockStore(
    { url: at.url, filesFolder: join(at.folder, 'files'), key, draw: media.draw },
    now,
  )
  await store.roster.seed(network)
  const holder = randomUUID()
  // In every story whoever held these before is dead; a real successor waits a few seconds for that.
  const leases = ['clocks', 'mailing', 'sending:workspace', ...(clears ? ['clearer'] : [])]
  for (const name of leases) await store.leases.seize(name, holder, 600_000)
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
    address: () => address ?? served?.url ?? 'http://127.0.0.1',
    ...unhurried(clock),
    giveUp,
    // What a picture looks like is not told by what is said.
    draw: async () => pngBytes,
    landOf: createLands('us'),
  }
  const { hub, hostOf, schedule, routes, ...own } = assemble(parts)
  const workspace = own.workspace as NonNullable<typeof own.workspace>
  const platforms = between ? [exercised(between(workspace))] : null
  const delivery = platforms
    ? createDelivery({ store, platforms, taxonomy, clock, holder, log, restMs: 0 })
    : own.delivery
  const fetcher = platforms
    ? createFetcher({ store, platforms, media, taxonomy, clock, wake: () => {}, log, pause: async () => {} })
    : own.fetcher
  await workspace.start(hostOf('workspace'))

  function origin(who: Who, room: string | null) {
    return { platform: 'workspace', key: `test:${randomUUID()}`, account: who, room, message: null, at: now } as const
  }

  async function send(interaction: Interaction): Promise<Answer> {
    const answer = await hub.receive(interaction)
    await settle()
    return answer
  }

  async function ask(who: Who, line: string, values: Values, room: string | null = null, files: Files = []) {
    const [name = '', ...words] = line.replace(/^\//, '').split(' ')
    const opened = await hub.receive({ ...origin(who, room), type: 'command', name, words: words.join(' ') })
    if (opened.reply.type !== 'form') throw new Error(`/${line} opened no form: ${readAnswer(opened)}`)
    return submit(who, opened.reply.form, { ...opened.reply.form.values, ...values }, room, files)
  }

  function submit(who: Who, form: OpenForm, values: Values, room: string | null = null, files: Files = []) {
    const { id, command, about } = form
    const sent = { type: 'submission', form: id, command, about, files } as const
    return hub.receive({ ...origin(who, room), ...sent, values })
  }

  async function settle(): Promise<void> {
    while (await schedule.runIndex()) {}
    while (await fetcher.run()) {}
    // What goes out makes room for more, until all that is due has gone.
    do {
      while (await own.mailing.run()) {}
    } while (await delivery.run())
    while (await own.corrections.run()) {}
    await own.nudging.run()
    await own.progress.run()
    while (await delivery.run()) {}
  }

  /** Lets minutes pass, a minute at a time, with everything that falls due on the way. */
  async function pass(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed++) {
      now += 60_000
      while (await schedule.runClocks()) {}
      await schedule.runSummaries()
      await settle()
    }
  }

  async function close(): Promise<void> {
    at.standing.delete(close)
    await served?.close(100)
    await workspace.stop()
    for (const name of leases) await store.leases.release(name, holder).catch(() => {})
    media.stop()
    await store.close()
  }

  at.standing.add(close)
  return {
    store,
    hub,
    schedule,
    delivery,
    fetcher,
    nudging: own.nudging,
    nightly: own.nightly,
    clearer: own.clearer,
    send,
    settle,
    pass,
    clock,
    /** Moves the clock without letting anything happen: the hub was down. */
    skip: (minutes: number) => {
      now += minutes * 60_000
    },
    /** Types a slash command. */
    type: (who: Who, line: string, room: string | null = null) => {
      const [name = '', ...words] = line.replace(/^\//, '').split(' ')
      return send({ ...origin(who, room), type: 'command', name, words: words.join(' ') })
    },
    /** The same, with nothing delivered. */
    only: (who: Who, line: string, room: string | null = null) => {
      const [name = '', ...words] = line.replace(/^\//, '').split(' ')
      return hub.receive({ ...origin(who, room), type: 'command', name, words: words.join(' ') })
    },
    /** Presses a button, by its id. */
    press: (who: Who, button: string, room: string | null = null, key?: string) =>
      send({ ...origin(who, room), ...(key ? { key } : {}), type: 'press', button }),
    /** Opens a command's form, sends it in with these values, and lets everything be delivered. */
    fill: async (who: Who, line: string, values: Values, room: string | null = null, files: Files = []) => {
      const answer = await ask(who, line, values, room, files)
      await settle()
      return answer
    },
    /** The same, with nothing delivered. */
    ask,
    /** Sends in a form that was opened before. */
    submit,
    /** Serves the pages of the hub on a free port of this machine, and gives their address. */
    serve: async () => {
      served = await startServer({ host: '127.0.0.1', port: 0, routes, checks: [], logger: log })
      return served.url
    },
    /** What the hub does for the platform of that name. */
    hostOf,
    /** Everything that was logged. */
    logged: () => logged.join(''),
    /** Writes in a room, in the thread under a message, or (room null) to the hub. */
    write: (who: Who, words: string, room: string | null, under?: PracticeMessage, files: Files = []) => {
      const message = under ? { room: under.room, id: String(under.id) } : null
      return send({ ...origin(who, room), message, type: 'message', words, files })
    },
    /** What stands in a room, oldest first, each message as lines of text. */
    room: async (address: string) => (await store.practice.list(address, 200)).map(readMessage),
    /** What stands in somebody's direct conversation with the hub. */
    direct: async (who: Who) => (await store.practice.list(`direct:${who}`, 200)).map(readMessage),
    /** The message that carries the card of an incident in a room. */
    card: async (address: string, id: string) => {
      const all = await store.practice.list(address, 200)
      const found = all.find(message => readMessage(message).split('\n')[0]?.includes(id))
      if (!found) throw new Error(`no card of ${id} in ${address}`)
      return found
    },
    /** The thread under a message, as text. */
    thread: async (root: PracticeMessage) => (await store.practice.thread(root.id)).map(readMessage),
    close,
  }
}

/** A hub under test. */
export type House = Awaited<ReturnType<typeof openHouse>>

/** A message of the hub as text: title, lines, then its buttons. */
export function readMessage(message: PracticeMessage): string {
  const body = message.body as HubBody | { type: 'words'; words: string }
  if (body.type === 'words') return body.words
  const lines = body.lines.map(line => ('text' in line ? line.text : line.type === 'rule' ? '—' : JSON.stringify(line)))
  return [body.title, ...lines, body.buttons.map(button => `[${button.label}]`).join(' ')].filter(Boolean).join('\n')
}

/** An answer as the person reads it. */
export function readAnswer({ reply, reader }: Answer): string {
  switch (reply.type) {
    case 'view':
      return readView(reply.view, reader)
    case 'refused':
      return say(reply.phrase, reader)
    case 'failed':
      return [say(reply.phrase, reader), reply.words].filter(Boolean).join('\n')
    case 'form': {
      const errors = Object.entries(reply.form.errors).map(([field, why]) => `${field}: ${say(why, reader)}`)
      return [say(reply.form.form.title, reader), reply.form.notice && say(reply.form.notice, reader), ...errors]
        .filter(Boolean)
        .join('\n')
    }
    case 'nothing':
      return ''
  }
}

/** The ids of the buttons of an answer, by their command. */
export function buttonsOf({ reply }: Answer): Record<string, string> {
  const buttons = reply.type === 'view' ? reply.view.buttons : []
  return Object.fromEntries(buttons.map(button => [button.id.split(':')[0], button.id]))
}

function readView(view: View, reader: Answer['reader']): string {
  const lines = view.lines.map(line =>
    'text' in line ? say(line.text, reader) : line.type === 'rule' ? '—' : line.type,
  )
  const buttons = view.buttons.map(button => `[${say(button.label, reader)}]`).join(' ')
  return [view.title && say(view.title, reader), ...lines, buttons].filter(Boolean).join('\n')
}

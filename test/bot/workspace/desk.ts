import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer, Interaction } from '../../../bot/platform.ts'
import { type Server, startServer } from '../../../bot/web/server.ts'
import { createWorkspace, type Workspace } from '../../../bot/workspace/index.ts'
import type { Reply } from '../../../commands/command.ts'
import { tablesOf } from '../../../db/base.ts'
import { openDatabase } from '../../../db/database.ts'
import { practiceStore } from '../../../db/practice.ts'
import { createSeal } from '../../../db/seal.ts'
import type { PracticeStore } from '../../../workflows/delivery.ts'
import { phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import type { Button, View } from '../../../workflows/view.ts'
import { loneHost } from '../../host.ts'

/** A practice workspace that is served, on a real database, with a hub whose answers a test decides. */
export type Desk = {
  readonly url: string
  readonly store: PracticeStore
  readonly workspace: Workspace
  /** Everything the hub was told, oldest first. */
  readonly heard: Interaction[]
  /** What went wrong inside, as the log got it. */
  readonly logged: unknown[]
  /** Decides what the hub answers from now on. */
  answer(reply: (interaction: Interaction) => Reply | Promise<Reply>): void
  /** Moves the clock on, in ms. */
  pass(ms: number): void
  /** Sends fields as the page of a persona would. */
  send(path: string, fields: Record<string, string | Blob | readonly (string | Blob)[]>): Promise<Response>
  close(): Promise<void>
}

/** Noon of an ordinary day in Phoenix. */
export const noon = Date.UTC(2026, 9, 6, 19, 0)

/** A reader in Arizona. */
export const reader: Reader = { language: 'en', zone: 'America/Phoenix', now: noon, person: () => 'Heron' }

const people = [
  { account: 'heron', callsign: 'Heron', name: 'Ana', role: 'Mediator', language: 'en', zone: 'America/Phoenix' },
  { account: 'finch', callsign: 'Finch', name: 'Ben', role: 'Responder', language: 'en', zone: 'America/Phoenix' },
  { account: 'wren', callsign: 'Wren', name: 'Marisol', role: 'Respuesta', language: 'es', zone: 'America/Phoenix' },
] as const
const rooms = [
  { address: 'az', name: 'Arizona response', purpose: 'region', topic: 'Arizona' },
  { address: 'lead', name: 'Leadership', purpose: 'leadership', topic: 'Sample network' },
] as const
const commands = [
  { name: 'report', summary: 'workspace.start-report' },
  { name: 'mine', summary: 'workspace.start-more' },
  { name: 'claim', summary: 'workspace.start-claim', usage: 'workspace.reply' },
] as const

/** Starts a desk on any free port of this machine, with a database of its own. */
export async function startDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-desk-'))
  const database = await openDatabase({ url: `file:${join(folder, 'desk.db')}` })
  const seal = createSeal({ current: Buffer.alloc(32, 7) })
  const store = practiceStore({ database, tables: tablesOf(database.engine), seal })
  let now = noon
  let reply: (interaction: Interaction) => Reply | Promise<Reply> = () => ({ type: 'nothing' })
  const heard: Interaction[] = []
  const logged: unknown[] = []
  const logger = { error: ({ err }: { err: unknown }) => void logged.push(err) }
  const clock = () => now
  const workspace = createWorkspace({ store, rooms, personas: people, commands, clock, host: '127.0.0.1', logger })
  const receive = async (interaction: Interaction): Promise<Answer> => {
    heard.push(interaction)
    return { reply: await reply(interaction), reader: { ...reader, now } }
  }
  await workspace.start(loneHost(receive, () => workspace))
  const checks = [{ name: 'database', run: async () => void (await store.get(1)) }]
  const web: Server = await startServer({ host: '127.0.0.1', port: 0, routes: workspace.routes, checks, logger })
  return {
    url: web.url,
    store,
    workspace,
    heard,
    logged,
    answer: decide => {
      reply = decide
    },
    pass: ms => {
      now += ms
    },
    send: (path, fields) =>
      fetch(`${web.url}${path}`, { method: 'POST', headers: { origin: web.url }, body: formOf(fields) }),
    async close() {
      await workspace.stop()
      await web.close(100)
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A view with those words; its title is split at the first dot into severity and the rest. */
export function card(title: string, lines: readonly string[], buttons: readonly Button[] = []): View {
  return {
    tone: 'S4',
    title: { words: title },
    lines: lines.map(words => ({ type: 'text', text: { words } })),
    buttons,
  }
}

/** A button that says those words. */
export function button(id: string, label = id, more: Partial<Button> = {}): Button {
  return { id, label: phrase('workspace.unknown-command', { command: label }), ...more }
}

/** Asks with headers that a browser would not let a page set; gives the status and the words of the answer. */
export function ask(url: string, headers: Record<string, string>, method = 'GET'): Promise<[number, string]> {
  return new Promise((done, fail) => {
    const sent = request(url, { method, headers }, answer => {
      let words = ''
      answer.on('data', chunk => {
        words += chunk
      })
      answer.on('end', () => done([answer.statusCode ?? 0, words]))
    })
    sent.on('error', fail)
    sent.end()
  })
}

function formOf(fields: Record<string, string | Blob | readonly (string | Blob)[]>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const part of typeof value === 'string' || value instanceof Blob ? [value] : value) form.append(name, part)
  }
  return form
}

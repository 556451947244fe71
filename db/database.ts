import { AsyncLocalStorage } from 'node:async_hooks'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SQL } from 'drizzle-orm'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import { ConfigError, StoreError } from '../workflows/errors.ts'
import { said, storeFailure } from './failure.ts'

type Drizzle = BaseSQLiteDatabase<'async', unknown>

/**
 * A handle to ask with: awaited builders only; `.all()`, `.get()` and `.run()` exist on one engine and are not used.
 */
export type Read = Pick<Drizzle, 'select' | 'selectDistinct' | 'with' | '$with' | '$count'>

/** A handle inside a transaction: asks and writes, writes always with `.returning()`; void once `run` has ended. */
export type Tx = Read & Pick<Drizzle, 'insert' | 'update' | 'delete'>

/** The one port to the database, the same on both engines. */
export type Database = {
  readonly engine: 'sqlite' | 'postgres'
  /** Asks outside transactions; sees committed rows only. */
  readonly read: Read
  /**
   * Runs `run` all or nothing and answers after the COMMIT. Only queries through `tx` are awaited inside, never the
   * network, a timer or another transaction; it may be run again, with all undone that it wrote before. Rejects with
   * what `run` threw, `ConflictError` (a unique key was taken or the engine chose another writer: try again) or
   * `StoreError`.
   */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** Resolves once every transaction that was asked for before has ended. */
  settled(): Promise<void>
  /**
   * Rids the files of what was deleted, as far as the engine can: SQLite copies its log into the file, where deleted
   * bytes are zeroes, and empties it; PostgreSQL vacuums the tables that hold sealed keys and words. False if somebody
   * else stood in the way: to be tried again.
   */
  scrub(): Promise<boolean>
  /** Lets running transactions end, then lets go of the database; the same answer however often it is asked. */
  close(): Promise<void>
}

/** What an engine does by itself: a database that need not say when its transactions have ended. */
export type Engine = Omit<Database, 'settled'>

/** Where the database is, and how patient to be; the folders hold the migrations that this program knows. */
export type DatabaseOptions = {
  /** `file:data/hub.db` or `postgres://user@host/name`. */
  readonly url: string
  /** A folder made by drizzle-kit; default is the engine's own beside this file; null: the schema stays as it is. */
  readonly migrations?: string | null
  /** How long to wait for somebody else's lock before `StoreError` with reason `locked`; default 5,000 ms. */
  readonly lockWaitMs?: number
  /** PostgreSQL only: at most so many connections for transactions, and as many for reads; default 8. */
  readonly connections?: number
  /** PostgreSQL only: how long (ms) a statement of a transaction may take; default 8,000. A read has four times it. */
  readonly statementMs?: number
}

/** Opens the database and brings its schema up to date; `ConfigError` on a wrong address or a newer schema. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, lockWaitMs = 5_000, connections = 8, statementMs = 8_000 } = options
  if (url.startsWith('file:')) {
    const { openSqlite } = await import('./sqlite.ts')
    const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
    const { migrations = folder('sqlite') } = options
    return guarded(await openSqlite({ path, lockWaitMs, migrations }))
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres.ts')
    const migrations = options.migrations ?? folder('postgres')
    return guarded(await openPostgres({ url, lockWaitMs, connections, statementMs, migrations }))
  }
  throw new ConfigError('DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/NAME')
}

/** What can be made ready once: a select, or a write with `.returning()`, with `sql.placeholder(name)` in it. */
export type Preparable<T> = { prepare(): { execute(values?: Record<string, unknown>): Promise<T> } }

/**
 * A query built once a connection and then only run: for hot paths. Within one program each `name` stands for one query
 * (PostgreSQL keeps the statement under it).
 */
export function prepared<H extends Read, T>(name: string, build: (handle: H) => Preparable<T>) {
  const ready = new WeakMap<Read, ReturnType<Preparable<T>['prepare']>>()
  return async (handle: H, values: Record<string, unknown> = {}): Promise<T> => {
    let query = ready.get(handle)
    if (!query) {
      // PostgreSQL's builder takes the statement's name here, SQLite's takes nothing.
      query = (build(handle) as { prepare(name: string): ReturnType<Preparable<T>['prepare']> }).prepare(name)
      ready.set(handle, query)
    }
    try {
      return await query.execute(values)
    } catch (error) {
      throw storeFailure(error)
    }
  }
}

/** Rows of a hand-written query, unmapped: booleans are 0 and 1 on SQLite, names are as in the database. */
export async function rows<T extends Record<string, unknown>>(handle: Read, query: SQL): Promise<T[]> {
  const raw = handle as unknown as { all(query: SQL): T[] } | { execute(query: SQL): Promise<{ rows: T[] }> }
  try {
    return 'execute' in raw ? (await raw.execute(query)).rows : raw.all(query)
  } catch (error) {
    throw storeFailure(error)
  }
}

const folder = (engine: string) => fileURLToPath(new URL(`./migrations/${engine}`, import.meta.url))

const inside = new AsyncLocalStorage<{ open: boolean }>()

function guarded(database: Engine): Database {
  const rounds = countRounds()
  let closing: Promise<void> | undefined

  return {
    ...database,
    async transaction(run) {
      // It would wait for itself for ever; better a bug that is seen at once.
      if (inside.getStore()?.open) throw new Error('a transaction was begun inside a transaction')
      if (closing) throw new StoreError('closed', 'none', said.closed)
      const ended = rounds.begin()
      try {
        return await database.transaction(async tx => {
          const mark = { open: true }
          try {
            return await inside.run(mark, run, tx)
          } finally {
            mark.open = false
          }
        })
      } finally {
        ended()
      }
    },
    settled: rounds.settled,
    close() {
      closing ??= rounds.settled().then(() => database.close())
      return closing
    },
  }
}

/** Counts transactions in rounds; asking whether all have settled begins a new round. */
function countRounds() {
  type Round = { running: number; over?: () => void }
  let round: Round = { running: 0 }
  let before: Promise<unknown> = Promise.resolve()
  return {
    begin() {
      const own = round
      own.running += 1
      return () => {
        own.running -= 1
        if (own.running === 0) own.over?.()
      }
    },
    async settled() {
      const own = round
      round = { running: 0 }
      const over = own.running === 0 || new Promise<void>(resolve => (own.over = resolve))
      before = Promise.all([before, over])
      await before
    },
  }
}

import { Socket } from 'node:net'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { ConfigError, StoreError } from '../workflows/errors.ts'
import type { Engine, Read, Tx } from './database.ts'
import { isLost, storeFailure } from './failure.ts'
import { migrate } from './migrate.ts'

/**
 * Where the server is; `connections` bounds each of the two pools, `lockWaitMs` the wait for a lock, `statementMs` a
 * statement of a transaction.
 */
export type PostgresOptions = {
  readonly url: string
  readonly migrations: string
  readonly lockWaitMs: number
  readonly connections: number
  readonly statementMs: number
}

/** Opens pools on a server that many processes may share; `ConfigError` if it refuses the name or the password. */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const { url, migrations, lockWaitMs, connections, statementMs } = options
  // Sums and counts come as int8 and numeric; everything here stays within 2^53.
  for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)
  const settings = { ...patience, connectionString: url, max: connections, lock_timeout: lockWaitMs }
  const writers = pool({ ...settings, ...within(statementMs) })
  // A read awaited inside a transaction must not wait for a connection that transactions hold.
  const readers = pool({ ...settings, ...within(statementMs * readShare) })
  const close = async () => void (await Promise.all([writers.end(), readers.end()]))
  const transaction = transactions(writers)
  try {
    await transaction((_, client) => migrateAlone(client, migrations))
  } catch (error) {
    await close()
    throw refused(error)
  }
  const scrub = async () => {
    await unhurried(writers, async (client, query) => {
      await client.query('set statement_timeout = 0')
      for (const table of shredded) await query(`vacuum ${table}`)
      await client.query('reset statement_timeout')
    })
    return true
  }
  return { engine: 'postgres', read: handle(readers), transaction, scrub, close }
}

// Where what was deleted must not lie about for longer than need be.
const shredded = ['keys', 'words', 'posts', 'files', 'drafts', 'accounts', 'people', 'inbox', 'memory']

const patience = {
  application_name: 'trust-hub',
  connectionTimeoutMillis: 10_000,
  // A process that was stopped, or cut off, in the midst of one must not hold its locks for longer than others wait.
  idle_in_transaction_session_timeout: 4_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // Queries that do not wait for each other are sent together.
  pipeline: true,
  stream: () => new GatheringSocket(),
}

// A transaction is short by the rules of this house; a read may go through months.
const readShare = 4
const spareMs = 2_000
const longMs = 24 * 60 * 60_000

/** The server ends a statement after so many ms; where nothing is heard of the server by then, the connection goes. */
const within = (ms: number) => ({ statement_timeout: ms, query_timeout: ms + spareMs })

/** Lets what is written in one turn of the loop leave in one write, which costs as much as a query's own work. */
class GatheringSocket extends Socket {
  // pg corks each of its queries.
  override uncork(): void {
    setImmediate(() => super.uncork())
  }
}

function pool(settings: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool(settings)
  // A lost connection is told to whoever uses it; unheard, the event would end the process.
  made.on('error', () => {})
  made.on('connect', client => client.on('error', () => {}))
  return made
}

function handle(client: pg.Pool | pg.PoolClient): Read {
  return drizzle({ client, casing: 'snake_case' }) as unknown as Read
}

function transactions(writers: pg.Pool) {
  const handles = new WeakMap<pg.PoolClient, Tx>()
  const handleOf = (client: pg.PoolClient) => {
    const found = handles.get(client) ?? (handle(client) as Tx)
    handles.set(client, found)
    return found
  }
  return async <T>(run: (tx: Tx, client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await writers.connect().catch(error => {
      throw storeFailure(error)
    })
    let broken = false
    try {
      const begun = begin(client)
      const value = await run(handleOf(client), client)
      await begun
      await commit(client)
      return value
    } catch (error) {
      broken = !(await undone(client))
      throw storeFailure(error)
    } finally {
      client.release(broken)
    }
  }
}

/** Begins with the first query, not before it: they leave together. Nothing can stand outside a transaction thereby. */
function begin(client: pg.PoolClient): Promise<unknown> {
  const { stream } = client.connection
  stream.cork()
  const begun = client.query('begin')
  stream.uncork()
  // Where the connection is lost, whatever follows fails likewise.
  begun.catch(() => {})
  return begun
}

async function commit(client: pg.PoolClient): Promise<void> {
  const answer = await client.query('commit').catch(error => {
    throw storeFailure(error, isLost(error) ? 'unknown' : 'none')
  })
  // The server answers so where a query had failed and its error was swallowed.
  if (answer.command === 'ROLLBACK') throw new StoreError('broken', 'none', 'a query failed inside the transaction')
}

const undone = (client: pg.PoolClient) =>
  client.query('rollback').then(
    () => true,
    () => false,
  )

// Several processes may start at once: the first migrates, the others wait for the lock and find it done.
async function migrateAlone(client: pg.PoolClient, folder: string): Promise<void> {
  const settings = ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout']
  for (const setting of settings) await client.query(`set local ${setting} = 0`)
  const query = patiently(client)
  await query(`select pg_advisory_xact_lock(${startLock})`)
  await migrate(folder, async statement => (await query(statement)).rows)
}

type Query = (text: string) => Promise<pg.QueryResult>

/** Queries whose answer is waited for as long as it takes. */
function patiently(client: pg.PoolClient): Query {
  const config = (text: string): pg.QueryConfig & { query_timeout: number } => ({ text, query_timeout: longMs })
  return text => client.query(config(text))
}

/** Work on a connection of its own that may take as long as it takes. */
async function unhurried(pool: pg.Pool, work: (client: pg.PoolClient, query: Query) => Promise<void>): Promise<void> {
  const client = await pool.connect().catch(error => {
    throw storeFailure(error)
  })
  let done = false
  try {
    await work(client, patiently(client))
    done = true
  } catch (error) {
    throw storeFailure(error)
  } finally {
    // What was set for it would stand for whoever comes next.
    client.release(!done)
  }
}

/** The advisory lock that is held by whoever brings a schema up to date, or fills an empty database. */
export const startLock = 0x74727573

function refused(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(28|3D)/.test(code) ? new ConfigError(`DATABASE_URL: the server says "${message}"`) : error
}

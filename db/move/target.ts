import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { ConfigError, StoreError } from '../../workflows/errors.ts'
import { isLost, storeFailure } from '../failure.ts'
import { migrate } from '../migrate.ts'
import { startLock } from '../postgres.ts'
import { isAlive } from '../processes.ts'
import type { Column, ColumnType, Table, Value } from './row.ts'

/** A PostgreSQL database that a network is being moved to: in one transaction, so that all of it comes or nothing. */
export type Target = {
  /** As people name it: database and host, without user and password. */
  readonly name: string
  /** Makes the hub's tables and gives them with their columns. @throws ConfigError unless the database is empty */
  prepare(): Promise<ReadonlyMap<string, readonly Column[]>>
  /** The own key of a network that stands there already. */
  ownKey(): Promise<Buffer | null>
  put(table: Table, rows: readonly (readonly Value[])[]): Promise<void>
  /** The rows in the order of their key, one at a time. */
  rows(table: Table): AsyncGenerator<readonly Value[]>
  /** Lets running numbers go on after the highest that was ever given; then all is looked over for the planner. */
  finish(highest: ReadonlyMap<string, number>, deed: { readonly at: number; readonly facts: object }): Promise<void>
  /** @throws StoreError; with the outcome `unknown` if the answer was lost */
  commit(): Promise<void>
  /** What is not committed is gone. */
  close(): Promise<void>
}

/** Connects, and keeps every hub from starting there. @throws ConfigError if it is refused; StoreError if it is away */
export async function openTarget(url: string): Promise<Target> {
  const client = new pg.Client({ ...settings, connectionString: url })
  // A lost connection is told to the query that needs it; unheard, the event would end the process.
  client.on('error', () => {})
  const query = async (text: string, values: unknown[] = []) => {
    const { rows } = await client.query({ text, values, rowMode: 'array' })
    return rows as unknown[][]
  }
  try {
    await client.connect()
    await query('begin')
    await query(`select pg_advisory_xact_lock(${startLock})`)
  } catch (error) {
    await client.end().catch(() => {})
    throw refused(error)
  }
  return targetOn(query, nameOf(url), () => client.end().catch(() => {}))
}

type Query = (text: string, values?: unknown[]) => Promise<unknown[][]>

function targetOn(query: Query, name: string, close: () => Promise<void>): Target {
  const exists = async (table: string) => (await query('select to_regclass($1)', [`"${table}"`]))[0]?.[0] !== null

  async function requireRest(): Promise<void> {
    const others = `select count(*)::int from pg_stat_activity
      where datname = current_database() and application_name = 'trust-hub' and pid <> pg_backend_pid()`
    const [heard = []] = await query(others)
    const said = (await exists('processes'))
      ? await query('select host, pid::int from processes where until > extract(epoch from clock_timestamp()) * 1000')
      : []
    const alive = said.some(([host, pid]) => isAlive({ host: String(host), pid: Number(pid) }))
    if (heard[0] === 0 && !alive) return
    throw new ConfigError(`A hub runs on ${name}. Stop it, and name an empty database. Nothing was moved.`)
  }

  return {
    name,
    close,
    async ownKey() {
      if (!(await exists('keys'))) return null
      const [row] = await query("select sealed from keys where scope = 'hub'")
      return (row?.[0] as Buffer | undefined) ?? null
    },
    async prepare() {
      await requireRest()
      const before = await query('select tablename from pg_tables where schemaname = current_schema()')
      if (before.length > 0 && !(await exists('schema_migrations'))) throw new ConfigError(notEmpty(name))
      await migrate(migrations, async text => (await query(text)).map(([made]) => ({ made })))
      const tables = await columns(query)
      tables.delete('schema_migrations')
      for (const table of tables.keys()) {
        const [row = []] = await query(`select exists (select 1 from "${table}")`)
        if (row[0]) throw new ConfigError(notEmpty(name))
      }
      return tables
    },
    async put(table, rows) {
      const types = table.columns.map((column, at) => `$${at + 1}::${carried[column.type]}[]`)
      const names = table.columns.map(column => `"${column.name}"`)
      const taken = table.columns.map(({ name, type }) => (type === 'numbers' ? `"${name}"::bigint[]` : `"${name}"`))
      const values = table.columns.map((_, at) => rows.map(row => row[at]))
      const from = `unnest(${types.join()}) as given(${names.join()})`
      await query(`insert into "${table.name}" (${names.join()}) select ${taken.join()} from ${from}`, values)
    },
    async *rows({ name: table, key, columns: all }) {
      const names = all.map(column => `"${column.name}"`).join()
      const order = key.map(column => `"${column}"`).join()
      await query(`declare moved no scroll cursor for select ${names} from "${table}" order by ${order}`)
      for (;;) {
        const rows = await query(`fetch ${fetched} from moved`)
        yield* rows as Value[][]
        if (rows.length < fetched) break
      }
      await query('close moved')
    },
    async finish(highest, { at, facts }) {
      for (const [table, column] of await serials(query)) {
        const [row = []] = await query(`select coalesce(max("${column}"), 0)::text from "${table}"`)
        const next = Math.max(Number(row[0]), highest.get(table) ?? 0) + 1
        await query('select setval(pg_get_serial_sequence($1, $2), $3, false)', [`"${table}"`, column, next])
      }
      const deed = ['move', at, JSON.stringify(facts)]
      await query('insert into deeds (what, at, facts) values ($1, $2, $3)', deed)
      for (const table of (await columns(query)).keys()) await query(`analyze "${table}"`)
    },
    async commit() {
      await query('commit').catch(error => {
        throw storeFailure(error, isLost(error) ? 'unknown' : 'none')
      })
    },
  }
}

// As the hub's own connections are known by another name, they can be told from this one.
const settings: pg.ClientConfig = {
  application_name: 'trust-hub-move',
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  options: '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=60000',
  types: { getTypeParser: (oid: number) => parsers[oid] ?? ((text: string) => text) } as pg.CustomTypesConfig,
}

const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.BOOL]: text => text === 't',
  [pg.types.builtins.INT4]: Number,
  [pg.types.builtins.BYTEA]: pg.types.getTypeParser(pg.types.builtins.BYTEA),
}

const carried: Record<ColumnType, string> = {
  ...{ text: 'text', integer: 'bigint', boolean: 'boolean', bytes: 'bytea', numbers: 'text' },
}

const kinds: Readonly<Record<string, ColumnType>> = {
  ...{ text: 'text', bigint: 'integer', boolean: 'boolean', bytea: 'bytes', ARRAY: 'numbers' },
}

const fetched = 500

async function columns(query: Query): Promise<Map<string, Column[]>> {
  const asked = `select table_name::text, column_name::text, data_type::text from information_schema.columns
    where table_schema = current_schema() order by table_name, ordinal_position`
  const tables = new Map<string, Column[]>()
  for (const [table, name, said] of (await query(asked)) as string[][]) {
    const type = kinds[said ?? '']
    if (!table || !name || !type) throw new Error(`${table}.${name} is of a type that nothing is moved to`)
    tables.set(table, [...(tables.get(table) ?? []), { name, type }])
  }
  return tables
}

async function serials(query: Query): Promise<readonly [table: string, column: string][]> {
  const asked = `select table_name::text, column_name::text from information_schema.columns
    where table_schema = current_schema() and column_default like 'nextval(%' order by table_name`
  return (await query(asked)) as [string, string][]
}

function nameOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `the PostgreSQL database ${pathname.slice(1)} at ${host}`
}

const notEmpty = (name: string) =>
  `${name} is not empty. Make a new one for the hub (createdb trusthub) and name that. Nothing was moved.`

/** What somebody is told whose connection was refused. */
function refused(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/^(28|3D)/.test(code)) return new ConfigError(`--to: the server says "${message}". Nothing was moved.`)
  const failure = storeFailure(error)
  return failure instanceof StoreError && failure.reason === 'lost'
    ? new ConfigError(`--to: no PostgreSQL server could be reached there (${code || 'no answer'}). Nothing was moved.`)
    : failure
}

const migrations = fileURLToPath(new URL('../migrations/postgres', import.meta.url))

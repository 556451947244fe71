import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { ConfigError } from '../../workflows/errors.ts'
import { storeFailure } from '../failure.ts'
import { isAlive } from '../processes.ts'
import { type Mark, markKey, movedAway } from './mark.ts'
import { rowOf, type Table, type Value } from './row.ts'

/** A SQLite database that is being moved away: nobody else can write in it until it is closed. */
export type Source = {
  /** Its tables with their columns, in the order of the columns; the search index is one with the columns n, tokens. */
  readonly tables: ReadonlyMap<string, readonly string[]>
  /** The columns that tell the rows of a table apart. */
  key(table: string): readonly string[]
  count(table: string): number
  /** The rows in the order of their key, one at a time. */
  rows(table: Table): Generator<readonly Value[]>
  /** The highest number that each table with running numbers ever gave. */
  highest(): ReadonlyMap<string, number>
  /** The database's own key as it lies in it. */
  ownKey(): Buffer | null
  /** Writes down for good where the network is now, so that no hub takes up work here again. */
  mark(moved: Mark): void
  close(): void
}

/**
 * Opens the file and holds it alone. @throws ConfigError if it is missing, in use, moved before, or of another version;
 * StoreError if it cannot be read
 */
export function openSource(path: string): Source {
  if (!existsSync(path)) throw new ConfigError(`There is no database at ${path}. Name the SQLite file with --from.`)
  const client = new Sqlite(path, { timeout: 2_000, fileMustExist: true })
  try {
    return held(client, path)
  } catch (error) {
    client.close()
    throw storeFailure(error)
  }
}

/** Where a SQLite database was moved to, or null; takes the mark away if asked to. @throws ConfigError, StoreError */
export function markOf(path: string, { away = false } = {}): Mark | null {
  if (!existsSync(path)) throw new ConfigError(`There is no database at ${path}. Name the SQLite file with --from.`)
  const client = new Sqlite(path, { timeout: 2_000, fileMustExist: true })
  try {
    const found = readMark(client)
    if (away && found) client.prepare('delete from settings where key = ?').run(markKey)
    return found
  } catch (error) {
    throw storeFailure(error)
  } finally {
    client.close()
  }
}

function held(client: Sqlite.Database, path: string): Source {
  client.pragma('synchronous = full')
  // Read and write: whoever starts a hub on it meanwhile is told that another program holds it.
  client.exec('begin immediate')
  const tables = tablesOf(client)
  if (!tables.has('schema_migrations') || !tables.has('settings')) {
    throw new ConfigError(`${path} is no database of the hub. Name the right SQLite file with --from.`)
  }
  requireSchema(client, path)
  const mark = readMark(client)
  if (mark) throw new ConfigError(movedAway(mark))
  requireRest(client)
  tables.delete('schema_migrations')
  return {
    tables,
    key: table => keyOf(client, table),
    count: table => Number(client.prepare(`select count(*) from "${table}"`).pluck().get()),
    *rows(table) {
      const columns = table.columns.map(column =>
        table.name === 'search' && column.name === 'n' ? 'rowid' : column.name,
      )
      const key = table.name === 'search' ? ['rowid'] : table.key
      const asked = `select ${columns.map(quoted).join()} from "${table.name}" order by ${key.map(quoted).join()}`
      const reading = client.prepare<[], unknown[]>(asked).raw().safeIntegers()
      for (const raw of reading.iterate()) yield rowOf(table, raw)
    },
    highest: () => {
      const found = client.prepare<[], { name: string; seq: number }>('select name, seq from sqlite_sequence').all()
      return new Map(found.map(row => [row.name, row.seq]))
    },
    ownKey: () => ownKey(client),
    mark(moved) {
      client.prepare('insert into settings (key, value) values (?, ?)').run(markKey, JSON.stringify(moved))
      client.exec('commit')
    },
    close: () => void client.close(),
  }
}

const quoted = (name: string) => `"${name}"`

/** All tables but those that SQLite and its index keep for themselves. */
function tablesOf(client: Sqlite.Database): Map<string, readonly string[]> {
  const all =
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name"
  const names = client.prepare<[], string>(all).pluck().all()
  const own = names.filter(name => !name.startsWith('search_'))
  return new Map(own.map(name => [name, name === 'search' ? ['n', 'tokens'] : columnsOf(client, name)]))
}

type Info = { readonly name: string; readonly pk: number }

const infoOf = (client: Sqlite.Database, table: string) => client.pragma(`table_info("${table}")`) as Info[]
const columnsOf = (client: Sqlite.Database, table: string) => infoOf(client, table).map(column => column.name)

function keyOf(client: Sqlite.Database, table: string): readonly string[] {
  if (table === 'search') return ['n']
  const key = infoOf(client, table).filter(column => column.pk > 0)
  if (key.length === 0) throw new Error(`${table} has no primary key`)
  return key.sort((a, b) => a.pk - b.pk).map(column => column.name)
}

function ownKey(client: Sqlite.Database): Buffer | null {
  return client.prepare<[], Buffer>("select sealed from keys where scope = 'hub'").pluck().get() ?? null
}

function readMark(client: Sqlite.Database): Mark | null {
  const found = client.prepare<[string], string>('select value from settings where key = ?').pluck().get(markKey)
  return found === undefined ? null : JSON.parse(found)
}

function requireSchema(client: Sqlite.Database, path: string): void {
  const applied = new Set(client.prepare<[], number>('select made from schema_migrations').pluck().all())
  const known = readMigrationFiles({ migrationsFolder: migrations }).map(one => one.folderMillis)
  if ([...applied].some(made => !known.includes(made))) {
    throw new ConfigError(`${path} was written by a newer version of the hub. Move it with that version.`)
  }
  if (known.every(made => applied.has(made))) return
  throw new ConfigError(
    `${path} was written by an older version of the hub. Start this version on it once (npm start), stop it, and ` +
      'move it then. Nothing was moved.',
  )
}

/** Whoever runs on the file says so in it every few seconds. */
function requireRest(client: Sqlite.Database): void {
  const asked = 'select host, pid from processes where until > unixepoch() * 1000'
  const alive = client.prepare<[], { host: string; pid: number }>(asked).all().filter(isAlive)
  const [one] = alive
  if (!one) return
  throw new ConfigError(
    `A hub runs on the SQLite file (process ${one.pid} on ${one.host}). Stop it, then move. Nothing was moved. ` +
      '(One that was killed on another machine counts as running for a minute.)',
  )
}

const migrations = fileURLToPath(new URL('../migrations/sqlite', import.meta.url))

import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'

/**
 * The column builders that a schema is written with; both engines give the same TypeScript types and accept the same
 * values. Columns are named by their key in snake case unless a name is given; `.notNull()`, `.default()`,
 * `.$type<T>()`, `.primaryKey()`, `.unique()` and `.references()` may follow.
 */
export type Columns = typeof sqliteColumns

/** The kit for SQLite. */
export const sqliteColumns = {
  /** `table(name, columns, row => [index(...), primaryKey({ columns: [row.a, row.b] })])`. */
  table: lite.sqliteTable,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
  /** Any string without U+0000 (PostgreSQL refuses it); compared and sorted by code point. */
  text: (name = '') => lite.text(name),
  /** A whole number within plus or minus 2^53. */
  integer: (name = '') => lite.integer(name),
  /** A whole number given by the database, rising within one writer, with gaps; it is the primary key. */
  serial: (name = '') => lite.integer(name).primaryKey({ autoIncrement: true }),
  boolean: (name = '') => lite.integer(name, { mode: 'boolean' }),
  /** A moment as a number: milliseconds since 1970 UTC. */
  timestamp: (name = '') => lite.integer(name),
  /** JSON as text: the order of keys is kept. */
  json: <T>(name = '') => lite.text(name, { mode: 'json' }).$type<T>(),
  /** Bytes as a Buffer. */
  bytes: (name = '') => lite.blob(name, { mode: 'buffer' }),
}

const collatedText = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' })

const jsonText = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: value => JSON.stringify(value),
  fromDriver: value => JSON.parse(value),
})

const bytea = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** The kit for PostgreSQL, with the type of the SQLite kit, so that queries are written once. */
export const postgresColumns = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  text: (name = '') => collatedText(name),
  integer: (name = '') => pg.bigint(name, { mode: 'number' }),
  serial: (name = '') => pg.bigserial(name, { mode: 'number' }).primaryKey(),
  boolean: (name = '') => pg.boolean(name),
  timestamp: (name = '') => pg.bigint(name, { mode: 'number' }),
  json: (name = '') => jsonText(name),
  bytes: (name = '') => bytea(name),
} as unknown as Columns

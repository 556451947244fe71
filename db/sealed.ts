import { and, asc, eq, getTableColumns, getTableName, is, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core'
import { type SQLiteColumn, type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core'
import { tablesOf } from './base.ts'
import type { Database, Read } from './database.ts'

/** A column that may hold sealed values, with the columns that tell its rows apart. */
export type SealedColumn = {
  /** As `table.column` in the database. */
  readonly name: string
  readonly table: SQLiteTable
  readonly column: SQLiteColumn
  /** By what drizzle knows the column. */
  readonly property: string
  readonly key: readonly SQLiteColumn[]
}

/** A value that lies under one of the keys that were asked for; `row` is where it stands. */
export type Found = { readonly row: readonly unknown[]; readonly sealed: Buffer }

/**
 * Every column of bytes in the schema: whatever is sealed is one, so none can be forgotten.
 * @throws Error if a table of them has no primary key
 */
export function sealedColumns(engine: Database['engine']): readonly SealedColumn[] {
  return (Object.values(tablesOf(engine)) as SQLiteTable[]).flatMap(table => {
    const columns: [string, SQLiteColumn][] = Object.entries(getTableColumns(table))
    const bytes = columns.filter(([, column]) => /^(blob|bytea)$/.test(column.getSQLType()))
    if (bytes.length === 0) return []
    const primary = columns.flatMap(([, column]) => (column.primary ? [column] : []))
    const key = primary.length > 0 ? primary : compositeKey(table)
    const name = getTableName(table)
    return bytes.map(([property, column]) => ({ name: `${name}.${column.name}`, table, column, property, key }))
  })
}

/** All values of a column that lie under one of these keys of the hub, by their ids; some at a time, in steps. */
export async function* valuesUnder(
  read: Read,
  { table, column, key }: SealedColumn,
  ids: readonly string[],
): AsyncGenerator<readonly Found[]> {
  const wanted = sql.join(ids.map(bytesOf), sql`, `)
  // Whatever lies under other keys stays where it is.
  const sealed = sql<Buffer | null>`case when ${headOf(column)} in (${wanted}) then ${column} end`
  const places = Object.fromEntries(key.map((one, at) => [`key${at}`, one]))
  let after: readonly unknown[] | undefined
  for (;;) {
    const rows: Record<string, unknown>[] = await read
      .select({ sealed, ...places })
      .from(table)
      .where(after && beyond(key, after))
      .orderBy(...key.map(one => asc(one)))
      .limit(stepRows)
    const found = rows.map(row => ({ row: key.map((_, at) => row[`key${at}`]), sealed: row.sealed as Buffer | null }))
    yield found.flatMap(({ row, sealed: value }) => (value ? [{ row, sealed: value }] : []))
    if (rows.length < stepRows) return
    after = found.at(-1)?.row
  }
}

/** In a query: that it is that row, and its value still the one that was found. */
export function standsAt({ column, key }: SealedColumn, { row, sealed }: Found): SQL | undefined {
  return and(...key.map((one, at) => eq(one, row[at])), eq(column, sealed))
}

/** In a query: the first bytes of a sealed value, which name the key that it lies under. */
export function headOf(column: SQLWrapper): SQL<Buffer> {
  return sql<Buffer>`substr(${column}, 1, 5)`
}

/** The first bytes of whatever lies under the key with that id. */
export function bytesOf(id: string): SQL {
  return sql`${Buffer.from(`01${id}`, 'hex')}`
}

const stepRows = 1_000

function compositeKey(table: SQLiteTable): SQLiteColumn[] {
  const { primaryKeys } = is(table, PgTable) ? postgresConfig(table) : sqliteConfig(table)
  const columns = primaryKeys[0]?.columns as SQLiteColumn[] | undefined
  if (!columns) throw new Error(`${getTableName(table)} holds sealed values and has no primary key`)
  return columns
}

function beyond(key: readonly SQLiteColumn[], after: readonly unknown[]): SQL {
  const values = after.map((value, at) => sql`${sql.param(value, key[at])}`)
  return sql`(${sql.join([...key], sql`, `)}) > (${sql.join(values, sql`, `)})`
}

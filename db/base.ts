import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { postgresColumns, sqliteColumns } from './columns.ts'
import { type Database, type Preparable, prepared, type Tx } from './database.ts'
import { defineSchema, type Schema } from './schema.ts'
import type { Seal } from './seal.ts'

/** What every part of the store is built on. */
export type Base = { readonly database: Database; readonly tables: Schema; readonly seal: Seal }

/** The tables of that engine. */
export function tablesOf(engine: Database['engine']): Schema {
  return defineSchema(engine === 'sqlite' ? sqliteColumns : postgresColumns)
}

/** The place of a value in a prepared query. */
export function slot(name: string): Placeholder {
  return sql.placeholder(name)
}

/** A whole number as the engines must see it where no column tells them: SQLite would calculate in fractions. */
export function whole(value: number): SQL<number> {
  return sql`cast(${value} as bigint)`
}

/** The value of a text column, so that the planner does not take an index of that column for the best way. */
export function aside(column: SQLWrapper): SQL<string> {
  return sql`${column} || ''`
}

/** As `aside`, for a column of numbers. */
export function asideNumber(column: SQLWrapper): SQL<number> {
  return sql`${column} + 0`
}

/** Places for the values of these columns; they are encoded as the columns they stand for. */
export function slots<Name extends string>(names: readonly Name[], suffix: string | number = ''): Record<Name, SQL> {
  // drizzle takes a placeholder wherever it takes SQL, but its types for updates do not say so.
  return Object.fromEntries(names.map(name => [name, slot(`${name}${suffix}`)])) as unknown as Record<Name, SQL>
}

/**
 * A write of any number of rows with these columns, at most eight a statement; the statement for each number of rows is
 * built by `build` and prepared once a connection.
 */
export function batch<Name extends string>(
  name: string,
  columns: readonly Name[],
  build: (tx: Tx, values: Record<Name, SQL>[]) => Preparable<unknown>,
): (tx: Tx, rows: readonly Record<Name, unknown>[]) => Promise<void> {
  const statements = Array.from({ length: mostRows }, (_, count) =>
    prepared(`${name}_${count + 1}`, (tx: Tx) =>
      build(
        tx,
        Array.from({ length: count + 1 }, (_, row) => slots(columns, row)),
      ),
    ),
  )
  const names = Array.from({ length: mostRows }, (_, row) => columns.map(column => `${column}${row}`))

  return async (tx, rows) => {
    for (let start = 0; start < rows.length; start += mostRows) {
      const part = rows.slice(start, start + mostRows)
      const values: Record<string, unknown> = {}
      part.forEach((row, at) => {
        columns.forEach((column, index) => {
          values[names[at]?.[index] ?? ''] = row[column]
        })
      })
      await statements[part.length - 1]?.(tx, values)
    }
  }
}

const mostRows = 8

/**
 * The query, which on PostgreSQL passes over rows that another transaction holds instead of waiting for them, and holds
 * those it gives; on SQLite there is only one writer, who holds everything.
 */
export function unheld<Query extends object>(query: Query, table: unknown): Query {
  if (!('for' in query)) return query
  const lockable = query as unknown as {
    for(strength: 'update', how: { of: unknown; skipLocked: boolean }): Query
  }
  return lockable.for('update', { of: table, skipLocked: true })
}

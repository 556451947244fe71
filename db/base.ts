import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { postgresColumns, sqliteColumns } from './columns.ts'
import type { Database } from './database.ts'
import { defineSchema, type Schema } from './schema.ts'
import type { Seal } from './seal.ts'

/** What every part of the store is built on. */
export type Base = { readonly database: Database; readonly tables: Schema; readonly seal: Seal }

/** The tables of that engine. */
export function tablesOf(engine: Database['engine']): Schema {
  return defineSchema(engine === 'sqlite' ? sqliteColumns : postgresColumns)
}

/** A whole number as the engines must see it where no column tells them: SQLite would calculate in fractions. */
export function whole(value: number): SQL<number> {
  return sql`cast(${value} as bigint)`
}

/** The present moment (epoch ms) by the database's own clock, which all processes share. */
export function databaseNow(engine: Database['engine']): SQL<number> {
  return engine === 'sqlite'
    ? sql<number>`cast(unixepoch('subsec') * 1000 as integer)`
    : sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
}

/** The value of a text column, so that the planner does not take an index of that column for the best way. */
export function aside(column: SQLWrapper): SQL<string> {
  return sql`${column} || ''`
}

/** As `aside`, for a column of numbers. */
export function asideNumber(column: SQLWrapper): SQL<number> {
  return sql`${column} + 0`
}

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

/**
 * The query, which on PostgreSQL waits for whoever holds its rows, sees what they left, and then holds them until the
 * transaction ends; on SQLite there is only one writer.
 */
export function held<Query extends object>(query: Query, table: unknown): Query {
  if (!('for' in query)) return query
  const lockable = query as unknown as { for(strength: 'update', how: { of: unknown }): Query }
  return lockable.for('update', { of: table })
}

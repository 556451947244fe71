import { is, Param, Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Tx } from './database.ts'
import { storeFailure } from './failure.ts'

/** A write that drizzle has built, without `.returning()`, with places for its values. */
export type Built = { toSQL(): { readonly sql: string; readonly params: unknown[] } }

type Raw =
  | { prepare(text: string): { run(...values: unknown[]): { changes: number } } }
  | { query(statement: { name: string; text: string }, values: unknown[]): Promise<{ rowCount: number | null }> }

/** The place of a value in a prepared query. */
export function slot(name: string): Placeholder {
  return sql.placeholder(name)
}

/** Places for the values of these columns; they are encoded as the columns they stand for. */
export function slots<Name extends string>(names: readonly Name[], suffix: string | number = ''): Record<Name, SQL> {
  // drizzle takes a placeholder wherever it takes SQL, but its types for updates do not say so.
  return Object.fromEntries(names.map(name => [name, slot(`${name}${suffix}`)])) as unknown as Record<Name, SQL>
}

/**
 * A write built once a connection and then only run; gives how many rows it changed. It goes around drizzle's own
 * running of queries, which takes as long as SQLite's.
 */
export function written<Name extends string>(
  name: string,
  build: (tx: Tx) => Built,
): (tx: Tx, values: Readonly<Record<Name, unknown>>) => Promise<number> {
  return ready<Readonly<Record<string, unknown>>>(name, build, slotName => values => values[slotName])
}

/**
 * A write of any number of rows with these columns, at most eight a statement; the statement for each number of rows is
 * built by `build`, once a connection.
 */
export function batch<Name extends string>(
  name: string,
  columns: readonly Name[],
  build: (tx: Tx, values: Record<Name, SQL>[]) => Built,
): (tx: Tx, rows: readonly Readonly<Record<Name, unknown>>[]) => Promise<void> {
  type Rows = readonly Readonly<Record<Name, unknown>>[]
  const places = new Map<string, (rows: Rows) => unknown>()
  for (let row = 0; row < mostRows; row += 1) {
    for (const column of columns) places.set(`${column}${row}`, rows => rows[row]?.[column])
  }
  const get = (slotName: string) => places.get(slotName) ?? (() => undefined)
  const statements = Array.from({ length: mostRows }, (_, last) => {
    const count = last + 1
    const values = () => Array.from({ length: count }, (_, row) => slots(columns, row))
    return ready<Rows>(`${name}_${count}`, tx => build(tx, values()), get)
  })

  return async (tx, rows) => {
    for (let start = 0; start < rows.length; start += mostRows) {
      const part = rows.length <= mostRows ? rows : rows.slice(start, start + mostRows)
      await statements[part.length - 1]?.(tx, part)
    }
  }
}

const mostRows = 8

function ready<Values>(name: string, build: (tx: Tx) => Built, get: (slotName: string) => (values: Values) => unknown) {
  const built = new WeakMap<Tx, (values: Values) => number | Promise<number>>()

  function made(tx: Tx) {
    const { sql: text, params } = build(tx).toSQL()
    const fillers = params.map(param => fillerOf(param, get))
    const client = (tx as unknown as { $client: Raw }).$client
    const fill = (values: Values) => fillers.map(filler => filler(values))
    if ('prepare' in client) return (values: Values) => client.prepare(text).run(...fill(values)).changes
    const statement = { name, text }
    return async (values: Values) => (await client.query(statement, fill(values))).rowCount ?? 0
  }

  return async (tx: Tx, values: Values): Promise<number> => {
    let run = built.get(tx)
    if (!run) {
      run = made(tx)
      built.set(tx, run)
    }
    try {
      return await run(values)
    } catch (error) {
      throw storeFailure(error)
    }
  }
}

function fillerOf<Values>(param: unknown, get: (slotName: string) => (values: Values) => unknown) {
  if (is(param, Placeholder)) return get(param.name)
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { encoder } = param
  const value = get(param.value.name)
  return (values: Values) => encoder.mapToDriverValue(value(values))
}

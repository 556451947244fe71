import { sql } from 'drizzle-orm'
import { tablesOf } from './base.ts'
import { type Database, rows } from './database.ts'
import { type Running, running } from './processes.ts'
import type { KeysInUse, Ring } from './ring.ts'
import { type Patience, type RotationStep, rotate } from './rotate.ts'
import { bytesOf, headOf, sealedColumns } from './sealed.ts'

/** A key of the hub: whether it is given to this process, what it is to the database, and how many values name it. */
export type KeyState = {
  readonly id: string
  readonly given: boolean
  readonly use: 'current' | 'older' | 'replaced' | 'unused' | 'unknown'
  /** By column, as `table.column`; columns without any are left out. */
  readonly values: ReadonlyMap<string, number>
}

/** The hub's keys, and what lies under them. */
export type HubKeyStore = {
  /** Every key that is given, that the database knows of, or that a data key names; and who runs with which. */
  check(): Promise<{ readonly keys: readonly KeyState[]; readonly processes: readonly Running[] }>
  /** As `rotate` promises. */
  rotate(patience?: Patience): AsyncGenerator<RotationStep>
}

/** The keys of a ring, whose key file that is. */
export function hubKeyStore(ring: Ring, file: string): HubKeyStore {
  const { database } = ring
  return {
    async check() {
      const used = await ring.inUse()
      const given = ring.keys()
      const known = [used.current, ...used.older, ...used.replaced.map(one => one.id), ...given.keys()]
      const ids = [...new Set([...known, ...(await namedByDataKeys(database))])]
      const counted = await counts(database, ids)
      const keys = ids.map(id => ({
        id,
        given: given.has(id),
        use: useOf(id, used, given.has(id)),
        values: counted.get(id) ?? new Map(),
      }))
      return { keys, processes: await running(database) }
    },
    rotate: patience => rotate(ring, file, patience),
  }
}

function useOf(id: string, { current, older, replaced }: KeysInUse, given: boolean): KeyState['use'] {
  if (id === current) return 'current'
  if (older.includes(id)) return 'older'
  if (replaced.some(one => one.id === id)) return 'replaced'
  return given ? 'unused' : 'unknown'
}

// Data keys lie under the hub's keys only, so whatever else they name is a key that is missing.
async function namedByDataKeys({ engine, read }: Database): Promise<string[]> {
  const { keys } = tablesOf(engine)
  const found = await rows<{ head: Buffer }>(read, sql`select distinct ${headOf(keys.sealed)} as head from ${keys}`)
  return found.map(row => Buffer.from(row.head).toString('hex', 1, 5))
}

async function counts({ engine, read }: Database, ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const counted = new Map(ids.map(id => [id, new Map<string, number>()]))
  const wanted = sql.join(ids.map(bytesOf), sql`, `)
  for (const { name, table, column } of sealedColumns(engine)) {
    const found = await rows<{ head: Buffer; count: number }>(
      read,
      sql`select ${headOf(column)} as head, count(*) as count from ${table}
        where ${headOf(column)} in (${wanted}) group by 1`,
    )
    for (const { head, count } of found) counted.get(Buffer.from(head).toString('hex', 1, 5))?.set(name, count)
  }
  return counted
}

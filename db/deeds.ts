import { desc } from 'drizzle-orm'
import type { NetworkDeed } from '../workflows/account.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'

/** The log of what changed in the network itself: who let whom in, bound which room. It only grows. */
export interface DeedStore {
  /** The newest, newest first. */
  latest(limit: number): Promise<readonly NetworkDeed[]>
  /** Adds to it what no other change tells of. */
  add(deed: NetworkDeed): Promise<void>
}

/** The log in the database. */
export function deedStore({ database, tables }: Base): DeedStore {
  const { deeds } = tables
  return {
    add: deed => database.transaction(tx => addDeed(tx, tables, deed)),
    async latest(limit) {
      const rows = await database.read.select().from(deeds).orderBy(desc(deeds.number)).limit(limit)
      return rows.map(({ at, by, what, facts }) => ({ at, by, what, facts }))
    },
  }
}

/** Adds to the log, with whatever else the transaction does. */
export async function addDeed(tx: Tx, { deeds }: Base['tables'], deed: NetworkDeed): Promise<void> {
  await tx.insert(deeds).values(deed).returning({ number: deeds.number })
}

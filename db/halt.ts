import { and, eq, isNotNull, lte, or } from 'drizzle-orm'
import type { Broadcast, BroadcastChange } from '../workflows/broadcast.ts'
import { type Base, tablesOf } from './base.ts'
import { broadcastStore } from './broadcasts.ts'
import type { Database } from './database.ts'
import { dataKeys } from './keys.ts'
import { tablesIn } from './replay.ts'
import type { Seal } from './seal.ts'

/** What stops a broadcast at a moment (epoch ms); null where nothing is to be stopped. */
export type Halt = (broadcast: Broadcast, now: number) => BroadcastChange | null

/**
 * Halts, in a database that was brought back, the broadcasts that may have gone on since: those that were being sent,
 * and those whose hour has passed by now (epoch ms). Gives how many. One of a version without broadcasts has none.
 */
export async function haltBroadcasts(database: Database, seal: Seal, halt: Halt, now: number): Promise<number> {
  if (!(await tablesIn(database)).has('broadcasts')) return 0
  const base: Base = { database, tables: tablesOf(database.engine), seal }
  const { broadcasts } = base.tables
  const store = broadcastStore(base, dataKeys(base))
  const passed = and(eq(broadcasts.state, 'approved'), isNotNull(broadcasts.dueAt), lte(broadcasts.dueAt, now))
  const found = await database.read
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(or(eq(broadcasts.state, 'sending'), passed))
  let halted = 0
  for (const { id } of found) {
    await database.transaction(async tx => {
      const before = await store.stands(tx, id)
      const change = before && halt(before, now)
      if (!change) return
      await store.write(tx, change)
      halted += 1
    })
  }
  return halted
}

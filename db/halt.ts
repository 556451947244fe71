import { and, eq, isNotNull, lte, or } from 'drizzle-orm'
import { enterBroadcast } from '../workflows/broadcast/record.ts'
import type { Approval, Broadcast, BroadcastEvent } from '../workflows/broadcast.ts'
import { type Base, tablesOf } from './base.ts'
import { broadcastStore } from './broadcasts.ts'
import type { Database } from './database.ts'
import { dataKeys } from './keys.ts'
import { tablesIn } from './replay.ts'
import type { Seal } from './seal.ts'

/**
 * Halts, in a database that was brought back, what may have gone on since without its knowledge: broadcasts that were
 * being sent are paused, and those whose hour has passed by now (epoch ms) wait to be approved again. Gives how many.
 * One of a version without broadcasts has none.
 */
export async function haltBroadcasts(database: Database, seal: Seal, now: number): Promise<number> {
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
      const event = before && haltOf(before)
      const change = event && enterBroadcast(before, [{ event, by: null }], { id, by: null, now })
      if (!change) return
      await store.write(tx, change)
      halted += 1
    })
  }
  return halted
}

function haltOf({ state, approvals }: Broadcast): BroadcastEvent | null {
  if (state === 'sending') return { type: 'paused' }
  if (state !== 'approved') return null
  const least = (count: (one: Approval) => number) => Math.min(...approvals.map(count))
  return { type: 'held', counted: { people: least(one => one.people), rooms: least(one => one.rooms) } }
}

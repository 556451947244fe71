import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm'
import type { IncidentId } from '../workflows/ids.ts'
import type { Clock, DueTimer, TimerChange } from '../workflows/timer.ts'
import type { Base } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { batch, slot, written } from './write.ts'

/** Clocks that are due. */
export interface TimerStore {
  due(now: number, limit: number): Promise<readonly DueTimer[]>
  /** The next due time (epoch ms), or null. */
  next(): Promise<number | null>
}

/** The clocks, and what a transaction does to them. */
export type Timers = TimerStore & {
  /** Arms and settles clocks; of changes to the same clock of an incident the last one counts. */
  set(tx: Tx, changes: readonly { readonly incident: IncidentId; readonly change: TimerChange }[]): Promise<void>
  /** Voids the clock; false if it does not stand at that arming any more. */
  fire(tx: Tx, timer: DueTimer): Promise<boolean>
}

/** The clocks in the database. */
export function timerStore({ database, tables: { timers, incidents } }: Base): Timers {
  const upsert = batch('timers_set', ['incident', 'clock', 'dueAt'], (tx, values) =>
    tx
      .insert(timers)
      .values(values.map(value => ({ ...value, arming: sql`1` })))
      .onConflictDoUpdate({
        target: [timers.incident, timers.clock],
        // A settled clock moves on too: what was armed before it can never fire.
        set: { arming: sql`${timers.arming} + 1`, dueAt: sql`excluded.due_at` },
      }),
  )
  const hold = written('timers_hold', tx =>
    tx
      .update(incidents)
      .set({ updatedAt: sql`${incidents.updatedAt}` })
      .where(eq(incidents.id, slot('incident'))),
  )
  const fire = written('timers_fire', tx =>
    tx
      .update(timers)
      .set({ dueAt: sql`null` })
      .where(
        and(
          eq(timers.incident, slot('incident')),
          eq(timers.clock, slot('clock')),
          eq(timers.arming, slot('arming')),
          isNotNull(timers.dueAt),
        ),
      ),
  )
  const due = prepared('timers_due', (read: Read) =>
    read
      .select()
      .from(timers)
      .where(and(isNotNull(timers.dueAt), lte(timers.dueAt, slot('now'))))
      .orderBy(asc(timers.dueAt))
      .limit(slot('limit')),
  )
  const next = prepared('timers_next', (read: Read) =>
    read
      .select({ dueAt: timers.dueAt })
      .from(timers)
      .where(isNotNull(timers.dueAt))
      .orderBy(asc(timers.dueAt))
      .limit(1),
  )

  return {
    async set(tx, changes) {
      const last = new Map<string, { incident: IncidentId; clock: Clock; dueAt: number | null }>()
      for (const { incident, change } of changes) {
        const dueAt = change.type === 'arm' ? change.dueAt : null
        last.set(`${incident} ${change.clock}`, { incident, clock: change.clock, dueAt })
      }
      await upsert(tx, [...last.values()])
    },
    async fire(tx, { incident, clock, arming }) {
      // The incident first, as a commit does, so that the two wait for each other in turn and not in a circle.
      await hold(tx, { incident })
      return (await fire(tx, { incident, clock, arming })) > 0
    },
    async due(now, limit) {
      const rows = await due(database.read, { now, limit })
      return rows.map(row => ({ ...row, dueAt: row.dueAt ?? now }))
    },
    async next() {
      const [row] = await next(database.read)
      return row?.dueAt ?? null
    },
  }
}

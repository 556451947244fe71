import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { IncidentId } from '../workflows/ids.ts'
import { type Incident, isOpen, isWaiting } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { slot, written } from './write.ts'

/** An open incident that nobody has looked at since it changed; `dueAt` and `round` tell if it changes meanwhile. */
export type Look = { readonly incident: IncidentId; readonly dueAt: number; readonly round: number }

/** What is still to be looked at, after it was committed. */
export interface LookStore {
  /** Those that are due by now, the longest first. */
  due(now: number, limit: number): Promise<readonly Look[]>
  /** It was looked at, and is again from then on (epoch ms), or not (null) until it changes. */
  looked(look: Look, next: number | null): Promise<void>
}

/** The same, and what a transaction does to it. */
export type Looks = LookStore & {
  /** An open incident changed: it is looked at anew. */
  add(tx: Tx, incident: Incident): Promise<void>
}

/** What is still to be looked at, in the database. */
export function lookStore({ database, tables: { looks } }: Base): Looks {
  const put = written('looks_put', tx =>
    tx
      .insert(looks)
      .values({ incident: slot('incident') as never, dueAt: slot('dueAt') as never, round: sql`1` })
      .onConflictDoUpdate({
        target: looks.incident,
        set: { dueAt: sql`excluded.due_at`, round: sql`${looks.round} + 1` },
      }),
  )

  return {
    async add(tx, incident) {
      if (!isOpen(incident) || isWaiting(incident)) return
      await put(tx, { incident: incident.id, dueAt: incident.updatedAt })
    },
    due(now, limit) {
      return database.read.select().from(looks).where(lte(looks.dueAt, now)).orderBy(asc(looks.dueAt)).limit(limit)
    },
    async looked({ incident, dueAt, round }, next) {
      const own = and(eq(looks.incident, incident), eq(looks.round, round), eq(looks.dueAt, dueAt))
      await database.transaction<unknown>(tx =>
        next === null
          ? tx.delete(looks).where(own).returning({ incident: looks.incident })
          : tx.update(looks).set({ dueAt: next }).where(own).returning({ incident: looks.incident }),
      )
    },
  }
}

import { and, eq, isNotNull, like } from 'drizzle-orm'
import type { Incident } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import { prepared, type Read } from './database.ts'

/** What reads the incidents in which people are asked whether they are safe: those with such a clock set. */
export function countingReads({ database, tables: { incidents, timers } }: Base): () => Promise<readonly Incident[]> {
  const asking = prepared('timers_counting', (read: Read) =>
    read
      .select({ id: timers.incident, state: incidents.state })
      .from(timers)
      .innerJoin(incidents, eq(incidents.id, timers.incident))
      // The clocks of head counts and check-ins: what begins with `count:`.
      .where(and(isNotNull(timers.dueAt), like(timers.clock, 'count:%'))),
  )
  return async () => {
    const rows = await asking(database.read, {})
    return [...new Map(rows.map(row => [row.id, row.state])).values()]
  }
}

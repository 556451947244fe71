import { and, desc, eq, gt } from 'drizzle-orm'
import type { RegionCode } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { slot } from './write.ts'

/** Counts the reports that came in after a moment (epoch ms), of a region or (null) of all; `limit` at most. */
export type CountReports = (tx: Tx, region: RegionCode | null, since: number, limit: number) => Promise<number>

/**
 * Counts them in the database, but in a burst, once there were so many, not again before the oldest of those is too
 * old. A report whose transaction was undone may be among them.
 */
export function reportCounter({ tables: { incidents } }: Base): CountReports {
  const at = incidents.reportedAt
  const since = gt(at, slot('since'))
  const newest = prepared('reported_since', (handle: Read) =>
    handle.select({ at }).from(incidents).where(since).orderBy(desc(at)).limit(slot('limit')),
  )
  const newestOf = prepared('reported_since_in', (handle: Read) =>
    handle
      .select({ at })
      .from(incidents)
      .where(and(eq(incidents.region, slot('region')), since))
      .orderBy(desc(at))
      .limit(slot('limit')),
  )
  const reached = new Map<string, number>()

  return async (tx, region, since, limit) => {
    const name = `${limit} ${region ?? ''}`
    if (since < (reached.get(name) ?? Number.NEGATIVE_INFINITY)) return limit
    const rows = region === null ? await newest(tx, { since, limit }) : await newestOf(tx, { region, since, limit })
    const oldest = rows[limit - 1]
    if (oldest) reached.set(name, oldest.at)
    return rows.length
  }
}

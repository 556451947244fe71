import { and, desc, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Incident, Status } from '../workflows/incident.ts'
import type { Stretch } from '../workflows/trigger/cluster.ts'
import { aside, type Base } from './base.ts'

/** Reads of what may form a pattern. */
export interface MatchingReads {
  /**
   * The newest incidents of a stretch that everyone of their region may know of and that really happened, whether they
   * have ended since or not; what was merged into another counts as that one.
   */
  matching(stretch: Stretch, limit: number): Promise<readonly Incident[]>
  /** How many reports of strangers that nobody has checked are of that stretch; `limit` at most. */
  unchecked(stretch: Stretch, limit: number): Promise<number>
}

// Who looked at it said that nothing was there, or nobody has looked.
const happened: readonly Status[] = ['reported', 'claimed', 'resolved', 'closed']

/** Finds them by the index of reports, which holds all that a stretch names: only hours of it are read, never years. */
export function matchingReads({ database: { read }, tables: { incidents } }: Base): MatchingReads {
  const { id, reportedAt, region, county, kind, severity, status, visibility, state } = incidents

  const within = (stretch: Stretch, standing: SQL): SQL | undefined =>
    and(
      gte(reportedAt, stretch.from),
      lte(reportedAt, stretch.to),
      standing,
      eq(visibility, 'region'),
      // Aside, so that the planner stays with the index that holds all columns.
      stretch.region === null ? undefined : eq(aside(region), stretch.region),
      stretch.county === null ? undefined : eq(county, stretch.county),
      stretch.kinds === null ? undefined : inArray(kind, [...stretch.kinds]),
      stretch.severity === null ? undefined : gte(severity, stretch.severity),
    )

  return {
    async matching(stretch, limit) {
      const rows = await read
        .select({ state })
        .from(incidents)
        .where(within(stretch, inArray(sql`${status}`, [...happened])))
        .orderBy(desc(reportedAt), desc(id))
        .limit(limit)
      return rows.map(row => row.state)
    },
    async unchecked(stretch, limit) {
      const rows = await read
        .select({ id })
        .from(incidents)
        .where(within(stretch, eq(status, 'waiting')))
        .limit(limit)
      return rows.length
    },
  }
}

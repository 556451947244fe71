import { and, desc, eq, gte, inArray, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { IncidentId } from '../workflows/ids.ts'
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
  /** Those of these incidents that there are, as they stand now, in that order. */
  states(ids: readonly IncidentId[]): Promise<readonly Incident[]>
  /** Which others gave a link that came with this one, wherever they are; at most 50. */
  sharing(id: IncidentId): Promise<ReadonlySet<IncidentId>>
  /** How many reports of strangers that nobody has checked are of that stretch; `limit` at most. */
  unchecked(stretch: Stretch, limit: number): Promise<number>
}

const mostShared = 50
// Who looked at it said that nothing was there, or nobody has looked.
const happened: readonly Status[] = ['reported', 'claimed', 'resolved', 'closed']

/** Finds them by the index of reports, which holds all that a stretch names: only hours of it are read, never years. */
export function matchingReads({ database: { read }, tables: { incidents, origins } }: Base): MatchingReads {
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
    async states(ids) {
      if (ids.length === 0) return []
      const rows = await read
        .select({ state })
        .from(incidents)
        .where(inArray(id, [...ids]))
      const byId = new Map(rows.map(row => [row.state.id, row.state]))
      return ids.flatMap(one => byId.get(one) ?? [])
    },
    async sharing(own) {
      const given = read.select({ origin: origins.origin }).from(origins).where(eq(origins.incident, own))
      const rows = await read
        .select({ id: origins.incident })
        .from(origins)
        .where(and(inArray(origins.origin, given), ne(origins.incident, own)))
        .limit(mostShared)
      return new Set(rows.map(row => row.id))
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

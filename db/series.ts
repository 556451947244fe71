import { and, gte, inArray, isNotNull, lt, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Status } from '../workflows/incident.ts'
import type { SeriesQuery, SeriesReads } from '../workflows/warning/series.ts'
import { aside, type Base, whole } from './base.ts'

const dayMs = 24 * 60 * 60_000
const setAside: readonly (Status | 'waiting')[] = ['waiting', 'dismissed', 'duplicate', 'withdrawn', 'unfounded']

/** Counts days of a zone in the database. */
export function seriesReads({ database: { read }, tables: { incidents: row } }: Base): SeriesReads {
  const day = (bounds: readonly number[]) => sql<number>`${dayAt(row.reportedAt, bounds)}`.mapWith(Number).as('d')
  const within = ({ regions, bounds }: SeriesQuery) =>
    and(
      gte(row.reportedAt, bounds[0] ?? 0),
      lt(row.reportedAt, bounds.at(-1) ?? 0),
      sql`${row.visibility} = 'region'`,
      // Aside, so that the planner stays with the index of reports.
      inArray(aside(row.region), [...regions]),
    )
  const region = aside(row.region).as('r')
  // What is taken in when it is long past has ended in the moment in which it was reported; nothing else ever does.
  const imported = sql`case when ${row.resolvedAt} = ${row.reportedAt} then 1 else 0 end`

  return {
    async counts(query) {
      if (isEmpty(query)) return []
      const rows = await read
        .select({
          ...{ region, county: row.county, kind: row.kind, day: day(query.bounds) },
          imported: sql<number>`${imported}`.mapWith(Number).as('m'),
          count: sql<number>`count(*)`.mapWith(Number),
        })
        .from(row)
        .where(and(within(query), notInArray(row.status, [...setAside])))
        .groupBy(sql`r`, row.county, row.kind, sql`d`, sql`m`)
      return rows.map(({ imported: old, ...rest }) => (old === 1 ? { ...rest, imported: true } : rest))
    },
    async reporters(query) {
      if (isEmpty(query)) return []
      const rows = await read
        .select({ region, reporter: row.reporter, day: day(query.bounds) })
        .from(row)
        .where(and(within(query), sql`${row.status} <> 'waiting'`, sql`${imported} = 0`, isNotNull(row.reporter)))
        .groupBy(sql`r`, row.reporter, sql`d`)
      return rows.flatMap(({ reporter, ...rest }) => (reporter === null ? [] : [{ ...rest, reporter }]))
    },
  }
}

function isEmpty({ regions, bounds }: SeriesQuery): boolean {
  return regions.length === 0 || bounds.length < 2
}

/** Which day a moment falls in: by division where days have 24 hours, one by one where the clocks change. */
function dayAt(column: Base['tables']['incidents']['reportedAt'], bounds: readonly number[]): SQL {
  const steps = stretches(bounds).map(({ from, index, even }) =>
    even
      ? sql`when ${column} >= ${whole(from)} then ${whole(index)} + (${column} - ${whole(from)}) / ${whole(dayMs)}`
      : sql`when ${column} >= ${whole(from)} then ${whole(index)}`,
  )
  return sql`case ${sql.join(steps.toReversed(), sql` `)} else -1 end`
}

type Stretch = { readonly from: number; readonly index: number; readonly even: boolean }

function stretches(bounds: readonly number[]): readonly Stretch[] {
  const made: Stretch[] = []
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const even = (bounds[index + 1] ?? 0) - from === dayMs
    if (!even || !made.at(-1)?.even) made.push({ from, index, even })
  }
  return made
}

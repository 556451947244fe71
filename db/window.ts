import { and, eq, gte, inArray, isNotNull, lt, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { FigureWindow } from '../workflows/figures.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import { aside, type Base, whole } from './base.ts'

type Row = Base['tables']['incidents']
type Moment = Row['reportedAt'] | Row['resolvedAt']

/** What the conditions of a window are in SQL, so that every query of figures counts the same incidents. */
export type Scope = {
  /** Its regions, kinds and marks; restricted ones never. */
  readonly ours: SQL | undefined
  /** Passed on to a region, and not set aside. */
  readonly counts: SQL
  /** A region knows of it. */
  readonly known: SQL
  reportedIn(first: number, last: number): SQL | undefined
  inPeriod(at: Moment): SQL
  periodOf(at: Moment): SQL<number>
  /** Whole minutes from the report, each begun one counted; to `now` where `end` is null. */
  lasted(end: SQL | Row['claimedAt']): SQL<number>
  /** Ended, by that moment, or still open: nothing else has a time to that end. */
  ended(end: SQL | Row['claimedAt']): SQL | undefined
}

/** How many, as a number. */
export const howMany = sql<number>`count(*)`.mapWith(Number)

/** The conditions of a window. */
export function scopeOf({ tables: { incidents: row } }: Pick<Base, 'tables'>, window: FigureWindow): Scope {
  const { from, to, now, stride, kinds, regions } = window
  const start = from - 7 * stride
  const ours = and(
    // Nobody else hears of a restricted one, not even as a number more.
    eq(row.visibility, 'region'),
    // Aside, so that the planner stays with the index that holds all columns.
    regions === 'all' ? undefined : inArray(aside(row.region), [...regions]),
    kinds && (kinds.length === 0 ? sql`1 = 0` : inArray(aside(row.kind), [...kinds])),
    window.withoutRed && ne(row.mark, 'RED'),
  )
  const minutes = (end: SQL | Row['claimedAt']) => sql<number>`(${end} - ${row.reportedAt} + 59999) / 60000`
  return {
    ours,
    // What a stranger sent and nobody has passed on is counted apart.
    known: ne(row.status, 'waiting'),
    counts: notInArray(row.status, ['waiting', ...window.setAside]),
    reportedIn: (first, last) => and(gte(row.reportedAt, first), lt(row.reportedAt, last), ours),
    inPeriod: at => sql`(${at} - ${whole(start)}) % ${whole(stride)} < ${whole(to - from)}`,
    periodOf: at => sql<number>`7 - (${at} - ${whole(start)}) / ${whole(stride)}`,
    lasted: end => sql<number>`case when ${end} is null then ${minutes(sql`${whole(now)}`)} else ${minutes(end)} end`,
    // The status tells it too, and stands in the index of reports where `open` does not.
    ended: end => or(isNotNull(end), inArray(row.status, ['reported', 'claimed'])),
  }
}

/** How long something took, as it is selected and grouped. */
export function durationColumns(row: Row, scope: Scope, end: SQL | Row['claimedAt']) {
  return {
    severity: row.severity,
    minutes: scope.lasted(end).as('m'),
    done: sql`${end} is not null`.mapWith(Boolean).as('d'),
    count: howMany,
  } satisfies Record<keyof { severity: Severity; minutes: number; done: boolean; count: number }, unknown>
}

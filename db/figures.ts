import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Figures, FigureWindow } from '../workflows/figures.ts'
import type { Incident, Status } from '../workflows/incident.ts'
import { aside, asideNumber, type Base, whole } from './base.ts'
import { measures } from './measures.ts'
import { howMany as count, durationColumns, scopeOf } from './window.ts'

/**
 * Counts what a summary needs. Every query runs through an index over a stretch of time or over the open incidents
 * alone, so that the length of the history does not matter.
 */
export function figures(base: Base): (window: FigureWindow) => Promise<Figures> {
  const row = base.tables.incidents
  const { read } = base.database
  const measured = measures(base)
  const openNow = sql`${row.open} = true`
  const status = sql<Status>`${row.status}`
  const firstOf = async (where: SQL | undefined): Promise<Incident | null> => {
    const [first] = await read
      .select({ state: row.state })
      .from(row)
      .where(and(openNow, where))
      .orderBy(asc(asideNumber(row.reportedAt)), asc(row.id))
      .limit(1)
    return first?.state ?? null
  }

  return async window => {
    const { from, to, now, stride, since, most } = window
    const start = from - 7 * stride
    const scope = scopeOf(base, window)
    const { ours, counts, known, reportedIn, inPeriod, periodOf } = scope

    const period = periodOf(row.reportedAt).as('p')
    const reported = await read
      .select({ period, severity: row.severity, status, count })
      .from(row)
      .where(and(reportedIn(start, to), inPeriod(row.reportedAt), known))
      .groupBy(sql`p`, row.severity, row.status)
    const resolved = await read
      .select({ period: periodOf(row.resolvedAt).as('p'), severity: row.severity, count })
      .from(row)
      .where(
        and(
          gte(row.resolvedAt, start),
          lt(row.resolvedAt, to),
          inPeriod(row.resolvedAt),
          inArray(row.status, ['resolved', 'closed']),
          ours,
        ),
      )
      .groupBy(sql`p`, row.severity)
    const kinds = await read
      .select({ period, kind: row.kind, count })
      .from(row)
      .where(and(reportedIn(start, to), inPeriod(row.reportedAt), counts))
      .groupBy(sql`p`, row.kind)
    const open = await read
      .select({ region: row.region, severity: row.severity, status, count })
      .from(row)
      .where(and(openNow, ours))
      .groupBy(row.region, row.severity, row.status)
    const before = await read
      .select({ count })
      .from(row)
      .where(and(openNow, lt(asideNumber(row.reportedAt), from), ours))
    const ended = await read
      .select({ count })
      .from(row)
      .where(
        and(gte(row.resolvedAt, from), lt(row.reportedAt, from), notInArray(row.status, ['reported', 'claimed']), ours),
      )
    const urgent = await read
      .select({ state: row.state })
      .from(row)
      .where(and(openNow, lte(row.urgency, 1), ours))
      .orderBy(asc(row.urgency), asc(row.reportedAt), asc(row.id))
      .limit(most.urgent)
    const unclaimed = await read
      .select({ severity: row.severity, minutes: scope.lasted(sql`null`).as('m'), count })
      .from(row)
      .where(and(openNow, isNull(row.claimedAt), lte(row.urgency, 3), ours))
      .groupBy(row.severity, sql`m`)
    const load = or(
      isNull(row.kind),
      window.positive.length === 0 ? sql`1 = 1` : notInArray(row.kind, [...window.positive]),
    )
    const counties = await read
      .select({
        county: sql<string>`${row.county}`,
        severity: row.severity,
        credibility: row.credibility,
        day: sql<number>`(${whole(now)} - ${row.reportedAt}) / 86400000`.as('day'),
        within: sql`${row.reportedAt} >= ${whole(from)} and ${row.reportedAt} < ${whole(to)}`.mapWith(Boolean).as('w'),
        count,
      })
      .from(row)
      .where(and(reportedIn(since.load, now + 1), isNotNull(row.county), counts, load))
      .groupBy(row.county, row.severity, row.credibility, sql`day`, sql`w`)
    const credibility = await read
      .select({ credibility: row.credibility, count })
      .from(row)
      .where(and(reportedIn(from, to), counts))
      .groupBy(row.credibility)
    const waiting = await read
      .select({ count })
      .from(row)
      .where(and(sql`${row.status} = 'waiting'`, ours))
    const lastReports = await read
      .select({ region: aside(row.region).as('r'), at: sql<number>`max(${row.reportedAt})` })
      .from(row)
      .where(and(gte(row.reportedAt, since.silence), known, ours))
      .groupBy(sql`r`)
    const positives =
      window.positive.length === 0
        ? []
        : await read
            .select({ state: row.state })
            .from(row)
            .where(and(reportedIn(from, to), inArray(row.kind, [...window.positive]), counts))
            .orderBy(desc(row.reportedAt), desc(row.id))
            .limit(most.positive)

    return {
      ...(await measured(window)),
      window,
      reported,
      resolved,
      kinds,
      open,
      openAtStart: (before[0]?.count ?? 0) + (ended[0]?.count ?? 0),
      urgent: urgent.map(each => each.state),
      resolutions: await read
        .select(durationColumns(row, scope, row.resolvedAt))
        .from(row)
        .where(and(reportedIn(since.resolutions, to), counts, scope.ended(row.resolvedAt)))
        .groupBy(row.severity, sql`m`, sql`d`),
      unclaimed: unclaimed.map(each => ({ ...each, done: false })),
      waiting: waiting[0]?.count ?? 0,
      oldestOpen: await firstOf(and(lte(row.urgency, 3), ours)),
      counties,
      credibility,
      oldestUnverified: await firstOf(and(lte(row.urgency, 2), eq(row.credibility, 'unverified'), ours)),
      lastReports,
      positives: positives.map(each => each.state),
    }
  }
}

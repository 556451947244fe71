import { and, asc, gte, inArray, like, lt, type SQL, sql } from 'drizzle-orm'
import type { IncidentEvent } from '../workflows/event.ts'
import type { Figures, FigureWindow } from '../workflows/figures.ts'
import type { Cell } from '../workflows/former.ts'
import type { Outcome } from '../workflows/incident.ts'
import { aside, type Base, whole } from './base.ts'
import { durationColumns, howMany, scopeOf } from './window.ts'

/** What figures tell of how the network works, besides what is reported. */
export type Measures = Pick<Figures, 'claims' | 'seen' | 'actions' | 'trend' | 'outcomes' | 'deployed' | 'running'>

const mostRunning = 200
// What is done about an incident once somebody has it; talk and looking are not.
const acts: readonly IncidentEvent['type'][] = [
  'updated',
  'credibility-set',
  'severity-raised',
  'broadcast',
  'run',
  'resolved',
]

/** Counts what was reported in a window, by what people may change of it afterwards. */
export function cells({ database, tables }: Base): (window: FigureWindow) => Promise<readonly Cell[]> {
  const { incidents: row } = tables
  return async window => {
    const { known, reportedIn } = scopeOf({ tables }, window)
    const setAside = sql`case when ${inArray(row.status, [...window.setAside])} then 1 else 0 end`.mapWith(Boolean)
    return database.read
      .select({
        region: row.region,
        severity: row.severity,
        kind: row.kind,
        aside: setAside.as('aside'),
        count: howMany,
      })
      .from(row)
      .where(and(reportedIn(window.from, window.to), known))
      .groupBy(row.region, row.severity, row.kind, sql`aside`)
  }
}

/** Counts how soon and how incidents were answered, as `figures` counts: through an index, bounded by the window. */
export function measures({ database, tables }: Base): (window: FigureWindow) => Promise<Measures> {
  const { incidents: row, timeline } = tables
  const { read, engine } = database
  const field = (column: SQL | typeof row.state | typeof timeline.event, name: string) =>
    engine === 'sqlite'
      ? sql<string | null>`json_extract(${column}, ${`$.${name}`})`
      : sql<string | null>`(cast(${column} as json) ->> ${name})`
  const first = (where: SQL) =>
    sql`(select min(${timeline.at}) from ${timeline} where ${timeline.incident} = ${row.id} and ${where})`
  const seen = first(
    sql`${timeline.seq} > 1 and ${timeline.by} is not null and ${timeline.by} <> coalesce(${row.reporter}, '')`,
  )
  const isAct = inArray(field(timeline.event, 'type'), [...acts])
  const acted = first(sql`${timeline.by} is not null and ${timeline.at} >= ${row.claimedAt} and ${isAct}`)

  return async window => {
    const { from, to, days } = window
    const scope = scopeOf({ tables }, window)
    const { ours, counts, reportedIn } = scope
    const inWindow = (end: SQL | typeof row.claimedAt) => and(reportedIn(from, to), counts, scope.ended(end))
    const durations = (end: SQL) =>
      read
        .select(durationColumns(row, scope, end))
        .from(row)
        .where(inWindow(end))
        .groupBy(row.severity, sql`m`, sql`d`)
    const open = and(sql`${row.open} = true`, ours)
    const dayOf = sql<number>`case ${sql.join(
      (days ?? []).slice(1).map((begin, index) => sql`when ${row.reportedAt} < ${whole(begin)} then ${whole(index)}`),
      sql` `,
    )} else ${whole((days?.length ?? 1) - 1)} end`

    const outcomes = await read
      .select({ outcome: field(row.state, 'outcome').as('o'), count: howMany })
      .from(row)
      .where(and(gte(row.resolvedAt, from), lt(row.resolvedAt, to), inArray(row.status, ['resolved', 'closed']), ours))
      .groupBy(sql`o`)
    const deployed = await read
      // Aside: an index holds the claimers of all times.
      .select({ count: sql<number>`count(distinct ${aside(row.claimer)})`.mapWith(Number) })
      .from(row)
      .where(open)
    const running = await read
      .select({ state: row.state })
      .from(row)
      .where(and(open, like(sql`${row.state}`, '%"runs":[{%')))
      .orderBy(asc(row.urgency), asc(row.reportedAt), asc(row.id))
      .limit(mostRunning)
    return {
      claims: await read
        .select({ region: row.region, ...durationColumns(row, scope, row.claimedAt) })
        .from(row)
        .where(inWindow(row.claimedAt))
        .groupBy(row.region, row.severity, sql`m`, sql`d`),
      seen: await durations(seen),
      actions: await durations(acted),
      trend: !days?.[0]
        ? []
        : await read
            .select({ day: dayOf.as('day'), severity: row.severity, count: howMany })
            .from(row)
            .where(and(reportedIn(days[0], to), counts))
            .groupBy(sql`day`, row.severity),
      outcomes: outcomes.map(each => ({ ...each, outcome: each.outcome as Outcome | null })),
      deployed: deployed[0]?.count ?? 0,
      running: running.map(each => each.state),
    }
  }
}

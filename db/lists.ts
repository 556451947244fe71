import { and, asc, desc, eq, gte, inArray, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { RegionCode } from '../workflows/ids.ts'
import type { IncidentFilter, IncidentPage } from '../workflows/ports.ts'
import { aside, asideNumber, type Base } from './base.ts'

/**
 * Lists incidents. Those that are open run through an index of the open ones alone. Lists that reach into history
 * look at the newest 1,000 of each region (or of the claimer or reporter) and count at most so many, so that they
 * take as long with a million incidents as with a thousand.
 */
export function lists(base: Base): (filter: IncidentFilter) => Promise<IncidentPage> {
  const open = openList(base)
  const history = historyList(base)
  return filter => (filter.open ? open(filter) : history(filter))
}

function openList({ database, tables: { incidents } }: Base) {
  const { urgency, reportedAt, id } = incidents
  return async (filter: IncidentFilter): Promise<IncidentPage> => {
    const all = and(
      sql`${incidents.open} = true`,
      visible(incidents, filter),
      matching(incidents, filter),
      regionsOf(incidents, filter),
    )
    const after = filter.after ? sql`(${urgency}, ${reportedAt}, ${id}) > ${place(filter.after, 3)}` : undefined
    const rows = await database.read
      .select({ state: incidents.state })
      .from(incidents)
      .where(and(all, after))
      .orderBy(asc(urgency), asc(reportedAt), asc(id))
      .limit(filter.limit + 1)
    const [counted] = await database.read.select({ total: sql<number>`count(*)` }).from(incidents).where(all)
    const items = rows.slice(0, filter.limit).map(row => row.state)
    const last = rows.length > filter.limit ? items.at(-1) : undefined
    return {
      items,
      total: counted?.total ?? 0,
      next: last ? token([5 - last.severity, last.reportedAt, last.id]) : null,
    }
  }
}

function historyList({ database, tables: { incidents } }: Base) {
  const { reportedAt, id } = incidents

  function recent(filter: IncidentFilter, scope: SQL | undefined, after?: string) {
    const before = after ? sql`(${reportedAt}, ${id}) < ${place(after, 2)}` : undefined
    return database.read
      .select()
      .from(incidents)
      .where(and(scope, filter.since === undefined ? undefined : gte(reportedAt, filter.since), before))
      .orderBy(desc(reportedAt), desc(id))
      .limit(mostSeen)
      .as('recent')
  }

  async function page(filter: IncidentFilter, scope: SQL | undefined) {
    const seen = recent(filter, scope, filter.after)
    return database.read
      .select({ state: seen.state })
      .from(seen)
      .where(chosen(seen, filter))
      .orderBy(desc(seen.reportedAt), desc(seen.id))
      .limit(filter.limit + 1)
  }

  async function count(filter: IncidentFilter, scope: SQL | undefined): Promise<number> {
    const seen = recent(filter, scope)
    const [row] = await database.read.select({ total: sql<number>`count(*)` }).from(seen).where(chosen(seen, filter))
    return row?.total ?? 0
  }

  return async (filter: IncidentFilter): Promise<IncidentPage> => {
    const scopes = scopesOf(incidents, filter)
    const found = (await Promise.all(scopes.map(scope => page(filter, scope)))).flat().map(row => row.state)
    const counts = await Promise.all(scopes.map(scope => count(filter, scope)))
    found.sort((one, other) => other.reportedAt - one.reportedAt || (one.id < other.id ? 1 : -1))
    const items = found.slice(0, filter.limit)
    const last = found.length > filter.limit ? items.at(-1) : undefined
    const total = Math.min(
      counts.reduce((sum, each) => sum + each, 0),
      mostSeen,
    )
    return { items, total, next: last ? token([last.reportedAt, last.id]) : null }
  }
}

const mostSeen = 1_000

type Filtered = 'region' | 'status' | 'open' | 'severity' | 'kind' | 'claimer' | 'reporter' | 'reportedAt'
type Columns = Record<Filtered | 'visibility' | 'allowed', SQLWrapper>

// One index range each: the claimer's, the reporter's, or every region's own; several regions at once would be sorted
// whole.
function scopesOf(row: Columns, { claimer, reporter, regions }: IncidentFilter): (SQL | undefined)[] {
  if (claimer !== undefined) return [eq(row.claimer, claimer)]
  if (reporter !== undefined) return [eq(row.reporter, reporter)]
  return regions === 'all' ? [undefined] : regions.map((region: RegionCode) => eq(row.region, region))
}

function chosen(row: Columns, filter: IncidentFilter): SQL | undefined {
  const open = filter.open === undefined ? undefined : eq(row.open, filter.open)
  return and(open, visible(row, filter), matching(row, filter), regionsOf(row, filter))
}

function visible(row: Columns, { viewer }: IncidentFilter): SQL | undefined {
  // Exact on both engines, unlike LIKE.
  const named = sql`replace(${row.allowed}, ${` ${viewer} `}, '') <> ${row.allowed}`
  // What nobody has checked stands in no list but its reporter's.
  const checked = ne(row.status, 'waiting')
  return or(eq(row.reporter, viewer), and(checked, or(eq(row.visibility, 'region'), named)))
}

// Filters stand aside from indexes: a planner would otherwise read all that somebody ever claimed to find what is open.
function matching(row: Columns, filter: IncidentFilter): SQL | undefined {
  const { status, severity, kind, claimer, reporter, since } = filter
  return and(
    status && inArray(row.status, [...status]),
    severity && eq(row.severity, severity),
    kind === undefined ? undefined : eq(row.kind, kind),
    claimer === undefined ? undefined : eq(aside(row.claimer), claimer),
    reporter === undefined ? undefined : eq(aside(row.reporter), reporter),
    since === undefined ? undefined : gte(asideNumber(row.reportedAt), since),
  )
}

function regionsOf(row: Columns, { regions }: IncidentFilter): SQL | undefined {
  if (regions === 'all') return undefined
  if (regions.length === 0) return sql`1 = 0`
  return inArray(aside(row.region), [...regions])
}

function token(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

function place(text: string, length: number): SQL {
  const values: unknown = read(text)
  const whole = Array.isArray(values) && values.length === length ? values : new Array(length).fill(0)
  const parts = whole.map((value, at) => sql`${at === length - 1 ? String(value) : Number(value)}`)
  return sql`(${sql.join(parts, sql`, `)})`
}

function read(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null
  }
}

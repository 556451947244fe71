import { and, eq, gte, inArray, lt, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PersonId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { IncidentFilter, IncidentPage } from '../workflows/ports.ts'
import { aside, asideNumber } from './base.ts'

type Filtered =
  | 'credibility'
  | 'sources'
  | 'region'
  | 'status'
  | 'open'
  | 'severity'
  | 'kind'
  | 'claimer'
  | 'reporter'
  | 'reportedAt'
/** The columns that a list is chosen by. */
export type Columns = Record<Filtered | 'visibility' | 'allowed' | 'urgency' | 'id', SQLWrapper>

/** That a row is what was asked for, and that the viewer may know of it. */
export function fitting(row: Columns, filter: IncidentFilter): SQL | undefined {
  // Written with a literal, as the index of what is open is.
  const open = filter.open === undefined ? undefined : filter.open ? sql`${row.open} = true` : eq(row.open, false)
  return and(open, visible(row, filter), matching(row, filter), lonely(row, filter), regionsOf(row, filter))
}

/** In what order a list goes, and where its next page begins. */
export type Order = {
  readonly by: readonly SQL[]
  /** That a row comes after the last one of the page before. */
  readonly after: (token: string) => SQL
  readonly token: (last: Incident) => string
}

/** The most urgent first, and of these the oldest: what is open and waits for somebody. */
export function oldestUrgent({ urgency, reportedAt, id }: Columns): Order {
  return {
    by: [sql`${urgency} asc`, sql`${reportedAt} asc`, sql`${id} asc`],
    after: token => sql`(${urgency}, ${reportedAt}, ${id}) > (${sql.join(values(token), sql`, `)})`,
    token: urgencyToken,
  }
}

/** The most urgent first, and of these the newest: what is history. */
export function newestUrgent({ urgency, reportedAt, id }: Columns): Order {
  return {
    by: [sql`${urgency} asc`, sql`${reportedAt} desc`, sql`${id} desc`],
    after: token => {
      const [level, at, last] = values(token)
      return sql`(${urgency} > ${level} or (${urgency} = ${level} and (${reportedAt}, ${id}) < (${at}, ${last})))`
    },
    token: urgencyToken,
  }
}

/** The newest first. */
export function newest({ reportedAt, id }: Columns): Order {
  return {
    by: [sql`${reportedAt} desc`, sql`${id} desc`],
    after: token => {
      const [, at, last] = values(token)
      return sql`(${reportedAt}, ${id}) < (${at}, ${last})`
    },
    token: urgencyToken,
  }
}

/** A page of what was read, one more than asked for if there is a page after it. */
export function pageOf(
  read: readonly Incident[],
  total: number,
  { limit }: Pick<IncidentFilter, 'limit'>,
  order: Order,
): IncidentPage {
  const items = read.slice(0, limit)
  const last = read.length > limit ? items.at(-1) : undefined
  return { items, total, next: last ? order.token(last) : null }
}

// Short, because a button's id holds it beside everything that was asked.
function urgencyToken({ severity, reportedAt, id }: Incident): string {
  return `${5 - severity}.${reportedAt.toString(36)}.${id}`
}

// What somebody made up comes before everything, so that the first page is given.
function values(token: string): [SQL, SQL, SQL] {
  const [, urgency = '-1', at = '0', id = ''] = /^(\d)\.([0-9a-z]{1,10})\.([A-Z]{2,5}-\d{1,9})$/.exec(token) ?? []
  return [sql`${Number(urgency)}`, sql`${Number.parseInt(at, 36)}`, sql`${id}`]
}

function visible(row: Columns, { viewer }: IncidentFilter): SQL | undefined {
  // What nobody has checked stands in no list but its reporter's.
  const checked = ne(row.status, 'waiting')
  const known = or(eq(row.reporter, viewer), and(checked, or(eq(row.visibility, 'region'), isNamed(row, viewer))))
  // What is made up stands in none.
  return and(ne(row.visibility, 'drill'), known)
}

// Exact on both engines, unlike LIKE.
function isNamed({ allowed }: Columns, person: PersonId): SQL {
  return sql`replace(${allowed}, ${` ${person} `}, '') <> ${allowed}`
}

// Filters stand aside from indexes: a planner would otherwise read all that somebody ever claimed to find what is open.
function matching(row: Columns, filter: IncidentFilter): SQL | undefined {
  const { status, severity, kind, claimer, reporter, named, since, until } = filter
  return and(
    status && inArray(row.status, [...status]),
    severity && inArray(row.severity, [severity].flat()),
    kind === undefined ? undefined : eq(row.kind, kind),
    claimer === undefined ? undefined : eq(aside(row.claimer), claimer),
    reporter === undefined ? undefined : eq(aside(row.reporter), reporter),
    named === undefined ? undefined : and(eq(row.visibility, 'restricted'), isNamed(row, named)),
    since === undefined ? undefined : gte(asideNumber(row.reportedAt), since),
    until === undefined ? undefined : lt(asideNumber(row.reportedAt), until),
  )
}

/** What rests on one source alone, and is grave enough to look for another. */
function lonely(row: Columns, { second }: IncidentFilter): SQL | undefined {
  if (!second) return undefined
  return and(gte(row.severity, 3), inArray(row.credibility, ['unverified', 'checking']), lt(row.sources, 2))
}

function regionsOf(row: Columns, { regions }: IncidentFilter): SQL | undefined {
  if (regions === 'all') return undefined
  if (regions.length === 0) return sql`1 = 0`
  return inArray(aside(row.region), [...regions])
}

import { and, desc, eq, gte, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { IncidentFilter, IncidentPage } from '../workflows/ports.ts'
import type { Base } from './base.ts'
import { type Columns, fitting, newest, newestUrgent, type Order, oldestUrgent, pageOf } from './fitting.ts'
import { foundList } from './found.ts'

/**
 * Lists incidents. Those that are open run through an index of the open ones alone. Lists that reach into history
 * look at the newest 1,000 of each region (or of the claimer or reporter) and count at most so many, so that they
 * take as long with a million incidents as with a thousand. Words are looked up in the search index.
 */
export function lists(base: Base): (filter: IncidentFilter) => Promise<IncidentPage> {
  const open = openList(base)
  const history = historyList(base)
  const found = foundList(base, mostSeen)
  return filter => {
    if (filter.words && filter.words.length > 0) return found(filter)
    return filter.open ? open(filter) : history(filter)
  }
}

function openList({ database, tables: { incidents } }: Base) {
  const order = oldestUrgent(incidents)
  return async (filter: IncidentFilter): Promise<IncidentPage> => {
    const all = fitting(incidents, filter)
    const rows = await database.read
      .select({ state: incidents.state })
      .from(incidents)
      .where(and(all, filter.after ? order.after(filter.after) : undefined))
      .orderBy(...order.by)
      .limit(filter.limit + 1)
      .offset(filter.skip ?? 0)
    const [counted] = await database.read.select({ total: sql<number>`count(*)` }).from(incidents).where(all)
    const states = rows.map(row => row.state)
    return pageOf(states, counted?.total ?? 0, filter, order)
  }
}

function historyList({ database, tables: { incidents } }: Base) {
  const { reportedAt, id } = incidents

  function recent({ since, until }: IncidentFilter, scope: SQL | undefined, before?: SQL) {
    return database.read
      .select()
      .from(incidents)
      .where(
        and(
          scope,
          since === undefined ? undefined : gte(reportedAt, since),
          until === undefined ? undefined : lt(reportedAt, until),
          before,
        ),
      )
      .orderBy(desc(reportedAt), desc(id))
      .limit(mostSeen)
      .as('recent')
  }

  async function page(filter: IncidentFilter, scope: SQL | undefined) {
    const urgent = filter.order === 'urgent'
    // The newest first goes on for as long as there is history; the most urgent first are those of the newest.
    const before = urgent || !filter.after ? undefined : newest(incidents).after(filter.after)
    const seen = recent(filter, scope, before)
    const order = orderOf(filter, seen)
    return database.read
      .select({ state: seen.state })
      .from(seen)
      .where(and(fitting(seen, filter), urgent && filter.after ? order.after(filter.after) : undefined))
      .orderBy(...order.by)
      .limit(filter.limit + 1 + (filter.skip ?? 0))
  }

  async function count(filter: IncidentFilter, scope: SQL | undefined): Promise<number> {
    const seen = recent(filter, scope)
    const [row] = await database.read.select({ total: sql<number>`count(*)` }).from(seen).where(fitting(seen, filter))
    return row?.total ?? 0
  }

  return async (filter: IncidentFilter): Promise<IncidentPage> => {
    const scopes = scopesOf(incidents, filter)
    const found = (await Promise.all(scopes.map(scope => page(filter, scope)))).flat().map(row => row.state)
    const counts = await Promise.all(scopes.map(scope => count(filter, scope)))
    found.sort((one, other) => {
      const urgency = filter.order === 'urgent' ? other.severity - one.severity : 0
      return urgency || other.reportedAt - one.reportedAt || (one.id < other.id ? 1 : -1)
    })
    const total = counts.reduce((sum, each) => sum + each, 0)
    return pageOf(found.slice(filter.skip ?? 0), Math.min(total, mostSeen), filter, orderOf(filter, incidents))
  }
}

const mostSeen = 1_000

function orderOf({ order }: IncidentFilter, row: Columns): Order {
  return order === 'urgent' ? newestUrgent(row) : newest(row)
}

type Scoped = Record<'claimer' | 'reporter' | 'region', SQLWrapper>

// One index range each: the claimer's, the reporter's, or every region's own; several regions at once would be sorted
// whole.
function scopesOf(row: Scoped, { claimer, reporter, regions }: IncidentFilter): (SQL | undefined)[] {
  if (claimer !== undefined) return [eq(row.claimer, claimer)]
  if (reporter !== undefined) return [eq(row.reporter, reporter)]
  return regions === 'all' ? [undefined] : regions.map(region => eq(row.region, region))
}

import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { IncidentFilter, IncidentPage } from '../workflows/ports.ts'
import type { Base } from './base.ts'
import { fitting, newestUrgent, oldestUrgent, pageOf } from './fitting.ts'
import { matching } from './search.ts'
import { facetsAsked } from './tokens.ts'

/**
 * Lists the incidents that hold all words of the filter. What may be known of them is judged in the same query, page
 * and count alike. Of history, only the newest `most` that hold the words are looked at.
 */
export function foundList(base: Base, most: number): (filter: IncidentFilter) => Promise<IncidentPage> {
  const { database, tables } = base
  const { incidents, searched } = tables

  /** The first and the last number of a time, as near as numbers follow the time. */
  async function between({ since, until, open }: IncidentFilter): Promise<readonly [number, number] | null> {
    if (open || (since === undefined && until === undefined)) return null
    const { n, reportedAt } = searched
    const edge = async (where: SQL | undefined, by: typeof asc) => {
      const rows = await database.read.select({ n }).from(searched).where(where).orderBy(by(reportedAt)).limit(1)
      return rows[0]?.n
    }
    const first = since === undefined ? 0 : await edge(gte(reportedAt, since), asc)
    const last = until === undefined ? Number.MAX_SAFE_INTEGER : await edge(lt(reportedAt, until), desc)
    if (first === undefined || last === undefined) return [0, -1]
    return [first - disorder, Math.min(last + disorder, Number.MAX_SAFE_INTEGER)]
  }

  return async filter => {
    const order = filter.open ? oldestUrgent(incidents) : newestUrgent(incidents)
    const asked = { words: filter.words ?? [], facets: facetsAsked(filter) }
    const numbers = matching(base, asked, filter.open ? null : most, await between(filter))
    const all = and(inArray(searched.n, numbers), fitting(incidents, filter))
    const rows = await database.read
      .select({ state: incidents.state })
      .from(searched)
      .innerJoin(incidents, eq(incidents.id, searched.incident))
      .where(and(all, filter.after ? order.after(filter.after) : undefined))
      .orderBy(...order.by)
      .limit(filter.limit + 1)
      .offset(filter.skip ?? 0)
    const [counted] = await database.read
      .select({ total: sql<number>`count(*)` })
      .from(searched)
      .innerJoin(incidents, eq(incidents.id, searched.incident))
      .where(all)
    const states = rows.map(row => row.state)
    return pageOf(states, counted?.total ?? 0, filter, order)
  }
}

// Processes take up what was reported in the same seconds in any order.
const disorder = 1_000

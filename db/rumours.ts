import { and, count, desc, eq, gte, inArray, isNull, lt, max, ne, type SQL, sql } from 'drizzle-orm'
import type { IncidentId, RegionCode } from '../workflows/ids.ts'
import type { Status } from '../workflows/incident.ts'
import { type OutlookChange, type RumourDeed, rumourCode } from '../workflows/outlook.ts'
import type { Rumour, RumourReads } from '../workflows/rumour.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { filing, type RumourRow } from './filing.ts'
import { tokens } from './tokens.ts'

/** A report as it is filed under a rumor: when it came, and the terms of what it says. */
export type Filed = { readonly id: IncidentId; readonly at: number; readonly terms: readonly string[] }

/** A report that shares terms with another, and the rumor that it repeats. */
export type NearReport = { readonly incident: IncidentId; readonly rumour: string }

/** Rumors: reports that say the same. */
export interface RumourStore {
  /** What may be read of them at that moment (epoch ms). */
  reads(now: number): RumourReads
  /** The rumor that a report was filed under, and whether a person put it there; null: none. */
  of(incident: IncidentId): Promise<{ readonly rumour: string; readonly byHand: boolean } | null>
  /** Reports since then (epoch ms) that share three terms or more, those that share most first; at most 12. */
  near(filed: Filed, since: number): Promise<readonly NearReport[]>
  /**
   * Files a report under a rumor, or (null) under a new one; false, and nothing is done, if the number of rumors is
   * another than `known` by now: it is to be compared anew.
   */
  file(filed: Filed, rumour: string | null, known: number): Promise<boolean>
  /** How many rumors there ever were. */
  count(): Promise<number>
  /** A report is none that repeats a rumor, unless a person put it there. */
  drop(incident: IncidentId): Promise<void>
  /** Forgets what rumors say that nobody repeated since that moment (epoch ms): new reports of it are a new rumor. */
  prune(before: number): Promise<void>
}

/** The rumors, and what a transaction does to them. */
export type Rumours = RumourStore & {
  /** Writes what somebody does about one. @throws RuleError where it stands otherwise by now */
  write(tx: Tx, change: OutlookChange, deed: RumourDeed): Promise<void>
}

const dayMs = 24 * 60 * 60_000
const reachDays = 14
const mostMembers = 500
const mostRumours = 500
const mostRows = 20_000
const mostNear = 12
const leastShared = 3
// The first reports of a rumor say what it is; a thousand more add nothing.
const mostTelling = 8
// Whatever became of it, it was said; what was taken back, merged or no incident is not counted.
const counting: readonly Status[] = ['reported', 'claimed', 'resolved', 'closed', 'unfounded']

/** The rumors in the database. */
export function rumourStore({ database, tables, seal }: Base): Rumours {
  const { rumours, heard, gists, incidents, numbers } = tables
  const { read } = database
  const { standing, numbered, make, put, write } = filing({ tables, seal })
  const token = tokens(seal)
  const tokensOf = (terms: readonly string[]) => [...new Set(terms.map(term => token.word(`gist:${term}`)))]
  type Filter = Parameters<RumourReads['list']>[0]
  type Member = { rumour: string; id: IncidentId; region: RegionCode; county: string | null; at: number }

  const membersOf = (ids: readonly string[], ...only: readonly SQL[]): Promise<Member[]> =>
    read
      .select({
        ...{ rumour: heard.rumour, id: incidents.id, region: incidents.region, county: incidents.county },
        at: incidents.reportedAt,
      })
      .from(heard)
      .innerJoin(incidents, eq(incidents.id, heard.incident))
      .where(
        and(
          inArray(heard.rumour, [...ids]),
          // Nobody else hears of a restricted one, not even as a number more.
          eq(incidents.visibility, 'region'),
          inArray(sql`${incidents.status}`, [...counting]),
          ...only,
        ),
      )
      .orderBy(desc(heard.at), desc(heard.incident))
      .limit(mostRows)

  /** The rumor with its reports, which are given newest first. */
  function opened(row: RumourRow, newest: readonly Member[], now: number): Rumour | null {
    if (newest.length === 0) return null
    const members = newest.toReversed()
    const reach = Array.from({ length: reachDays }, () => 0)
    for (const { at } of members) {
      const day = reachDays - 1 - Math.max(0, Math.floor((now - at) / dayMs))
      if (day >= 0) reach[day] = (reach[day] ?? 0) + 1
    }
    const times = members.map(one => one.at)
    return {
      ...{ id: row.id, about: row.about && seal.text(row.about), state: row.state },
      incidents: members.slice(0, mostMembers).map(one => one.id),
      regions: [...new Set(members.map(one => one.region))],
      counties: [...new Set(members.flatMap(one => one.county ?? []))],
      ...{ firstAt: Math.min(...times), lastAt: Math.max(...times), reach },
      ...{ answeredWith: row.answeredWith, changedBy: row.changedBy },
    }
  }

  async function list({ since, regions, outside = false }: Filter, limit: number, now: number) {
    const rows = await read
      .select()
      .from(rumours)
      .where(and(gte(rumours.lastAt, since), isNull(rumours.joined)))
      .orderBy(desc(rumours.lastAt))
      .limit(mostRumours)
    if (rows.length === 0) return []
    const near = outside && regions !== 'all' ? [inArray(incidents.region, [...regions])] : []
    const only = outside ? [ne(incidents.mark, 'RED'), ...near] : []
    const found = await membersOf(
      rows.map(row => row.id),
      ...only,
    )
    const members = Map.groupBy(found, one => one.rumour)
    const fresh = (one: Rumour) => members.get(one.id)?.filter(each => each.at >= since).length ?? 0
    return rows
      .flatMap(row => opened(row, members.get(row.id) ?? [], now) ?? [])
      .filter(one => one.lastAt >= since)
      .filter(one => regions === 'all' || one.regions.some(region => regions.includes(region)))
      .toSorted((one, other) => fresh(other) - fresh(one) || other.lastAt - one.lastAt || (one.id < other.id ? -1 : 1))
      .slice(0, limit)
  }

  async function tell(tx: Tx, incident: IncidentId, rumour: string, terms: readonly string[]): Promise<void> {
    const telling = await tx
      .selectDistinct({ incident: gists.incident })
      .from(gists)
      .innerJoin(heard, eq(heard.incident, gists.incident))
      .where(eq(heard.rumour, rumour))
      .limit(mostTelling)
    const rows = tokensOf(terms).map(term => ({ term, incident }))
    if (rows.length === 0 || (telling.length >= mostTelling && !telling.some(one => one.incident === incident))) return
    await tx.insert(gists).values(rows).onConflictDoNothing().returning({ term: gists.term })
  }

  return {
    reads: now => ({
      list: (filter, limit) => list(filter, limit, now),
      async find(id) {
        const row = await standing(read, id)
        return row && opened(row, await membersOf([row.id]), now)
      },
      async of(incident) {
        const [own] = await read.select({ id: heard.rumour }).from(heard).where(eq(heard.incident, incident))
        const row = own ? await standing(read, own.id) : null
        return row && opened(row, await membersOf([row.id]), now)
      },
    }),
    async of(incident) {
      const [row] = await read
        .select({ rumour: heard.rumour, byHand: heard.byHand })
        .from(heard)
        .where(eq(heard.incident, incident))
      return row ?? null
    },
    async near({ id, terms }, since) {
      const own = tokensOf(terms)
      if (own.length < leastShared) return []
      const shared = count().as('shared')
      const rows = await read
        .select({ incident: gists.incident, rumour: max(heard.rumour).as('r'), shared })
        .from(gists)
        .innerJoin(heard, eq(heard.incident, gists.incident))
        .where(and(inArray(gists.term, own), gte(heard.at, since)))
        .groupBy(gists.incident)
        .having(gte(count() as SQL<number>, leastShared))
        .orderBy(desc(shared), desc(gists.incident))
        .limit(mostNear + 1)
      return rows.flatMap(row => (row.rumour && row.incident !== id ? [{ ...row, rumour: row.rumour }] : []))
    },
    file(filed, rumour, known) {
      return database.transaction(async tx => {
        if ((await numbered(tx, 0)) !== known) return false
        const [own] = await tx.select().from(heard).where(eq(heard.incident, filed.id))
        const name = own?.byHand ? own.rumour : ((rumour && (await standing(tx, rumour))?.id) ?? own?.rumour)
        const into = name ?? (await make(tx, filed.at))
        await put(tx, filed.id, into, filed.at, own?.byHand ?? false)
        await tx.delete(gists).where(eq(gists.incident, filed.id)).returning({ term: gists.term })
        await tell(tx, filed.id, into, filed.terms)
        return true
      })
    },
    async count() {
      const [row] = await read.select({ next: numbers.next }).from(numbers).where(eq(numbers.region, rumourCode))
      return row?.next ?? 1
    },
    async drop(incident) {
      await database.transaction(async tx => {
        const own = and(eq(heard.incident, incident), eq(heard.byHand, false))
        const gone = await tx.delete(heard).where(own).returning({ incident: heard.incident })
        if (gone.length === 0) return
        await tx.delete(gists).where(eq(gists.incident, incident)).returning({ term: gists.term })
      })
    },
    async prune(before) {
      const old = await read
        .select({ incident: gists.incident })
        .from(gists)
        .innerJoin(heard, eq(heard.incident, gists.incident))
        .innerJoin(rumours, eq(rumours.id, heard.rumour))
        .where(lt(rumours.lastAt, before))
        .limit(mostRumours)
      if (old.length === 0) return
      const ids = [...new Set(old.map(row => row.incident))]
      await database.transaction(tx =>
        tx.delete(gists).where(inArray(gists.incident, ids)).returning({ term: gists.term }),
      )
    },
    write,
  }
}

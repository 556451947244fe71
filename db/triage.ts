import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Batch, Held, Rule, TriageReads, Triager } from '../workflows/batch.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { type Incident, isQueued } from '../workflows/incident.ts'
import { aside, asideNumber, type Base } from './base.ts'
import type { Blocks } from './blocks.ts'
import { type CountReports, reportCounter } from './burst.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { slot } from './write.ts'

/** Who looks through a report, and until when (epoch ms). */
export type TriageLease = { readonly person: PersonId; readonly until: number }

/** A batch to be taken: by whom, of at most so many, for so long, under that name. */
export type BatchAsk = Triager & {
  readonly name: string
  readonly limit: number
  readonly ms: number
}

/** The triage queue: each report is looked through by one person at a time. */
export type TriageStore = TriageReads & {
  /**
   * Gives what they still hold, or takes a new batch of those nobody holds, most urgent first, strangers' before the
   * roster's, then oldest. S4 and S5 that came meanwhile join a batch that is not done yet.
   */
  take(ask: BatchAsk, now: number): Promise<Batch>
  /** How many reports of strangers wait, and since when the oldest (epoch ms); null for none. */
  standing(): Promise<{ readonly count: number; readonly since: number } | null>
}

/** What a transaction does to the queue. */
export type Triage = TriageStore & {
  /** Makes a report theirs for so long, unless somebody else holds it: then who does, and nothing is changed. */
  hold(tx: Tx, id: IncidentId, person: PersonId, now: number, ms: number): Promise<TriageLease | null>
  readonly reported: CountReports
  /** Keeps what an act on many took in. */
  record(tx: Tx, act: string, person: PersonId, incidents: readonly IncidentId[], now: number): Promise<void>
}

/** The triage queue in the database. */
export function triageStore(base: Base, blocks: Blocks): Triage {
  const { database, tables } = base
  const { incidents, triageLeases: leases, triageActs, fingerprints } = tables
  const { read } = database
  const waiting = sql`${incidents.status} = 'waiting'`
  // The roster's: open, and neither taken nor looked through. Written so that the index of what is open serves it.
  const fresh = and(sql`${incidents.open} = true`, eq(incidents.triaged, false), isNull(incidents.claimedAt))
  const queued = or(waiting, fresh)

  const mine = ({ person, regions }: Triager): SQL | undefined =>
    and(
      or(isNull(incidents.reporter), ne(aside(incidents.reporter), person)),
      or(
        eq(incidents.visibility, 'region'),
        sql`replace(${incidents.allowed}, ${` ${person} `}, '') <> ${incidents.allowed}`,
      ),
      regions === 'all'
        ? undefined
        : regions.length === 0
          ? sql`1 = 0`
          : inArray(aside(incidents.region), [...regions]),
    )

  async function heldBy(handle: Read, who: Triager, now: number): Promise<readonly (Held & { batch: string })[]> {
    const rows = await handle
      .select({ incident: incidents.state, place: leases.place, until: leases.until, batch: leases.batch })
      .from(leases)
      .innerJoin(incidents, eq(incidents.id, leases.incident))
      .where(and(eq(leases.person, who.person), gt(leases.until, now), ne(leases.batch, ''), queued, mine(who)))
    return rows.filter(row => isQueued(row.incident)).sort(inOrder)
  }

  async function counts(who: Triager): Promise<{ waiting: number; urgent: number }> {
    let all = 0
    let urgent = 0
    for (const part of [waiting, fresh]) {
      const [row] = await read
        .select({
          all: sql<number>`count(*)`.mapWith(Number),
          urgent: sql<number>`coalesce(sum(case when ${incidents.urgency} <= 1 then 1 else 0 end), 0)`.mapWith(Number),
        })
        .from(incidents)
        .where(and(part, mine(who)))
      all += row?.all ?? 0
      urgent += row?.urgent ?? 0
    }
    return { waiting: all, urgent }
  }

  async function batchOf(items: readonly (Held & { batch: string })[], who: Triager): Promise<Batch> {
    const name = items[0]?.batch ?? ''
    return { name, items: items.map(({ batch: _, ...item }) => item), ...(await counts(who)) }
  }

  /** Those nobody holds, in the order of the queue. */
  async function free(tx: Tx, who: Triager, now: number, limit: number, urgent: boolean): Promise<IncidentId[]> {
    const taken = tx
      .select({ one: sql`1` })
      .from(leases)
      .where(and(eq(leases.incident, incidents.id), gt(leases.until, now)))
    const found: Incident[] = []
    for (const part of [waiting, fresh]) {
      const rows = await tx
        .select({ state: incidents.state })
        .from(incidents)
        .where(and(part, urgent ? lte(incidents.urgency, 1) : undefined, mine(who), sql`not exists ${taken}`))
        .orderBy(asc(incidents.urgency), asc(incidents.reportedAt), asc(incidents.id))
        .limit(limit)
      found.push(...rows.map(row => row.state))
    }
    return found
      .sort((one, other) => inOrder({ incident: one }, { incident: other }))
      .slice(0, limit)
      .map(incident => incident.id)
  }

  /** Takes some of those nobody holds; another process may be faster with each. */
  async function grab(ask: BatchAsk, now: number, batch: string, from: number, limit: number, urgent: boolean) {
    return database.transaction(async tx => {
      const ids = await free(tx, ask, now, limit, urgent)
      if (ids.length === 0) return { tried: 0, got: 0 }
      const place = new Map(ids.map((id, index) => [id, from + index]))
      // Always in the same order, so that two who take at once wait in turn and not in a circle.
      const values = ids.toSorted().map(incident => ({
        incident,
        person: ask.person,
        batch,
        place: place.get(incident) ?? 0,
        until: now + ask.ms,
      }))
      const rows = await tx
        .insert(leases)
        .values(values)
        .onConflictDoUpdate({
          target: leases.incident,
          set: {
            person: sql`excluded.person`,
            batch: sql`excluded.batch`,
            place: sql`excluded.place`,
            until: sql`excluded.until`,
          },
          setWhere: lte(leases.until, now),
        })
        .returning({ incident: leases.incident })
      return { tried: ids.length, got: rows.length }
    })
  }

  const sentSince = prepared('sent_since', (handle: Read) =>
    handle
      .select({ at: incidents.reportedAt })
      .from(incidents)
      .where(and(eq(incidents.reporter, slot('person') as never), gt(incidents.reportedAt, slot('since') as never)))
      .orderBy(desc(incidents.reportedAt))
      .limit(slot('limit') as never),
  )

  function ruled(rule: Rule, who: Triager): SQL | undefined {
    switch (rule.type) {
      case 'from':
        return eq(incidents.reporter, rule.sender)
      case 'like': {
        const print = read
          .select({ print: fingerprints.print })
          .from(fingerprints)
          .where(eq(fingerprints.incident, rule.id))
        const same = read
          .select({ incident: fingerprints.incident })
          .from(fingerprints)
          .where(inArray(fingerprints.print, print))
        return inArray(incidents.id, same)
      }
      case 'batch': {
        const places = rule.places === null ? undefined : inArray(leases.place, [...rule.places])
        const held = read
          .select({ incident: leases.incident })
          .from(leases)
          .where(and(eq(leases.person, who.person), eq(leases.batch, rule.name), places))
        return inArray(incidents.id, held)
      }
    }
  }

  return {
    async held(who, now) {
      return batchOf(await heldBy(read, who, now), who)
    },
    async take(ask, now) {
      const own = await heldBy(read, ask, now)
      const [first] = own
      const from = first ? Math.max(...own.map(item => item.place)) + 1 : 0
      const batch = first?.batch ?? ask.name
      let missing = ask.limit - own.length
      for (let round = 0; missing > 0 && round < mostRounds; round++) {
        const place = from + ask.limit - own.length - missing
        const { tried, got } = await grab(ask, now, batch, place, missing, own.length > 0)
        missing -= got
        if (got === tried) break
      }
      return batchOf(await heldBy(read, ask, now), ask)
    },
    async standing() {
      const [row] = await read
        .select({
          count: sql<number>`count(*)`.mapWith(Number),
          since: sql<number | null>`min(${incidents.reportedAt})`,
        })
        .from(incidents)
        .where(waiting)
      return row?.since ? { count: row.count, since: Number(row.since) } : null
    },
    async chosen(rule, who, until) {
      const rows = await read
        .select({ state: incidents.state })
        .from(incidents)
        .where(and(ruled(rule, who), queued, mine(who), lte(asideNumber(incidents.reportedAt), until)))
        .orderBy(asc(asideNumber(incidents.urgency)), asc(asideNumber(incidents.reportedAt)), asc(incidents.id))
        .limit(mostChosen)
      return rows.map(row => row.state).filter(isQueued)
    },
    async act(name, person) {
      const rows = await read
        .select({ incident: triageActs.incident })
        .from(triageActs)
        .where(and(eq(triageActs.act, name), eq(triageActs.person, person)))
      return rows.map(row => row.incident)
    },
    async sent(person, since, limit) {
      return (await sentSince(read, { person, since, limit })).map(row => row.at)
    },
    async recent(since, limit) {
      const rows = await read
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(waiting, gte(asideNumber(incidents.reportedAt), since)))
        .limit(limit)
      return rows.length
    },
    blocked: blocks.list,
    reported: reportCounter(base),
    async hold(tx, incident, person, now, ms) {
      const lapsed = lte(leases.until, now)
      const [mineNow] = await tx
        .insert(leases)
        .values({ incident, person, batch: '', place: 0, until: now + ms })
        .onConflictDoUpdate({
          target: leases.incident,
          set: {
            batch: sql`case when ${leases.person} = excluded.person then ${leases.batch} else '' end`,
            until: sql`case when ${lapsed} then excluded.until else ${leases.until} end`,
            person: sql`excluded.person`,
          },
          setWhere: or(eq(leases.person, person), lapsed) as SQL,
        })
        .returning({ incident: leases.incident })
      if (mineNow) return null
      const [other] = await tx.select().from(leases).where(eq(leases.incident, incident))
      return other ? { person: other.person, until: other.until } : null
    },
    async record(tx, act, person, ids, at) {
      if (ids.length === 0) return
      await tx
        .delete(triageActs)
        .where(lte(triageActs.at, at - actsKept))
        .returning({ act: triageActs.act })
      await tx
        .insert(triageActs)
        .values(ids.map(incident => ({ act, incident, person, at })))
        .onConflictDoNothing()
        .returning({ act: triageActs.act })
    },
  }
}

// The most urgent first; of equal ones strangers', whom nobody has vouched for, then the oldest.
function inOrder({ incident: one }: Pick<Held, 'incident'>, { incident: other }: Pick<Held, 'incident'>): number {
  return (
    other.severity - one.severity ||
    Number(other.triage === 'waiting') - Number(one.triage === 'waiting') ||
    one.reportedAt - other.reportedAt ||
    (one.id < other.id ? -1 : 1)
  )
}

const mostRounds = 5
const mostChosen = 1_000
const actsKept = 60 * 60_000

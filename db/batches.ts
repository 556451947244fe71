import { and, asc, eq, gt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Batch, Held, Triager } from '../workflows/batch.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { type Incident, isQueued } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import { queueOf } from './queue.ts'

/** Who looks through a report, and until when (epoch ms). */
export type TriageLease = { readonly person: PersonId; readonly until: number }

/** A batch to be taken: by whom, of at most so many, for so long, under that name. */
export type BatchAsk = Triager & {
  readonly name: string
  readonly limit: number
  readonly ms: number
}

/** Batches of the triage queue on lease: each report is looked through by one person at a time. */
export type Batches = {
  /** What they hold now. */
  held(who: Triager, now: number): Promise<Batch>
  /**
   * Gives what they still hold, or takes a new batch of those nobody holds, most urgent first, strangers' before the
   * roster's, then oldest. S4 and S5 that came meanwhile join a batch that is not done yet.
   */
  take(ask: BatchAsk, now: number): Promise<Batch>
  /** Makes a report theirs for so long, unless somebody else holds it: then who does, and nothing is changed. */
  hold(tx: Tx, id: IncidentId, person: PersonId, now: number, ms: number): Promise<TriageLease | null>
}

/** The batches in the database. */
export function batchStore({ database, tables }: Base): Batches {
  const { incidents, triageLeases: leases } = tables
  const { read } = database
  const { waiting, fresh, queued, mine } = queueOf({ tables })

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

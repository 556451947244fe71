import { and, asc, desc, eq, gt, gte, inArray, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { Rule, TriageReads, Triager } from '../workflows/batch.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { isQueued } from '../workflows/incident.ts'
import { asideNumber, type Base } from './base.ts'
import { type Batches, batchStore } from './batches.ts'
import type { Blocks } from './blocks.ts'
import { type CountReports, reportCounter } from './burst.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { queueOf } from './queue.ts'
import { slot } from './write.ts'

/** The triage queue: each report is looked through by one person at a time. */
export type TriageStore = TriageReads &
  Pick<Batches, 'take'> & {
    /** How many reports of strangers wait, and since when the oldest (epoch ms); null for none. */
    standing(): Promise<{ readonly count: number; readonly since: number } | null>
  }

/** What a transaction does to the queue. */
export type Triage = TriageStore &
  Batches & {
    readonly reported: CountReports
    /** Keeps what an act on many took in. */
    record(tx: Tx, act: string, person: PersonId, incidents: readonly IncidentId[], now: number): Promise<void>
  }

/** The triage queue in the database. */
export function triageStore(base: Base, blocks: Blocks): Triage {
  const { database, tables } = base
  const { incidents, triageLeases: leases, triageActs, fingerprints } = tables
  const { read } = database
  const { waiting, queued, mine } = queueOf({ tables })

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

  const heldByOthers = ({ person }: Triager, now: number) =>
    read
      .select({ one: sql`1` })
      .from(leases)
      .where(and(eq(leases.incident, incidents.id), ne(leases.person, person), gt(leases.until, now)))

  return {
    ...batchStore(base),
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
    async chosen(rule, who, until, now) {
      const rows = await read
        .select({ state: incidents.state })
        .from(incidents)
        .where(
          and(
            ruled(rule, who),
            queued,
            mine(who),
            lte(asideNumber(incidents.reportedAt), until),
            sql`not exists ${heldByOthers(who, now)}`,
          ),
        )
        .orderBy(asc(asideNumber(incidents.urgency)), asc(asideNumber(incidents.reportedAt)), asc(incidents.id))
        .limit(mostChosen)
      return rows.map(row => row.state).filter(isQueued)
    },
    async urgent(who, limit) {
      const rows = await read
        .select({ state: incidents.state })
        .from(incidents)
        .where(and(waiting, lte(incidents.urgency, 1), mine(who)))
        .orderBy(asc(incidents.urgency), asc(incidents.reportedAt), asc(incidents.id))
        .limit(limit)
      return rows.map(row => row.state)
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

const mostChosen = 1_000
const actsKept = 60 * 60_000

import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Triager } from '../workflows/batch.ts'
import { aside, type Base } from './base.ts'

/** Conditions on incidents: which stand in the triage queue, and which of them are for whom. */
export type Queue = {
  /** Strangers' reports. */
  readonly waiting: SQL
  /** The roster's that nobody has taken or looked through. */
  readonly fresh: SQL | undefined
  readonly queued: SQL | undefined
  /** Those that this person may look through: of their regions, not their own, not kept from them. */
  readonly mine: (who: Triager) => SQL | undefined
}

/** The queue as conditions of a query. */
export function queueOf({ tables: { incidents } }: Pick<Base, 'tables'>): Queue {
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

  return { waiting, fresh, queued, mine }
}

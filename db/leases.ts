import { and, eq, gt, inArray, lte, ne, or, sql } from 'drizzle-orm'
import { type Base, databaseNow, whole } from './base.ts'
import type { Tx } from './database.ts'

/** What only one process may do at a time. */
export interface LeaseStore {
  /** For how long (ms) a lease is usually given here: short where several processes share the database. */
  readonly ms: number
  /** Whether several processes may share the database. */
  readonly shared: boolean
  /** Takes or renews a lease for `ms`, a quarter of an hour at most; false while another holder has it. */
  hold(name: string, holder: string, ms: number): Promise<boolean>
  /** Takes it whoever has it; the former holder's next `hold` is refused until it runs out. */
  seize(name: string, holder: string, ms: number): Promise<void>
  release(name: string, holder: string): Promise<void>
  /** Releases what holders have that are surely gone; gives how many leases that were. */
  bury(isGone: (holder: string) => boolean): Promise<number>
}

/** The leases, measured by the database's clock, which all processes share, unless another (epoch ms) is given. */
export function leaseStore({ database, tables: { leases } }: Base, clock?: () => number): LeaseStore {
  const own = databaseNow(database.engine)

  const take = (tx: Tx, name: string, holder: string, ms: number, whoever: boolean) => {
    const now = clock ? whole(clock()) : own
    const until = sql<number>`${now} + ${whole(ms)}`
    // One that would run longer than any was given before the clock was set back.
    const stray = gt(leases.until, sql`${now} + ${whole(longestMs)}`)
    const free = or(eq(leases.holder, holder), lte(leases.until, now), stray)
    return tx
      .insert(leases)
      .values({ name, holder, token: 1, until })
      .onConflictDoUpdate({
        target: leases.name,
        set: {
          holder,
          until,
          token: sql`case when ${leases.holder} = ${holder} then ${leases.token} else ${leases.token} + 1 end`,
        },
        ...(whoever || !free ? {} : { setWhere: free }),
      })
      .returning({ token: leases.token })
  }

  return {
    ms: usualMs[database.engine],
    shared: database.engine === 'postgres',
    async hold(name, holder, ms) {
      // A look first: whoever stands by asks every second, and should lock nothing.
      const now = clock ? whole(clock()) : own
      const others = and(eq(leases.name, name), ne(leases.holder, holder), gt(leases.until, now))
      const [other] = await database.read
        .select({ name: leases.name })
        .from(leases)
        .where(and(others, lte(leases.until, sql`${now} + ${whole(longestMs)}`)))
      if (other) return false
      const rows = await database.transaction(tx => take(tx, name, holder, ms, false))
      return rows.length > 0
    },
    async seize(name, holder, ms) {
      await database.transaction(tx => take(tx, name, holder, ms, true))
    },
    async release(name, holder) {
      // The row stays, so that its token only ever rises.
      await database.transaction(tx =>
        tx
          .update(leases)
          .set({ until: 0 })
          .where(and(eq(leases.name, name), eq(leases.holder, holder)))
          .returning({ name: leases.name }),
      )
    },
    async bury(isGone) {
      const held = await database.read.select({ holder: leases.holder }).from(leases).where(gt(leases.until, 0))
      const gone = [...new Set(held.map(one => one.holder))].filter(isGone)
      if (gone.length === 0) return 0
      const freed = await database.transaction(tx =>
        tx.update(leases).set({ until: 0 }).where(inArray(leases.holder, gone)).returning({ name: leases.name }),
      )
      return freed.length
    },
  }
}

// On one machine the dead are known by their number; a write to its disk every few seconds would gain nothing.
const usualMs = { sqlite: 20_000, postgres: 7_000 }
const longestMs = 15 * 60_000

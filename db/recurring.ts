import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { RecurringChange } from '../workflows/change.ts'
import type { BroadcastId } from '../workflows/ids.ts'
import type { RecurringReads, RecurringStanding } from '../workflows/recurring.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** How check-ins and reminders stand, and what came of them. */
export interface RecurringStore extends RecurringReads {
  /** A plan is known as this digest from now on (epoch ms), unless it was already. */
  seen(name: string, digest: string, now: number): Promise<void>
  /** The broadcasts that were made under these keys, by key. */
  made(keys: readonly string[]): Promise<ReadonlyMap<string, BroadcastId>>
}

/** The same, and what a transaction does to it. */
export type Recurrings = RecurringStore & {
  /** Writes what somebody wants of a plan; what was changed since they saw it is not approved. */
  write(tx: Tx, change: RecurringChange): Promise<void>
}

/** How recurring plans stand in the database. */
export function recurringStore({ database, tables }: Base): Recurrings {
  const { recurring, recurringApprovals: approvals, broadcasts } = tables
  const { read } = database

  return {
    async standings() {
      const [plans, given] = await Promise.all([read.select().from(recurring), read.select().from(approvals)])
      const standings = plans.map((plan): RecurringStanding => {
        const own = given.filter(one => one.name === plan.name && one.digest === plan.digest)
        const inOrder = own.toSorted((one, other) => one.at - other.at)
        return { ...plan, approvals: inOrder.map(({ person: by, at, people, rooms }) => ({ by, at, people, rooms })) }
      })
      return new Map(standings.map(one => [one.name, one]))
    },
    async seen(name, digest, now) {
      await database.transaction(async tx => {
        const set = { digest, since: now }
        const [known] = await tx.select().from(recurring).where(eq(recurring.name, name))
        if (known?.digest === digest) return
        const row = { name, ...set, pausedAt: null, pausedBy: null }
        await tx
          .insert(recurring)
          .values(row)
          .onConflictDoUpdate({ target: recurring.name, set })
          .returning({ name: recurring.name })
        const own = eq(approvals.name, name)
        await tx.delete(approvals).where(own).returning({ name: approvals.name })
      })
    },
    async made(keys) {
      if (keys.length === 0) return new Map()
      const rows = await read
        .select({ key: broadcasts.recurring, id: broadcasts.id })
        .from(broadcasts)
        .where(and(isNotNull(broadcasts.recurring), inArray(broadcasts.recurring, [...keys])))
      return new Map(rows.flatMap(({ key, id }) => (key === null ? [] : [[key, id] as const])))
    },
    async write(tx, { person, at, do: deed }) {
      const { name } = deed
      await addDeed(tx, tables, { at, by: person, what: 'recurring', facts: { name, do: deed.type } })
      if (deed.type !== 'approve') {
        // What came due while it rested is not made up for.
        const set =
          deed.type === 'pause' ? { pausedAt: at, pausedBy: person } : { pausedAt: null, pausedBy: null, since: at }
        await tx.update(recurring).set(set).where(eq(recurring.name, name)).returning({ name: recurring.name })
        return
      }
      const { digest, people, rooms } = deed
      const set = { at, people, rooms }
      await tx
        .insert(approvals)
        .values({ name, digest, person, ...set })
        .onConflictDoUpdate({ target: [approvals.name, approvals.digest, approvals.person], set })
        .returning({ name: approvals.name })
    },
  }
}

import { asc, desc, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Destination, Post } from '../workflows/change.ts'
import type { NewSetback, Setback } from '../workflows/setback.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'

/** What delivery gave up on, until coordinators are told. */
export interface SetbackStore {
  /** Keeps them to be told; one whose key was there before is left alone. */
  add(setbacks: readonly Setback[], now: number): Promise<void>
  /** Those that nobody was told of yet, oldest first. */
  untold(limit: number): Promise<readonly NewSetback[]>
  /** When (epoch ms) some were last told; null if never. */
  lastTold(): Promise<number | null>
  /** Adds the posts that tell of these, all or nothing. */
  told(ids: readonly number[], posts: readonly Post[], now: number): Promise<void>
  /** Forgets what was told before that moment (epoch ms). */
  prune(before: number): Promise<void>
}

/** The same, and what a transaction does to it. */
export type SetbackRows = SetbackStore & {
  keep(tx: Tx, setbacks: readonly Setback[], now: number): Promise<void>
}

/** What delivery gave up on, in the database. */
export function setbackStore({ database, tables: { setbacks } }: Base, posts: Posts): SetbackRows {
  const { read } = database

  async function keep(tx: Tx, list: readonly Setback[], now: number): Promise<void> {
    if (list.length === 0) return
    const rows = list.map(({ key, kind, to, incident, item, reason }) => ({
      ...{ key, kind, incident, item, reason, at: now, toldAt: null },
      room: to && 'room' in to ? to.room : null,
      account: to && 'account' in to ? to.account : null,
    }))
    await tx.insert(setbacks).values(rows).onConflictDoNothing({ target: setbacks.key }).returning({ id: setbacks.id })
  }

  return {
    keep,
    add: (list, now) => database.transaction(tx => keep(tx, list, now)),
    async untold(limit) {
      const rows = await read
        .select()
        .from(setbacks)
        .where(isNull(setbacks.toldAt))
        .orderBy(asc(setbacks.id))
        .limit(limit)
      return rows.map(({ room, account, toldAt: _, ...row }) => ({ ...row, to: placeOf(room, account) }))
    },
    async lastTold() {
      const [row] = await read
        .select({ at: setbacks.toldAt })
        .from(setbacks)
        .where(isNotNull(setbacks.toldAt))
        .orderBy(desc(setbacks.toldAt))
        .limit(1)
      return row?.at ?? null
    },
    async told(ids, list, now) {
      await database.transaction(async tx => {
        if (list.length > 0) await posts.add(tx, list, now)
        await tx
          .update(setbacks)
          .set({ toldAt: now })
          .where(inArray(setbacks.id, [...ids]))
          .returning({ id: setbacks.id })
      })
    },
    async prune(before) {
      const [old] = await read.select({ id: setbacks.id }).from(setbacks).where(lt(setbacks.toldAt, before)).limit(1)
      if (!old) return
      await database.transaction(tx =>
        tx.delete(setbacks).where(lt(setbacks.toldAt, before)).returning({ id: setbacks.id }),
      )
    },
  }
}

function placeOf(room: NonNullable<unknown> | null, account: NonNullable<unknown> | null): Destination | null {
  return room ? ({ room } as Destination) : account ? ({ account } as Destination) : null
}

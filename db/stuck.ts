import { and, asc, eq, gt, inArray, isNull, lte, type SQL } from 'drizzle-orm'
import { lanes } from '../workflows/change.ts'
import type { AccountId, IncidentId, RoomId } from '../workflows/ids.ts'
import type { StuckReads } from '../workflows/stuck.ts'
import type { View } from '../workflows/view.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { type Decide, decisions } from './decided.ts'
import type { ParkedRows } from './parked.ts'
import { conversationOf, type Posts } from './posts.ts'
import { stuckReads } from './stucklist.ts'
import { stuck } from './tables.work.ts'

/** A room that the hub cannot write to: since when and why, how often it refused, and when one message tries again. */
export type ClosedRoom = {
  readonly room: RoomId
  readonly reason: string
  readonly since: number
  readonly tries: number
  readonly nextAt: number
}

/** Something that a person could not be told before. */
export type KeptPost = {
  readonly id: number
  readonly key: string
  readonly incident: IncidentId | null
  readonly view: View
  readonly createdAt: number
}

/** What came to rest without being sent, and rooms that are closed to the hub. */
export interface StuckStore extends StuckReads {
  /** Those of these rooms that are closed. */
  closed(rooms: readonly RoomId[]): Promise<readonly ClosedRoom[]>
  /** The room refused: it is closed from now on, or for longer, until `nextAt`. */
  close(room: RoomId, reason: string, now: number): Promise<ClosedRoom>
  /** Puts aside what is due for a closed room, but for what is urgent. */
  park(room: ClosedRoom, now: number): Promise<void>
  /** Makes one of those that are parked due, to try the room: the one that was tried least. */
  probe(room: RoomId, now: number): Promise<void>
  /** The room takes messages again: everything parked for it is due. */
  open(room: RoomId, now: number): Promise<void>
  /** The accounts for which something is kept. */
  awaited(): Promise<readonly AccountId[]>
  /** What is kept for these accounts, oldest first. */
  kept(accounts: readonly AccountId[], limit: number): Promise<readonly KeptPost[]>
  /** It was shown to them, or (null) need not be any more; false: somebody else did that first. */
  shown(id: number, at: number | null): Promise<boolean>
  /** What is kept for these accounts goes to this one, due now. */
  resume(accounts: readonly AccountId[], to: AccountId, now: number): Promise<void>
}

/** The same, and what a transaction does to it. */
export type StuckRows = StuckStore & { readonly decide: Decide }

/** What is stuck in the database. */
export function stuckStore(base: Base, opened: Posts, parked: Pick<ParkedRows, 'decide'>): StuckRows {
  const { database, tables } = base
  const { posts, cards, recalls, closedRooms } = tables
  const nothing = Buffer.alloc(0)

  const fresh = (now: number) => ({ state: 'waiting', dueAt: now, attempts: 0, error: null }) as const
  const move = (tx: Tx, which: SQL | undefined, set: Partial<typeof posts.$inferInsert>) =>
    tx.update(posts).set(set).where(which).returning({ id: posts.id })
  const moveCards = (tx: Tx, which: SQL | undefined, set: Partial<typeof cards.$inferInsert>) =>
    tx.update(cards).set(set).where(which).returning({ room: cards.room })

  // How often each was tried stays: what is refused while others pass is itself the fault.
  async function release(tx: Tx, room: RoomId, now: number): Promise<void> {
    const due = { state: 'waiting', dueAt: now } as const
    await move(tx, and(eq(posts.room, room), stuck(posts.state), eq(posts.state, 'parked')), due)
    await moveCards(tx, and(eq(cards.room, room), stuck(cards.state), eq(cards.state, 'parked')), due)
    await tx
      .update(recalls)
      .set({ dueAt: now, attempts: 0 })
      .where(and(eq(recalls.room, room), isNull(recalls.dueAt)))
      .returning({ key: recalls.key })
  }

  const calm = (table: typeof posts | typeof cards, room: RoomId, now: number) =>
    and(eq(table.room, room), eq(table.state, 'waiting'), lte(table.dueAt, now), gt(table.lane, lanes.indexOf('S4')))

  return {
    decide: decisions(base, opened, parked, release),
    ...stuckReads(base),
    async closed(rooms) {
      if (rooms.length === 0) return []
      return database.read
        .select()
        .from(closedRooms)
        .where(inArray(closedRooms.room, [...rooms]))
    },
    async close(room, reason, now) {
      return database.transaction(async tx => {
        const [before] = await tx.select().from(closedRooms).where(eq(closedRooms.room, room))
        const tries = (before?.tries ?? 0) + 1
        const nextAt = now + Math.min(longestPause, firstPause * 2 ** (tries - 1))
        const row = { room, reason, since: before?.since ?? now, tries, nextAt }
        await tx
          .insert(closedRooms)
          .values(row)
          .onConflictDoUpdate({ target: closedRooms.room, set: row })
          .returning({ room: closedRooms.room })
        return row
      })
    },
    async park({ room, reason }, now) {
      const aside = { state: 'parked', dueAt: null, error: reason } as const
      const [post, card] = [calm(posts, room, now), calm(cards, room, now)]
      const found = await Promise.all([database.read.$count(posts, post), database.read.$count(cards, card)])
      if (found.every(count => count === 0)) return
      await database.transaction(async tx => {
        await move(tx, post, aside)
        await moveCards(tx, card, aside)
      })
    },
    async probe(room, now) {
      const parked = (table: typeof posts | typeof cards) => and(stuck(table.state), eq(table.state, 'parked'))
      const [post] = await database.read
        .select({ id: posts.id, attempts: posts.attempts })
        .from(posts)
        .where(and(eq(posts.room, room), parked(posts)))
        .orderBy(asc(posts.attempts), asc(posts.id))
        .limit(1)
      const [card] = await database.read
        .select({ incident: cards.incident, attempts: cards.attempts })
        .from(cards)
        .where(and(eq(cards.room, room), parked(cards)))
        .orderBy(asc(cards.attempts), asc(cards.lane))
        .limit(1)
      if (!post && !card) return
      const due = { state: 'waiting', dueAt: now } as const
      const cardFirst = card && card.attempts <= (post?.attempts ?? Number.MAX_SAFE_INTEGER)
      await database.transaction(async tx => {
        if (cardFirst) await moveCards(tx, and(eq(cards.incident, card.incident), eq(cards.room, room)), due)
        else if (post) await move(tx, eq(posts.id, post.id), due)
      })
    },
    async open(room, now) {
      await database.transaction(async tx => {
        await tx.delete(closedRooms).where(eq(closedRooms.room, room)).returning({ room: closedRooms.room })
        await release(tx, room, now)
      })
    },
    async awaited() {
      const rows = await database.read
        .selectDistinct({ account: posts.account })
        .from(posts)
        .where(and(stuck(posts.state), eq(posts.state, 'kept')))
      return rows.flatMap(row => row.account ?? [])
    },
    async kept(accounts, limit) {
      const rows = await database.read
        .select()
        .from(posts)
        .where(and(stuck(posts.state), eq(posts.state, 'kept'), inArray(posts.account, [...accounts])))
        .orderBy(asc(posts.id))
        .limit(limit)
      const keys = await opened.keysOf(
        database.read,
        rows.map(row => row.incident),
      )
      return rows.flatMap(({ id, key, incident, createdAt, view: sealed }) => {
        const view = opened.open(sealed, incident ? keys.get(incident) : undefined)
        return view ? [{ id, key, incident, createdAt, view }] : []
      })
    },
    async shown(id, at) {
      const set = at === null ? { state: 'left' as const } : { state: 'sent' as const, sentAt: at, error: null }
      const rows = await database.transaction(tx =>
        move(tx, and(eq(posts.id, id), eq(posts.state, 'kept')), { ...set, view: nothing, author: null }),
      )
      return rows.length > 0
    },
    async resume(accounts, to, now) {
      await database.transaction(tx =>
        move(tx, and(stuck(posts.state), eq(posts.state, 'kept'), inArray(posts.account, [...accounts])), {
          ...fresh(now),
          account: to,
          conversation: conversationOf({ account: to }, null),
          // It was asked for by being there, so quiet hours do not hold it up.
          anytime: true,
        }),
      )
    },
  }
}

const firstPause = 30_000
const longestPause = 10 * 60_000

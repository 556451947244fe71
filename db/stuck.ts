import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, type SQL } from 'drizzle-orm'
import { type Destination, lanes } from '../workflows/change.ts'
import type { AccountId, IncidentId, RoomId } from '../workflows/ids.ts'
import type { Stuck, StuckDeed, StuckItem, StuckReads } from '../workflows/stuck.ts'
import type { View } from '../workflows/view.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { conversationOf, type Posts } from './posts.ts'
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
export type StuckRows = StuckStore & {
  /** Does what a coordinator decided; what is settled by now is left alone. */
  decide(tx: Tx, item: StuckItem, deed: StuckDeed, now: number): Promise<void>
}

/** What is stuck in the database. */
export function stuckStore({ database, tables }: Base, opened: Posts): StuckRows {
  const { posts, cards, recalls, closedRooms } = tables
  const nothing = Buffer.alloc(0)

  const fresh = (now: number) => ({ state: 'waiting', dueAt: now, attempts: 0, error: null }) as const
  const move = (tx: Tx, which: SQL | undefined, set: Partial<typeof posts.$inferInsert>) =>
    tx.update(posts).set(set).where(which).returning({ id: posts.id })
  const moveCards = (tx: Tx, which: SQL | undefined, set: Partial<typeof cards.$inferInsert>) =>
    tx.update(cards).set(set).where(which).returning({ room: cards.room })

  async function decide(tx: Tx, item: StuckItem, deed: StuckDeed, now: number): Promise<void> {
    const left = { state: 'left', dueAt: null, view: nothing, author: null } as const
    const post = { again: fresh(now), leave: left, arrived: { ...left, state: 'sent', sentAt: now } as const }[deed]
    const card = {
      again: fresh(now),
      leave: { state: 'left', dueAt: null, since: null },
      arrived: { state: 'sent', dueAt: null, since: null },
    }[deed] as Partial<typeof cards.$inferInsert>
    switch (item.type) {
      case 'post':
        await move(tx, and(eq(posts.id, item.id), stuck(posts.state)), post)
        return
      case 'card':
        await moveCards(tx, and(eq(cards.incident, item.incident), eq(cards.room, item.room), stuck(cards.state)), card)
        return
      case 'all': {
        const { to, state } = item
        const resting = (table: typeof posts | typeof cards) =>
          state === 'waiting' ? and(eq(table.state, 'waiting'), isNotNull(table.dueAt)) : eq(table.state, state)
        if ('room' in to) {
          await move(tx, and(eq(posts.room, to.room), resting(posts)), post)
          await moveCards(tx, and(eq(cards.room, to.room), resting(cards)), card)
          await tx.delete(closedRooms).where(eq(closedRooms.room, to.room)).returning({ room: closedRooms.room })
          // Nobody is left to try the room, so those parked do.
          if (deed === 'leave' && state !== 'parked') await release(tx, to.room, now)
        } else await move(tx, and(eq(posts.account, to.account), resting(posts)), post)
      }
    }
  }

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

  async function stuckPosts(now: number): Promise<Stuck[]> {
    const columns = {
      id: posts.id,
      room: posts.room,
      account: posts.account,
      incident: posts.incident,
      state: posts.state,
      createdAt: posts.createdAt,
      error: posts.error,
    }
    const resting = await database.read
      .select(columns)
      .from(posts)
      .where(stuck(posts.state))
      .orderBy(desc(posts.id))
      .limit(mostRows)
    const late = await database.read
      .select(columns)
      .from(posts)
      .where(and(isNotNull(posts.dueAt), lt(posts.createdAt, now - lateMs), isNotNull(posts.error)))
      .orderBy(desc(posts.id))
      .limit(mostRows)
    return [...resting, ...late].flatMap((row): Stuck[] => {
      const to: Destination | null = row.room ? { room: row.room } : row.account ? { account: row.account } : null
      if (!to) return []
      const state = row.state === 'failed' || row.state === 'parked' || row.state === 'kept' ? row.state : null
      const { incident, createdAt: since, error: reason, id } = row
      const plain = { to, what: 'message', incident, count: 1, since, reason } as const
      if (row.state === 'unsure') return [{ ...plain, state: 'unsure', item: { type: 'post', id } }]
      return [{ ...plain, ...together(state ?? 'waiting', to) }]
    })
  }

  async function stuckCards(now: number): Promise<Stuck[]> {
    const late = and(isNotNull(cards.dueAt), lt(cards.since, now - lateMs))
    const [resting, behind] = await Promise.all(
      [stuck(cards.state), late].map(which =>
        database.read.select().from(cards).where(which).orderBy(asc(cards.room)).limit(mostRows),
      ),
    )
    return [...(resting ?? []), ...(behind ?? [])].map((row): Stuck => {
      const { incident, room } = row
      const to = { room }
      const plain = { to, what: 'card', incident, count: 1, since: row.since ?? now, reason: row.error } as const
      if (row.state === 'unsure') return { ...plain, state: 'unsure', item: { type: 'card', incident, room } }
      return { ...plain, ...together(row.state === 'failed' || row.state === 'parked' ? row.state : 'waiting', to) }
    })
  }

  return {
    decide,
    async list(now) {
      const found = [...(await stuckPosts(now)), ...(await stuckCards(now))]
      const groups = new Map<string, Stuck>()
      for (const one of found) {
        const key = one.item.type === 'all' ? `${one.state} ${conversationOf(one.to, null)}` : `${groups.size} alone`
        const before = groups.get(key)
        groups.set(key, before ? joined(before, one) : one)
      }
      return [...groups.values()].sort((one, other) => other.since - one.since)
    },
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

// What waits for longer than that is seen by coordinators.
const lateMs = 10 * 60_000
const firstPause = 30_000
const longestPause = 10 * 60_000
const mostRows = 300

function together(state: Exclude<Stuck['state'], 'unsure'>, to: Destination) {
  return { state, item: { type: 'all', state, to } } as const
}

function joined(one: Stuck, other: Stuck): Stuck {
  return {
    ...one,
    what: one.what === other.what ? one.what : 'message',
    incident: one.incident === other.incident ? one.incident : null,
    count: one.count + other.count,
    since: Math.min(one.since, other.since),
    reason: one.reason ?? other.reason,
  }
}

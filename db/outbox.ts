import {
  aliasedTable,
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  not,
  notInArray,
  or,
  sql,
} from 'drizzle-orm'
import type { Post } from '../workflows/change.ts'
import { lanes } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { AccountId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { rows, type Tx } from './database.ts'
import { conversationOf, type Posts } from './posts.ts'
import { type SendState, stuck } from './tables.work.ts'
import { slot, written } from './write.ts'

/** A post on its way. */
export type DuePost = Post & {
  readonly id: number
  readonly state: 'sending' | 'unknown' | 'again'
  readonly attempts: number
  readonly createdAt: number
  /** The account it was for, if it had to go to another one of the same person. */
  readonly first: AccountId | null
}

/**
 * One try to send a post. What became of it counts only while it is the latest: a process that was stopped in the midst
 * of it says nothing any more of what another has taken over. That it was sent, is true whoever did it.
 */
export type Try = Pick<DuePost, 'id' | 'attempts'>

/** A post whose turn it is, before it is leased. */
export type PostTurn = {
  readonly id: number
  readonly room: RoomId | null
  readonly account: AccountId | null
  readonly lane: number
}

/** Where posts can go now; for accounts that are `quiet` only what goes out at any time. */
export type Reach = {
  readonly rooms: readonly RoomId[]
  readonly accounts: readonly PlatformName[]
  readonly quiet?: readonly AccountId[]
}

/** The posts: said once each, in order within a thread or conversation, most urgent first between them. */
export interface OutboxStore {
  /** Adds posts outside of an incident change; a key that exists is left alone. Returns how many were new. */
  add(posts: readonly Post[], now: number): Promise<number>
  exists(key: string): Promise<boolean>
  /** Where the post of that key stands; null where it does not, or nobody knows. */
  message(key: string): Promise<MessageRef | null>
  /**
   * Posts whose turn it is: lane order; a thread post only once its incident's card stands in that room; within one
   * thread in order of creation, unless the earlier one came to rest; in a room or direct conversation what is more
   * urgent goes first.
   */
  due(reach: Reach, now: number, limit: number): Promise<readonly PostTurn[]>
  /**
   * Leases those of these that are still due, marking them `sending` durably before they are returned; `unknown` if an
   * earlier try has no outcome, `again` if that one was the second.
   */
  take(ids: readonly number[], now: number, leaseMs: number): Promise<readonly DuePost[]>
  sent(id: number, message: MessageRef, now: number): Promise<void>
  /** Surely not sent: to be tried at `retryAt`, or given up (null); `counted` false: as if it had not been tried. */
  failed(post: Try, reason: string, retryAt: number | null, counted?: boolean): Promise<void>
  /** Perhaps sent: to be looked up at `retryAt`. */
  unknown(post: Try, reason: string, retryAt: number): Promise<void>
  /** It is about to be sent a second time without knowing of the first. */
  again(post: Try): Promise<void>
  /**
   * It came to rest without being sent: nobody knows if it arrived, its room or person cannot be written to, or it need
   * not go there (`left`).
   */
  rest(post: Try, how: 'unsure' | 'parked' | 'kept' | 'left', reason: string): Promise<void>
  /** Surely not sent there: it goes to another account of the same person, due at once. */
  turn(post: Try & Pick<DuePost, 'first'>, from: AccountId, to: AccountId, now: number): Promise<void>
  /** How it stands with the posts under these keys, in any order. */
  states(keys: readonly string[]): Promise<readonly SendState[]>
  /** How many wait, have no outcome yet, or came to rest without being sent (`failed`). */
  counts(): Promise<{ waiting: number; unknown: number; failed: number; oldestWaitingAt: number | null }>
}

/** The posts on their way. */
export function outboxStore({ database, seal, tables: { posts, cards, accounts } }: Base, kept: Posts): OutboxStore {
  const earlier = aliasedTable(posts, 'earlier')

  function candidates(where: Required<Reach>, now: number, limit: number) {
    const room = inArray(posts.room, [...where.rooms])
    // The account may be gone; then whoever delivers must come to know. Looked up for each post: a list of all accounts
    // would be made anew for every look.
    const elsewhere = database.read
      .select({ one: sql`1` })
      .from(accounts)
      .where(and(eq(accounts.id, posts.account), notInArray(accounts.platform, [...where.accounts])))
    const account = and(isNotNull(posts.account), not(exists(elsewhere)))
    const card = database.read
      .select({ one: sql`1` })
      .from(cards)
      .where(
        and(
          eq(cards.incident, posts.incident),
          eq(cards.room, posts.room),
          // Nobody knows the message of a card that only may stand; what belongs to it stands in the room then.
          or(isNotNull(cards.message), inArray(cards.state, ['unsure', 'sent', 'left'])),
        ),
      )
    // What waits for the end of somebody's quiet hours neither goes out nor stands in the way of what is urgent.
    const quiet = (row: typeof posts | typeof earlier) =>
      where.quiet.length === 0
        ? undefined
        : or(eq(row.anytime, true), isNull(row.account), notInArray(row.account, [...where.quiet]))
    const ahead = database.read
      .select({ one: sql`1` })
      .from(earlier)
      .where(
        and(
          eq(earlier.conversation, posts.conversation),
          lt(earlier.id, posts.id),
          isNotNull(earlier.dueAt),
          // Only within a thread does something urgent wait for what is less so.
          or(eq(posts.thread, true), lte(earlier.lane, posts.lane)),
          quiet(earlier),
          // One whose outcome nobody can tell does not hold up the rest for ever.
          or(ne(earlier.state, 'unknown'), gt(earlier.createdAt, now - unknownBlocksMs)),
        ),
      )
    const reachable = where.accounts.length === 0 ? room : where.rooms.length === 0 ? account : or(room, account)
    return database.read
      .select({ id: posts.id, room: posts.room, account: posts.account, lane: posts.lane })
      .from(posts)
      .where(
        and(
          isNotNull(posts.dueAt),
          lte(posts.dueAt, now),
          reachable,
          quiet(posts),
          or(eq(posts.thread, false), exists(card)),
          not(exists(ahead)),
        ),
      )
      .orderBy(asc(posts.lane), asc(posts.id))
      .limit(limit)
  }

  async function take(tx: Tx, ids: readonly number[], now: number, leaseMs: number): Promise<DuePost[]> {
    const leased = await tx
      .update(posts)
      .set({
        state: sql`case ${posts.state} when 'waiting' then 'sending' when 'again' then 'again' else 'unknown' end`,
        attempts: sql`${posts.attempts} + 1`,
        dueAt: now + leaseMs,
      })
      .where(and(inArray(posts.id, [...ids]), lte(posts.dueAt, now)))
      .returning()
    const keys = await kept.keysOf(
      tx,
      leased.map(row => row.incident),
    )
    const opened: DuePost[] = []
    for (const row of leased.sort((one, other) => one.lane - other.lane || one.id - other.id)) {
      const view = kept.open(row.view, row.incident ? keys.get(row.incident) : undefined)
      if (view) opened.push(postOf(row, view))
      else await giveUp(tx, row.id)
    }
    return opened
  }

  async function giveUp(tx: Tx, id: number): Promise<void> {
    const set = { state: 'failed', dueAt: null, error: 'its words were shredded' } as const
    await tx.update(posts).set(set).where(eq(posts.id, id)).returning({ id: posts.id })
  }

  const sent = written('posts_sent', tx =>
    tx
      .update(posts)
      .set({
        state: sql`'sent'`,
        message: slot('message') as never,
        sentAt: slot('sentAt') as never,
        view: slot('view') as never,
        dueAt: sql`null`,
        error: sql`null`,
      })
      .where(eq(posts.id, slot('id'))),
  )
  const change = ({ id, attempts }: Try, set: Partial<typeof posts.$inferInsert>) =>
    database.transaction(tx =>
      tx
        .update(posts)
        .set(set)
        .where(and(eq(posts.id, id), eq(posts.attempts, attempts), ne(posts.state, 'sent')))
        .returning({ id: posts.id }),
    )

  return {
    add: (list, now) => database.transaction(tx => kept.add(tx, list, now)),
    async exists(key) {
      const [row] = await database.read.select({ id: posts.id }).from(posts).where(eq(posts.key, key))
      return row !== undefined
    },
    async message(key) {
      const [row] = await database.read.select({ message: posts.message }).from(posts).where(eq(posts.key, key))
      return row?.message ? (JSON.parse(seal.text(row.message)) as MessageRef) : null
    },
    async due({ rooms, accounts, quiet = [] }, now, limit) {
      return rooms.length + accounts.length === 0 ? [] : candidates({ rooms, accounts, quiet }, now, limit)
    },
    async take(ids, now, leaseMs) {
      return ids.length === 0 ? [] : database.transaction(tx => take(tx, ids, now, leaseMs))
    },
    async sent(id, message, now) {
      await database.transaction(tx =>
        sent(tx, { id, message: seal.seal(JSON.stringify(message)), sentAt: now, view: nothing }),
      )
    },
    async failed(post, reason, retryAt, counted = true) {
      const uncounted = counted ? {} : { attempts: post.attempts - 1 }
      await change(post, {
        state: retryAt === null ? 'failed' : 'waiting',
        dueAt: retryAt,
        error: reason,
        ...uncounted,
      })
    },
    async unknown(post, reason, retryAt) {
      await change(post, { state: 'unknown', dueAt: retryAt, error: reason })
    },
    async again(post) {
      await change(post, { state: 'again' })
    },
    async rest(post, how, reason) {
      await change(post, {
        state: how,
        dueAt: null,
        error: reason,
        ...(how === 'left' ? { view: nothing, author: null } : {}),
      })
    },
    async turn(post, from, to, now) {
      const fresh = { state: 'waiting', attempts: 0, dueAt: now, error: null } as const
      await change(post, {
        ...fresh,
        account: to,
        conversation: conversationOf({ account: to }, null),
        first: post.first ?? from,
      })
    },
    async states(keys) {
      const rows = await database.read
        .select({ state: posts.state })
        .from(posts)
        .where(inArray(posts.key, [...keys]))
      return rows.map(row => row.state)
    },
    async counts() {
      const [open] = await rows<{ waiting: number; unknown: number; oldest: number | null }>(
        database.read,
        sql`select count(*) as waiting,
          coalesce(sum(case when ${posts.state} = 'unknown' then 1 else 0 end), 0) as unknown,
          min(${posts.createdAt}) as oldest from ${posts} where ${posts.dueAt} is not null`,
      )
      const [given] = await rows<{ failed: number }>(
        database.read,
        sql`select count(*) as failed from ${posts} where ${stuck(posts.state)}`,
      )
      const { waiting = 0, unknown = 0, oldest = null } = open ?? {}
      return { waiting: waiting - unknown, unknown, failed: given?.failed ?? 0, oldestWaitingAt: oldest }
    },
  }

  function postOf(row: typeof posts.$inferSelect, view: Post['view']): DuePost {
    const { id, key, incident, thread, attempts, createdAt, first } = row
    const to = row.room ? { room: row.room } : { account: row.account as NonNullable<typeof row.account> }
    const lane = lanes[row.lane] ?? 'talk'
    const state = row.state === 'unknown' || row.state === 'again' ? row.state : 'sending'
    return { id, key, to, incident, thread, lane, view, state, attempts, createdAt, first }
  }
}

const unknownBlocksMs = 600_000
const nothing = Buffer.alloc(0)

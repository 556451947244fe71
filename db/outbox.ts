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
import { type Base, unheld } from './base.ts'
import { type Read, rows, type Tx } from './database.ts'
import type { Posts } from './posts.ts'
import { slot, written } from './write.ts'

/** A post on its way. */
export type DuePost = Post & {
  readonly id: number
  readonly state: 'sending' | 'unknown'
  readonly attempts: number
  readonly createdAt: number
}

/** The posts: said once each, in order within a thread or conversation, most urgent first between them. */
export interface OutboxStore {
  /** Adds posts outside of an incident change; a key that exists is left alone. Returns how many were new. */
  add(posts: readonly Post[], now: number): Promise<number>
  exists(key: string): Promise<boolean>
  /**
   * Leases due posts whose turn it is and marks them `sending` durably before they are returned: lane order; a thread
   * post only once its incident's card stands in that room; within one thread or conversation in order of creation,
   * unless the earlier one failed. For accounts that are `quiet` now only what goes out at any time.
   */
  lease(
    rooms: readonly RoomId[],
    accounts: readonly PlatformName[],
    now: number,
    leaseMs: number,
    limit: number,
    quiet?: readonly AccountId[],
  ): Promise<readonly DuePost[]>
  sent(id: number, message: MessageRef, now: number): Promise<void>
  /** Surely not sent: to be tried at `retryAt`, or given up (null) with the reason. */
  failed(id: number, reason: string, retryAt: number | null): Promise<void>
  /** Perhaps sent: to be looked up at `retryAt`. */
  unknown(id: number, reason: string, retryAt: number): Promise<void>
  counts(): Promise<{ waiting: number; unknown: number; failed: number; oldestWaitingAt: number | null }>
}

/** The posts on their way. */
export function outboxStore({ database, seal, tables: { posts, cards, accounts } }: Base, kept: Posts): OutboxStore {
  const earlier = aliasedTable(posts, 'earlier')

  function candidates(handle: Read, where: Where, now: number, limit: number) {
    const room = inArray(posts.room, [...where.rooms])
    // The account may be gone; then whoever delivers must come to know.
    const elsewhere = handle
      .select({ id: accounts.id })
      .from(accounts)
      .where(notInArray(accounts.platform, [...where.accounts]))
    const account = and(isNotNull(posts.account), not(inArray(posts.account, elsewhere)))
    const card = handle
      .select({ one: sql`1` })
      .from(cards)
      .where(and(eq(cards.incident, posts.incident), eq(cards.room, posts.room), isNotNull(cards.message)))
    // What waits for the end of somebody's quiet hours neither goes out nor stands in the way of what is urgent.
    const quiet = (row: typeof posts | typeof earlier) =>
      where.quiet.length === 0
        ? undefined
        : or(eq(row.anytime, true), isNull(row.account), notInArray(row.account, [...where.quiet]))
    const ahead = handle
      .select({ one: sql`1` })
      .from(earlier)
      .where(
        and(
          eq(earlier.conversation, posts.conversation),
          lt(earlier.id, posts.id),
          isNotNull(earlier.dueAt),
          quiet(earlier),
          // One whose outcome nobody can tell does not hold up the rest for ever.
          or(ne(earlier.state, 'unknown'), gt(earlier.createdAt, now - unknownBlocksMs)),
        ),
      )
    const reachable = where.accounts.length === 0 ? room : where.rooms.length === 0 ? account : or(room, account)
    return handle
      .select({ id: posts.id })
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

  async function take(tx: Tx, where: Where, now: number, leaseMs: number, limit: number): Promise<DuePost[]> {
    const due = await unheld(candidates(tx, where, now, limit), posts)
    if (due.length === 0) return []
    const ids = due.map(row => row.id)
    const leased = await tx
      .update(posts)
      .set({
        state: sql`case when ${posts.state} = 'waiting' then 'sending' else 'unknown' end`,
        attempts: sql`${posts.attempts} + 1`,
        dueAt: now + leaseMs,
      })
      .where(and(inArray(posts.id, ids), lte(posts.dueAt, now)))
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
  const change = (id: number, set: Partial<typeof posts.$inferInsert>) =>
    database.transaction(tx =>
      tx
        .update(posts)
        .set(set)
        .where(and(eq(posts.id, id), ne(posts.state, 'sent')))
        .returning({ id: posts.id }),
    )

  return {
    add: (list, now) => database.transaction(tx => kept.add(tx, list, now)),
    async exists(key) {
      const [row] = await database.read.select({ id: posts.id }).from(posts).where(eq(posts.key, key))
      return row !== undefined
    },
    async lease(rooms, accounts, now, leaseMs, limit, quiet = []) {
      const where = { rooms, accounts, quiet }
      if (rooms.length + accounts.length === 0) return []
      // A look first: without anything due, no transaction is begun.
      if ((await candidates(database.read, where, now, 1)).length === 0) return []
      return database.transaction(tx => take(tx, where, now, leaseMs, limit))
    },
    async sent(id, message, now) {
      await database.transaction(tx =>
        sent(tx, { id, message: seal.seal(JSON.stringify(message)), sentAt: now, view: nothing }),
      )
    },
    async failed(id, reason, retryAt) {
      await change(id, { state: retryAt === null ? 'failed' : 'waiting', dueAt: retryAt, error: reason })
    },
    async unknown(id, reason, retryAt) {
      await change(id, { state: 'unknown', dueAt: retryAt, error: reason })
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
        sql`select count(*) as failed from ${posts} where ${posts.state} = 'failed'`,
      )
      const { waiting = 0, unknown = 0, oldest = null } = open ?? {}
      return { waiting: waiting - unknown, unknown, failed: given?.failed ?? 0, oldestWaitingAt: oldest }
    },
  }

  function postOf(row: typeof posts.$inferSelect, view: Post['view']): DuePost {
    const { id, key, incident, thread, attempts, createdAt } = row
    const to = row.room ? { room: row.room } : { account: row.account as NonNullable<typeof row.account> }
    const lane = lanes[row.lane] ?? 'talk'
    const state = row.state === 'unknown' ? 'unknown' : 'sending'
    return { id, key, to, incident, thread, lane, view, state, attempts, createdAt }
  }
}

type Where = {
  readonly rooms: readonly RoomId[]
  readonly accounts: readonly PlatformName[]
  readonly quiet: readonly AccountId[]
}

const unknownBlocksMs = 600_000
const nothing = Buffer.alloc(0)

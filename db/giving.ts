import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { broadcastPostKey, type RecipientKey } from '../workflows/broadcast.ts'
import { lanes, type Post } from '../workflows/change.ts'
import type { AccountId, BroadcastId, PlatformName } from '../workflows/ids.ts'
import { aside, type Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'
import type { PutOff, RecipientStore, Waiting } from './recipients.ts'

/** One who goes to the outbox now: the post goes `to`, as the turn after those that `waiting` has. */
export type Giving = {
  readonly waiting: Pick<Waiting, 'key' | 'turn'>
  readonly platform: PlatformName
  /** How many corrections there were when it was given: whoever gets it first by then needs none of them. */
  readonly wave?: number
} & Pick<Post, 'to' | 'lane' | 'view' | 'anytime'>

type Given = Pick<RecipientStore, 'give' | 'onItsWay' | 'putOff' | 'putBack' | 'drop' | 'settle'> & {
  /** Runs it on some at a time, each time in a transaction of its own; gives the sum. */
  inBatches<T>(list: readonly T[], run: (tx: Tx, some: readonly T[]) => Promise<number>): Promise<number>
}

/** How recipients come into the outbox, and out of it again: a row and its post always in one transaction. */
export function givings({ database, tables }: Base, kept: Posts): Given {
  const { recipients, posts, accounts, rooms } = tables
  const { read } = database
  const own = { key: recipients.key }
  const of = (id: BroadcastId) => eq(recipients.broadcast, id)

  async function inBatches<T>(list: readonly T[], run: (tx: Tx, some: readonly T[]) => Promise<number>) {
    let count = 0
    for (let start = 0; start < list.length; start += atOnce) {
      count += await database.transaction(tx => run(tx, list.slice(start, start + atOnce)))
    }
    return count
  }

  async function give(tx: Tx, id: BroadcastId, list: readonly Giving[], now: number): Promise<number> {
    const made: Post[] = []
    for (const [turn, some] of Map.groupBy(list, one => one.waiting.turn)) {
      const places = new Map<RecipientKey, Giving>(some.map(one => [one.waiting.key, one]))
      const silent = and(eq(recipients.state, 'given'), isNull(recipients.answeredAt))
      const was = and(eq(recipients.turn, turn), turn === 0 ? eq(recipients.state, 'waiting') : silent)
      const wave = Math.min(...some.map(one => one.wave ?? 0))
      const seen = turn === 0 && wave > 0 ? { wave } : {}
      const moved = await tx
        .update(recipients)
        .set({ state: 'given', turn: turn + 1, givenAt: now, post: postOf(id, turn + 1), ...seen })
        .where(and(of(id), inArray(recipients.key, [...places.keys()]), was))
        .returning({ key: recipients.key, platform: recipients.platform, account: recipients.account })
      for (const row of moved) {
        const one = places.get(row.key)
        if (!one) continue
        const { to, lane, view, anytime = false, platform } = one
        const account = 'account' in to ? to.account : null
        if (row.platform !== platform || row.account !== account) await move(tx, id, row.key, platform, account)
        const key = broadcastPostKey(id, 0, row.key, turn + 1)
        made.push({ key, to, incident: null, thread: false, lane, view, anytime })
      }
      const before = moved.map(row => broadcastPostKey(id, 0, row.key, turn))
      if (turn > 0) await leaveIn(tx, before, 'it goes to another account')
    }
    await kept.add(tx, made, now)
    return made.length
  }

  /** The key of the post that carries it at that turn, as `broadcastPostKey` makes it. */
  function postOf(id: BroadcastId, turn: number) {
    return sql<string>`${`cast:${id}:0:`} || ${recipients.key} || ${`:${turn}`}`
  }

  async function move(tx: Tx, id: BroadcastId, key: RecipientKey, platform: PlatformName, account: AccountId | null) {
    const row = and(of(id), eq(recipients.key, key))
    await tx.update(recipients).set({ platform, account }).where(row).returning(own)
  }

  /** What nobody has begun to send is left. */
  async function leaveIn(tx: Tx, keys: readonly string[], reason: string): Promise<number> {
    const left = await tx
      .update(posts)
      .set({ state: 'left', dueAt: null, error: reason, view: Buffer.alloc(0), author: null })
      .where(and(inArray(posts.key, [...keys]), eq(posts.state, 'waiting')))
      .returning({ id: posts.id })
    return left.length
  }

  /** Who was never sent it waits again; of who had it through another account the later one is forgotten. */
  async function unGive(tx: Tx, keys: readonly string[]): Promise<number> {
    const gone = await tx
      .delete(posts)
      .where(and(inArray(posts.key, [...keys]), eq(posts.state, 'waiting')))
      .returning({ key: posts.key })
    if (gone.length === 0) return 0
    const rows = await tx
      .select({ broadcast: recipients.broadcast, key: recipients.key, turn: recipients.turn })
      .from(recipients)
      .where(
        inArray(
          recipients.post,
          gone.map(post => post.key),
        ),
      )
    for (const [id, some] of Map.groupBy(rows, row => row.broadcast)) {
      for (const [turn, same] of Map.groupBy(some, row => row.turn)) {
        const keysOf = same.map(row => row.key)
        const set =
          turn === 1
            ? ({ state: 'waiting', turn: 0, post: null, givenAt: null } as const)
            : { turn: turn - 1, post: postOf(id, turn - 1) }
        await tx
          .update(recipients)
          .set(set)
          .where(and(of(id), inArray(recipients.key, keysOf)))
          .returning(own)
      }
    }
    return gone.length
  }

  return {
    inBatches,
    give: (id, list, now) => inBatches(list, (tx, some) => give(tx, id, some, now)),
    putBack: keys => inBatches(keys, unGive),
    async onItsWay(limit) {
      const found = await read
        .select({
          ...{ key: posts.key, account: posts.account, state: posts.state },
          ...{ of: accounts.platform, in: rooms.platform, first: recipients.first },
        })
        .from(posts)
        .leftJoin(accounts, eq(accounts.id, posts.account))
        .leftJoin(rooms, eq(rooms.id, posts.room))
        .leftJoin(recipients, eq(recipients.post, posts.key))
        // The key's own index holds every post that ever was.
        .where(and(isNotNull(posts.dueAt), inArray(posts.lane, castLanes), sql`${aside(posts.key)} like 'cast:%:0:%'`))
        .orderBy(asc(posts.lane), asc(posts.id))
        .limit(limit)
      return found.map(({ key, account, state, first, ...where }) => ({
        ...{ key, account, platform: where.of ?? where.in, first: first ?? false, waits: state === 'waiting' },
      }))
    },
    async putOff(id, now) {
      const own = sql`${aside(posts.key)} like ${`cast:${id}:0:%`}`
      const found = await read
        .select({
          ...{ of: accounts.platform, in: rooms.platform },
          since: sql<number>`min(${posts.createdAt})`.mapWith(Number),
          until: sql<number>`min(${posts.dueAt})`.mapWith(Number),
        })
        .from(posts)
        .leftJoin(accounts, eq(accounts.id, posts.account))
        .leftJoin(rooms, eq(rooms.id, posts.room))
        .where(and(isNotNull(posts.dueAt), inArray(posts.lane, castLanes), own))
        .groupBy(accounts.platform, rooms.platform)
      const all = found.flatMap(({ since, until, ...where }) => {
        const platform = where.of ?? where.in
        return platform ? [{ platform, since, until }] : []
      })
      return [...Map.groupBy(all, one => one.platform)].flatMap(([platform, some]): PutOff[] => {
        const [since, until] = [Math.min(...some.map(one => one.since)), Math.min(...some.map(one => one.until))]
        return until > now + soonMs ? [{ platform, since, until }] : []
      })
    },
    async drop(id, why) {
      const waiting = and(of(id), eq(recipients.state, 'waiting'))
      const dropped = await database.transaction(tx =>
        tx.update(recipients).set({ state: 'dropped', error: why }).where(waiting).returning(own),
      )
      const pending = await read
        .select({ key: posts.key })
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(and(of(id), eq(recipients.state, 'given'), eq(posts.state, 'waiting')))
      const keys = pending.map(row => row.key)
      return dropped.length + (await inBatches(keys, (tx, some) => leaveIn(tx, some, why)))
    },
    async settle(id) {
      const over = and(isNull(posts.dueAt), ne(posts.state, 'sent'))
      const rested = await read
        .select({ key: recipients.key, turn: recipients.turn, post: posts.key })
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(and(of(id), gt(recipients.turn, 1), eq(recipients.state, 'given'), over))
      await inBatches(rested, async (tx, some) => {
        for (const { key, turn, post } of some) {
          const earlier = Array.from({ length: turn - 1 }, (_, at) => broadcastPostKey(id, 0, key, at + 1))
          const [sent] = await tx
            .select({ key: posts.key })
            .from(posts)
            .where(and(inArray(posts.key, earlier), eq(posts.state, 'sent')))
            .limit(1)
          const row = and(of(id), eq(recipients.key, key), eq(recipients.post, post))
          if (sent) await tx.update(recipients).set({ post: sent.key }).where(row).returning(own)
        }
        return some.length
      })
    },
  }
}

const atOnce = 100
// A pause between two tries, or a lease, is no limit.
const soonMs = 90_000
const castLanes = [lanes.indexOf('S4'), lanes.indexOf('broadcast')]

import { and, asc, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { type BroadcastState, broadcastPostKey, type Recipient, type RecipientKey } from '../workflows/broadcast.ts'
import type { AccountId, BroadcastId, PlatformName } from '../workflows/ids.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import { type Giving, givings } from './giving.ts'
import type { Posts } from './posts.ts'

/** One who is put on the list of a broadcast, at the place `rank`; `error`: why they are not to be had. */
export type Listed = Recipient & {
  readonly account: AccountId | null
  readonly rank: number
  readonly state: 'waiting' | 'unreachable' | 'stopped'
  readonly error: string | null
}

/** One who waits for their turn, or for another account; `turn` accounts were tried. */
export type Waiting = Pick<Recipient, 'key' | 'person' | 'room' | 'platform' | 'first'> & {
  readonly account: AccountId | null
  readonly rank: number
  readonly turn: number
  readonly givenAt: number | null
}

/** A broadcast's post that has not come to rest; it `waits` until somebody begins to send it. */
export type OnItsWay = {
  readonly key: string
  readonly platform: PlatformName | null
  readonly account: AccountId | null
  /** Nobody has written to that account before. */
  readonly first: boolean
  readonly waits: boolean
}

/** A platform that takes nothing for a while (epoch ms). */
export type PutOff = { readonly platform: PlatformName; readonly since: number; readonly until: number }

/** The lists of who is to get a broadcast, and how they are worked off. What became of each is told by its post. */
export interface RecipientStore {
  /**
   * Puts them on the list; whoever stands on it is left as they are. Null, and nobody is put there, once it has begun
   * (or is gone): a list is whole from then on. Else how many were new.
   */
  add(id: BroadcastId, list: readonly Listed[]): Promise<number | null>
  /** Empties the list of a broadcast that has not begun. */
  clear(id: BroadcastId): Promise<void>
  /** Those who wait for their turn on that platform and come after that rank, in order. */
  waiting(id: BroadcastId, platform: PlatformName, after: number, limit: number): Promise<readonly Waiting[]>
  /** On which platforms somebody waits. */
  platforms(id: BroadcastId): Promise<readonly PlatformName[]>
  /**
   * People who were given it after that moment and no later than `until`, and have not answered, in order of it.
   */
  unanswered(id: BroadcastId, after: number, until: number, limit: number): Promise<readonly Waiting[]>
  /**
   * Gives their posts to the outbox with their rows, each only if its row is as it was. What waits there for them from
   * an earlier turn is left. Returns how many went.
   */
  give(id: BroadcastId, list: readonly Giving[], now: number): Promise<number>
  /** The posts (first wave) of broadcasts that have not come to rest, the most urgent and oldest first. */
  onItsWay(limit: number): Promise<readonly OnItsWay[]>
  /**
   * The platforms on which all that is in the outbox of it was put off, as where a limit was met: since and until when
   * (epoch ms) at the latest nothing of it goes out there.
   */
  putOff(id: BroadcastId, now: number): Promise<readonly PutOff[]>
  /** Whether anybody of it waits, or a post of it is on its way. */
  open(id: BroadcastId): Promise<boolean>
  /** Takes these posts, as far as nobody has begun to send them, out of the outbox: their people wait again. */
  putBack(keys: readonly string[]): Promise<number>
  /** It goes to nobody any more: whoever waits is dropped, and what waits in the outbox is left. Gives how many. */
  drop(id: BroadcastId, why: string): Promise<number>
  /** Drops these, who wait: they left, or wish no more of it (`stopped`). */
  leave(id: BroadcastId, keys: readonly RecipientKey[], state: 'dropped' | 'stopped', why: string): Promise<void>
  /** Whoever was sent it once, and whose later account could not be had, stands as one who was sent it. */
  settle(id: BroadcastId): Promise<void>
  /** The accounts through which somebody was tried. */
  tried(id: BroadcastId, key: RecipientKey, turns: number): Promise<readonly AccountId[]>
}

/** The lists in the database. */
export function recipientStore(base: Base, kept: Posts): RecipientStore {
  const { database, tables } = base
  const { recipients, posts, broadcasts } = tables
  const { read } = database
  const { inBatches, ...giving } = givings(base, kept)
  const own = { key: recipients.key }
  const columns = {
    ...{ key: recipients.key, person: recipients.person, room: recipients.room, platform: recipients.platform },
    ...{ first: recipients.first, account: recipients.account, rank: recipients.rank, turn: recipients.turn },
    givenAt: recipients.givenAt,
  }
  const of = (id: BroadcastId) => eq(recipients.broadcast, id)
  const waits = eq(recipients.state, 'waiting')

  async function isAhead(tx: Tx, id: BroadcastId): Promise<boolean> {
    const standing = tx.select({ state: broadcasts.state }).from(broadcasts).where(eq(broadcasts.id, id))
    const [row] = await held(standing, broadcasts)
    return row !== undefined && ahead.has(row.state)
  }

  return {
    ...giving,
    async add(id, list) {
      let added = 0
      for (let start = 0; start < list.length; start += atOnce) {
        const values = list.slice(start, start + atOnce).map(one => ({ ...one, ...fresh }))
        const count = await database.transaction(async tx => {
          if (!(await isAhead(tx, id))) return null
          return (await tx.insert(recipients).values(values).onConflictDoNothing().returning(own)).length
        })
        if (count === null) return null
        added += count
      }
      return added
    },
    async clear(id) {
      await database.transaction(async tx => {
        if (await isAhead(tx, id)) await tx.delete(recipients).where(of(id)).returning(own)
      })
    },
    waiting(id, platform, after, limit) {
      return read
        .select(columns)
        .from(recipients)
        .where(and(of(id), eq(recipients.platform, platform), gt(recipients.rank, after), waits))
        .orderBy(asc(recipients.rank))
        .limit(limit)
    },
    async platforms(id) {
      const found = await read
        .selectDistinct({ platform: recipients.platform })
        .from(recipients)
        .where(and(of(id), isNotNull(recipients.platform), waits))
      return found.flatMap(row => row.platform ?? [])
    },
    unanswered(id, after, until, limit) {
      const asked = and(eq(recipients.state, 'given'), isNull(recipients.answeredAt), isNotNull(recipients.person))
      return read
        .select(columns)
        .from(recipients)
        .where(and(of(id), asked, gt(recipients.givenAt, after), lte(recipients.givenAt, until)))
        .orderBy(asc(recipients.givenAt))
        .limit(limit)
    },
    async open(id) {
      const [row] = await read
        .select(own)
        .from(recipients)
        .where(and(of(id), waits))
        .limit(1)
      if (row) return true
      const [post] = await read
        .select(own)
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(and(of(id), eq(recipients.state, 'given'), isNotNull(posts.dueAt)))
        .limit(1)
      return post !== undefined
    },
    async tried(id, key, turns) {
      const keys = Array.from({ length: turns }, (_, at) => broadcastPostKey(id, 0, key, at + 1))
      const found = await read
        .select({ account: posts.account, first: posts.first })
        .from(posts)
        .where(inArray(posts.key, keys))
      return found.flatMap(({ account, first }) => [account, first].filter(one => one !== null))
    },
    async leave(id, keys, state, why) {
      await inBatches(keys, async (tx, some) => {
        const set = { state, error: why }
        const rows = await tx
          .update(recipients)
          .set(set)
          .where(and(of(id), inArray(recipients.key, [...some]), waits))
          .returning(own)
        return rows.length
      })
    },
  }
}

const atOnce = 100
// Before it begins its list may be made anew.
const ahead: ReadonlySet<BroadcastState> = new Set(['draft', 'submitted', 'approved', 'held'])
const fresh = { turn: 0, post: null, givenAt: null, wave: 0, nudges: 0, nudgedAt: null, handedAt: null, answer: null }

import { and, asc, count, eq, gte, inArray, isNotNull, isNull, like, lte, min, or, type SQL } from 'drizzle-orm'
import { digestKey, drawnLater, type Post } from '../workflows/change.ts'
import type { IncidentId, PersonId, RoomId } from '../workflows/ids.ts'
import type { Recall } from '../workflows/loss.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'
import type { Recalls } from './recalls.ts'

/** A thread in which lines wait to be told in one message. */
export type DueDigest = { readonly incident: IncidentId; readonly room: RoomId }

/** Lines of talk that a room hears together. */
export interface DigestStore {
  /** Threads in which a line has waited since then (epoch ms) or longer, or in which so many wait. */
  due(since: number, many: number, limit: number): Promise<readonly DueDigest[]>
  /** Makes one message of all that waits in a thread; what it says is looked up when it goes out. */
  tell(due: DueDigest, now: number): Promise<void>
  /** The entries that the message with that key carries, in their order. */
  lines(post: string): Promise<readonly number[]>
}

/** The lines that wait, and what a transaction does to them. */
export type Digests = DigestStore & {
  /** Keeps those of the posts that are told with others; gives the rest. */
  keep(tx: Tx, posts: readonly Post[], now: number): Promise<readonly Post[]>
  /** What was said in an entry reads otherwise now, or (`gone`) not at all. */
  retell(tx: Tx, incident: IncidentId, seq: number, gone: boolean, now: number): Promise<void>
  /** Words of some authors must go from what was told about an incident. */
  recall(tx: Tx, incident: IncidentId, recall: Recall, now: number): Promise<void>
  /** The same for some of what carries this person's words, whatever it is about; gives how many. */
  forget(tx: Tx, person: PersonId, now: number, limit: number): Promise<number>
}

/** The lines in the database. */
export function digestStore({ database, tables }: Base, posts: Posts, recalls: Recalls): Digests {
  const { digests } = tables
  const { read } = database

  async function redraw(tx: Tx, told: SQL | undefined, reason: Recall['reason'] | 'reworded', now: number) {
    const rows = await tx
      .selectDistinct({ post: digests.post })
      .from(digests)
      .where(and(told, isNotNull(digests.post)))
    const keys = rows.flatMap(row => row.post ?? [])
    if (keys.length > 0) await recalls.askPosts(tx, messagesOf(tables.posts.key, keys), reason, now)
  }

  return {
    async keep(tx, list, now) {
      const rows = list.flatMap(({ digest, to, incident, author = null }) =>
        digest !== undefined && incident && 'room' in to
          ? [{ room: to.room, incident, seq: digest, person: author, at: now, post: null }]
          : [],
      )
      if (rows.length === 0) return list
      await tx.insert(digests).values(rows).onConflictDoNothing().returning({ seq: digests.seq })
      return list.filter(post => post.digest === undefined)
    },
    async due(since, many, limit) {
      return read
        .select({ incident: digests.incident, room: digests.room })
        .from(digests)
        .where(isNull(digests.post))
        .groupBy(digests.incident, digests.room)
        .having(or(lte(min(digests.at), since), gte(count(), many)))
        .limit(limit)
    },
    async tell({ incident, room }, now) {
      await database.transaction(async tx => {
        const waiting = and(eq(digests.incident, incident), eq(digests.room, room), isNull(digests.post))
        // Whoever tells them at the same moment is waited for, and leaves nothing to be told.
        const rows = await held(tx.select({ seq: digests.seq }).from(digests).where(waiting), digests)
        const seqs = rows.map(row => row.seq)
        if (seqs.length === 0) return
        const key = digestKey(incident, room, Math.min(...seqs))
        await tx
          .update(digests)
          .set({ post: key })
          .where(and(waiting, inArray(digests.seq, seqs)))
          .returning({ seq: digests.seq })
        const post: Post = { key, to: { room }, incident, thread: true, lane: 'talk', view: drawnLater }
        await posts.add(tx, [post], now)
      })
    },
    async lines(post) {
      const rows = await read
        .select({ seq: digests.seq })
        .from(digests)
        .where(eq(digests.post, post))
        .orderBy(asc(digests.seq))
      return rows.map(row => row.seq)
    },
    async retell(tx, incident, seq, gone, now) {
      const own = and(eq(digests.incident, incident), eq(digests.seq, seq))
      await redraw(tx, own, 'reworded', now)
      if (gone)
        await tx
          .delete(digests)
          .where(and(own, isNull(digests.post)))
          .returning({ seq: digests.seq })
    },
    async recall(tx, incident, { authors, reason }, now) {
      if (authors !== 'all' && authors.length === 0) return
      const by = authors === 'all' ? undefined : inArray(digests.person, [...authors])
      await redraw(tx, and(eq(digests.incident, incident), by), authors === 'all' ? reason : 'reworded', now)
      // What is over its time is told no more, and nobody asks again what it said.
      if (reason === 'expired')
        await tx.delete(digests).where(eq(digests.incident, incident)).returning({ seq: digests.seq })
    },
    async forget(tx, person, now, limit) {
      const rows = await tx
        .select({ room: digests.room, incident: digests.incident, seq: digests.seq })
        .from(digests)
        .where(eq(digests.person, person))
        .limit(limit)
      for (const { room, incident, seq } of rows) {
        const one = and(eq(digests.room, room), eq(digests.incident, incident), eq(digests.seq, seq))
        await redraw(tx, one, 'reworded', now)
        await tx.update(digests).set({ person: null }).where(one).returning({ seq: digests.seq })
      }
      return rows.length
    },
  }
}

/** In a query: the messages with these keys, and those that had to take their place. */
function messagesOf(column: Base['tables']['posts']['key'], keys: readonly string[]): SQL | undefined {
  return or(inArray(column, [...keys]), ...keys.map(key => like(column, `${key}:%`)))
}

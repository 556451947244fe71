import { and, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { BroadcastState } from '../workflows/broadcast.ts'
import type { Post } from '../workflows/change.ts'
import type { BroadcastId, PlatformName, RegionCode } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Posts } from './posts.ts'
import type { Recalls } from './recalls.ts'

/** How the live message of a broadcast stands: what it shows, and how often it was drawn anew. */
export type ProgressRow = {
  readonly broadcast: BroadcastId
  /** The keys of the posts that carry it. */
  readonly posts: readonly string[]
  readonly round: number
  /** How often where a message can be changed only a few times. */
  readonly few: number
  readonly shown: string
  readonly step: string
  readonly drawnAt: number
}

/** What it comes to show, in the posts of these keys; `few`: also where that counts. */
export type Drawing = Pick<ProgressRow, 'shown' | 'step'> & { readonly keys: readonly string[]; readonly few: boolean }

/** The live messages of broadcasts, whichever process draws them. */
export interface ProgressStore {
  /** The broadcasts that have begun, or ended, and whose live message is still looked after, or is to be begun. */
  watched(limit: number): Promise<readonly BroadcastId[]>
  /** How it stands with one; null before it was begun. */
  find(id: BroadcastId): Promise<ProgressRow | null>
  /** Begins it with these posts; without any, nothing more comes of it. Somebody else's beginning stands. */
  begin(id: BroadcastId, posts: readonly Post[], now: number): Promise<void>
  /** Has it drawn anew, once it stands; false: somebody else has just done that. */
  draw(row: ProgressRow, drawing: Drawing, now: number): Promise<boolean>
  /** Nothing more is to be expected of it. */
  close(id: BroadcastId, now: number): Promise<void>
  /** How many posts of the broadcast went out on each platform since then (epoch ms). */
  gone(id: BroadcastId, since: number): Promise<readonly { platform: PlatformName; count: number }[]>
  /** The regions of those on its list, two at most. */
  regions(id: BroadcastId): Promise<readonly (RegionCode | null)[]>
}

/** The live messages in the database. */
export function progressStore({ database, tables }: Base, posts: Posts, recalls: Recalls): ProgressStore {
  const { read } = database
  const { broadcasts, progress, recipients, accounts, rooms } = tables
  const sent = tables.posts

  return {
    async watched(limit) {
      const closed = read
        .select({ one: sql`1` })
        .from(progress)
        .where(and(eq(progress.broadcast, broadcasts.id), isNotNull(progress.closedAt)))
      const rows = await read
        .select({ id: broadcasts.id })
        .from(broadcasts)
        .where(and(inArray(broadcasts.state, begun), notExists(closed)))
        .limit(limit)
      return rows.map(row => row.id)
    },
    async find(id) {
      const [row] = await read.select().from(progress).where(eq(progress.broadcast, id))
      if (!row) return null
      const { closedAt: _, ...rest } = row
      return rest
    },
    async begin(id, list, now) {
      await database.transaction(async tx => {
        const keys = list.map(post => post.key)
        const fresh = { round: 0, few: 0, shown: '', step: '', drawnAt: now }
        const made = await tx
          .insert(progress)
          .values({ broadcast: id, posts: keys, ...fresh, closedAt: keys.length === 0 ? now : null })
          .onConflictDoNothing()
          .returning({ id: progress.broadcast })
        if (made.length > 0) await posts.add(tx, list, now)
      })
    },
    draw({ broadcast, round, few }, { shown, step, keys, few: counts }, now) {
      return database.transaction(async tx => {
        const drawn = await tx
          .update(progress)
          .set({ shown, drawnAt: now, round: round + 1, ...(counts ? { step, few: few + 1 } : {}) })
          .where(and(eq(progress.broadcast, broadcast), eq(progress.round, round), isNull(progress.closedAt)))
          .returning({ id: progress.broadcast })
        if (drawn.length === 0) return false
        if (keys.length > 0) await recalls.askPosts(tx, inArray(sent.key, [...keys]), 'progress', now)
        return true
      })
    },
    async close(id, now) {
      const set = { closedAt: now }
      await database.transaction(tx =>
        tx.update(progress).set(set).where(eq(progress.broadcast, id)).returning({ id: progress.broadcast }),
      )
    },
    async gone(id, since) {
      const platform = sql<PlatformName>`coalesce(${accounts.platform}, ${rooms.platform})`
      const rows = await read
        .select({ platform, count: sql<number>`count(*)`.mapWith(Number) })
        .from(recipients)
        .innerJoin(sent, eq(sent.key, recipients.post))
        .leftJoin(accounts, eq(accounts.id, sent.account))
        .leftJoin(rooms, eq(rooms.id, sent.room))
        .where(and(eq(recipients.broadcast, id), eq(sent.state, 'sent'), gt(sent.sentAt, since)))
        .groupBy(platform)
      return rows.filter(row => row.platform !== null)
    },
    async regions(id) {
      const rows = await read
        .selectDistinct({ region: recipients.region })
        .from(recipients)
        .where(eq(recipients.broadcast, id))
        .limit(2)
      return rows.map(row => row.region)
    },
  }
}

// Those that ended may have begun before: what they say of themselves tells.
const begun: BroadcastState[] = ['sending', 'paused', 'sent', 'cancelled', 'expired']

import {
  and,
  asc,
  count,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  notInArray,
  or,
  sql,
} from 'drizzle-orm'
import type { IncidentId } from '../workflows/ids.ts'
import { type Clearing, clearings, type Status } from '../workflows/incident.ts'
import { asidesOf } from './asides.ts'
import type { Base } from './base.ts'

/** Which ended incidents to look for: those whose next step this is, or those of which nothing need be kept. */
export type Stage = Clearing | 'noise'

/** What is over its time. Times are epoch ms. */
export interface RetentionStore {
  /** When everything was last cleared away; null if never. */
  lastRun(): Promise<number | null>
  ran(at: number): Promise<void>
  /** Some ended incidents of a stage with no news since `before`, by id, after that id. */
  due(stage: Stage, before: number, limit: number, after?: IncidentId): Promise<readonly IncidentId[]>
  /** How many there are. */
  count(stage: Stage, before: number): Promise<number>
  /**
   * Clears a stretch of what is left of messages before that moment: answers that were kept, where posts stand (those
   * whose words could still be called back excepted). What nobody has worked on stays. Gives the cursor to go on with;
   * null at the end.
   */
  messages(before: number, cursor: string | null): Promise<string | null>
  /** Deletes what people wrote beside incidents before that moment: reasons, ratings, descriptions. */
  asides(before: number): Promise<void>
  /** Deletes messages of the practice workspace from before that moment; gives how many. */
  practice(before: number, limit: number): Promise<number>
}

/** What is over its time, in the database. */
export function retentionStore(base: Base): RetentionStore {
  const { database, tables } = base
  const { settings, incidents, inbox, posts, digests, practiceMessages } = tables
  const { read } = database
  const noise: Status[] = ['withdrawn', 'dismissed']

  function of(stage: Stage, before: number) {
    const old = and(isNotNull(incidents.endedAt), lte(incidents.endedAt, before))
    if (stage === 'noise') return and(old, lt(incidents.cleared, clearings.length), inArray(incidents.status, noise))
    return and(old, eq(incidents.cleared, clearings.indexOf(stage)), notInArray(incidents.status, noise))
  }

  async function clearInbox(before: number, after: string): Promise<string | null> {
    const rows = await read
      .select({ key: inbox.key, at: inbox.receivedAt })
      .from(inbox)
      .where(gt(inbox.key, after))
      .orderBy(asc(inbox.key))
      .limit(stretch)
    const keys = rows.filter(row => row.at < before).map(row => row.key)
    if (keys.length > 0)
      await database.transaction(tx =>
        tx
          .update(inbox)
          .set({ answer: null, raw: null, person: null, dueAt: null })
          .where(
            and(
              inArray(inbox.key, keys),
              lt(inbox.receivedAt, before),
              // What nobody has worked on yet waits for that, or for somebody who leaves it.
              or(isNotNull(inbox.handledAt), isNull(inbox.raw)),
              or(isNotNull(inbox.answer), isNotNull(inbox.raw), isNotNull(inbox.person)),
            ),
          )
          .returning({ key: inbox.key }),
      )
    return rows.length === stretch ? `inbox ${rows.at(-1)?.key}` : null
  }

  async function clearPosts(before: number, after: number): Promise<string | null> {
    const rows = await read
      .select({ id: posts.id, createdAt: posts.createdAt })
      .from(posts)
      .where(gt(posts.id, after))
      .orderBy(asc(posts.id))
      .limit(stretch)
    const ids = rows.filter(row => row.createdAt < before).map(row => row.id)
    // What several people said stands there.
    const told = exists(read.select({ one: sql`1` }).from(digests).where(eq(digests.post, posts.key)))
    if (ids.length > 0)
      await database.transaction(tx =>
        tx
          .update(posts)
          .set({ message: null, view: Buffer.alloc(0) })
          .where(
            and(inArray(posts.id, ids), isNull(posts.dueAt), isNull(posts.author), isNotNull(posts.message), not(told)),
          )
          .returning({ id: posts.id }),
      )
    const last = rows.at(-1)
    // What came after it is younger still.
    return last && rows.length === stretch && last.createdAt < before ? `posts ${last.id}` : null
  }

  return {
    asides: asidesOf(base).clear,
    async lastRun() {
      const [row] = await read.select().from(settings).where(eq(settings.key, ranKey))
      return row ? Number(row.value) : null
    },
    async ran(at) {
      const value = String(at)
      await database.transaction(tx =>
        tx
          .insert(settings)
          .values({ key: ranKey, value })
          .onConflictDoUpdate({ target: settings.key, set: { value } })
          .returning({ key: settings.key }),
      )
    },
    async due(stage, before, limit, after = '' as IncidentId) {
      const rows = await read
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(of(stage, before), gt(incidents.id, after)))
        .orderBy(asc(incidents.id))
        .limit(limit)
      return rows.map(row => row.id)
    },
    async count(stage, before) {
      const [row] = await read.select({ total: count() }).from(incidents).where(of(stage, before))
      return row?.total ?? 0
    },
    async messages(before, cursor) {
      if (cursor?.startsWith('posts ')) return clearPosts(before, Number(cursor.slice('posts '.length)))
      return (await clearInbox(before, cursor?.slice('inbox '.length) ?? '')) ?? 'posts 0'
    },
    async practice(before, limit) {
      return database.transaction(async tx => {
        const old = tx
          .select({ id: practiceMessages.id })
          .from(practiceMessages)
          .where(sql`${practiceMessages.changedAt} < ${before}`)
          .limit(limit)
        const rows = await tx
          .delete(practiceMessages)
          .where(inArray(practiceMessages.id, old))
          .returning({ id: practiceMessages.id })
        return rows.length
      })
    },
  }
}

const ranKey = 'retention'
const stretch = 1_000

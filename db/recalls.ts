import { and, asc, eq, exists, gte, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { receiptKey } from '../workflows/change.ts'
import type { MessageRef, RecallReason } from '../workflows/delivery.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Recall } from '../workflows/loss.ts'
import { type Base, unheld } from './base.ts'
import type { Read, Tx } from './database.ts'

/** A message whose words must go, leased to whoever edits it. */
export type DueRecall = {
  readonly key: string
  readonly incident: IncidentId | null
  readonly to: { readonly room: RoomId } | { readonly account: AccountId }
  readonly message: MessageRef
  /** The key of the post; null for a card's message. */
  readonly post: string | null
  readonly sentAt: number | null
  readonly reason: RecallReason
  readonly attempts: number
  /** Whether it is a card's: `drawn` may be drawn anew by itself, and is only touched if a newer one replaced it. */
  readonly card: 'no' | 'drawn' | 'yes'
}

/** Words that are called back from messages that were sent: durable, tried until they are gone or given up aloud. */
export interface RecallStore {
  /** Leases messages that are due and stand on the platform; one that is still on its way waits for its outcome. */
  lease(
    rooms: readonly RoomId[],
    platforms: readonly PlatformName[],
    now: number,
    leaseMs: number,
    limit: number,
  ): Promise<readonly DueRecall[]>
  /** Its words are gone (`gone`), or may stay; then it is asked for no more. */
  done(recall: DueRecall, gone: boolean): Promise<void>
  /** To be tried at `retryAt`, or given up (null). */
  failed(recall: DueRecall, reason: string, retryAt: number | null): Promise<void>
  /** How many wait, and how many were given up. */
  counts(): Promise<{ readonly waiting: number; readonly failed: number }>
}

/** The recalls, and what a transaction does to them. */
export type Recalls = RecallStore & {
  /** Asks for the words of some authors in all messages about an incident, and for its cards. */
  ask(tx: Tx, incident: IncidentId, recall: Recall, now: number): Promise<void>
  /** Asks for the message in which a report was received, to be drawn anew. */
  askReceipt(tx: Tx, incident: IncidentId, now: number): Promise<void>
  /** Asks for these posts, as far as they stand somewhere or may. */
  askPosts(tx: Tx, which: SQL | undefined, reason: RecallReason, now: number): Promise<void>
  /** Asks for some of the messages that carry this person's words, whatever they are about; gives how many. */
  askAuthor(tx: Tx, author: PersonId, now: number, limit: number): Promise<number>
}

/** The recalls in the database. */
export function recallStore({ database, tables, seal }: Base): Recalls {
  const { recalls, posts, cards, cardMessages, accounts } = tables
  type Row = typeof recalls.$inferInsert
  const out = ['sending', 'unknown', 'again', 'sent'] as const
  const fresh = { attempts: 0, error: null, message: null }

  async function put(tx: Tx, rows: readonly Row[]): Promise<void> {
    for (let start = 0; start < rows.length; start += mostRows) {
      await tx
        .insert(recalls)
        .values(rows.slice(start, start + mostRows))
        .onConflictDoUpdate({
          target: recalls.key,
          set: {
            dueAt: sql`excluded.due_at`,
            attempts: sql`0`,
            // What was taken back goes whoever may see it.
            reason: sql`case
              when excluded.reason = 'renamed' then ${recalls.reason}
              when ${recalls.reason} in ('sight', 'moved', 'renamed') then excluded.reason
              when ${recalls.reason} = 'reworded' and excluded.reason <> 'sight' then excluded.reason
              else ${recalls.reason} end`,
          },
        })
        .returning({ key: recalls.key })
    }
  }

  // Nobody can reach the conversation of an account that is gone.
  const stands = or(isNotNull(posts.room), sql`${posts.account} in (select ${accounts.id} from ${accounts})`)
  const columns = { id: posts.id, incident: posts.incident, room: posts.room, account: posts.account }
  const rowOf = (
    post: { id: number } & Pick<Row, 'incident' | 'room' | 'account'>,
    reason: RecallReason,
    now: number,
  ) => ({
    ...fresh,
    key: `post:${post.id}`,
    post: post.id,
    incident: post.incident,
    room: post.room,
    account: post.account,
    reason,
    dueAt: now,
  })

  async function cardRows(tx: Tx, incident: IncidentId, { reason, cards: which }: Recall, now: number): Promise<Row[]> {
    const own = { incident, post: null, account: null, reason, attempts: 0, error: null, dueAt: now }
    const current = await tx
      .select({ room: cards.room, message: cards.message })
      .from(cards)
      .where(and(eq(cards.incident, incident), isNotNull(cards.message)))
    const old = await tx
      .select({ room: cardMessages.room, key: cardMessages.message })
      .from(cardMessages)
      .where(and(eq(cardMessages.incident, incident), sql`${cardMessages.old} = true`))
    return [
      ...current.flatMap(({ room, message }) =>
        message
          ? [{ ...own, key: `${which === 'all' ? 'shown' : 'current'}:${room}:${message.id}`, room, message }]
          : [],
      ),
      ...old.map(({ room, key }) => ({ ...own, key: `card:${key}`, room, message: refOf(key) })),
    ]
  }

  function candidates(handle: Read, where: Where, now: number, limit: number) {
    const sent = handle
      .select({ one: sql`1` })
      .from(posts)
      .where(and(eq(posts.id, recalls.post), eq(posts.state, 'sent')))
    const here = handle
      .select({ id: accounts.id })
      .from(accounts)
      .where(inArray(accounts.platform, [...where.platforms]))
    const room = inArray(recalls.room, [...where.rooms])
    const account = inArray(recalls.account, here)
    const reachable = where.rooms.length === 0 ? account : or(room, account)
    return handle
      .select({ key: recalls.key })
      .from(recalls)
      .where(and(isNotNull(recalls.dueAt), lte(recalls.dueAt, now), reachable, or(isNull(recalls.post), exists(sent))))
      .orderBy(asc(recalls.dueAt), asc(recalls.key))
      .limit(limit)
  }

  async function take(tx: Tx, where: Where, now: number, leaseMs: number, limit: number): Promise<DueRecall[]> {
    const due = await unheld(candidates(tx, where, now, limit), recalls)
    if (due.length === 0) return []
    const rows = await tx
      .update(recalls)
      .set({ dueAt: now + leaseMs, attempts: sql`${recalls.attempts} + 1` })
      .where(
        inArray(
          recalls.key,
          due.map(row => row.key),
        ),
      )
      .returning()
    const ids = rows.flatMap(row => (row.post === null ? [] : [row.post]))
    const said = ids.length === 0 ? [] : await tx.select().from(posts).where(inArray(posts.id, ids))
    const byId = new Map(said.map(post => [post.id, post]))
    return rows.flatMap(row => dueOf(row, row.post === null ? undefined : byId.get(row.post)))
  }

  function dueOf(row: typeof recalls.$inferSelect, post: typeof posts.$inferSelect | undefined): DueRecall[] {
    const { key, incident, room, account, reason, attempts } = row
    const message = post?.message ? (JSON.parse(seal.text(post.message)) as MessageRef) : row.message
    const card = row.post !== null ? 'no' : key.startsWith('current:') ? 'drawn' : 'yes'
    const to = room ? { room } : account ? { account } : null
    if (!message || !to) return []
    return [
      { key, incident, to, message, post: post?.key ?? null, sentAt: post?.sentAt ?? null, reason, attempts, card },
    ]
  }

  return {
    async ask(tx, incident, recall, now) {
      const { authors, reason } = recall
      const by = authors === 'all' ? undefined : inArray(posts.author, [...authors])
      const about = and(
        eq(posts.incident, incident),
        isNotNull(posts.author),
        by,
        inArray(posts.state, [...out]),
        stands,
      )
      const none = authors !== 'all' && authors.length === 0
      const rows = none ? [] : await tx.select(columns).from(posts).where(about)
      await put(tx, [...rows.map(row => rowOf(row, reason, now)), ...(await cardRows(tx, incident, recall, now))])
    },
    async askReceipt(tx, incident, now) {
      const own = and(eq(posts.key, receiptKey(incident)), ne(posts.state, 'failed'), stands)
      const rows = await tx.select(columns).from(posts).where(own)
      await put(
        tx,
        rows.map(row => rowOf(row, 'receipt', now)),
      )
    },
    async askPosts(tx, which, reason, now) {
      const rows = await tx
        .select(columns)
        .from(posts)
        .where(and(which, inArray(posts.state, [...out]), stands))
      await put(
        tx,
        rows.map(row => rowOf(row, reason, now)),
      )
    },
    async askAuthor(tx, author, now, limit) {
      const rows = await tx
        .select({ ...columns, state: posts.state })
        .from(posts)
        .where(and(eq(posts.author, author), isNotNull(posts.author)))
        .orderBy(asc(posts.id))
        .limit(limit)
      await put(
        tx,
        rows.filter(row => out.some(state => state === row.state)).map(row => rowOf(row, 'withdrawn', now)),
      )
      if (rows.length > 0)
        await tx
          .update(posts)
          .set({ author: null })
          .where(
            inArray(
              posts.id,
              rows.map(row => row.id),
            ),
          )
          .returning({ id: posts.id })
      return rows.length
    },
    async lease(rooms, platforms, now, leaseMs, limit) {
      const where = { rooms, platforms }
      // A look first: without anything due, no transaction is begun.
      if ((await candidates(database.read, where, now, 1)).length === 0) return []
      return database.transaction(tx => take(tx, where, now, leaseMs, limit))
    },
    async done({ key, attempts }, gone) {
      await database.transaction(async tx => {
        // What was asked for anew meanwhile stays.
        const same = and(eq(recalls.key, key), gte(recalls.attempts, attempts))
        const rows = await tx.delete(recalls).where(same).returning({ post: recalls.post })
        const ids = rows.flatMap(row => (row.post === null ? [] : [row.post]))
        if (!gone) return
        if (ids.length > 0)
          await tx.update(posts).set({ author: null }).where(inArray(posts.id, ids)).returning({ id: posts.id })
        if (key.startsWith('card:'))
          await tx
            .update(cardMessages)
            .set({ old: null })
            .where(eq(cardMessages.message, key.slice('card:'.length)))
            .returning({ room: cardMessages.room })
      })
    },
    async failed({ key, attempts }, error, retryAt) {
      const latest = and(eq(recalls.key, key), eq(recalls.attempts, attempts))
      await database.transaction(tx =>
        tx.update(recalls).set({ dueAt: retryAt, error }).where(latest).returning({ key: recalls.key }),
      )
    },
    async counts() {
      return {
        waiting: await database.read.$count(recalls, isNotNull(recalls.dueAt)),
        failed: await database.read.$count(recalls, isNull(recalls.dueAt)),
      }
    },
  }
}

type Where = { readonly rooms: readonly RoomId[]; readonly platforms: readonly PlatformName[] }

const mostRows = 100

// The key of a card's message is `platform/room/id`; a room may have strokes in its name, an id has none.
function refOf(key: string): MessageRef {
  const first = key.indexOf('/')
  const last = key.lastIndexOf('/')
  return { room: key.slice(first + 1, last), id: key.slice(last + 1) }
}

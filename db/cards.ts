import { and, asc, eq, inArray, isNotNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { lanes } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { IncidentId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import { type Base, whole } from './base.ts'
import type { Tx } from './database.ts'
import { type CardReads, cardReads, messageKey } from './drawn.ts'
import { conversationOf } from './posts.ts'
import { batch } from './write.ts'

/** A card that does not yet show the present state. */
export type DueCard = {
  readonly incident: IncidentId
  readonly room: RoomId
  readonly wanted: number
  readonly generation: number
  readonly message: MessageRef | null
  readonly sentAt: number | null
  readonly edits: number
  readonly attempts: number
  /** Since when it has not shown what is wanted (epoch ms). */
  readonly since: number
  readonly state: 'sending' | 'unknown' | 'again'
}

/** A card whose turn it is, before it is leased. */
export type CardTurn = { readonly incident: IncidentId; readonly room: RoomId; readonly lane: number }

/** The cards: each is brought to show the present state. */
export interface CardStore extends CardReads {
  /** The cards behind in these rooms, most urgent first. */
  due(rooms: readonly RoomId[], now: number, limit: number): Promise<readonly CardTurn[]>
  /**
   * Leases those of these that are still due, marking them `sending` durably before they are returned; `unknown` if an
   * earlier try has no outcome, `again` if that one was the second.
   */
  take(cards: readonly Omit<CardTurn, 'lane'>[], now: number, leaseMs: number): Promise<readonly DueCard[]>
  /**
   * The card now shows `shown` in that message; if more is wanted it is due again at once. A former message that a
   * posted one replaces is to say so, which is asked for in the same step.
   */
  shown(card: DueCard, shown: number, message: MessageRef, how: 'posted' | 'edited', now: number): Promise<void>
  /** Surely not sent: to be tried at `retryAt`, or given up (null); `counted` false: as if it had not been tried. */
  failed(card: DueCard, reason: string, retryAt: number | null, counted?: boolean): Promise<void>
  unknown(card: DueCard, reason: string, retryAt: number): Promise<void>
  /** It is about to be sent a second time without knowing of the first. */
  again(card: DueCard): Promise<void>
  /** It came to rest without being sent: nobody knows if it stands, or its room is closed. */
  rest(card: DueCard, how: 'unsure' | 'parked', reason: string): Promise<void>
  /** That message does not stand any more: if it is a current card, it is due anew. @returns whether it is one */
  lost(platform: PlatformName, message: MessageRef, now: number): Promise<boolean>
}

/** A card that must be drawn anew. */
export type Wanted = { readonly incident: IncidentId; readonly room: RoomId; readonly severity: Severity }

/** The cards, and what a transaction does to them. */
export type Cards = CardStore & {
  /** Wants these cards drawn anew; the same card twice counts once. */
  want(tx: Tx, cards: readonly Wanted[], now: number): Promise<void>
  /** Wants all cards that these incidents have drawn anew. */
  redraw(tx: Tx, incidents: readonly IncidentId[], now: number): Promise<void>
}

/** The cards in the database; `platformOf` says where a room is. */
export function cardStore(base: Base, platformOf: (room: RoomId) => PlatformName | null): Cards {
  const { database, tables } = base
  const { cards, cardMessages, incidents, posts, recalls } = tables
  const atRest = sql`${cards.state} in ('failed', 'parked', 'left')`
  // Of one that may stand, a person decides first.
  const dueFrom = (at: SQL) =>
    sql`case when ${cards.state} = 'unsure' then null else coalesce(${cards.dueAt}, ${at}) end`
  const upsert = batch('cards_want', ['incident', 'room', 'lane', 'dueAt', 'since'], (tx, values) =>
    tx
      .insert(cards)
      .values(values.map(value => ({ ...value, ...fresh })))
      .onConflictDoUpdate({
        target: [cards.incident, cards.room],
        set: {
          lane: sql`excluded.lane`,
          wanted: sql`${cards.wanted} + 1`,
          // What is leased stays leased, and what a platform asked to wait waits.
          dueAt: dueFrom(sql`excluded.due_at`),
          since: sql`coalesce(${cards.since}, excluded.since)`,
          state: sql`case when ${atRest} then 'waiting' else ${cards.state} end`,
          attempts: sql`case when ${atRest} then 0 else ${cards.attempts} end`,
        },
      }),
  )

  const same = (card: { incident: IncidentId; room: RoomId }) =>
    and(eq(cards.incident, card.incident), eq(cards.room, card.room))

  // What became of a try counts only while it is the latest.
  const latest = (card: DueCard) => and(same(card), eq(cards.attempts, card.attempts))
  const settle = (card: DueCard, set: Partial<typeof cards.$inferInsert>) =>
    database.transaction(tx => tx.update(cards).set(set).where(latest(card)).returning({ message: cards.message }))

  async function take(tx: Tx, due: readonly Omit<CardTurn, 'lane'>[], now: number, leaseMs: number) {
    const rows = await tx
      .update(cards)
      .set({
        state: sql`case ${cards.state} when 'sending' then 'unknown' when 'unknown' then 'unknown'
          when 'again' then 'again' else 'sending' end`,
        attempts: sql`${cards.attempts} + 1`,
        dueAt: now + leaseMs,
      })
      .where(and(or(...due.map(same)), lte(cards.dueAt, now)))
      .returning()
    return rows.sort((one, other) => one.lane - other.lane)
  }

  /** The former message leads to its incident for ever, and is to say that the card has moved. */
  async function replace(tx: Tx, { incident, room, message }: DueCard, platform: PlatformName, now: number) {
    if (!message) return
    const key = messageKey(platform, message)
    await tx
      .update(cardMessages)
      .set({ old: true })
      .where(eq(cardMessages.message, key))
      .returning({ room: cardMessages.room })
    const fresh = { attempts: 0, dueAt: now, post: null, account: null, error: null }
    await tx
      .insert(recalls)
      .values({ key: `card:${key}`, incident, room, message, reason: 'moved', ...fresh })
      .onConflictDoNothing()
      .returning({ key: recalls.key })
  }

  return {
    async want(tx, wanted, now) {
      const each = new Map(wanted.map(card => [`${card.incident} ${card.room}`, card]))
      const rows = [...each.values()].map(({ incident, room, severity }) => ({
        incident,
        room,
        lane: laneOf(severity),
        dueAt: now,
        since: now,
      }))
      await upsert(tx, rows)
    },
    async redraw(tx, incidents, now) {
      await tx
        .update(cards)
        .set({
          wanted: sql`${cards.wanted} + 1`,
          dueAt: dueFrom(whole(now)),
          since: sql`coalesce(${cards.since}, ${whole(now)})`,
        })
        .where(inArray(cards.incident, [...incidents]))
        .returning({ room: cards.room })
    },
    async due(rooms, now, limit) {
      if (rooms.length === 0) return []
      return database.read
        .select({ incident: cards.incident, room: cards.room, lane: cards.lane })
        .from(cards)
        .where(and(isNotNull(cards.dueAt), lte(cards.dueAt, now), inArray(cards.room, [...rooms])))
        .orderBy(asc(cards.lane), asc(cards.dueAt))
        .limit(limit)
    },
    async take(due, now, leaseMs) {
      if (due.length === 0) return []
      const rows = await database.transaction(tx => take(tx, due, now, leaseMs))
      return rows.map(row => ({
        incident: row.incident,
        room: row.room,
        wanted: row.wanted,
        generation: row.generation,
        message: row.message,
        sentAt: row.sentAt,
        edits: row.edits,
        attempts: row.attempts,
        since: row.since ?? now,
        state: row.state === 'unknown' || row.state === 'again' ? row.state : 'sending',
      }))
    },
    async shown(card, shown, message, how, now) {
      const posted = how === 'posted'
      const platform = platformOf(card.room)
      await database.transaction(async tx => {
        const current = await tx
          .update(cards)
          .set({
            shown,
            message,
            state: 'sent',
            sentAt: posted ? now : sql`${cards.sentAt}`,
            edits: posted ? 0 : sql`${cards.edits} + 1`,
            generation: posted ? card.generation + 1 : sql`${cards.generation}`,
            attempts: 0,
            error: null,
            dueAt: sql`case when ${cards.wanted} > ${whole(shown)} then ${whole(now)} else null end`,
            since: sql`case when ${cards.wanted} > ${whole(shown)} then ${whole(now)} else null end`,
          })
          .where(and(same(card), eq(cards.generation, card.generation)))
          .returning({ room: cards.room })
        if (!posted || !platform) return
        // A message that a late predecessor sent stays mapped too.
        await tx
          .insert(cardMessages)
          .values({ message: messageKey(platform, message), incident: card.incident, room: card.room })
          .onConflictDoNothing()
          .returning({ room: cardMessages.room })
        const former = current.length > 0 ? card.message : message
        const [row] = await tx.select({ message: cards.message }).from(cards).where(same(card))
        if (former && former.id !== row?.message?.id) await replace(tx, { ...card, message: former }, platform, now)
      })
    },
    async failed(card, reason, retryAt, counted = true) {
      await database.transaction(async tx => {
        const [row] = await tx
          .update(cards)
          .set({
            state: retryAt === null ? 'failed' : 'waiting',
            dueAt: retryAt,
            error: reason,
            ...(counted ? {} : { attempts: card.attempts - 1 }),
          })
          .where(latest(card))
          .returning({ message: cards.message })
        if (retryAt !== null || !row || row.message) return
        // There is no thread for them to stand in, and there will be none until somebody wants the card again.
        await tx
          .update(posts)
          .set({ state: 'failed', dueAt: null, error: reason })
          .where(
            and(
              eq(posts.conversation, conversationOf({ room: card.room }, card.incident)),
              isNotNull(posts.dueAt),
              eq(posts.state, 'waiting'),
            ),
          )
          .returning({ id: posts.id })
      })
    },
    async unknown(card, reason, retryAt) {
      await settle(card, { state: 'unknown', dueAt: retryAt, error: reason })
    },
    async again(card) {
      await settle(card, { state: 'again' })
    },
    async rest(card, how, reason) {
      await settle(card, { state: how, dueAt: null, error: reason })
    },
    ...cardReads(base),
    async lost(platform, message, now) {
      const [row] = await database.read
        .select({ incident: cards.incident, room: cards.room, message: cards.message })
        .from(cardMessages)
        .innerJoin(cards, and(eq(cards.incident, cardMessages.incident), eq(cards.room, cardMessages.room)))
        .innerJoin(incidents, eq(incidents.id, cards.incident))
        // What has ended may be cleared out of a room by whoever looks after it.
        .where(and(eq(cardMessages.message, messageKey(platform, message)), eq(incidents.open, true)))
      if (row?.message?.id !== message.id) return false
      const wanted = { wanted: sql`${cards.wanted} + 1`, dueAt: dueFrom(whole(now)) }
      const since = sql`coalesce(${cards.since}, ${whole(now)})`
      const set = { ...wanted, since }
      await database.transaction(tx => tx.update(cards).set(set).where(same(row)).returning({ room: cards.room }))
      return true
    },
  }
}

const fresh = {
  wanted: sql`1`,
  shown: sql`0`,
  state: sql`'waiting'`,
  generation: sql`0`,
  edits: sql`0`,
  attempts: sql`0`,
}

function laneOf(severity: Severity): number {
  return severity === 5 ? lanes.indexOf('S5') : severity === 4 ? lanes.indexOf('S4') : lanes.indexOf('claim')
}

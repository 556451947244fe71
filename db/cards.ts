import { and, asc, desc, eq, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm'
import { lanes } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { IncidentId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import { type Base, unheld, whole } from './base.ts'
import type { Read, Tx } from './database.ts'
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
  readonly state: 'sending' | 'unknown'
}

/** The cards: each is brought to show the present state. */
export interface CardStore {
  /** Leases cards behind, most urgent first, marking them `sending` (or `unknown` if an earlier try has no outcome). */
  lease(rooms: readonly RoomId[], now: number, leaseMs: number, limit: number): Promise<readonly DueCard[]>
  /** The card now shows `shown` in that message; if more is wanted it is due again at once. */
  shown(card: DueCard, shown: number, message: MessageRef, how: 'posted' | 'edited', now: number): Promise<void>
  failed(card: DueCard, reason: string, retryAt: number | null): Promise<void>
  unknown(card: DueCard, reason: string, retryAt: number): Promise<void>
  /** The message of an incident's current card in a room, or null while there is none. */
  message(incident: IncidentId, room: RoomId): Promise<MessageRef | null>
  /**
   * The current messages of cards in these rooms whose incidents stand, or were resolved since then (epoch ms) and are
   * not closed yet; the newest incidents first.
   */
  standing(rooms: readonly RoomId[], since: number, limit: number): Promise<readonly MessageRef[]>
  /** Whether that message of a card is the current one and shows what is wanted, or is behind; or a former one. */
  isDrawn(incident: IncidentId, room: RoomId, message: MessageRef): Promise<'drawn' | 'behind' | 'former'>
  /** The incident whose card (of any generation) is that message. */
  at(platform: PlatformName, message: MessageRef): Promise<IncidentId | null>
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
  const { cards, cardMessages, posts } = tables
  const failedBefore = sql`${cards.state} = 'failed'`
  const upsert = batch('cards_want', ['incident', 'room', 'lane', 'dueAt'], (tx, values) =>
    tx
      .insert(cards)
      .values(values.map(value => ({ ...value, ...fresh })))
      .onConflictDoUpdate({
        target: [cards.incident, cards.room],
        set: {
          lane: sql`excluded.lane`,
          wanted: sql`${cards.wanted} + 1`,
          // What is leased stays leased, and what a platform asked to wait waits.
          dueAt: sql`coalesce(${cards.dueAt}, excluded.due_at)`,
          state: sql`case when ${failedBefore} then 'waiting' else ${cards.state} end`,
          attempts: sql`case when ${failedBefore} then 0 else ${cards.attempts} end`,
        },
      }),
  )

  const candidates = (handle: Read, rooms: readonly RoomId[], now: number, limit: number) =>
    handle
      .select({ incident: cards.incident, room: cards.room })
      .from(cards)
      .where(and(isNotNull(cards.dueAt), lte(cards.dueAt, now), inArray(cards.room, [...rooms])))
      .orderBy(asc(cards.lane), asc(cards.dueAt))
      .limit(limit)

  const same = (card: { incident: IncidentId; room: RoomId }) =>
    and(eq(cards.incident, card.incident), eq(cards.room, card.room))

  async function take(tx: Tx, rooms: readonly RoomId[], now: number, leaseMs: number, limit: number) {
    const due = await unheld(candidates(tx, rooms, now, limit), cards)
    if (due.length === 0) return []
    const rows = await tx
      .update(cards)
      .set({
        state: sql`case when ${cards.state} in ('sending', 'unknown') then 'unknown' else 'sending' end`,
        attempts: sql`${cards.attempts} + 1`,
        dueAt: now + leaseMs,
      })
      .where(and(or(...due.map(same)), lte(cards.dueAt, now)))
      .returning()
    return rows.sort((one, other) => one.lane - other.lane)
  }

  return {
    async want(tx, wanted, now) {
      const each = new Map(wanted.map(card => [`${card.incident} ${card.room}`, card]))
      const rows = [...each.values()].map(({ incident, room, severity }) => ({
        incident,
        room,
        lane: laneOf(severity),
        dueAt: now,
      }))
      await upsert(tx, rows)
    },
    async redraw(tx, incidents, now) {
      await tx
        .update(cards)
        .set({ wanted: sql`${cards.wanted} + 1`, dueAt: sql`coalesce(${cards.dueAt}, ${whole(now)})` })
        .where(inArray(cards.incident, [...incidents]))
        .returning({ room: cards.room })
    },
    async lease(rooms, now, leaseMs, limit) {
      if (rooms.length === 0) return []
      // A look first: without anything due, no transaction is begun.
      if ((await candidates(database.read, rooms, now, 1)).length === 0) return []
      const rows = await database.transaction(tx => take(tx, rooms, now, leaseMs, limit))
      return rows.map(row => ({
        incident: row.incident,
        room: row.room,
        wanted: row.wanted,
        generation: row.generation,
        message: row.message,
        sentAt: row.sentAt,
        edits: row.edits,
        attempts: row.attempts,
        state: row.state === 'unknown' ? 'unknown' : 'sending',
      }))
    },
    async shown(card, shown, message, how, now) {
      const posted = how === 'posted'
      const platform = platformOf(card.room)
      await database.transaction(async tx => {
        await tx
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
          })
          .where(and(same(card), eq(cards.generation, card.generation)))
          .returning({ room: cards.room })
        if (!posted || !platform) return
        if (card.message)
          await tx
            .update(cardMessages)
            .set({ old: true })
            .where(eq(cardMessages.message, messageKey(platform, card.message)))
            .returning({ room: cardMessages.room })
        // A message that a late predecessor sent stays mapped too.
        await tx
          .insert(cardMessages)
          .values({ message: messageKey(platform, message), incident: card.incident, room: card.room })
          .onConflictDoNothing()
          .returning({ room: cardMessages.room })
      })
    },
    async failed(card, reason, retryAt) {
      await database.transaction(async tx => {
        const [row] = await tx
          .update(cards)
          .set({ state: retryAt === null ? 'failed' : 'waiting', dueAt: retryAt, error: reason })
          .where(same(card))
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
      await database.transaction(tx =>
        tx
          .update(cards)
          .set({ state: 'unknown', dueAt: retryAt, error: reason })
          .where(same(card))
          .returning({ room: cards.room }),
      )
    },
    async message(incident, room) {
      const [row] = await database.read.select({ message: cards.message }).from(cards).where(same({ incident, room }))
      return row?.message ?? null
    },
    async standing(rooms, since, limit) {
      if (rooms.length === 0) return []
      const { incidents } = tables
      const rows = await database.read
        .select({ message: cards.message })
        .from(cards)
        .innerJoin(incidents, eq(incidents.id, cards.incident))
        .where(
          and(
            inArray(cards.room, [...rooms]),
            isNotNull(cards.message),
            // In the words of three indexes, so that history is not read.
            or(
              sql`${incidents.open} = true`,
              sql`${incidents.status} = 'waiting'`,
              and(gte(incidents.resolvedAt, since), eq(incidents.status, 'resolved')),
            ),
          ),
        )
        .orderBy(desc(incidents.reportedAt), asc(incidents.id), asc(cards.room))
        .limit(limit)
      return rows.flatMap(row => row.message ?? [])
    },
    async isDrawn(incident, room, message) {
      const [row] = await database.read
        .select({ message: cards.message, dueAt: cards.dueAt, state: cards.state })
        .from(cards)
        .where(same({ incident, room }))
      if (row?.message?.id !== message.id) return 'former'
      return row.dueAt === null && row.state === 'sent' ? 'drawn' : 'behind'
    },
    async at(platform, message) {
      const [row] = await database.read
        .select({ incident: cardMessages.incident })
        .from(cardMessages)
        .where(eq(cardMessages.message, messageKey(platform, message)))
      return row?.incident ?? null
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

function messageKey(platform: PlatformName, { room, id }: MessageRef): string {
  return `${platform}/${room}/${id}`
}

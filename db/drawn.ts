import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { MessageRef } from '../workflows/delivery.ts'
import type { IncidentId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { standingCards } from './threads.ts'

/** Where cards stand, and what they show. */
export interface CardReads {
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
  /** Whether a first card is on its way into that room, so that it may stand there already. */
  arriving(room: RoomId): Promise<boolean>
}

/** The cards in the database, as they stand. */
export function cardReads(base: Base): CardReads {
  const { database, tables } = base
  const { cards, cardMessages } = tables
  return {
    async message(incident, room) {
      const [row] = await database.read
        .select({ message: cards.message })
        .from(cards)
        .where(and(eq(cards.incident, incident), eq(cards.room, room)))
      return row?.message ?? null
    },
    standing: standingCards(base),
    async isDrawn(incident, room, message) {
      const [row] = await database.read
        .select({ message: cards.message, dueAt: cards.dueAt, state: cards.state })
        .from(cards)
        .where(and(eq(cards.incident, incident), eq(cards.room, room)))
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
    async arriving(room) {
      const sent = inArray(cards.state, ['sending', 'unknown', 'again'])
      const [row] = await database.read
        .select({ room: cards.room })
        .from(cards)
        .where(and(eq(cards.room, room), isNotNull(cards.dueAt), sent, isNull(cards.message)))
        .limit(1)
      return row !== undefined
    },
  }
}

/** What a card's message is known by on all platforms: `platform/room/id`. */
export function messageKey(platform: PlatformName, { room, id }: MessageRef): string {
  return `${platform}/${room}/${id}`
}

import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { AskedOf, Given } from '../workflows/broadcast/given.ts'
import type { RecipientKey } from '../workflows/broadcast.ts'
import type { Language } from '../workflows/directory.ts'
import type { BroadcastId, IncidentId, PersonId, RegionCode } from '../workflows/ids.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import type { DataKeys } from './keys.ts'

/** How it stood with somebody before they answered anew. */
export type AnsweredBefore = Pick<AskedOf, 'answer' | 'incident' | 'region'>

/** Whoever answers in a room what was sent there, and not to them alone. */
export type InRoom = { readonly region: RegionCode | null; readonly language: Language }

/** What is asked of people by broadcasts. */
export interface AnswerStore {
  /** What any of these was sent since then (epoch ms), the newest first. */
  asked(people: readonly PersonId[], since: number, limit: number): Promise<readonly AskedOf[]>
}

/** What a transaction does to answers. */
export type AnswerRows = {
  /**
   * Keeps an answer, and gives how it stood before; null, and nothing is kept, where they were not asked or have
   * answered later than that. The words are added to those they wrote before.
   */
  give(tx: Tx, given: Given, who: InRoom): Promise<AnsweredBefore | null>
  /** Their call for help opened that incident. */
  called(tx: Tx, given: Pick<Given, 'broadcast' | 'person'>, incident: IncidentId): Promise<void>
}

/** The answers in the database: each stands in the row of whoever gave it, their words under their own key. */
export function answerStore({ database, tables, seal }: Base, keys: DataKeys): AnswerStore & AnswerRows {
  const { recipients, posts } = tables
  const own = { key: recipients.key }
  const rowOf = (broadcast: BroadcastId, key: RecipientKey) =>
    and(eq(recipients.broadcast, broadcast), eq(recipients.key, key))

  async function standing(tx: Tx, given: Given, who: InRoom) {
    const { broadcast, person, room } = given
    const mine = tx
      .select()
      .from(recipients)
      .where(rowOf(broadcast, `p:${person}`))
    const [row] = await held(mine, recipients)
    if (row || room === null) return row ?? null
    const [shared] = await tx
      .select()
      .from(recipients)
      .where(rowOf(broadcast, `r:${room}`))
    if (shared?.state !== 'given') return null
    // They had it where it stands for all, by the same post: what is corrected there is corrected for them.
    const fresh = { ...shared, ...who, key: `p:${person}` as const, person, room: null, account: null, error: null }
    const none = { nudges: 0, nudgedAt: null, handedAt: null, answer: null, answeredAt: null, said: null }
    const [made] = await tx
      .insert(recipients)
      .values({ ...fresh, ...none, incident: null, wave: inRoom })
      .onConflictDoNothing()
      .returning()
    return made ?? null
  }

  async function wordsWith(tx: Tx, before: Buffer | null, { person, said }: Given): Promise<Buffer | null> {
    if (said === null) return before
    const key = await keys.person(tx, person)
    const earlier = before ? `${seal.text(before, key)}\n` : ''
    return seal.seal((earlier + said).slice(-longest), key)
  }

  return {
    async asked(people, since, limit) {
      const found = await database.read
        .select({
          ...{ broadcast: recipients.broadcast, person: recipients.person, region: recipients.region },
          ...{ answer: recipients.answer, answeredAt: recipients.answeredAt, incident: recipients.incident },
          at: sql<number>`coalesce(${posts.sentAt}, ${recipients.givenAt})`.mapWith(Number),
        })
        .from(recipients)
        .leftJoin(posts, eq(posts.key, recipients.post))
        .where(
          and(inArray(recipients.person, [...people]), gte(recipients.givenAt, since), eq(recipients.state, 'given')),
        )
        .orderBy(desc(recipients.givenAt))
        .limit(limit)
      return found.flatMap(({ person, ...row }) => (person ? [{ ...row, person }] : []))
    },
    async give(tx, given, who) {
      const { broadcast, person, answer, said, at } = given
      const row = await standing(tx, given, who)
      // In a room they may read it before their own comes.
      const had = row !== null && (row.state !== 'waiting' || given.room !== null)
      if (!had || (row.answeredAt ?? 0) > at) return null
      const words = await wordsWith(tx, row.said, given)
      await tx
        .update(recipients)
        .set({
          ...(answer === null ? {} : { answer }),
          ...(said === null ? {} : { said: words }),
          answeredAt: at,
        })
        .where(rowOf(broadcast, `p:${person}`))
        .returning(own)
      return { answer: row.answer, incident: row.incident, region: row.region }
    },
    async called(tx, { broadcast, person }, incident) {
      await tx
        .update(recipients)
        .set({ incident })
        .where(rowOf(broadcast, `p:${person}`))
        .returning(own)
    },
  }
}

const longest = 8_000
// Above every wave of corrections: theirs stands in the room.
const inRoom = 1_000_000

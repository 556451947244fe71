import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, notInArray, sql } from 'drizzle-orm'
import type { AskedOf, Given } from '../workflows/broadcast/answer/given.ts'
import { broadcastPostKey, type RecipientKey } from '../workflows/broadcast.ts'
import { drawnLater, lanes, type Post } from '../workflows/change.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { Language } from '../workflows/directory.ts'
import type { BroadcastId, IncidentId, PersonId, RegionCode, RoomId } from '../workflows/ids.ts'
import { aside, type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import type { DataKeys } from './keys.ts'
import type { Posts } from './posts.ts'

/** How it stood with somebody before they answered anew. */
export type AnsweredBefore = Pick<AskedOf, 'answer' | 'incident' | 'region'>

/** Whoever answers in a room what was sent there, and not to them alone. */
export type InRoom = { readonly region: RegionCode | null; readonly language: Language }

/** What is asked of people by broadcasts. */
export interface AnswerStore {
  /** What any of these was sent since then (epoch ms), the newest first. */
  asked(people: readonly PersonId[], since: number, limit: number): Promise<readonly AskedOf[]>
  /** The broadcast that this message brought to a room, if it was one of the last few; null for any other message. */
  under(room: RoomId, message: MessageRef): Promise<BroadcastId | null>
  /** True if they had it and have given no answer. */
  isSilent(id: BroadcastId, key: RecipientKey): Promise<boolean>
  /**
   * Reminds some of those who had it before `until` (epoch ms), are silent, and were reminded fewer than `round` times;
   * never these people. Each once a round. Returns how many.
   */
  nudge(id: BroadcastId, round: Round, except: readonly PersonId[], now: number): Promise<number>
  /** How many reminders have not come to rest. */
  reminding(): Promise<number>
  /** The regions (null: of none) in which somebody is silent, and of which nobody was handed over. */
  unhanded(id: BroadcastId): Promise<readonly (RegionCode | null)[]>
  /** Hands over those of a region who are silent, with what `tell` makes of it; once. Returns how many. */
  hand(id: BroadcastId, region: RegionCode | null, tell: Tell, now: number): Promise<number>
}

/** A round of reminders: which one, from 1, for whom it is meant, and how many may go now; `anytime`: at night, too. */
export type Round = {
  readonly round: number
  readonly until: number
  readonly limit: number
  readonly anytime: boolean
}

/** What is said because these are silent. */
export type Tell = (silent: readonly Pick<AskedOf, 'person'>[]) => readonly Post[]

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
export function answerStore(
  { database, tables, seal }: Base,
  keys: DataKeys,
  kept: Pick<Posts, 'add'>,
): AnswerStore & AnswerRows {
  const { broadcasts, recipients, posts } = tables
  const own = { key: recipients.key }
  const rowOf = (broadcast: BroadcastId, key: RecipientKey) =>
    and(eq(recipients.broadcast, broadcast), eq(recipients.key, key))

  const silent = and(
    eq(recipients.state, 'given'),
    isNotNull(recipients.person),
    and(isNull(recipients.answer), isNull(recipients.answeredAt)),
  )
  const had = and(eq(posts.state, 'sent'), isNotNull(posts.account))
  const inRegion = (region: RegionCode | null) =>
    region === null ? isNull(recipients.region) : eq(recipients.region, region)

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
    async under(room, message) {
      const last = database.read
        .select({ id: broadcasts.id })
        .from(broadcasts)
        .orderBy(desc(broadcasts.createdAt))
        .limit(lastFew)
      const key: RecipientKey = `r:${room}`
      const found = await database.read
        .select({ broadcast: recipients.broadcast, message: posts.message })
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(and(inArray(recipients.broadcast, last), eq(recipients.key, key)))
      const same = found.find(one => {
        const stands = one.message && (JSON.parse(seal.text(one.message)) as MessageRef)
        return stands?.room === message.room && stands.id === message.id
      })
      return same?.broadcast ?? null
    },
    async isSilent(id, key) {
      const [row] = await database.read
        .select(own)
        .from(recipients)
        .where(and(rowOf(id, key), silent))
      return row !== undefined
    },
    async nudge(id, { round, until, limit, anytime }, except, now) {
      const found = await database.read
        .select({ key: recipients.key, account: posts.account })
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(
          and(
            and(eq(recipients.broadcast, id), silent, had, lt(recipients.nudges, round), lte(posts.sentAt, until)),
            except.length > 0 ? notInArray(recipients.person, [...except]) : undefined,
          ),
        )
        .orderBy(asc(recipients.key))
        .limit(limit)
      const accounts = new Map(found.map(row => [row.key, row.account]))
      if (accounts.size === 0) return 0
      return database.transaction(async tx => {
        const rows = await tx
          .update(recipients)
          .set({ nudges: round, nudgedAt: now })
          .where(
            and(
              eq(recipients.broadcast, id),
              inArray(recipients.key, [...accounts.keys()]),
              lt(recipients.nudges, round),
              silent,
            ),
          )
          .returning(own)
        const list = rows.flatMap(({ key }): Post[] => {
          const account = accounts.get(key)
          const to = account && { account }
          const name = broadcastPostKey(id, `n${round}`, key, 1)
          const post = { incident: null, thread: false, lane: 'broadcast', view: drawnLater, anytime } as const
          return to ? [{ key: name, to, ...post }] : []
        })
        return kept.add(tx, list, now)
      })
    },
    async reminding() {
      const ours = sql`${aside(posts.key)} like 'cast:%:n%'`
      return database.read.$count(posts, and(isNotNull(posts.dueAt), eq(posts.lane, lanes.indexOf('broadcast')), ours))
    },
    async unhanded(id) {
      const rows = await database.read
        .select({ region: recipients.region, handed: sql<number>`count(${recipients.handedAt})`.mapWith(Number) })
        .from(recipients)
        .innerJoin(posts, eq(posts.key, recipients.post))
        .where(and(eq(recipients.broadcast, id), silent, had))
        .groupBy(recipients.region)
      return rows.filter(row => row.handed === 0).map(row => row.region)
    },
    hand(id, region, tell, now) {
      return database.transaction(async tx => {
        const there = and(eq(recipients.broadcast, id), inRegion(region), silent)
        const found = await held(
          tx
            .select({ key: recipients.key, person: recipients.person, handedAt: recipients.handedAt })
            .from(recipients)
            .innerJoin(posts, eq(posts.key, recipients.post))
            .where(and(there, had))
            .orderBy(asc(recipients.key)),
          recipients,
        )
        // Another process was first.
        if (found.some(row => row.handedAt !== null)) return 0
        const people = found.flatMap(({ person }) => (person ? [{ person }] : []))
        for (let start = 0; start < found.length; start += atOnce) {
          const keysOf = found.slice(start, start + atOnce).map(row => row.key)
          await tx
            .update(recipients)
            .set({ handedAt: now })
            .where(and(eq(recipients.broadcast, id), inArray(recipients.key, keysOf)))
            .returning(own)
        }
        if (people.length > 0) await kept.add(tx, tell(people), now)
        return people.length
      })
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

// Of those that went out long ago nobody waits for an answer.
const lastFew = 30
const longest = 8_000
const atOnce = 500
// Above every wave of corrections: theirs stands in the room.
const inRoom = 1_000_000

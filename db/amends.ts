import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte } from 'drizzle-orm'
import type { ReaderOf } from '../workflows/broadcast/message/words.ts'
import {
  type BroadcastState,
  broadcastPostKey,
  type Correction,
  type RecipientKey,
  readBroadcastPost,
} from '../workflows/broadcast.ts'
import { drawnLater, lanes, type Post } from '../workflows/change.ts'
import type { AccountId, BroadcastId, RoomId } from '../workflows/ids.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'
import type { Recalls } from './recalls.ts'

/** A broadcast that has begun, by how many things have happened to it. */
export type Begun = { readonly id: BroadcastId; readonly seq: number }

/** Those who had a broadcast's words are served with a correction, each once, whatever dies. */
export interface AmendStore {
  /** The newest broadcasts that have begun or ended. */
  begun(limit: number): Promise<readonly Begun[]>
  /**
   * Asks for the messages of some of those who were given it before that correction, and says it anew to whom nobody
   * can tell if they had it; what has not gone out goes with the newer words, or (taken back) not at all. How many were
   * looked at; 0: all of them were.
   */
  ask(id: BroadcastId, correction: Correction, limit: number, now: number): Promise<number>
  /** What was asked for and came to rest without having stood anywhere: said anew where nobody can tell. */
  settle(id: BroadcastId, correction: Correction, limit: number, now: number): Promise<number>
  /** Who reads it, by the place in its list: in which language, and for which region; null for nobody there. */
  reader(id: BroadcastId, to: RecipientKey): Promise<ReaderOf | null>
  /** For how many of those who had it (`all`) a correction is done. */
  counts(id: BroadcastId, correction: Correction): Promise<{ readonly done: number; readonly all: number }>
}

/** The corrections of what was sent, in the database. */
export function amendStore({ database, tables }: Base, posts: Posts, recalls: Recalls): AmendStore {
  const { read } = database
  const { broadcasts, recipients } = tables
  const sent = tables.posts
  const asked = tables.recalls
  const columns = { key: sent.key, room: sent.room, account: sent.account, lane: sent.lane, anytime: sent.anytime }

  /** Said anew to where a post was to go, with the words that count then. */
  async function sayAnew(tx: Tx, id: BroadcastId, wave: number, rows: readonly Row[], now: number): Promise<void> {
    const anew = rows.flatMap(row => {
      const to = row.room ? { room: row.room } : row.account ? { account: row.account } : null
      const cast = readBroadcastPost(row.key)
      if (!to || !cast) return []
      const lane = lanes[row.lane] ?? 'broadcast'
      const post: Post = {
        ...{ key: broadcastPostKey(id, wave, cast.to, 1), to, incident: null, thread: false, lane },
        ...{ view: drawnLater, anytime: row.anytime },
      }
      return [post]
    })
    if (anew.length > 0) await posts.add(tx, anew, now)
  }

  async function leave(tx: Tx, keys: readonly string[]): Promise<void> {
    await tx
      .update(sent)
      .set({ state: 'left', dueAt: null, error: 'it was taken back', view: Buffer.alloc(0), author: null })
      .where(and(inArray(sent.key, [...keys]), inArray(sent.state, ['waiting', 'kept', 'parked'])))
      .returning({ id: sent.id })
  }

  return {
    begun(limit) {
      return read
        .select({ id: broadcasts.id, seq: broadcasts.seq })
        .from(broadcasts)
        .where(inArray(broadcasts.state, started))
        .orderBy(desc(broadcasts.createdAt), desc(broadcasts.id))
        .limit(limit)
    },
    async ask(id, { wave, recall }, limit, now) {
      const behind = and(eq(recipients.broadcast, id), eq(recipients.state, 'given'), lt(recipients.wave, wave))
      const [one] = await read.select({ key: recipients.key }).from(recipients).where(behind).limit(1)
      if (!one) return 0
      return database.transaction(async tx => {
        const rows = await held(
          tx
            .select({ key: recipients.key, turn: recipients.turn, nudges: recipients.nudges })
            .from(recipients)
            .where(behind)
            .orderBy(asc(recipients.key))
            .limit(limit),
          recipients,
        )
        if (rows.length === 0) return 0
        const keys = rows.flatMap(row => keysOf(id, row, wave))
        const found: Row[] = []
        for (const some of inPieces(keys)) {
          const own = inArray(sent.key, [...some])
          await recalls.askPosts(tx, own, 'amended', now)
          if (recall) await leave(tx, some)
          found.push(
            ...(await tx
              .select(columns)
              .from(sent)
              .where(and(own, eq(sent.state, 'unsure')))),
          )
        }
        await sayAnew(tx, id, wave, found, now)
        await tx
          .update(recipients)
          .set({ wave })
          .where(
            and(
              behind,
              inArray(
                recipients.key,
                rows.map(row => row.key),
              ),
            ),
          )
          .returning({ key: recipients.key })
        return rows.length
      })
    },
    async settle(id, { wave }, limit, now) {
      const rows = await read
        .select({ ...columns, recall: asked.key, state: sent.state })
        .from(asked)
        .innerJoin(sent, eq(sent.id, asked.post))
        .where(
          and(
            eq(asked.reason, 'amended'),
            isNotNull(asked.dueAt),
            inArray(sent.state, ['unsure', 'failed', 'left', 'kept', 'parked']),
            within(id),
          ),
        )
        .limit(limit)
      if (rows.length === 0) return 0
      await database.transaction(async tx => {
        const unsure = rows.filter(row => row.state === 'unsure')
        await sayAnew(tx, id, wave, unsure, now)
        await tx
          .delete(asked)
          .where(
            inArray(
              asked.key,
              rows.map(row => row.recall),
            ),
          )
          .returning({ key: asked.key })
      })
      return rows.length
    },
    async reader(id, to) {
      const { person, room, region, language } = recipients
      const [row] = await read
        .select({ person, room, region, language })
        .from(recipients)
        .where(and(eq(recipients.broadcast, id), eq(recipients.key, to)))
      return row ?? null
    },
    async counts(id, { wave, at }) {
      const own = eq(recipients.broadcast, id)
      const had = read
        .select({ key: recipients.key, wave: recipients.wave })
        .from(recipients)
        .innerJoin(sent, eq(sent.key, recipients.post))
        .where(and(own, lte(recipients.givenAt, at), inArray(sent.state, ['sent', 'unsure'])))
      const open = read
        .select({ key: sent.key })
        .from(asked)
        .innerJoin(sent, eq(sent.id, asked.post))
        .where(and(eq(asked.reason, 'amended'), isNotNull(asked.dueAt), within(id)))
      const anew = read
        .select({ key: sent.key })
        .from(sent)
        .where(and(isNotNull(sent.dueAt), gte(sent.key, `cast:${id}:${wave}:`), lt(sent.key, `cast:${id}:${wave};`)))
      const [all, waiting, going] = await Promise.all([had, open, anew])
      const behind = new Set([
        ...all.flatMap(row => (row.wave < wave ? [row.key as string] : [])),
        ...[...waiting, ...going].map(row => readBroadcastPost(row.key)?.to as string),
      ])
      return { done: Math.max(0, all.filter(row => !behind.has(row.key)).length), all: all.length }
    },
  }

  function within(id: BroadcastId) {
    return and(gte(sent.key, `cast:${id}:`), lt(sent.key, `cast:${id};`))
  }
}

type Served = { readonly key: RecipientKey; readonly turn: number; readonly nudges: number }
type Row = { key: string; room: RoomId | null; account: AccountId | null; lane: number; anytime: boolean }

const started: BroadcastState[] = ['sending', 'paused', 'sent', 'cancelled', 'expired']

/** All posts that may carry its words to somebody: at each account that was tried, reminders, earlier corrections. */
function keysOf(id: BroadcastId, { key, turn, nudges }: Served, wave: number): readonly string[] {
  const turns = Array.from({ length: Math.max(1, turn) }, (_, at) => broadcastPostKey(id, 0, key, at + 1))
  const reminders = Array.from({ length: nudges }, (_, at) => broadcastPostKey(id, `n${at + 1}`, key, 1))
  const earlier = Array.from({ length: wave - 1 }, (_, at) => broadcastPostKey(id, at + 1, key, 1))
  return [...turns, ...reminders, ...earlier]
}

function* inPieces<T>(list: readonly T[], most = 100): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += most) yield list.slice(start, start + most)
}

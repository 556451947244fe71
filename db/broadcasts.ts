import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import { dueAtOf } from '../workflows/broadcast/due.ts'
import type { BroadcastReads } from '../workflows/broadcast/standing.ts'
import type { Broadcast, BroadcastChange, BroadcastEntry, BroadcastEvent } from '../workflows/broadcast.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { BroadcastId } from '../workflows/ids.ts'
import { type Base, held } from './base.ts'
import { chainStart, digestOf } from './chain.ts'
import type { Read, Tx } from './database.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofBroadcast, scopeIs } from './keys.ts'
import type { ReachedReads } from './reached.ts'

/** Broadcasts as they are read; words lie in them, sealed under a key of each one's own. */
export interface BroadcastStore extends Pick<BroadcastReads, 'find' | 'latest' | 'entries'> {
  /** Those with which the hub has something to do by now, the longest due first. */
  due(now: number, limit: number): Promise<readonly Broadcast[]>
  /**
   * Shreds what was said in some that were written before that moment (epoch ms) and are done with, and what people
   * wrote to them: their logs still verify. Those about an incident that is on hold are spared. Gives how many.
   */
  clear(before: number, limit: number): Promise<number>
  /** True if that window of a recurring one has had its broadcast. */
  recurred(recurring: string): Promise<boolean>
}

/** The broadcasts, and what a transaction does to them. */
export type Broadcasts = BroadcastStore & {
  /** The broadcast as it stands now; on PostgreSQL held until the transaction ends. */
  stands(tx: Tx, id: BroadcastId): Promise<Broadcast | null>
  /** Writes a change with its entries. @throws ConflictError if it is no longer as `before` says, or the id is taken */
  write(tx: Tx, change: BroadcastChange): Promise<void>
}

/** What is sealed as the present state: with the hash of its last entry, which nobody can make up without the key. */
export type SealedBroadcast = { readonly state: Broadcast; readonly hash: string }

/** The hash of an entry of a broadcast, over what stands of it, sealed, and the hash of the entry before. */
export function linked(previous: string, row: BroadcastLink): string {
  const { broadcast, seq, by, at, content } = row
  return digestOf(previous + JSON.stringify([broadcast, seq, by, at, digestOf(content.toString('base64'))]))
}

/** What the hash of a broadcast's entry vouches for. */
export type BroadcastLink = Pick<BroadcastEntry, 'seq' | 'by' | 'at'> & {
  readonly broadcast: BroadcastId
  readonly content: Buffer
}

/** The broadcasts in the database. */
export function broadcastStore({ database, tables, seal }: Base, keys: DataKeys): Broadcasts {
  const { broadcasts, broadcastEntries } = tables
  const { read } = database

  async function opened(handle: Read, rows: readonly { id: BroadcastId; content: Buffer }[]): Promise<Broadcast[]> {
    const all = await Promise.all(rows.map(async row => (await openedOne(handle, row))?.state ?? null))
    return all.filter(one => one !== null)
  }

  async function openedOne(handle: Read, { id, content }: { id: BroadcastId; content: Buffer }) {
    const key = await keys.find(handle, ofBroadcast(id))
    return key ? (JSON.parse(seal.text(content, key)) as SealedBroadcast) : null
  }

  function rowOf(state: Broadcast, hash: string, key: Key) {
    const { seq, plan, by, createdAt, recurring } = state
    const content = seal.seal(JSON.stringify({ state, hash } satisfies SealedBroadcast), key)
    const dueAt = dueAtOf(state)
    return { seq, state: state.state, urgency: plan.urgency, by, createdAt, dueAt, recurring, content }
  }

  async function chain(tx: Tx, id: BroadcastId, entries: readonly BroadcastEntry[], previous: string, key: Key) {
    let hash = previous
    const rows = entries.map(({ seq, by, at, event }) => {
      const content = seal.seal(JSON.stringify(event), key)
      hash = linked(hash, { broadcast: id, seq, by, at, content })
      return { broadcast: id, seq, by, at, content, hash }
    })
    if (rows.length > 0) await tx.insert(broadcastEntries).values(rows).returning({ seq: broadcastEntries.seq })
    return hash
  }

  const done = ['draft', 'sent', 'cancelled', 'expired'] as const
  const hasKey = sql`exists (
    select 1 from ${tables.keys} where ${scopeIs(tables.keys.scope, 'broadcast', broadcasts.id)}
  )`

  async function isHeld({ plan }: Broadcast): Promise<boolean> {
    if (!plan.incident) return false
    const { incidents } = tables
    const [row] = await read.select({ state: incidents.state }).from(incidents).where(eq(incidents.id, plan.incident))
    return Boolean(row?.state.hold)
  }

  async function unheld(all: readonly Broadcast[]): Promise<readonly Broadcast[]> {
    const held = await Promise.all(all.map(isHeld))
    return all.filter((_, at) => !held[at])
  }

  async function shred(tx: Tx, id: BroadcastId): Promise<void> {
    const { keys: kept, recipients } = tables
    await tx
      .delete(kept)
      .where(eq(kept.scope, ofBroadcast(id)))
      .returning({ scope: kept.scope })
    const said = and(eq(recipients.broadcast, id), isNotNull(recipients.said))
    await tx.update(recipients).set({ said: null }).where(said).returning({ key: recipients.key })
  }

  const columns = { id: broadcasts.id, seq: broadcasts.seq, content: broadcasts.content }

  return {
    async find(id) {
      const [one] = await opened(read, await read.select(columns).from(broadcasts).where(eq(broadcasts.id, id)))
      return one ?? null
    },
    async latest({ states, limit }) {
      const rows = await read
        .select(columns)
        .from(broadcasts)
        .where(states && inArray(broadcasts.state, [...states]))
        .orderBy(desc(broadcasts.createdAt), desc(broadcasts.id))
        .limit(limit)
      return opened(read, rows)
    },
    async entries(id) {
      const key = await keys.find(read, ofBroadcast(id))
      if (!key) return []
      const rows = await read
        .select()
        .from(broadcastEntries)
        .where(eq(broadcastEntries.broadcast, id))
        .orderBy(asc(broadcastEntries.seq))
      return rows.map(({ seq, by, at, content }) => {
        const event: BroadcastEvent = JSON.parse(seal.text(content, key))
        return { seq, by, at, event }
      })
    },
    async due(now, limit) {
      const rows = await read
        .select(columns)
        .from(broadcasts)
        .where(and(isNotNull(broadcasts.dueAt), lte(broadcasts.dueAt, now)))
        .orderBy(asc(broadcasts.dueAt), asc(broadcasts.id))
        .limit(limit)
      return opened(read, rows)
    },
    async clear(before, limit) {
      let [cleared, after] = [0, '' as BroadcastId]
      for (;;) {
        const old = and(lt(broadcasts.createdAt, before), inArray(broadcasts.state, [...done]), hasKey)
        const rows = await read
          .select(columns)
          .from(broadcasts)
          .where(and(old, gt(broadcasts.id, after)))
          .orderBy(asc(broadcasts.id))
          .limit(limit)
        for (const { id } of await unheld(await opened(read, rows))) {
          await database.transaction(tx => shred(tx, id))
          cleared += 1
        }
        after = rows.at(-1)?.id ?? after
        if (rows.length < limit || cleared > 0) return cleared
      }
    },
    async recurred(recurring) {
      const own = and(eq(broadcasts.recurring, recurring), isNotNull(broadcasts.recurring))
      const [row] = await read.select({ id: broadcasts.id }).from(broadcasts).where(own)
      return row !== undefined
    },
    async stands(tx, id) {
      const [row] = await held(tx.select(columns).from(broadcasts).where(eq(broadcasts.id, id)), broadcasts)
      return row ? ((await openedOne(tx, row))?.state ?? null) : null
    },
    async write(tx, { before, after, entries }) {
      const { id } = after
      if (!before) {
        const key = await keys.make(tx, ofBroadcast(id))
        const hash = await chain(tx, id, entries, chainStart, key)
        await tx
          .insert(broadcasts)
          .values({ id, ...rowOf(after, hash, key) })
          .returning({ id: broadcasts.id })
        return
      }
      const same = and(eq(broadcasts.id, id), eq(broadcasts.seq, before.seq))
      const [row] = await tx.select(columns).from(broadcasts).where(same)
      const [sealed, key] = row ? [await openedOne(tx, row), await keys.find(tx, ofBroadcast(id))] : [null, null]
      if (!sealed || !key) throw new ConflictError(`${id} was changed meanwhile`)
      const hash = await chain(tx, id, entries, sealed.hash, key)
      const written = await tx
        .update(broadcasts)
        .set(rowOf(after, hash, key))
        .where(same)
        .returning({ id: broadcasts.id })
      if (written.length === 0) throw new ConflictError(`${id} was changed meanwhile`)
    },
  }
}

/** All that is read of broadcasts: what they are, and how it stands with their recipients. */
export function broadcastReads(own: BroadcastStore, reached: ReachedReads): BroadcastReads {
  const asks = async (id: BroadcastId) => {
    const broadcast = await own.find(id)
    return broadcast !== null && broadcast.plan.answer.type !== 'none'
  }

  return {
    find: own.find,
    latest: own.latest,
    entries: own.entries,
    recipients: async (id, filter) => reached.recipients(id, filter, await asks(id)),
    tally: async id => reached.tally(id, await asks(id)),
    async asking(person, since) {
      const ids = await reached.unanswered(person, since, mostAsking)
      const found = await Promise.all(ids.map(own.find))
      return found.filter(one => one !== null)
    },
  }
}

const mostAsking = 10

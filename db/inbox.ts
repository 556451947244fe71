import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { ConflictError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import { type Base, unheld } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import type { Key } from './key.ts'
import { type Scope, sealedKeyOf } from './keys.ts'
import { slot, slots, written } from './write.ts'

/** A raw message as a platform gave it; kept before it is handled. */
export type RawMessage = { readonly key: string; readonly payload: string; readonly receivedAt: number }

/** What came in: messages are stored raw before they are handled, and everything that took effect leaves its key. */
export interface InboxStore {
  /** Keeps a raw message, leased to whoever keeps it for so long (0: due at once); false if it was kept before. */
  take(message: RawMessage, leaseMs?: number): Promise<boolean>
  /** Messages that are due to be handled, leased to this caller until `now + leaseMs`. */
  due(now: number, leaseMs: number, limit: number): Promise<readonly (RawMessage & { attempts: number })[]>
  /** Makes those of these that are not handled yet due then (epoch ms), for whoever has them in hand. */
  hold(keys: readonly string[], until: number): Promise<void>
  /** Says that handling failed: tried again at `retryAt`, or laid aside (null) with the reason. */
  failed(key: string, reason: string, retryAt: number | null): Promise<void>
  /** Marks a message handled that changed nothing. */
  handled(key: string, now: number): Promise<void>
  /** The answer under a key after an unknown outcome; `undefined` if it never took effect. */
  answer(key: string): Promise<unknown | undefined>
}

/** What took effect under a key. */
export type Taken = {
  readonly key: string
  readonly person: PersonId | null
  readonly now: number
  readonly answer: unknown
  /** The data key under which the answer lies; without one it lies under the hub's. */
  readonly under: { readonly scope: Scope; readonly key: Key } | null
}

/** The inbox, and what a transaction does to it. */
export type Inbox = InboxStore & {
  /** What that key is looked up by. */
  lookup(key: string): string
  answered(handle: Read, key: string): Promise<unknown | undefined>
  /** Says that the key took effect. @throws ConflictError if it did before */
  effect(tx: Tx, taken: Taken): Promise<void>
}

/** The inbox in the database. */
export function inboxStore({ database, tables: { inbox }, seal }: Base): Inbox {
  const answer = prepared('inbox_answer', (handle: Read) =>
    handle
      .select({ scope: inbox.scope, answer: inbox.answer, key: sealedKeyOf('inbox.scope') })
      .from(inbox)
      .where(and(eq(inbox.key, slot('key')), isNotNull(inbox.handledAt))),
  )
  const effect = written('inbox_effect', tx =>
    tx
      .insert(inbox)
      .values({
        ...slots(['key', 'person', 'handledAt', 'scope', 'answer']),
        receivedAt: slot('handledAt'),
        attempts: sql`0`,
      })
      .onConflictDoUpdate({
        target: inbox.key,
        set: {
          person: sql`excluded.person`,
          handledAt: sql`excluded.handled_at`,
          scope: sql`excluded.scope`,
          answer: sql`excluded.answer`,
          ...done,
        },
        setWhere: isNull(inbox.handledAt),
      }),
  )

  const keep = written('inbox_keep', tx =>
    tx
      .insert(inbox)
      .values({ ...slots(['key', 'receivedAt', 'dueAt', 'raw']), attempts: sql`0` })
      .onConflictDoNothing(),
  )
  const end = written('inbox_end', tx =>
    tx
      .update(inbox)
      .set({ ...slots(['handledAt']), ...done })
      .where(and(eq(inbox.key, slot('key')), isNull(inbox.handledAt))),
  )

  // A platform's keys name accounts, so they are looked up without being readable. A form's key is random and rises
  // with time, which keeps the index in order.
  const lookup = (key: string) => (key.startsWith('form:') && key.length <= 100 ? key : seal.hmac(`inbox:${key}`))

  async function answered(handle: Read, key: string): Promise<unknown | undefined> {
    const [row] = await answer(handle, { key: lookup(key) })
    if (!row) return undefined
    // Where the key is gone the answer was shredded; that it was given stands.
    if (!row.answer || (row.scope && !row.key)) return null
    try {
      return JSON.parse(seal.text(row.answer, row.key ? seal.dataKey(row.key) : undefined))
    } catch {
      return null
    }
  }

  const candidates = (handle: Read, now: number, limit: number) =>
    handle
      .select({ key: inbox.key })
      .from(inbox)
      .where(and(isNotNull(inbox.dueAt), lte(inbox.dueAt, now)))
      .orderBy(asc(inbox.dueAt), asc(inbox.receivedAt))
      .limit(limit)

  const change = (key: string, set: Partial<typeof inbox.$inferInsert>) =>
    database.transaction(tx =>
      tx
        .update(inbox)
        .set(set)
        .where(and(eq(inbox.key, lookup(key)), isNull(inbox.handledAt)))
        .returning({ key: inbox.key }),
    )

  return {
    lookup,
    answered,
    async effect(tx, { key, person, now, answer: given, under }) {
      const sealed = seal.seal(JSON.stringify(given ?? null), under?.key)
      const taken = { key: lookup(key), person, handledAt: now, scope: under?.scope ?? null, answer: sealed }
      const changed = await effect(tx, taken)
      if (changed === 0) throw new ConflictError('that key took effect before')
    },
    answer: key => answered(database.read, key),
    async take({ key, payload, receivedAt }, leaseMs = 0) {
      const row = { key: lookup(key), receivedAt, dueAt: receivedAt + leaseMs }
      const changed = await database.transaction(tx => {
        // In here, so that a key that was replaced meanwhile is not the one it lies under.
        const raw = seal.seal(JSON.stringify([key, payload]))
        return keep(tx, { ...row, raw })
      })
      return changed > 0
    },
    async due(now, leaseMs, limit) {
      if ((await candidates(database.read, now, 1)).length === 0) return []
      const rows = await database.transaction(async tx => {
        const due = await unheld(candidates(tx, now, limit), inbox)
        if (due.length === 0) return []
        return tx
          .update(inbox)
          .set({ dueAt: now + leaseMs, attempts: sql`${inbox.attempts} + 1` })
          .where(
            and(
              inArray(
                inbox.key,
                due.map(row => row.key),
              ),
              lte(inbox.dueAt, now),
            ),
          )
          .returning()
      })
      return rows
        .sort((one, other) => one.receivedAt - other.receivedAt)
        .flatMap(({ raw, receivedAt, attempts }) => {
          if (!raw) return []
          const [key, payload] = JSON.parse(seal.text(raw)) as [string, string]
          return [{ key, payload, receivedAt, attempts }]
        })
    },
    async hold(keys, until) {
      if (keys.length === 0) return
      await database.transaction(tx =>
        tx
          .update(inbox)
          .set({ dueAt: until })
          .where(and(inArray(inbox.key, keys.map(lookup)), isNull(inbox.handledAt), isNotNull(inbox.dueAt)))
          .returning({ key: inbox.key }),
      )
    },
    async failed(key, reason, retryAt) {
      await change(key, { dueAt: retryAt, error: reason })
    },
    async handled(key, now) {
      await database.transaction(tx => end(tx, { key: lookup(key), handledAt: now }))
    },
  }
}

const done = { raw: sql`null`, dueAt: sql`null`, error: sql`null` }

import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { IncidentChange } from '../workflows/change.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { type Base, unheld } from './base.ts'
import type { Read, Tx } from './database.ts'
import type { DueFetch, FetchStore, ToFetch } from './evidence.ts'
import type { Key } from './key.ts'
import { sealedKey } from './keys.ts'

/** The fetches, and what a transaction does to them. */
export type Fetches = FetchStore & {
  /** Adds what is to be fetched for an incident, whose key seals where it is. */
  add(
    tx: Tx,
    entry: { incident: IncidentId; seq: number | null },
    key: Key,
    files: readonly ToFetch[],
    now: number,
  ): Promise<void>
  /** What is still to come with an entry, by its kinds. */
  coming(handle: Read, incident: IncidentId, seq: number, key: Key): Promise<readonly Pick<ToFetch, 'kind'>[]>
  /** Forgets what was fetched or given up. @throws ConflictError if it was forgotten before */
  settle(tx: Tx, id: string): Promise<void>
  /** Forgets what must not be fetched any more, because what its senders gave goes. */
  drop(tx: Tx, changes: readonly IncidentChange[]): Promise<void>
}

/** Where a file is: everything about it that only its fetching needs. */
type Source = Pick<ToFetch, 'source' | 'name' | 'type' | 'kind' | 'processed'>

/** The fetches in the database. */
export function fetchStore({ database, tables: { fetches }, seal }: Base): Fetches {
  const due = (handle: Read, platforms: readonly string[], now: number, limit: number) =>
    handle
      .select({ id: fetches.id })
      .from(fetches)
      .where(and(inArray(fetches.platform, platforms as never), lte(fetches.dueAt, now)))
      .orderBy(asc(fetches.dueAt), asc(fetches.createdAt))
      .limit(limit)

  async function opened(handle: Read, id: string): Promise<DueFetch[]> {
    const [row] = await handle
      .select({ row: fetches, key: sealedKey('incident', 'fetches.incident') })
      .from(fetches)
      .where(eq(fetches.id, id))
    if (!row) return []
    const { source: sealed, incident, seq, person, platform, attempts, createdAt } = row.row
    // Where the incident's key is gone, nobody may know any more what was sent.
    if (!row.key) return []
    const source: Source = JSON.parse(seal.text(sealed, seal.dataKey(row.key)))
    return [{ id, incident, seq, person, platform, attempts, createdAt, ...source }]
  }

  const forget = (tx: Tx, id: string) => tx.delete(fetches).where(eq(fetches.id, id)).returning({ id: fetches.id })

  return {
    async add(tx, { incident, seq }, key, files, now) {
      if (files.length === 0) return
      const rows = files.map(({ id, person, platform, source, name, type, kind, processed }) => {
        const sealed = seal.seal(JSON.stringify({ source, name, type, kind, processed } satisfies Source), key)
        return { id, incident, seq, person, platform, source: sealed, attempts: 0, createdAt: now, dueAt: now }
      })
      await tx.insert(fetches).values(rows).returning({ id: fetches.id })
    },
    async coming(handle, incident, seq, key) {
      const rows = await handle
        .select({ source: fetches.source })
        .from(fetches)
        .where(and(eq(fetches.incident, incident), eq(fetches.seq, seq)))
      return rows.map(row => JSON.parse(seal.text(row.source, key)) as Source)
    },
    async settle(tx, id) {
      if ((await forget(tx, id)).length === 0) throw new ConflictError('that file is fetched no more')
    },
    async drop(tx, changes) {
      for (const { shred, after } of changes) {
        if (!shred || (shred.type === 'step' && shred.step === 'contact')) continue
        if (shred.type === 'said' && !shred.gone) continue
        const by =
          shred.type === 'by'
            ? inArray(fetches.person, [...shred.people, '' as PersonId])
            : shred.type === 'said'
              ? eq(fetches.seq, shred.of)
              : undefined
        await tx
          .delete(fetches)
          .where(and(eq(fetches.incident, after.id), by))
          .returning({ id: fetches.id })
      }
    },
    async due(platforms, now, leaseMs, limit) {
      if (platforms.length === 0 || (await due(database.read, platforms, now, 1)).length === 0) return []
      return database.transaction(async tx => {
        const found = await unheld(due(tx, platforms, now, limit), fetches)
        const ids = found.map(row => row.id)
        if (ids.length === 0) return []
        await tx
          .update(fetches)
          .set({ dueAt: now + leaseMs, attempts: sql`${fetches.attempts} + 1` })
          .where(and(inArray(fetches.id, ids), lte(fetches.dueAt, now)))
          .returning({ id: fetches.id })
        const all: DueFetch[] = []
        for (const id of ids) {
          const [one] = await opened(tx, id)
          if (one) all.push(one)
          else await forget(tx, id)
        }
        return all
      })
    },
    async failed(id, reason, retryAt) {
      await database.transaction(tx =>
        tx
          .update(fetches)
          .set({ error: reason, dueAt: retryAt })
          .where(eq(fetches.id, id))
          .returning({ id: fetches.id }),
      )
    },
    async waiting() {
      return database.read.$count(fetches)
    },
  }
}

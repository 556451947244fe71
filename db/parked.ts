import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Post } from '../workflows/change.ts'
import type { PersonId, PlatformName } from '../workflows/ids.ts'
import type { Parked, ParkedReads } from '../workflows/parked.ts'
import type { Setback } from '../workflows/setback.ts'
import type { StuckDeed } from '../workflows/stuck.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'
import type { SetbackRows } from './setbacks.ts'

/** What is parked: why, whose it is, and who is told. */
export type Parking = {
  readonly reason: string
  readonly person: PersonId | null
  readonly posts: readonly Post[]
  readonly setback: Setback
}

/** What came in and could not be worked on. */
export interface ParkedStore extends ParkedReads {
  /** The id of what was kept under that key. */
  idOf(key: string): string
  /** Lays it aside, and tells of it, all or nothing; what was handled meanwhile is left alone. */
  park(key: string, parking: Parking, now: number): Promise<void>
}

/** The same, and what a transaction does to it. */
export type ParkedRows = ParkedStore & {
  /** Makes it due again, as if it were new, or deletes what it says; what is settled by now is left alone. */
  decide(tx: Tx, id: string, deed: StuckDeed, now: number): Promise<void>
}

/** What is parked, in the database. */
export function parkedStore(
  { database, tables: { inbox }, seal }: Base,
  lookup: (key: string) => string,
  posts: Posts,
  setbacks: SetbackRows,
): ParkedRows {
  const lying = and(isNotNull(inbox.raw), isNull(inbox.dueAt))

  function read({ key: id, raw, person, receivedAt: at, error }: typeof inbox.$inferSelect): readonly Parked[] {
    try {
      const [, payload] = JSON.parse(seal.text(raw as Buffer)) as [string, string]
      return [{ id, platform: platformOf(payload), person, at, reason: error ?? '' }]
    } catch {
      return []
    }
  }

  return {
    idOf: lookup,
    async park(key, { reason, person, posts: told, setback }, now) {
      await database.transaction(async tx => {
        const rows = await tx
          .update(inbox)
          .set({ dueAt: null, error: reason, person })
          .where(and(eq(inbox.key, lookup(key)), isNull(inbox.handledAt)))
          .returning({ key: inbox.key })
        if (rows.length === 0) return
        if (told.length > 0) await posts.add(tx, told, now)
        await setbacks.keep(tx, [setback], now)
      })
    },
    async list() {
      const rows = await database.read.select().from(inbox).where(lying).orderBy(desc(inbox.receivedAt)).limit(most)
      return rows.flatMap(read)
    },
    async find(id) {
      const rows = await database.read
        .select()
        .from(inbox)
        .where(and(eq(inbox.key, id), lying))
        .orderBy(asc(inbox.key))
      return rows.flatMap(read)[0] ?? null
    },
    async decide(tx, id, deed, now) {
      const gone = { raw: null, error: null, person: null, handledAt: now } as const
      const set = deed === 'again' ? { dueAt: now, attempts: 0 } : gone
      await tx
        .update(inbox)
        .set(set)
        .where(and(eq(inbox.key, id), lying, isNull(inbox.handledAt)))
        .returning({ key: inbox.key })
    },
  }
}

const most = 300

// A platform's own event has it outside, a message that the hub had understood inside.
function platformOf(payload: string): PlatformName {
  const { platform, message } = JSON.parse(payload) as {
    readonly platform?: PlatformName
    readonly message?: { readonly platform: PlatformName }
  }
  const name = platform ?? message?.platform
  if (!name) throw new Error('nothing that a platform sent')
  return name
}

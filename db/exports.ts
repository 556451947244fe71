import { and, desc, eq, gt, isNotNull, lte, or, sql } from 'drizzle-orm'
import { RuleError } from '../workflows/errors.ts'
import type { Export, ExportChange, ExportId, ExportReads } from '../workflows/export/request.ts'
import type { PhraseKey } from '../workflows/phrase.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** Exports that were asked for, and what opens their files. */
export interface ExportStore extends ExportReads {
  /**
   * What opens the file of an export that may still be taken or was just taken: `fresh`, where there is none yet; null
   * once it has run out.
   */
  secret(id: ExportId, fresh: string, now: number): Promise<string | null>
  /**
   * Marks it as taken, also again if the first time was after `since`: false if it may not be, or has run out. Each
   * time it stands in the log of the network.
   */
  take(id: ExportId, now: number, since: number): Promise<boolean>
  /** Keeps how many incidents went out with it. */
  gone(id: ExportId, rows: number): Promise<void>
  /** Forgets what opens files that nobody may ask for any more. */
  forget(now: number): Promise<void>
}

/** The exports, and what a transaction does to them. */
export type Exports = ExportStore & {
  /** Writes what somebody does about one. @throws RuleError where it stands otherwise by now */
  write(tx: Tx, change: ExportChange): Promise<void>
}

/** The exports in the database. */
export function exportStore({ database, tables, seal }: Base, keys: DataKeys): Exports {
  const { exports } = tables
  const { read } = database
  type Row = typeof exports.$inferSelect

  /** Without the reason once its time is over, or whoever gave it is gone. */
  async function opened({ secret: _, id, reason, ...row }: Row): Promise<Export> {
    const key = reason.length > 0 ? await keys.find(read, ofPerson(row.by)) : null
    return { ...row, id: id as ExportId, reason: key ? seal.text(reason, key) : '' }
  }

  const stands = (id: ExportId, now: number) => and(eq(exports.id, id), gt(exports.until, now))

  async function forgotten(tx: Tx, now: number): Promise<void> {
    const over = and(isNotNull(exports.secret), lte(exports.until, now))
    await tx.update(exports).set({ secret: null }).where(over).returning({ id: exports.id })
  }

  async function settle(tx: Tx, change: ExportChange, state: 'ready' | 'refused', id: ExportId): Promise<void> {
    const { by, at, until } = change
    const [row] = await held(tx.select().from(exports).where(eq(exports.id, id)), exports)
    if (!row || row.until <= at) refuse('export.over', id)
    if (row.state !== 'asked') refuse('export.settled', id)
    if (row.by === by && state === 'ready') refuse('export.alone', id)
    await tx
      .update(exports)
      .set({ state, settledBy: by, settledAt: at, until })
      .where(eq(exports.id, id))
      .returning({ id: exports.id })
    const facts = { did: state === 'ready' ? 'agree' : 'refuse', export: id }
    await addDeed(tx, tables, { at, by, what: 'export', facts })
  }

  return {
    async find(id) {
      const [row] = await read.select().from(exports).where(eq(exports.id, id))
      return row ? opened(row) : null
    },
    async latest(limit) {
      const rows = await read.select().from(exports).orderBy(desc(exports.at), desc(exports.id)).limit(limit)
      return Promise.all(rows.map(opened))
    },
    async secret(id, fresh, now) {
      return database.transaction(async tx => {
        const open = and(stands(id, now), or(eq(exports.state, 'ready'), eq(exports.state, 'taken')))
        const [row] = await held(tx.select().from(exports).where(open), exports)
        if (!row) return null
        if (row.secret) return seal.text(row.secret)
        const secret = seal.seal(fresh)
        await tx.update(exports).set({ secret }).where(eq(exports.id, id)).returning({ id: exports.id })
        return fresh
      })
    },
    async take(id, now, since) {
      return database.transaction(async tx => {
        const lately = and(eq(exports.state, 'taken'), gt(exports.takenAt, since))
        const [row] = await tx
          .update(exports)
          .set({ state: 'taken', takenAt: sql`coalesce(${exports.takenAt}, ${now})` })
          .where(and(stands(id, now), or(eq(exports.state, 'ready'), lately)))
          .returning({ by: exports.by, takenAt: exports.takenAt })
        const did = row?.takenAt === now ? 'take' : 'take-again'
        if (row) await addDeed(tx, tables, { at: now, by: row.by, what: 'export', facts: { did, export: id } })
        return row !== undefined
      })
    },
    async gone(id, rows) {
      await database.transaction(tx =>
        tx.update(exports).set({ rows }).where(eq(exports.id, id)).returning({ id: exports.id }),
      )
    },
    forget: now => database.transaction(tx => forgotten(tx, now)),
    async write(tx, change) {
      const { do: deed, by, at, until, made: id } = change
      if (deed.type === 'phrase') {
        const facts = { did: 'phrase', export: deed.id }
        return addDeed(tx, tables, { at, by, what: 'export', facts })
      }
      if (deed.type !== 'ask') return settle(tx, change, deed.type === 'agree' ? 'ready' : 'refused', deed.id)
      if (id === null) throw new Error('an export was asked for without a name')
      const { plan, platform } = deed
      await forgotten(tx, at)
      const state = deed.waits ? 'asked' : 'ready'
      const reason = seal.seal(deed.reason, await keys.person(tx, by))
      await tx
        .insert(exports)
        .values({ id, by, at, plan, platform, state, reason, until })
        .returning({ id: exports.id })
      const { format, edition, sealed, regions } = plan
      const facts = { did: 'ask', export: id, format, edition, sealed: sealed ? 'yes' : 'no', regions }
      await addDeed(tx, tables, { at, by, what: 'export', facts })
    },
  }
}

function refuse(key: PhraseKey, id: ExportId): never {
  throw new RuleError({ key, params: { id } })
}

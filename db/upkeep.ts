import { and, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { EvidenceRecord } from '../workflows/evidence.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Copies } from './copies.ts'
import type { Read } from './database.ts'
import type { FileUpkeep } from './evidence.ts'
import type { FileStore as Bytes } from './files.ts'
import type { Key } from './key.ts'
import { shredFiles } from './shred.ts'
import { fileFindings } from './verify.ts'

/** What lies sealed beside a file: its digest, the salt of its proof, and what is known of it. */
export type Sealed = EvidenceRecord & { readonly sha256: string; readonly salt: string }
/** A file as the database holds it. */
export type FileRow = Base['tables']['files']['$inferSelect']
/** The key of a file, and what lies sealed under it. */
export type Unsealed = { readonly key: Key; readonly record: Sealed }

/** What the upkeep works on; `unsealed` gives null for what is shredded, and rejects for what was changed. */
export type Stock = {
  readonly bytes: Bytes
  readonly copies: Copies
  readonly unsealed: (handle: Read, row: FileRow) => Promise<Unsealed | null>
}

/** Shreds, sweeps and checks what is kept. */
export function upkeep(base: Base, stock: Stock): FileUpkeep {
  const { database, tables } = base
  const { files } = tables
  const { bytes, copies } = stock

  /** Removes what shredded files left on disk; the row forgets its path last, so that nothing is left by a crash. */
  async function removeShredded(): Promise<void> {
    for (;;) {
      const rows = await database.read
        .select({ id: files.id, path: files.path })
        .from(files)
        .where(and(isNotNull(files.shreddedAt), isNotNull(files.path)))
        .limit(some)
      for (const { id, path } of rows) {
        await copies.remove(id)
        if (path) await bytes.remove(path)
        await database.transaction(tx =>
          tx.update(files).set({ path: null }).where(eq(files.id, id)).returning({ id: files.id }),
        )
      }
      if (rows.length < some) return
    }
  }

  async function idsOf(handle: Read, incident: IncidentId): Promise<string[]> {
    const rows = await handle.select({ id: files.id }).from(files).where(eq(files.incident, incident))
    return rows.map(row => row.id)
  }

  return {
    async shred(what, now) {
      const shredded = await database.transaction(async tx =>
        shredFiles(tx, base, typeof what === 'string' ? await idsOf(tx, what) : what, now),
      )
      await removeShredded()
      return shredded
    },
    async release(ids, now) {
      if (ids.length === 0) return
      await database.transaction(async tx => {
        const unclaimed = and(inArray(files.id, [...ids]), isNull(files.incident))
        const rows = await tx.select({ id: files.id }).from(files).where(unclaimed)
        return shredFiles(
          tx,
          base,
          rows.map(row => row.id),
          now,
        )
      })
      await removeShredded()
    },
    async sweep(now) {
      let swept = 0
      for (;;) {
        const count = await database.transaction(async tx => {
          const rows = await tx
            .select({ id: files.id })
            .from(files)
            .where(and(isNull(files.incident), isNull(files.shreddedAt), lt(files.keptAt, now - day)))
            .limit(some)
          const ids = rows.map(row => row.id)
          return shredFiles(tx, base, ids, now)
        })
        swept += count
        if (count < some) break
      }
      await removeShredded()
      await bytes.sweep(now - day)
      return swept
    },
    verify: now => fileFindings(base, stock, now - day),
    async counts() {
      const [row] = await database.read
        .select({
          files: sql<number>`coalesce(sum(case when ${files.shreddedAt} is null then 1 else 0 end), 0)`,
          bytes: sql<number>`coalesce(sum(case when ${files.shreddedAt} is null then ${files.size} else 0 end), 0)`,
          shredded: sql<number>`coalesce(sum(case when ${files.shreddedAt} is null then 0 else 1 end), 0)`,
        })
        .from(files)
      return { files: Number(row?.files), bytes: Number(row?.bytes), shredded: Number(row?.shredded) }
    },
  }
}

const some = 200
const day = 24 * 60 * 60_000

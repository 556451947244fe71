import { randomBytes } from 'node:crypto'
import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { StoreError } from '../workflows/errors.ts'
import type { Draw, EvidenceItem } from '../workflows/evidence.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { FileRef } from '../workflows/incident.ts'
import { type Base, held } from './base.ts'
import { copies } from './copies.ts'
import type { Read, Tx } from './database.ts'
import type { FileStore, FileToKeep, KeptEvidence } from './evidence.ts'
import { createFileStore, type KeptFile } from './files.ts'
import { type DataKeys, ofFile, ofIncident } from './keys.ts'
import { proofOf } from './proof.ts'
import { type FileRow, type Sealed, type Unsealed, upkeep } from './upkeep.ts'

/** Attached files in that folder and the database; `draw` makes the copies of pictures. */
export function attachments(base: Base, keys: DataKeys, folder: string, draw: Draw): FileStore {
  const { database, tables, seal } = base
  const { files } = tables
  const bytes = createFileStore(folder)
  const derived = copies(folder, seal, draw)

  async function keep(file: FileToKeep, now: number): Promise<KeptEvidence> {
    const { person, kind, type, incident, record } = file
    const id = randomBytes(12).toString('base64url')
    const fresh = keys.fresh()
    let before: Before | null = null
    let proof = ''
    // The row comes first: what a crash leaves behind it is unclaimed, and swept. Bytes without a row are nobody's.
    const enter = async ({ sha256, size, path }: KeptFile) => {
      const match = seal.hmac(`file:${sha256}`)
      const salt = randomBytes(16).toString('base64url')
      const sealed: Sealed = { ...record, ...(await file.taken()), sha256, salt }
      const own = { id, meant: incident, person, kind, type, size, match, path, keptAt: now }
      const insert = (evenSo: boolean) =>
        database.transaction(async tx => {
          const same = evenSo ? null : await sameAs(tx, match, file)
          if (same) return same
          await keys.add(tx, ofFile(id), fresh)
          const row = { ...own, record: seal.seal(JSON.stringify(sealed), fresh.key) }
          await tx.insert(files).values(row).returning({ id: files.id })
          return null
        })
      before = await insert(false)
      // Its bytes take their place in this moment, or a crash lost them.
      if (before && !(await bytes.stands(before.path))) before = await insert(true)
      proof = proofOf(id, salt, sha256)
      return before === null
    }
    const { sha256, size } = await bytes.put(file.open(), fresh.key, file.mostBytes, enter)
    // Set while the bytes were put, which the compiler does not follow.
    const same = before as Before | null
    const ref = same ? { id: same.id, kind: same.kind, proof: same.proof } : { id, kind, proof }
    return { ...ref, size, sha256, again: same !== null }
  }

  /**
   * The same bytes that this person sent for the same incident, or in the same go; for an incident one after the other,
   * so that of two that come at once the second finds the first.
   */
  async function sameAs(tx: Tx, match: string, { person, incident, among }: FileToKeep): Promise<Before | null> {
    if (incident)
      await held(
        tx
          .select()
          .from(tables.keys)
          .where(eq(tables.keys.scope, ofIncident(incident))),
        tables.keys,
      )
    const rows = await tx
      .select()
      .from(files)
      .where(and(eq(files.match, match), person === null ? isNull(files.person) : eq(files.person, person)))
      .orderBy(asc(files.keptAt))
    const found = rows.find(
      row => among.includes(row.id) || (incident !== null && [row.incident, row.meant].includes(incident)),
    )
    const opened = found && (await unsealed(tx, found))
    if (!found?.path || !opened) return null
    const { id, kind, path } = found
    return { id, kind, path, proof: proofOf(id, opened.record.salt, opened.record.sha256) }
  }

  /** The key of a file with what lies sealed under it; null once it is shredded. */
  async function unsealed(handle: Read, { id, record }: FileRow): Promise<Unsealed | null> {
    const key = record && (await keys.find(handle, ofFile(id)))
    return key ? { key, record: JSON.parse(seal.text(record, key)) } : null
  }

  async function found(id: string): Promise<(Unsealed & { row: FileRow & { path: string } }) | null> {
    const [row] = await database.read.select().from(files).where(eq(files.id, id))
    const opened = row && (await unsealed(database.read, row))
    return row?.path && opened ? { row: { ...row, path: row.path }, ...opened } : null
  }

  async function* read(id: string, from = 0) {
    const file = await found(id)
    if (!file) throw new StoreError('broken', 'none', 'there is no such file, or it was removed')
    const { row, key, record } = file
    yield* bytes.open({ path: row.path, sha256: record.sha256, size: row.size }, key, from)
  }

  return {
    ...upkeep(base, { bytes, copies: derived, unsealed }),
    keep,
    read,
    async list(incident: IncidentId) {
      const rows = await database.read
        .select()
        .from(files)
        .where(eq(files.incident, incident))
        .orderBy(asc(files.keptAt), asc(files.id))
      const opened = await Promise.all(rows.map(row => unsealed(database.read, row)))
      return rows.flatMap((row, at) => itemsOf(row, opened[at]?.record))
    },
    async find(id) {
      const file = await found(id)
      return file ? (itemsOf(file.row, file.record)[0] ?? null) : null
    },
    async same(id) {
      const [own] = await database.read.select({ match: files.match }).from(files).where(eq(files.id, id))
      if (!own?.match) return []
      return database.read
        .select({ id: files.id, incident: files.incident, by: files.person })
        .from(files)
        .where(and(eq(files.match, own.match), ne(files.id, id), isNull(files.shreddedAt)))
        .orderBy(asc(files.keptAt))
    },
    async copy(id, look) {
      const file = await found(id)
      if (!file) return { type: 'none', why: 'gone' }
      const { row, key } = file
      return row.kind === 'photo' ? derived.get(row, look, key, () => read(id)) : { type: 'none', why: 'no-picture' }
    },
  }
}

/** A file that was kept before, and where its bytes lie. */
type Before = FileRef & { readonly path: string }

function itemsOf(row: FileRow, sealed: Sealed | undefined): EvidenceItem[] {
  if (!sealed) return []
  const { id, incident, kind, type, size, keptAt, person } = row
  const { sha256, salt: _, ...record } = sealed
  return [{ id, incident, kind, type, size, sha256, keptAt, by: person, record }]
}

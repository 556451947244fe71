import { and, asc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { StoreError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { FileRef } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { FileFinding, FileProblem } from './evidence.ts'
import { proofOf } from './proof.ts'
import type { FileRow, Stock } from './upkeep.ts'

/**
 * Checks every timeline entry that names a file, every file, and every path on disk that is older than `settled` (epoch
 * ms); some at a time. What was shredded is no finding.
 */
export async function* fileFindings(base: Base, stock: Stock, settled: number): AsyncGenerator<FileFinding> {
  yield* entryFindings(base, stock)
  yield* byteFindings(base, stock, settled)
  yield* strayFindings(base, stock, settled)
}

const some = 200

/** Whether each entry's files are there, and are the bytes that the entry vouches for. */
async function* entryFindings({ database, tables }: Base, stock: Stock): AsyncGenerator<FileFinding> {
  const { timeline, files } = tables
  let after = { incident: '' as IncidentId, seq: 0 }
  for (;;) {
    const entries = await database.read
      .select({ incident: timeline.incident, seq: timeline.seq, event: timeline.event })
      .from(timeline)
      .where(
        and(
          sql`${timeline.event} like '%"files":[{%'`,
          or(
            gt(timeline.incident, after.incident),
            and(eq(timeline.incident, after.incident), gt(timeline.seq, after.seq)),
          ),
        ),
      )
      .orderBy(asc(timeline.incident), asc(timeline.seq))
      .limit(some)
    const refs = entries.flatMap(({ incident, event }) => refsOf(event).map(ref => ({ incident, ref })))
    const ids = refs.map(({ ref }) => ref.id)
    const rows = ids.length > 0 ? await database.read.select().from(files).where(inArray(files.id, ids)) : []
    const known = new Map(rows.map(row => [row.id, row]))
    for (const { incident, ref } of refs) {
      const problem = await entryProblem(database.read, ref, known.get(ref.id), stock)
      if (problem) yield { incident, file: ref.id, problem }
    }
    const last = entries.at(-1)
    if (!last || entries.length < some) return
    after = last
  }
}

function refsOf(event: object): readonly FileRef[] {
  return 'files' in event && Array.isArray(event.files) ? event.files.filter(ref => typeof ref?.proof === 'string') : []
}

async function entryProblem(
  read: Base['database']['read'],
  { id, proof }: FileRef,
  row: FileRow | undefined,
  { unsealed }: Stock,
): Promise<FileProblem | null> {
  if (!row) return 'missing'
  if (row.shreddedAt !== null) return null
  // A record that does not open is found with the file itself.
  const opened = await unsealed(read, row).catch(() => null)
  if (!opened) return null
  return proofOf(id, opened.record.salt, opened.record.sha256) === proof ? null : 'unproven'
}

/** Whether each standing file opens, holds the bytes that were kept, and is named by the timeline it belongs to. */
async function* byteFindings(base: Base, stock: Stock, settled: number): AsyncGenerator<FileFinding> {
  const { database, tables } = base
  const { files, timeline } = tables
  let after = ''
  for (;;) {
    const rows = await database.read
      .select()
      .from(files)
      .where(and(gt(files.id, after), isNull(files.shreddedAt)))
      .orderBy(asc(files.id))
      .limit(some)
    for (const row of rows) {
      const { id, incident } = row
      const problem = (await byteProblem(base, row, stock, settled)) ?? (await unnamed(row))
      if (problem) yield { incident, file: id, problem }
    }
    const last = rows.at(-1)
    if (!last || rows.length < some) return
    after = last.id
  }

  async function unnamed({ id, incident }: FileRow): Promise<FileProblem | null> {
    if (incident === null) return null
    const naming = await database.read
      .select({ seq: timeline.seq })
      .from(timeline)
      .where(and(eq(timeline.incident, incident), sql`${timeline.event} like ${`%"id":"${id}"%`}`))
      .limit(1)
    return naming.length > 0 ? null : 'unnamed'
  }
}

async function byteProblem(
  { database: { read }, tables: { files } }: Base,
  row: FileRow,
  { bytes, unsealed }: Stock,
  settled: number,
): Promise<FileProblem | null> {
  // Its bytes may be on their way to their place.
  if (row.incident === null && row.keptAt > settled) return null
  try {
    const opened = await unsealed(read, row)
    if (!opened || row.path === null) return (await shreddedMeanwhile()) ? null : 'missing'
    let size = 0
    const kept = { path: row.path, sha256: opened.record.sha256, size: row.size }
    for await (const piece of bytes.open(kept, opened.key)) size += piece.length
    return size === row.size ? null : 'altered'
  } catch (error) {
    if (!(error instanceof StoreError) && !(error instanceof SyntaxError)) throw error
    if (await shreddedMeanwhile()) return null
    return error.message.includes('missing on disk') ? 'missing' : 'altered'
  }

  async function shreddedMeanwhile(): Promise<boolean> {
    const [now] = await read.select({ at: files.shreddedAt }).from(files).where(eq(files.id, row.id))
    return !now || now.at !== null
  }
}

/** Bytes that no row knows: put there by hand, or left by a row that was deleted by hand. */
async function* strayFindings({ database, tables }: Base, { bytes }: Stock, settled: number) {
  const { files } = tables
  let batch: string[] = []
  const strays = async () => {
    const rows = await database.read
      .select({ path: files.path })
      .from(files)
      .where(and(inArray(files.path, batch), isNotNull(files.path)))
    const known = new Set(rows.map(row => row.path))
    const found = batch.filter(path => !known.has(path))
    batch = []
    return found.map(file => ({ incident: null, file, problem: 'orphaned' as const }))
  }
  for await (const { path, writtenAt } of bytes.paths()) {
    if (writtenAt < settled) batch.push(path)
    if (batch.length === some) yield* await strays()
  }
  if (batch.length > 0) yield* await strays()
}

import { asc, desc, gt } from 'drizzle-orm'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { appendLines, linesIn } from './lines.ts'

/** Something that was deleted for good: a person, a file's key, or the words of entries of an incident. */
export type Loss =
  | { readonly type: 'person'; readonly id: PersonId }
  | { readonly type: 'file'; readonly id: string }
  | { readonly type: 'words'; readonly incident: IncidentId; readonly seqs: readonly number[] }

/** One line of the erasure list: when it was deleted (epoch ms), numbered as the database does. */
export type Erased = { readonly id: number; readonly at: number; readonly what: Loss }

/** The list of all that was deleted for good, which lies apart from the database, as a file that only grows. */
export type ErasureList = {
  readonly file: string
  /** Brings the file up to the database, durably. @throws Error of the file system */
  follow(): Promise<void>
}

/** Where the erasure list of a database lies, by its folder of attached files. */
export function erasuresFile(filesFolder: string): string {
  return `${filesFolder.replace(/\.files$/, '')}.erasures`
}

/** Notes in this transaction what it deletes; the list says so soon after the commit. */
export async function noteErased(
  tx: Tx,
  { tables: { erased } }: Pick<Base, 'tables'>,
  losses: readonly Loss[],
  at: number,
) {
  const meant = losses.filter(loss => loss.type !== 'words' || loss.seqs.length > 0)
  if (meant.length === 0) return
  await tx
    .insert(erased)
    .values(meant.map(loss => ({ at, what: written(loss) })))
    .returning({ id: erased.id })
}

/** Follows the table of what was deleted with a file: what a crash left out is made up for by the next process. */
export function erasureList({ database, tables: { erased }, seal }: Base, file: string): ErasureList {
  // What several processes write at once may not come in the order of the numbers.
  const known = new Set<number>()
  let newest = 0
  let read = 0
  let begun = false

  async function learn(): Promise<void> {
    for await (const { text, end } of linesIn(file, read)) {
      const id = numberOf(text)
      if (id !== null) known.add(id)
      if (id !== null && id > newest) newest = id
      read = end
    }
  }

  async function append(): Promise<void> {
    await learn()
    let after = begun ? Math.max(0, newest - overlap) : 0
    for (;;) {
      const rows = await database.read
        .select()
        .from(erased)
        .where(gt(erased.id, after))
        .orderBy(asc(erased.id))
        .limit(some)
      const fresh = rows.filter(row => !known.has(row.id))
      if (fresh.length > 0)
        await appendLines(
          file,
          head,
          fresh.map(row => signed(row, seal.proof)),
        )
      await learn()
      after = rows.at(-1)?.id ?? after
      if (rows.length < some) break
    }
    begun = true
    for (const id of known) if (id < newest - overlap) known.delete(id)
  }

  let running: Promise<void> | undefined
  return {
    file,
    async follow() {
      const [last] = await database.read.select({ id: erased.id }).from(erased).orderBy(desc(erased.id)).limit(1)
      if (!last || (begun && known.has(last.id))) return
      running ??= append().finally(() => {
        running = undefined
      })
      await running
    },
  }
}

/**
 * Reads a list, line by line; a line that this database's own key did not sign, or that somebody cut short, is given as
 * null.
 */
export async function* readErased(file: string, proof: (text: string) => string): AsyncGenerator<Erased | null, void> {
  for await (const { text } of linesIn(file, 0)) {
    if (text.startsWith('#') || text === '') continue
    const found = /^(\d+) (\S+) (.+) ([\w-]+)$/.exec(text)
    const [, id = '', moment = '', what = '', mark] = found ?? []
    const loss = lossOf(what)
    yield loss && mark === proof(`erased:${id} ${moment} ${what}`)
      ? { id: Number(id), at: Date.parse(moment), what: loss }
      : null
  }
}

const head = [
  '# What was deleted for good from the database beside this file: ids alone, no names and no words.',
  '# Keep a copy apart from the backups. "hub restore" reads it, so that nothing of this comes back.',
]
const some = 1_000
const overlap = 1_000

function signed({ id, at, what }: { id: number; at: number; what: string }, proof: (text: string) => string): string {
  const line = `${id} ${new Date(at).toISOString()} ${what}`
  return `${line} ${proof(`erased:${line}`)}`
}

/** How a line of the list says what was deleted. */
export function written(loss: Loss): string {
  return loss.type === 'words' ? `words ${loss.incident} ${loss.seqs.join()}` : `${loss.type} ${loss.id}`
}

/** What a line says was deleted; null if it says nothing that is known. */
function lossOf(what: string): Loss | null {
  const [type, id = '', seqs = ''] = what.split(' ')
  if (type === 'person') return { type, id: id as PersonId }
  if (type === 'file') return { type, id }
  if (type !== 'words') return null
  return { type, incident: id as IncidentId, seqs: seqs.split(',').map(Number) }
}

function numberOf(line: string): number | null {
  const found = /^(\d+) /.exec(line)
  return found ? Number(found[1]) : null
}

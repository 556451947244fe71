import { createHash } from 'node:crypto'
import { guessKind, type Kind, kindInfo, type Severity, type Taxonomy } from '../taxonomy.ts'
import { limits } from '../typed.ts'
import type { Mapping } from './mapping.ts'
import { readMoment } from './moment.ts'

/** A row as a report: all but its place, which is looked up by its words. */
export type Draft = {
  /** The same for the same row however often its file is read. */
  readonly key: string
  readonly what: string
  readonly where: string
  /** When it was reported there, epoch ms. */
  readonly at: number
  readonly kind: Kind | null
  readonly kindSaid: boolean
  readonly severity: Severity
}

/** What a row becomes, or everything that is wrong with it, in plain words. */
export type Read = { readonly draft: Draft } | { readonly problems: readonly string[] }

/** What a row is read with; `zone` is meant where the mapping names none. */
export type Reading = {
  readonly mapping: Mapping
  readonly taxonomy: Taxonomy
  readonly zone: string
  readonly now: number
}

const tenYears = 10 * 366 * 24 * 60 * 60_000
// Clocks of two machines differ a little.
const slack = 5 * 60_000

/** Reads one row after another of one table; it remembers ids, so that one that comes twice is said to. */
export function rowReader({ mapping, taxonomy, zone, now }: Reading): (cells: ReadonlyMap<string, string>) => Read {
  const { columns } = mapping
  const seen = new Map<string, number>()
  const kinds = plainKeys(mapping.kinds)
  const severities = plainKeys(mapping.severities)
  return cells => {
    const problems: string[] = []
    const cell = (heading: string | undefined) => (heading === undefined ? '' : (cells.get(heading) ?? '').trim())
    const text = (parts: readonly string[], between: string) => parts.map(cell).filter(Boolean).join(between)
    const what = sized('what', text(columns.what, '\n'), limits.what, problems)
    const where = sized('where', text(columns.where, ', '), limits.where, problems)
    const at = columns.when === undefined ? now : momentOf(cell(columns.when), problems)
    const { kind, said } = kindOf(cell(columns.kind), what, problems)
    const severity = severityOf(cell(columns.severity), problems)
    // Without a column of times the hour is that of the run, which says nothing of the row.
    const when = columns.when === undefined ? '' : `${at}`
    const key = keyOf(cell(columns.id), [what, where, when, cell(columns.kind), cell(columns.severity)], problems)
    if (problems.length > 0 || at === null) return { problems }
    return { draft: { key, what, where, at, kind, kindSaid: said, severity } }
  }

  function momentOf(written: string, problems: string[]): number | null {
    const at = readMoment(written, mapping.dates, mapping.zone ?? zone)
    if (at === null) problems.push(`"${short(written)}" is no time (${patterns[mapping.dates]})`)
    else if (at > now + slack) problems.push(`${short(written)} is still to come`)
    else if (at < now - tenYears) problems.push(`${short(written)} is more than ten years ago`)
    return at
  }

  function kindOf(written: string, what: string, problems: string[]): { kind: Kind | null; said: boolean } {
    if (written === '') return { kind: guessKind(what, taxonomy), said: false }
    const code = (kinds.get(plain(written)) ?? written).toUpperCase()
    const kind = kindInfo(taxonomy, code as Kind)?.code ?? null
    if (kind === null) problems.push(`"${short(written)}" is no kind of report: say under kinds which one it means`)
    return { kind, said: true }
  }

  function severityOf(written: string, problems: string[]): Severity {
    const digit = /^S?([1-5])$/i.exec(written)?.[1]
    const found = severities.get(plain(written)) ?? (digit === undefined ? undefined : (Number(digit) as Severity))
    if (found === undefined && written !== '')
      problems.push(`"${short(written)}" is no severity: say under severities which of 1 to 5 it means`)
    return found ?? mapping.severity
  }

  function keyOf(id: string, content: readonly string[], problems: string[]): string {
    if (columns.id !== undefined && id === '') problems.push(`its id ("${columns.id}") is empty`)
    const own = id === '' ? `#${createHash('sha256').update(JSON.stringify(content)).digest('hex')}` : `=${id}`
    const times = (seen.get(own) ?? 0) + 1
    seen.set(own, times)
    if (id !== '' && times > 1) problems.push(`the id ${short(id)} stood before`)
    // Two rows that say the same may be two events: the second is told from the first by its place among them.
    return `import:${mapping.source}${own}${times > 1 ? `:${times}` : ''}`
  }
}

const patterns = { iso: '2026-11-03 14:05', us: '11/3/2026 2:05 PM', eu: '3/11/2026 14:05' }

function sized(field: string, text: string, limit: number, problems: string[]): string {
  if (text === '') problems.push(`${field} is empty`)
  if (text.length > limit) problems.push(`${field} has ${text.length.toLocaleString('en')} characters, past ${limit}`)
  return text
}

function plainKeys<T>(record: Readonly<Record<string, T>>): Map<string, T> {
  return new Map(Object.entries(record).map(([name, value]) => [plain(name), value]))
}

function plain(words: string): string {
  return words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function short(words: string): string {
  return words.length > 40 ? `${words.slice(0, 40)}…` : words
}

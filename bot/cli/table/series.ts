import { ConfigError } from '../../../workflows/errors.ts'
import type { Row } from './read.ts'

/** Which columns hold what; `missing`: what a day without a row means. */
export type Columns = Readonly<Record<string, string | boolean | undefined>>

/** Counts in order of time, their days where a column names them, and what a reader should know of them. */
export type ReadSeries = { readonly counts: Float64Array; readonly days: readonly string[]; readonly notes: string[] }

const dayLength = 24 * 60 * 60 * 1000
// A clock that jumped, or a slip of the pen: a series does not reach over a hundred years.
const longest = 36_600

/** The column of counts that was asked for. */
export function columnOf(asked: Columns): string {
  return typeof asked.column === 'string' ? asked.column : 'count'
}

/**
 * Reads a series from the rows of a table. With a column of days they are put in order, rows of one day added up, and
 * days without a row taken as asked; without one each row is the next day. @throws ConfigError that names the row
 */
export async function seriesOf(rows: AsyncIterable<Row>, asked: Columns): Promise<ReadSeries> {
  const column = columnOf(asked)
  const date = typeof asked.date === 'string' ? asked.date : null
  const counts: number[] = []
  const byDay = new Map<number, number>()
  const remarks = { empty: 0, backwards: 0, again: 0 }
  let last = Number.NEGATIVE_INFINITY
  for await (const row of rows) {
    const count = countOf(row, column)
    if (Number.isNaN(count)) remarks.empty += 1
    if (date === null) {
      counts.push(count)
      continue
    }
    const day = dayOf(row, date)
    if (day < last) remarks.backwards += 1
    if (byDay.has(day)) remarks.again += 1
    byDay.set(day, (byDay.get(day) ?? 0) + count)
    last = day
  }
  const told = [
    ...(remarks.empty > 0 ? [`${remarks.empty} empty cells are taken for unknown, not for none`] : []),
    ...(remarks.backwards > 0 ? [`${remarks.backwards} rows stood before an earlier day: put in order`] : []),
    ...(remarks.again > 0 ? [`${remarks.again} rows fell on a day that had one: added up`] : []),
  ]
  if (date === null) return { counts: Float64Array.from(counts), days: [], notes: told }
  return filled(byDay, asked.missing !== 'unknown', told)
}

/** The number in a cell; NaN where it is empty. @throws ConfigError if it is none */
export function numberOf(row: Row, column: string): number {
  const cell = row.cells.get(column)
  if (cell === undefined) {
    const known = [...row.cells.keys()].map(name => `"${name}"`).join(', ')
    throw new ConfigError(`There is no column "${column}". The file has: ${known || 'none'}.`)
  }
  const words = cell.trim()
  if (words === '' || /^(na|nan|null|-)$/i.test(words)) return Number.NaN
  const number = Number(words)
  if (!Number.isFinite(number)) throw new ConfigError(`Row ${row.number}: "${words.slice(0, 40)}" is no number.`)
  return number
}

/** The count in a cell; NaN where it is empty. @throws ConfigError if it is less than nothing or no number */
export function countOf(row: Row, column: string): number {
  const count = numberOf(row, column)
  if (count < 0) throw new ConfigError(`Row ${row.number}: a count is 0 or more, not ${count}.`)
  return count
}

/** The day in a cell as days since 1970. @throws ConfigError if it is none */
export function dayOf(row: Row, column: string): number {
  const words = row.cells.get(column)?.trim() ?? ''
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(words)
  const time = found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : Number.NaN
  if (!found || nameOf(time / dayLength) !== words.slice(0, 10)) {
    throw new ConfigError(`Row ${row.number}: "${words.slice(0, 40)}" is no day. Days are written 2026-11-03.`)
  }
  return time / dayLength
}

/** A day since 1970 as it is written, `2026-11-03`. */
export function nameOf(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10)
}

function filled(byDay: ReadonlyMap<number, number>, zero: boolean, notes: string[]): ReadSeries {
  if (byDay.size === 0) return { counts: new Float64Array(), days: [], notes }
  const known = [...byDay.keys()].sort((one, other) => one - other)
  const [first = 0, last = 0] = [known[0], known.at(-1)]
  if (last - first > longest) {
    throw new ConfigError(`The days reach from ${nameOf(first)} to ${nameOf(last)}: is one of them mistyped?`)
  }
  const all = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const gaps = all.length - byDay.size
  const said = `${gaps} days have no row: taken for ${zero ? 'none' : 'unknown'}`
  return {
    counts: Float64Array.from(all, day => byDay.get(day) ?? (zero ? 0 : Number.NaN)),
    days: all.map(nameOf),
    notes: gaps > 0 ? [...notes, said] : notes,
  }
}

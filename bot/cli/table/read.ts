import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { ConfigError } from '../../../workflows/errors.ts'
import type { Encoding } from './bytes.ts'
import { readText } from './bytes.ts'

/** A row of a table: its number as a spreadsheet shows it (JSON: from 1), and what stands under each heading. */
export type Row = {
  readonly number: number
  readonly cells: ReadonlyMap<string, string>
  /** Why its cells cannot be relied on: more or fewer of them than headings. */
  readonly problem: string | null
}

/** How a file is to be read where it does not say so itself. */
export type Reading = { readonly encoding?: Encoding; readonly delimiter?: string }

// Longer than any report: what runs on so far is a quote that was never closed.
const longest = 16 * 1024 * 1024

/**
 * Reads the rows of a file in order: `.json` an array of objects, `.jsonl` one object a line, anything else comma- (or
 * semicolon-, or tab-) separated values with headings. @throws ConfigError if the file as a whole cannot be read
 */
export async function* readTable(path: string, reading: Reading = {}): AsyncGenerator<Row> {
  const text = readText(path, reading.encoding)
  if (!isObjects(path)) yield* separated(path, text, reading.delimiter)
  else if (extname(path).toLowerCase() === '.json') yield* objects(path, text)
  else yield* lines(text)
}

/** True if by its name a file holds objects (JSON), each of which may leave out what is empty, and no table. */
export function isObjects(path: string): boolean {
  return ['.json', '.jsonl', '.ndjson'].includes(extname(path).toLowerCase())
}

async function* separated(path: string, text: AsyncIterable<string>, asked?: string): AsyncGenerator<Row> {
  const source = text[Symbol.asyncIterator]()
  let begin = ''
  while (!/\n[^\n]*\n|\n.*/.test(begin) && begin.length < longest) {
    const next = await source.next()
    if (next.done) break
    begin += next.value
  }
  const parser = parse({
    ...{ delimiter: asked ?? delimiterOf(begin), relax_column_count: true, skip_empty_lines: true, info: true },
    ...{ bom: true, max_record_size: longest },
  })
  const rest = { [Symbol.asyncIterator]: () => source }
  const fed = pipeline(Readable.from(joined(begin, rest)), parser)
  // What goes wrong is thrown by reading the rows; told once is enough.
  fed.catch(() => {})
  let headings: readonly string[] | null = null
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { records: number; empty_lines: number }
    }>) {
      if (headings === null) headings = headingsOf(path, record)
      else yield rowOf(headings, record, info.records + info.empty_lines)
    }
    await fed
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : '?'
    throw new ConfigError(`${path}, at line ${line}: ${reasonOf(error)}`)
  }
}

async function* joined(begin: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield begin
  yield* rest
}

function rowOf(headings: readonly string[], record: readonly string[], number: number): Row {
  const cells = new Map(headings.map((heading, at) => [heading, record[at] ?? '']))
  const more = record.length - headings.length
  if (more === 0) return { number, cells, problem: null }
  const side = `${record.length} cells under ${headings.length} headings`
  return { number, cells, problem: more > 0 ? `${side}: a comma that is not in quotes?` : `${side}: some are missing` }
}

function headingsOf(path: string, record: readonly string[]): readonly string[] {
  const headings = record.map(heading => heading.trim())
  const twice = headings.find((heading, at) => heading !== '' && headings.indexOf(heading) !== at)
  if (twice !== undefined) throw new ConfigError(`${path} has two columns named "${twice}". Give each its own name.`)
  return headings
}

function delimiterOf(begin: string): string {
  const first = begin.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)[0] ?? ''
  const found = [',', ';', '\t'].map(mark => ({ mark, count: first.split(mark).length }))
  return found.reduce((best, one) => (one.count > best.count ? one : best)).mark
}

function reasonOf(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened and never closed.'
    case 'CSV_MAX_RECORD_SIZE':
      return 'a row is longer than 16 MB: a quote that is never closed?'
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'a quote stands in the middle of a cell. Inside a cell in quotes, a quote is written twice: "".'
    default:
      return error.message
  }
}

async function* objects(path: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  let whole = ''
  for await (const piece of text) whole += piece
  const read = parsed(whole)
  if (!Array.isArray(read)) throw new ConfigError(`${path} is no JSON array of objects${whole ? '' : ': it is empty'}.`)
  for (const [at, one] of read.entries()) yield objectRow(one, at + 1)
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<Row> {
  let line = 0
  let left = ''
  const row = (words: string) => objectRow(parsed(words), line)
  for await (const piece of text) {
    const parts = (left + piece).split('\n')
    left = parts.pop() ?? ''
    for (const part of parts) {
      line += 1
      if (part.trim() !== '') yield row(part)
    }
  }
  line += 1
  if (left.trim() !== '') yield row(left)
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return undefined
  }
}

function objectRow(one: unknown, number: number): Row {
  if (one === null || typeof one !== 'object' || Array.isArray(one)) {
    return { number, cells: new Map(), problem: 'it is no JSON object' }
  }
  return { number, cells: new Map(flat(one, '')), problem: null }
}

/** What lies deeper is named by its path: `place.county`. */
function flat(one: object, before: string): [string, string][] {
  return Object.entries(one).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined) return [[`${before}${name}`, '']]
    if (typeof value === 'object' && !Array.isArray(value)) return flat(value, `${before}${name}.`)
    const words = Array.isArray(value) ? value.map(String).join('; ') : String(value)
    return [[`${before}${name}`, words]]
  })
}

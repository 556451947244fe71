import { hash } from 'node:crypto'
import { ConfigError } from '../../workflows/errors.ts'

/** What a column holds, whichever engine has it; `numbers` is a list of whole numbers, as the search index keeps. */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'bytes' | 'numbers'

/** A column by its name in both databases. */
export type Column = { readonly name: string; readonly type: ColumnType }

/** A table that both databases have; `key` are the columns that tell its rows apart and put them in order. */
export type Table = { readonly name: string; readonly key: readonly string[]; readonly columns: readonly Column[] }

/** A value in the form in which both sides are compared: whole numbers and lists of them are text. */
export type Value = string | boolean | Buffer | null

/** A row as SQLite gave it, in that form. @throws ConfigError if a value is none that its column may hold */
export function rowOf({ name, columns }: Table, raw: readonly unknown[]): readonly Value[] {
  return columns.map((column, at) => {
    const value = taken(column.type, raw[at])
    if (value !== undefined) return value
    throw new ConfigError(
      `${name}.${column.name} holds a value in the SQLite file that cannot stand there (${typeof raw[at]} in a ` +
        `column of ${column.type}): the file was changed by hand, or is damaged. Nothing was moved. ` +
        'Restore a backup first.',
    )
  })
}

/** What a row is compared by: the same on both sides exactly if each of its values is. */
export function digestOf(row: readonly Value[]): string {
  const parts = row.map(value => (Buffer.isBuffer(value) ? [value.toString('base64')] : value))
  return hash('sha256', JSON.stringify(parts), 'base64url')
}

/** About how many bytes a row takes on its way. */
export function weightOf(row: readonly Value[]): number {
  return row.reduce((sum, value) => sum + (typeof value === 'object' ? (value?.length ?? 0) : String(value).length), 0)
}

function taken(type: ColumnType, raw: unknown): Value | undefined {
  if (raw === null) return null
  switch (type) {
    case 'text':
      return typeof raw === 'string' ? raw : undefined
    case 'integer':
      return typeof raw === 'bigint' ? String(raw) : undefined
    case 'boolean':
      return raw === 0n || raw === 1n ? raw === 1n : undefined
    case 'bytes':
      return Buffer.isBuffer(raw) ? raw : undefined
    case 'numbers':
      return typeof raw === 'string' ? `{${raw.split(' ').filter(Boolean).map(unspelt).join()}}` : undefined
  }
}

/** A token of the search index, which SQLite has as a word of the base 32. */
const unspelt = (word: string) => Number.parseInt(word, 32)

import { Readable } from 'node:stream'
import type { Values } from '../../commands/form.ts'
import type { Phrase } from '../../workflows/phrase.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { IncomingFile } from '../platform.ts'

/** The most that one request may carry, in bytes: what is larger is refused before it is read. */
export const largestRequest = 120 * 1024 * 1024

const largestFile = 100 * 1024 * 1024
const mostFiles = 10

/** What a page sent: its own fields, the values of the form it shows, and the files that came along. */
export type Upload = {
  readonly fields: Readonly<Record<string, string>>
  readonly values: Values
  readonly files: readonly IncomingFile[]
  /** Why it cannot be taken, or null. */
  readonly problem: Phrase | null
}

type Part = string | File

/** Reads a page's request. The fields of an open form are named `f.NAME`, so that they never meet the page's own. */
export function readUpload(body: Readonly<Record<string, Part | Part[]>>): Upload {
  const fields: Record<string, string> = {}
  const values: Record<string, string | readonly string[]> = {}
  const files: File[] = []
  for (const [name, value] of Object.entries(body)) {
    const parts = Array.isArray(value) ? value : [value]
    const texts = parts.filter(part => typeof part === 'string').map(typed)
    files.push(...parts.filter(part => typeof part !== 'string').filter(file => file.name !== '' || file.size > 0))
    // A file input without a choice arrives as an empty text beside, or in place of, its files.
    if (texts.length < parts.length) continue
    if (name.startsWith('f.')) values[name.slice(2)] = texts.length === 1 ? (texts[0] ?? '') : texts
    else fields[name] = texts[0] ?? ''
  }
  return { fields, values, files: files.map(incoming), problem: problemOf(files) }
}

function problemOf(files: readonly File[]): Phrase | null {
  if (files.length > mostFiles) return phrase('workspace.too-many-files', { max: mostFiles })
  const big = files.find(file => file.size > largestFile)
  return big ? phrase('workspace.big-file', { name: { words: big.name } }) : null
}

// Browsers send line breaks as CRLF; people typed one break, and lengths are counted as typed.
function typed(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function incoming(file: File): IncomingFile {
  const type = file.type === '' ? 'application/octet-stream' : file.type
  return { name: file.name, type, size: file.size, open: () => Readable.from(chunks(file)) }
}

async function* chunks(file: File): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.stream()) yield chunk
}

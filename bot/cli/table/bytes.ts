import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { ConfigError } from '../../../workflows/errors.ts'

/** How the characters of a file are written; `utf-8` unless a byte order mark or whoever asks says otherwise. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Every encoding that can be asked for. */
export const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']

/**
 * Reads a file as text, piece by piece, without its byte order mark. Never guesses: bytes that are no text in its
 * encoding end it. @throws ConfigError that says where, and how to say which encoding it is
 */
export async function* readText(path: string, asked?: Encoding): AsyncGenerator<string> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new ConfigError(`There is no file ${path}.`)
  const encoding = asked ?? markOf(path)
  const decoder = new TextDecoder(encoding, { fatal: true })
  let read = 0
  let lines = 1
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      read += chunk.length
      const text = decoder.decode(chunk, { stream: true })
      if (encoding !== 'windows-1252' && text.includes('\0')) throw new TypeError('a zero byte')
      lines += text.split('\n').length - 1
      yield text
    }
    yield decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ConfigError(
      `${path} is not written in ${encoding}: something behind line ${lines} (within its first ${read} bytes) is no ` +
        `text. Save it as "CSV UTF-8", or say how it is written: --encoding windows-1252 for one that an older ` +
        'spreadsheet saved, utf-16le for "Unicode text". Nothing is guessed, as names would come out wrong.',
    )
  }
}

function markOf(path: string): Encoding {
  const first = Buffer.alloc(2)
  const file = openSync(path, 'r')
  try {
    readSync(file, first, 0, 2, 0)
  } finally {
    closeSync(file)
  }
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  return first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8'
}

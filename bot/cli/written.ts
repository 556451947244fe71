import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter } from 'age-encryption'
import { beginExport, type ExportSource, type Tally } from '../export.ts'
import { locked } from '../locked.ts'

/** A file that was written: how it came along, how long it is, and how many rows were found when it was read back. */
export type WrittenExport = { readonly tally: Tally; readonly bytes: number; readonly found: number }

/**
 * Writes an export, readable for its owner alone, and reads it back to count its rows; it gets its name only then, so
 * that what was cut off never looks like a whole one. Locked with the pass-phrase, if one is given.
 */
export async function writeExport(
  target: string,
  source: ExportSource,
  passphrase: string | null,
  show: (done: number, of: number) => void,
): Promise<WrittenExport> {
  const draft = `${target}.part`
  await rm(draft, { force: true })
  const { tally, writer, pieces } = await beginExport(source)
  try {
    const bytes = await fill(draft, passphrase === null ? inBulk(told()) : await locked(inBulk(told()), passphrase))
    show(Math.max(tally.counted, tally.read), tally.counted)
    const count = writer.counter()
    let found = 0
    for await (const piece of await unlocked(draft, passphrase)) found = count(piece)
    if (found === tally.written) await rename(draft, target)
    return { tally, bytes, found }
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }

  async function* told(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      yield piece
      if (tally.read < tally.counted) show(tally.read, tally.counted)
    }
  }
}

const bulk = 1 << 18

/** The same in pieces worth a call to the disk. */
async function* inBulk(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < bulk) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

async function fill(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece)
      bytes += piece.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

async function unlocked(path: string, passphrase: string | null): Promise<AsyncIterable<Uint8Array>> {
  const raw = createReadStream(path, { highWaterMark: bulk })
  if (passphrase === null) return raw
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const opened = await decrypter.decrypt(Readable.toWeb(raw) as unknown as globalThis.ReadableStream<Uint8Array>)
  return Readable.fromWeb(opened as never)
}

import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter } from 'age-encryption'
import { beginExport, type ExportSource, type Tally } from '../export.ts'
import { inBytes, locked } from '../locked.ts'

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
    const bytes = passphrase === null ? await fill(draft, told()) : await lock(draft, told(), passphrase)
    show(Math.max(tally.counted, tally.read), tally.counted)
    const count = writer.counter()
    let found = 0
    for await (const piece of passphrase === null ? read(draft) : unlocked(draft, passphrase)) found = count(piece)
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

const bulk = 1 << 20

/** Writes the pieces through one buffer: fresh ones would wait for the collector by the hundred megabytes. */
async function fill(path: string, pieces: AsyncIterable<string>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  const buffer = Buffer.allocUnsafeSlow(bulk)
  let [bytes, used] = [0, 0]
  const flush = async () => {
    await writeAll(file, buffer.subarray(0, used))
    bytes += used
    used = 0
  }
  try {
    for await (const piece of pieces) {
      for (let rest = piece; rest !== ''; ) {
        const { read: taken, written } = encoder.encodeInto(rest, buffer.subarray(used))
        used += written
        rest = rest.slice(taken)
        if (rest !== '') await flush()
      }
    }
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

const encoder = new TextEncoder()

async function lock(path: string, pieces: AsyncIterable<string>, passphrase: string): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const piece of await locked(inBytes(pieces), passphrase)) {
      await writeAll(file, piece)
      bytes += piece.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

/** The disk may take less than it was given. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  const buffer = Buffer.allocUnsafeSlow(bulk)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, bulk)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function* unlocked(path: string, passphrase: string): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const raw = Readable.toWeb(createReadStream(path)) as unknown as globalThis.ReadableStream<Uint8Array>
  yield* Readable.fromWeb((await decrypter.decrypt(raw)) as never)
}

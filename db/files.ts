import { createHash, createHmac, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { HubError, StoreError } from '../workflows/errors.ts'
import {
  chunkBytes,
  chunks,
  headBytes,
  openChunk,
  saltOf,
  sealChunk,
  sealedHead,
  sealedKey,
  tagBytes,
} from './chunks.ts'
import { storeFailure } from './failure.ts'
import { flowInto } from './flow.ts'
import type { Key } from './key.ts'

/** A file that is kept: SHA-256 of its plaintext in hex, its size in bytes, and its path below the store's folder. */
export type KeptFile = { readonly sha256: string; readonly size: number; readonly path: string }

/** Files under the folder, each sealed under the key given with it; deleting that key shreds them. */
export type FileStore = {
  /**
   * Keeps a stream, durably before it answers; the same bytes under the same key are kept once. Rejects with what the
   * stream threw, `TooBigError` past `mostBytes`, or `StoreError`; then nothing is left. `entered` is asked once all
   * bytes are on disk, before they stand in their place: if it says no, or throws, nothing is left either.
   */
  put(
    stream: AsyncIterable<Uint8Array>,
    key: Key,
    mostBytes: number,
    entered?: (file: KeptFile) => Promise<boolean>,
  ): Promise<KeptFile>
  /**
   * The plaintext from that byte on, piece by piece, each verified before it is given; `StoreError` (`broken`) if it
   * was changed.
   */
  open(file: KeptFile, key: Key, from?: number): AsyncGenerator<Buffer, void>
  /** Whether the file is in its place; waits up to two seconds for one that is about to be. */
  stands(path: string): Promise<boolean>
  /** Deletes the file, if it is there. */
  remove(path: string): Promise<void>
  /** The paths of all kept files, with the moment (epoch ms) each was last written. */
  paths(): AsyncIterable<{ readonly path: string; readonly writtenAt: number }>
  /** Deletes what a crash left half written before that moment (epoch ms); gives how many. */
  sweep(before: number): Promise<number>
}

/** A stream had more bytes than may be kept. */
export class TooBigError extends HubError {
  override name = 'TooBigError'
}

/** Opens the store over a folder, which is made when the first file comes; memory use does not grow with the files. */
export function createFileStore(folder: string): FileStore {
  const drafts = join(folder, 'incoming')
  return {
    async put(stream, key, mostBytes, entered = async () => true) {
      const draft = join(drafts, randomBytes(16).toString('hex'))
      try {
        await mkdir(drafts, { recursive: true, mode: 0o700 })
        const { sha256, size } = await write(draft, stream, key, mostBytes)
        const file = { sha256: sha256.toString('hex'), size, path: pathOf(sha256, key) }
        if (await entered(file)) await settle(draft, join(folder, file.path))
        return file
      } catch (error) {
        throw storeFailure(error)
      } finally {
        await rm(draft, { force: true })
      }
    },
    open: (file, key, from = 0) => read(join(folder, file.path), file.sha256, key, from),
    async stands(path) {
      for (let look = 0; look < 20; look++) {
        if (await stat(join(folder, path)).catch(() => null)) return true
        await pause(100)
      }
      return false
    },
    remove: path => rm(join(folder, path), { force: true }),
    async *paths() {
      const letters = await readdir(folder).catch(() => [])
      for (const first of letters.filter(name => /^[0-9a-f]{2}$/.test(name))) {
        for (const rest of await readdir(join(folder, first))) {
          const path = join(first, rest)
          yield { path, writtenAt: (await stat(join(folder, path))).mtimeMs }
        }
      }
    },
    async sweep(before) {
      const names = await readdir(drafts).catch(() => [])
      const old = await Promise.all(names.map(async name => (await stat(join(drafts, name))).mtimeMs < before))
      const left = names.filter((_, at) => old[at])
      await Promise.all(left.map(name => rm(join(drafts, name), { force: true })))
      return left.length
    },
  }
}

// Named by a keyed digest: the name of a well-known picture tells nobody that it is here, or that two people sent it.
function pathOf(sha256: Buffer, key: Key): string {
  const name = createHmac('sha256', key.secret).update('trust-hub/file-name/1').update(sha256).digest('hex')
  return join(name.slice(0, 2), name.slice(2))
}

async function write(draft: string, stream: AsyncIterable<Uint8Array>, key: Key, mostBytes: number) {
  const salt = randomBytes(32)
  const fileKey = sealedKey(key, salt)
  const hash = createHash('sha256')
  let size = 0
  const file = await open(draft, 'wx', 0o600)
  try {
    const flow = flowInto(file)
    await flow.write([sealedHead(key, salt)])
    for await (const chunk of chunks(stream)) {
      size += chunk.bytes.length
      if (size > mostBytes) throw new TooBigError(`more than ${mostBytes} bytes`)
      hash.update(chunk.bytes)
      await flow.write(sealChunk(fileKey, chunk))
    }
    await flow.end()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest(), size }
}

async function settle(draft: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await rename(draft, target)
  // The new names are on disk only once their folders are.
  for (const folder of [dirname(target), dirname(dirname(target))]) {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  }
}

async function* read(place: string, sha256: string, key: Key, from: number): AsyncGenerator<Buffer, void> {
  const file = await open(place, 'r').catch(error => {
    if (error.code === 'ENOENT') throw new StoreError('broken', 'none', 'an attached file is missing on disk')
    throw storeFailure(error)
  })
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    const fileKey = sealedKey(key, saltOf(head.subarray(0, bytesRead), key))
    const hash = createHash('sha256')
    const sealedBytes = chunkBytes + tagBytes
    const first = Math.floor(from / chunkBytes)
    const start = headBytes + first * sealedBytes
    const body = file.createReadStream({ start, autoClose: false, highWaterMark: sealedBytes })
    for await (const { bytes, at, last } of chunks(body, sealedBytes)) {
      const plaintext = openChunk(fileKey, { bytes, at: first + at, last })
      hash.update(plaintext)
      yield at === 0 ? plaintext.subarray(from - first * chunkBytes) : plaintext
    }
    // A part has no digest of its own; each piece of it was verified.
    if (from > 0) return
    // Another file of the same key, put in this one's place, opens without fault.
    if (hash.digest('hex') !== sha256) throw new StoreError('broken', 'none', 'the file is not the one that was kept')
  } finally {
    await file.close()
  }
}

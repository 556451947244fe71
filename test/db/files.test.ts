import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chunkBytes, headBytes, tagBytes } from '../../db/chunks.ts'
import { createFileStore, type FileStore, type KeptFile, TooBigError } from '../../db/files.ts'
import { type Key, keyOf } from '../../db/key.ts'
import { StoreError } from '../../workflows/errors.ts'

const MiB = 1_048_576
const key = keyOf(randomBytes(32))

let folder: string
let files: FileStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-hub-files-'))
  files = createFileStore(join(folder, 'files'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* pieces(bytes: Buffer, size = 10_007): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function opened(file: KeptFile, under: Key = key): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of files.open(file, under)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const onDisk = () =>
  readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())

test.each([0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 1_000_000])(
  'a file of %i bytes comes back whole',
  async size => {
    const bytes = randomBytes(size)
    const kept = await files.put(pieces(bytes), key, MiB)
    expect(kept).toMatchObject({ size, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect((await opened(kept)).equals(bytes)).toBe(true)
    expect(statSync(join(folder, 'files', kept.path)).mode & 0o077).toBe(0)
  },
)

test.each([1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes + 7, 3 * chunkBytes - 1])(
  'a file is read from byte %i on without what stands before it',
  async from => {
    const bytes = randomBytes(3 * chunkBytes)
    const kept = await files.put(pieces(bytes), key, MiB)
    const given: Buffer[] = []
    for await (const piece of files.open(kept, key, from)) given.push(piece)
    expect(Buffer.concat(given).equals(bytes.subarray(from))).toBe(true)
  },
)

test('neither the file nor its name shows what was kept', async () => {
  const bytes = Buffer.from('a face, a plate'.repeat(9_999))
  const kept = await files.put(pieces(bytes), key, MiB)
  const raw = readFileSync(join(folder, 'files', kept.path))
  expect(raw.includes('a face')).toBe(false)
  expect(kept.path.replace('/', '')).not.toContain(kept.sha256.slice(0, 16))
})

test('the same bytes are kept once under one key, and apart under another', async () => {
  const bytes = randomBytes(1_000)
  const first = await files.put(pieces(bytes), key, MiB)
  expect(await files.put(pieces(bytes, 7), key, MiB)).toEqual(first)
  expect(onDisk()).toHaveLength(1)
  const other = await files.put(pieces(bytes), keyOf(randomBytes(32)), MiB)
  expect(other.path).not.toBe(first.path)
  expect((await opened(first)).equals(bytes)).toBe(true)
})

test('a file under another key, changed, cut short, continued or exchanged does not open', async () => {
  const kept = await files.put(pieces(randomBytes(800_000)), key, MiB)
  await expect(opened(kept, keyOf(randomBytes(32)))).rejects.toThrow(StoreError)
  const place = join(folder, 'files', kept.path)
  const whole = readFileSync(place)
  const head = headBytes
  const chunk = chunkBytes + tagBytes
  const changed = Buffer.from(whole)
  changed.writeUInt8(whole.readUInt8(150_000) ^ 1, 150_000)
  const swapped = Buffer.concat([
    whole.subarray(0, head),
    whole.subarray(head + chunk, head + 2 * chunk),
    whole.subarray(head, head + chunk),
    whole.subarray(head + 2 * chunk),
  ])
  const spoilt = [
    changed,
    swapped,
    whole.subarray(0, head + chunk),
    whole.subarray(0, -1),
    whole.subarray(0, head),
    whole.subarray(0, 20),
    Buffer.alloc(0),
    Buffer.concat([whole, Buffer.alloc(1)]),
  ]
  for (const bytes of spoilt) {
    writeFileSync(place, bytes)
    await expect(opened(kept)).rejects.toMatchObject({ name: 'StoreError', reason: 'broken' })
  }
  const other = await files.put(pieces(randomBytes(10)), key, MiB)
  renameSync(join(folder, 'files', other.path), place)
  await expect(opened(kept)).rejects.toThrow(/not the one that was kept/)
})

test('a changed part is noticed before it is given out', async () => {
  const bytes = randomBytes(800_000)
  const kept = await files.put(pieces(bytes), key, MiB)
  const place = join(folder, 'files', kept.path)
  const raw = readFileSync(place)
  raw.writeUInt8(raw.readUInt8(400_000) ^ 1, 400_000)
  writeFileSync(place, raw)
  const given: Buffer[] = []
  const reading = (async () => {
    for await (const piece of files.open(kept, key)) given.push(piece)
  })()
  await expect(reading).rejects.toThrow(/changed or damaged/)
  expect(Buffer.concat(given).equals(bytes.subarray(0, chunkBytes))).toBe(true)
})

test('too many bytes, or a stream that breaks, leave nothing', async () => {
  await expect(files.put(pieces(randomBytes(2_000)), key, 1_999)).rejects.toThrow(TooBigError)
  const breaking = async function* () {
    yield randomBytes(100_000)
    throw new Error('the platform hung up')
  }
  await expect(files.put(breaking(), key, MiB)).rejects.toThrow('the platform hung up')
  expect(onDisk()).toEqual([])
})

test('a removed file is gone, and asking for it says so', async () => {
  const kept = await files.put(pieces(randomBytes(10)), key, MiB)
  await files.remove(kept.path)
  await files.remove(kept.path)
  expect(existsSync(join(folder, 'files', kept.path))).toBe(false)
  await expect(opened(kept)).rejects.toThrow(/missing on disk/)
})

test('a reader who stops early leaves no file open', async () => {
  const kept = await files.put(pieces(randomBytes(300_000)), key, MiB)
  const before = readdirSync('/dev/fd').length
  for await (const _ of files.open(kept, key)) break
  expect(readdirSync('/dev/fd').length).toBe(before)
})

test('what a crash left half written is swept away, what is being written is not', async () => {
  await files.put(pieces(randomBytes(10)), key, MiB)
  const draft = join(folder, 'files', 'incoming', 'left')
  writeFileSync(draft, 'half')
  const written = statSync(draft).mtimeMs
  expect(await files.sweep(written - 1)).toBe(0)
  expect(await files.sweep(written + 1)).toBe(1)
  expect(onDisk()).toHaveLength(1)
})

test('a large file passes through little memory', async () => {
  const block = randomBytes(MiB)
  const large = async function* () {
    for (let at = 0; at < 192; at++) yield block
  }
  // Only what is still held counts, not what waits to be cleared away.
  setFlagsFromString('--expose-gc')
  const clear: () => void = runInNewContext('gc')
  let [most, seen] = [0, 0]
  const look = () => {
    seen += 1
    if (seen % 16 !== 0) return
    clear()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  clear()
  const before = process.memoryUsage().arrayBuffers
  const kept = await files.put(
    (async function* () {
      for await (const piece of large()) {
        look()
        yield piece
      }
    })(),
    key,
    192 * MiB,
  )
  let size = 0
  for await (const piece of files.open(kept, key)) {
    size += piece.length
    look()
  }
  expect(size).toBe(192 * MiB)
  expect(most).toBeLessThan(32 * MiB)
})

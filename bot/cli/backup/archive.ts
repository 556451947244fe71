import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { appendFile, open, rm, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { Decrypter, Encrypter } from 'age-encryption'
import tar from 'tar-stream'
import { ConfigError, HubError } from '../../../workflows/errors.ts'

/** Something that goes into an archive: bytes, or a file as long as it is when its turn comes. */
export type Item = { readonly name: string } & ({ readonly bytes: Buffer } | { readonly file: string })

/** Where one thing out of an archive goes; it must take all of the stream. */
export type Sink = (name: string, content: Readable) => Promise<void>

/** The secret that was given does not open this archive. */
export class WrongSecretError extends HubError {
  override name = 'WrongSecretError'
}

/**
 * Writes a tar file, encrypted as by `age`, with the digest of everything in it at its end; memory use does not grow
 * with it. `sums` is a file that is made meanwhile. Durable before it answers. @throws Error of the disk
 */
export async function writeArchive(
  target: string,
  items: AsyncIterable<Item>,
  { recipients, sums }: { recipients: readonly string[]; sums: string },
): Promise<void> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const pack = tar.pack()
  const feed = async () => {
    await rm(sums, { force: true })
    for await (const item of items) await appendFile(sums, await put(pack, item))
    await put(pack, { name: sumsName, file: sums })
    pack.finalize()
  }
  const feeding = feed().catch(error => {
    pack.destroy(error)
    throw error
  })
  const source = Readable.toWeb(Readable.from(pack)) as unknown as globalThis.ReadableStream<Uint8Array>
  const sealed = (await encrypter.encrypt(source)) as unknown as ReadableStream
  const out = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true })
  const [flow, fed] = await Promise.allSettled([pipeline(Readable.fromWeb(sealed), out), feeding])
  // What went wrong while it was fed is the cause; that the other end was closed follows from it.
  if (fed.status === 'rejected' && !(flow.status === 'rejected' && isDisk(flow.reason))) throw fed.reason
  if (flow.status === 'rejected') throw flow.reason
}

/**
 * Reads an archive to its end and gives everything in it, in its order, to `sink`. Whoever takes it may use nothing of
 * it before this answers: only then it is sure that all is there, and as it was put in.
 * @throws WrongSecretError, ConfigError when it is damaged, cut short or something else
 */
export async function readArchive(path: string, identity: string, sink: Sink): Promise<void> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new ConfigError(`There is no file ${path}, or it cannot be read.`)
  const { size } = found
  let passed = 0
  const counted = new Transform({
    transform(piece, _encoding, done) {
      passed += piece.length
      done(null, piece)
    },
  })
  const raw = createReadStream(path).pipe(counted)
  const opened = await decrypter
    .decrypt(Readable.toWeb(raw) as unknown as globalThis.ReadableStream<Uint8Array>)
    .catch(error => {
      raw.destroy()
      throw unopened(path, error)
    })
  const extract = tar.extract()
  const taking = take(extract, sink)
  const results = await Promise.allSettled([
    pipeline(Readable.fromWeb(opened as unknown as ReadableStream), extract),
    taking,
  ])
  const [flow, taken] = results
  if (taken.status === 'rejected' && taken.reason instanceof HubError) throw taken.reason
  if (flow.status === 'rejected') throw damaged(path, passed, size, flow.reason)
  if (taken.status === 'rejected') throw taken.reason
}

const sumsName = 'SHA256SUMS'

const isDisk = (error: NodeJS.ErrnoException) => error.syscall !== undefined

async function put(pack: tar.Pack, item: Item): Promise<string> {
  const hash = createHash('sha256')
  if ('bytes' in item) {
    hash.update(item.bytes)
    await new Promise<void>((done, fail) => {
      pack.entry(headerOf(item.name, item.bytes.length), item.bytes, error => (error ? fail(error) : done()))
    })
  } else await putFile(pack, item, hash)
  return line(hash.digest('hex'), item.name)
}

/** As many bytes as the file has now: one that grows meanwhile is cut, one that shrinks is an error. */
async function putFile(pack: tar.Pack, { name, file }: { name: string; file: string }, hash: Hash): Promise<void> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const entry = pack.entry(headerOf(name, size))
    const content = size === 0 ? Readable.from([]) : handle.createReadStream({ end: size - 1, autoClose: false })
    const hashing = new Transform({
      transform(piece, _encoding, done) {
        hash.update(piece)
        done(null, piece)
      },
    })
    await pipeline(content, hashing, entry)
  } finally {
    await handle.close()
  }
}

async function take(extract: tar.Extract, sink: Sink): Promise<void> {
  const sums = createHash('sha256')
  let closed = false
  for await (const entry of extract) {
    const { name, type } = entry.header
    if (closed || type !== 'file' || !isPlain(name))
      throw new ConfigError(`This is no backup: it holds ${type} ${name}.`)
    const hash = createHash('sha256')
    const content = Readable.from(hashed(entry, hash))
    if (name === sumsName) {
      for await (const _ of content);
      closed = true
      if (hash.digest('hex') !== sums.digest('hex')) throw new ConfigError(altered)
    } else {
      await sink(name, content)
      sums.update(line(hash.digest('hex'), name))
    }
  }
  if (!closed) throw new ConfigError('The backup ends too early: its list of digests is missing. Take another one.')
}

async function* hashed(source: AsyncIterable<unknown>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    hash.update(piece as Buffer)
    yield piece as Buffer
  }
}

// As `sha256sum` writes and checks it.
const line = (digest: string, name: string) => `${digest}  ${name}\n`

const headerOf = (name: string, size: number) => ({
  name,
  size,
  mode: 0o600,
  mtime: new Date(0),
  type: 'file' as const,
})

const isPlain = (name: string) => !name.split('/').some(part => ['', '.', '..'].includes(part)) && !/[\0\\]/.test(name)

const altered = 'What is in the backup is not what was put in. Take another one.'

function unopened(path: string, error: unknown): HubError {
  const { message } = error as Error
  if (message.includes('no identity matched')) return new WrongSecretError(`This phrase does not open ${path}.`)
  return new ConfigError(`${path} is no backup of Trust Hub, or its beginning is damaged. Take another one.`)
}

function damaged(path: string, passed: number, size: number, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== undefined && code !== 'ERR_STREAM_PREMATURE_CLOSE') return error as Error
  const where = `within the first ${Math.ceil(passed / 1e6).toLocaleString('en')} of ${Math.ceil(size / 1e6)} MB`
  return new ConfigError(`${path} is damaged or was cut short (${where}: ${message}). Take another one.`)
}

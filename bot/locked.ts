import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Encrypter } from 'age-encryption'

/** What comes out of a file once it is locked with a pass-phrase as `age` does; of any length, piece by piece. */
export async function locked(pieces: AsyncIterable<Uint8Array>, passphrase: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(workFactor)
  const source = Readable.toWeb(Readable.from(pieces)) as unknown as globalThis.ReadableStream<Uint8Array>
  const sealed = (await encrypter.encrypt(source)) as unknown as ReadableStream
  return Readable.fromWeb(sealed)
}

/** Text as the bytes of UTF-8, in pieces worth a call. */
export async function* inBytes(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < enough) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

const enough = 1 << 16
// The phrase is no person's choice: 88 bits withstand guessing by themselves, and the usual factor of 18 would keep the
// hub from everything else for a second.
const workFactor = 14

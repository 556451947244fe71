import { createCipheriv, createDecipheriv } from 'node:crypto'
import { StoreError } from '../workflows/errors.ts'
import { derived, type Key } from './key.ts'

/** A piece of a stream: its number from 0, and whether the stream ends with it (then it may be short, or empty). */
export type Chunk = { readonly bytes: Buffer; readonly at: number; readonly last: boolean }

/** Bytes of plaintext in every chunk but the last. */
export const chunkBytes = 262_144

/** Bytes of a sealed chunk beyond its plaintext. */
export const tagBytes = 16

/** Bytes before the first chunk of a sealed file: `2 | key id (4) | salt (32)`. */
export const headBytes = 1 + 4 + 32

/**
 * Cuts a stream into equal chunks, the last one marked; holds one chunk at a time, whose bytes stand until the next is
 * asked for.
 */
export async function* chunks(stream: AsyncIterable<Uint8Array>, size = chunkBytes): AsyncGenerator<Chunk, void> {
  const held = Buffer.allocUnsafe(size)
  let length = 0
  let at = 0
  for await (const piece of stream) {
    let rest = piece
    while (rest.length > 0) {
      if (length === size) {
        yield { bytes: held, at, last: false }
        at += 1
        length = 0
      }
      const taken = rest.subarray(0, size - length)
      held.set(taken, length)
      length += taken.length
      rest = rest.subarray(taken.length)
    }
  }
  yield { bytes: held.subarray(0, length), at, last: true }
}

/** The head of a sealed file. */
export function sealedHead(key: Key, salt: Buffer): Buffer {
  return Buffer.concat([Buffer.of(version), key.id, salt])
}

/** The salt in a head; `StoreError` (`broken`) if it is no head or names another key. */
export function saltOf(head: Buffer, key: Key): Buffer {
  if (head.length !== headBytes || head[0] !== version) throw new StoreError('broken', 'none', 'not a sealed file')
  if (head.subarray(1, 5).equals(key.id)) return head.subarray(5)
  throw new StoreError('broken', 'none', 'the file is sealed under another key')
}

/** The key of one file: HKDF-SHA256 of the given key with the file's salt, so that chunk numbers can be its nonces. */
export function sealedKey(key: Key, salt: Buffer): Key {
  return derived(key, 'file', salt)
}

/**
 * Seals a chunk by AES-256-GCM. The nonce is its number (11 bytes) and whether it is the last (1 byte): the STREAM
 * construction, by which chunks cannot be changed, dropped, doubled or put in another order.
 */
export function sealChunk(key: Key, { bytes, at, last }: Chunk): readonly [ciphertext: Buffer, tag: Buffer] {
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce(at, last))
  const ciphertext = cipher.update(bytes)
  cipher.final()
  return [ciphertext, cipher.getAuthTag()]
}

/** Opens what `sealChunk` made; `StoreError` (`broken`) if anything about it was changed. */
export function openChunk(key: Key, { bytes, at, last }: Chunk): Buffer {
  const end = Math.max(bytes.length - tagBytes, 0)
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce(at, last), { authTagLength: tagBytes })
  try {
    decipher.setAuthTag(bytes.subarray(end))
    const plaintext = decipher.update(bytes.subarray(0, end))
    decipher.final()
    return plaintext
  } catch {
    throw new StoreError('broken', 'none', 'a file was changed or damaged')
  }
}

const version = 2

function nonce(at: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(at, 5, 6)
  bytes[11] = last ? 1 : 0
  return bytes
}

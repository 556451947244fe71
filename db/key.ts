import { createHmac, createSecretKey, hash, hkdfSync, type KeyObject, randomFillSync } from 'node:crypto'

/** A 256-bit key and the four bytes by which a ciphertext names it. */
export type Key = { readonly id: Buffer; readonly secret: KeyObject }

/** Makes a key of 32 secret bytes; its id is SHA-256 of a fixed word and them, cut to four bytes. */
export function keyOf(bytes: Buffer): Key {
  // A KeyObject: node takes 4 to 10 times as long for a key given as bytes.
  const secret = createSecretKey(bytes)
  return { secret, id: hash('sha256', Buffer.concat([idWord, bytes]), 'buffer').subarray(0, 4) }
}

/** Fresh random bytes, out of many made at once; those given out are wiped from where they were kept. */
export function random(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const kept = pool.subarray(used, used + bytes)
  const given = Buffer.from(kept)
  kept.fill(0)
  used += bytes
  return given
}

/** Derives a key for one purpose by HKDF-SHA256, so that no two purposes share one. */
export function derived(from: Key, purpose: string, salt: Buffer = noSalt): Key {
  return keyOf(Buffer.from(hkdfSync('sha256', from.secret, salt, `trust-hub/${purpose}/1`, keyBytes)))
}

/**
 * The key under which words of one person in one incident lie: HMAC-SHA256 of the person's key under the incident's, so
 * that without either of them nothing can be opened.
 */
export function combined(incident: Key, person: Key): Key {
  return keyOf(
    createHmac('sha256', incident.secret).update('trust-hub/words/1').update(person.secret.export()).digest(),
  )
}

const keyBytes = 32
const idWord = Buffer.from('trust-hub/key-id/1')
const pool = Buffer.alloc(8_192)
let used = pool.length
const noSalt = Buffer.alloc(0)

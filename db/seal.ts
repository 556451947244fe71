import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { ConfigError, StoreError } from '../workflows/errors.ts'
import { combined, derived, type Key, keyOf, random } from './key.ts'

/** A key for one incident or one person, and the same sealed under the hub's key, to be stored. Deleting it shreds. */
export type DataKey = { readonly key: Key; readonly sealed: Buffer }

/**
 * Seals and opens. A sealed value is `1 | key id (4) | nonce (12) | AES-256-GCM ciphertext | tag (16)`; the first five
 * bytes are authenticated too. Nonces are random. Without a key of its own a value lies under the hub's.
 */
export type Seal = {
  seal(plaintext: string | Uint8Array, key?: Key): Buffer
  /** The plaintext; `StoreError` (`broken`) if it was changed or lies under a key that is not here. */
  open(sealed: Uint8Array, key?: Key): Buffer
  /** As `open`, as text. */
  text(sealed: Uint8Array, key?: Key): string
  /** A look-up value for a column beside a sealed one: 22 characters, the same for the same text in this database. */
  hmac(value: string): string
  /** A proof that whoever wrote this text knew this database's keys: 22 characters, never equal to an `hmac`. */
  proof(value: string): string
  /** Makes a key for an incident or a person. */
  newDataKey(): DataKey
  /** Opens a stored data key; the last few thousand are remembered, by their sealed form. */
  dataKey(sealed: Uint8Array): Key
  /** The key for words of one person in one incident: gone when either of the two is. */
  combine(incident: Key, person: Key): Key
  /**
   * Takes the database's own key, a stored data key, from which look-ups and proofs are made: it outlives the hub's
   * keys.
   * @throws ConfigError if the hub's keys do not open it
   */
  unlock(sealed: Uint8Array): void
  /** Seals under these keys from now on. Those known before open what they sealed until the process ends. */
  adopt(keys: HubKeys): void
  /**
   * What lies under another of the hub's keys, sealed under the current one; null if it does not or cannot be opened.
   */
  resealed(sealed: Uint8Array): Buffer | null
}

/** The hub's keys, 32 bytes each: new values lie under `current`, old ones may still lie under `older`. */
export type HubKeys = { readonly current: Buffer; readonly older?: readonly Buffer[] }

/** By what a sealed value names that key of the hub: the eight hex digits after the first byte. */
export function sealId(key: Buffer): string {
  return sealing(key).id.toString('hex')
}

/** Makes a seal from the hub's keys; sealing uses keys derived from them by HKDF, never themselves. */
export function createSeal(keys: HubKeys): Seal {
  let own = sealing(keys.current)
  let ring = ringOf(keys)
  let root: { readonly lookup: Key; readonly proof: Key } | undefined
  const remembered = new Map<string, Key>()

  function opened(sealed: Uint8Array, key?: Key): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    const id = bytes.subarray(1, textStart - nonceBytes)
    const found = (key ? [key] : ring).find(one => one.id.equals(id))
    if (!found) throw new StoreError('broken', 'none', `sealed under a key that is not here (${id.toString('hex')})`)
    return open(bytes, found)
  }

  function dataKey(sealed: Uint8Array): Key {
    const name = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString('latin1')
    const key = remembered.get(name) ?? keyOf(opened(sealed))
    // Put last again, so that the first is always the one unused for longest.
    remembered.delete(name)
    remembered.set(name, key)
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value ?? '')
    return key
  }

  return {
    seal: (plaintext, key = own) => seal(plaintext, key),
    open: opened,
    text: (sealed, key) => opened(sealed, key).toString('utf8'),
    hmac: value => macOf(rooted().lookup, value),
    proof: value => macOf(rooted().proof, value),
    newDataKey() {
      const bytes = random(32)
      return { key: keyOf(bytes), sealed: seal(bytes, own) }
    },
    dataKey,
    combine: combined,
    unlock(sealed) {
      const key = rootOf(sealed)
      root = { lookup: derived(key, 'lookup'), proof: derived(key, 'proof') }
    },
    adopt(next) {
      own = sealing(next.current)
      // What was read before it was sealed anew may be opened after.
      const kept = ring.filter(key => !key.id.equals(own.id))
      ring = [...ringOf(next), ...kept]
    },
    resealed(sealed) {
      const id = Buffer.from(sealed).subarray(1, textStart - nonceBytes)
      if (id.equals(own.id)) return null
      try {
        return seal(opened(sealed), own)
      } catch {
        return null
      }
    },
  }

  function rooted() {
    if (!root) throw new Error('the seal was not unlocked')
    return root
  }

  function rootOf(sealed: Uint8Array): Key {
    try {
      return keyOf(opened(sealed))
    } catch {
      throw new ConfigError(wrongKey)
    }
  }
}

const version = 1
const nonceBytes = 12
const tagBytes = 16
const textStart = 1 + 4 + nonceBytes
const mostRemembered = 4_000

const wrongKey =
  'The key does not open what is sealed in this database: it is another key. Set HUB_KEY or the key file to the key ' +
  'that this database was started with, or point DATABASE_URL at the database that belongs to this key.'

const sealing = (key: Buffer) => derived(keyOf(key), 'seal')
const ringOf = ({ current, older = [] }: HubKeys) => [current, ...older].map(sealing)
const macOf = (key: Key, value: string) =>
  createHmac('sha256', key.secret).update(value).digest('base64url').slice(0, 22)

function seal(plaintext: string | Uint8Array, key: Key): Buffer {
  const length = typeof plaintext === 'string' ? Buffer.byteLength(plaintext) : plaintext.length
  const sealed = Buffer.allocUnsafe(textStart + length + tagBytes)
  sealed[0] = version
  key.id.copy(sealed, 1)
  random(nonceBytes).copy(sealed, textStart - nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key.secret, sealed.subarray(textStart - nonceBytes, textStart))
  cipher.setAAD(sealed.subarray(0, textStart - nonceBytes))
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext)
  body.copy(sealed, textStart)
  cipher.final()
  cipher.getAuthTag().copy(sealed, textStart + length)
  return sealed
}

function open(sealed: Buffer, key: Key): Buffer {
  const end = sealed.length - tagBytes
  if (sealed[0] !== version || end < textStart) throw new StoreError('broken', 'none', 'not a sealed value')
  const nonce = sealed.subarray(textStart - nonceBytes, textStart)
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: tagBytes })
  decipher.setAAD(sealed.subarray(0, textStart - nonceBytes))
  decipher.setAuthTag(sealed.subarray(end))
  const plaintext = decipher.update(sealed.subarray(textStart, end))
  try {
    decipher.final()
  } catch {
    throw new StoreError('broken', 'none', 'a sealed value was changed or damaged')
  }
  return plaintext
}

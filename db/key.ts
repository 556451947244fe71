import { createHmac, createSecretKey, hash, hkdfSync, type KeyObject, randomBytes, randomFillSync } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../workflows/errors.ts'

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

/** Where the hub's key may be: `value` is 32 bytes in base64 and goes before `file`. */
export type HubKeySource = { readonly value?: string | undefined; readonly file: string; readonly mayCreate: boolean }

/**
 * The hub's 32-byte key. With `mayCreate` a missing file is made, for its owner alone; without (the database holds
 * sealed data) a missing key is a `ConfigError`, as is one of the wrong shape.
 */
export function loadHubKey({ value, file, mayCreate }: HubKeySource): Buffer {
  if (value !== undefined) return parsed(value, 'HUB_KEY')
  const found = read(file) ?? (mayCreate ? create(file) : undefined)
  if (found === undefined) throw new ConfigError(missing(file))
  return parsed(found, file)
}

const keyBytes = 32
const idWord = Buffer.from('trust-hub/key-id/1')
const pool = Buffer.alloc(8_192)
let used = pool.length
const noSalt = Buffer.alloc(0)

function parsed(text: string, where: string): Buffer {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, 'base64')
  if (bytes.length === keyBytes && /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return bytes
  throw new ConfigError(
    `${where} is not a key: it must be 32 bytes in base64, as \`openssl rand -base64 32\` prints them`,
  )
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new ConfigError(`the key file ${file} cannot be read (${code})`)
  }
}

// Linked into place whole, so that of two processes starting at once both read the same key.
function create(file: string): string | undefined {
  const draft = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flush: true })
    chmodSync(draft, 0o600)
    linkSync(draft, file)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new ConfigError(`the key file ${file} cannot be made (${code})`)
  } finally {
    rmSync(draft, { force: true })
  }
  return read(file)
}

const missing = (file: string) =>
  `The database holds sealed data, and its key is missing: there is no ${file} and HUB_KEY is not set. ` +
  'Put the key back from where you keep it. A new key could not open what was sealed under the old one.'

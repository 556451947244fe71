import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../workflows/errors.ts'
import { sealId } from './seal.ts'

/**
 * Where the hub's keys may be: each is 32 bytes in base64. `value` holds them with commas between and goes before
 * `file`, where they stand one a line, with `#` before remarks.
 */
export type HubKeySource = { readonly value?: string | undefined; readonly file: string; readonly mayCreate: boolean }

/**
 * The hub's keys, 32 bytes each, one at least. With `mayCreate` a missing file is made, for its owner alone; without
 * (the database holds sealed data) a missing key is a `ConfigError`, as is one of the wrong shape or one that others
 * can read.
 */
export function loadHubKeys({ value, file, mayCreate }: HubKeySource): readonly Buffer[] {
  if (value !== undefined) return parsed(value, 'HUB_KEY')
  const found = read(file) ?? (mayCreate ? create(file) : undefined)
  if (found === undefined) throw new ConfigError(missing(file))
  const keys = parsed(found, file)
  refuseOpen(file)
  return keys
}

/** A new key of 32 random bytes. */
export function newHubKey(): Buffer {
  return randomBytes(keyBytes)
}

/**
 * Puts these keys in place of those in the file, the one in use first: all or nothing, durably, and for the same owner.
 * @throws ConfigError if it cannot; then the file is as it was
 */
export function writeHubKeys(file: string, keys: readonly Buffer[]): void {
  const draft = `${file}.${process.pid}.new`
  try {
    const { uid, gid } = statSync(file)
    writeFileSync(draft, writtenKeys(keys), { mode: 0o600, flush: true })
    chmodSync(draft, 0o600)
    // Run by the administrator, the file would else become theirs, and the hub could not read it any more.
    if (uid !== process.geteuid?.() || gid !== process.getegid?.()) chownSync(draft, uid, gid)
    renameSync(draft, file)
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch (error) {
    rmSync(draft, { force: true })
    const { code = '' } = error as NodeJS.ErrnoException
    throw new ConfigError(`the key file ${file} cannot be replaced (${code}). Run this as the user who owns it.`)
  }
}

/** Keys as a key file holds them. */
export function writtenKeys(keys: readonly Buffer[]): string {
  return [
    '# Keys of Trust Hub, the one in use first. Keep a copy of this file, and never beside the database.',
    ...keys.map(key => `${key.toString('base64')} # ${sealId(key)}`),
    '',
  ].join('\n')
}

const keyBytes = 32

function parsed(text: string, where: string): readonly Buffer[] {
  const lines = text.split('\n').map(line => line.replace(/#.*/, ''))
  const keys = new Map<string, Buffer>()
  for (const [at, line] of lines.entries()) {
    for (const key of line.split(',').map(one => one.trim())) {
      if (key === '') continue
      const bytes = Buffer.from(key, 'base64')
      if (bytes.length !== keyBytes || !/^[A-Za-z0-9+/_-]{43}=?$/.test(key)) throw new ConfigError(misshapen(where, at))
      keys.set(sealId(bytes), bytes)
    }
  }
  if (keys.size === 0) throw new ConfigError(misshapen(where, 0))
  return [...keys.values()]
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new ConfigError(`the key file ${file} cannot be read (${code}). Give the user who runs the hub the right to.`)
  }
}

// Where somebody else put it there, as containers get their secrets, its rights are theirs to set.
function refuseOpen(file: string): void {
  const { mode, uid } = statSync(file)
  if ((mode & 0o077) === 0 || uid !== process.geteuid?.()) return
  throw new ConfigError(`Others on this machine can read ${file}. Run: chmod 600 ${file}`)
}

// Linked into place whole, so that of two processes starting at once both read the same key.
function create(file: string): string | undefined {
  const draft = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(draft, writtenKeys([newHubKey()]), { mode: 0o600, flush: true })
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

const misshapen = (where: string, at: number) =>
  `${where}${at > 0 ? `, line ${at + 1},` : ''} is not a key: it must be 32 bytes in base64, as ` +
  '`openssl rand -base64 32` prints them. If it was cut short, put it back from where you keep a copy.'

const missing = (file: string) =>
  `The database holds sealed data, and its key is missing: there is no ${file} and HUB_KEY is not set. ` +
  'Put the key back from where you keep it. A new key could not open what was sealed under the old one.'

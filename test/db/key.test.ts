import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadHubKey } from '../../db/key.ts'
import { ConfigError } from '../../workflows/errors.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-hub-key-'))
  file = join(folder, 'data', 'hub.key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the first start makes a key that only its owner may read, and later starts find it', () => {
  const key = loadHubKey({ file, mayCreate: true })
  expect(key).toHaveLength(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(loadHubKey({ file, mayCreate: true })).toEqual(key)
  expect(loadHubKey({ file, mayCreate: false })).toEqual(key)
})

test('a key given by value goes before the file, and makes none', () => {
  const key = randomBytes(32)
  expect(loadHubKey({ value: key.toString('base64'), file, mayCreate: true })).toEqual(key)
  expect(loadHubKey({ value: ` ${key.toString('base64url')}\n`, file, mayCreate: true })).toEqual(key)
  expect(existsSync(file)).toBe(false)
})

test('a missing key beside sealed data is refused, and none is made in its place', () => {
  expect(() => loadHubKey({ file, mayCreate: false })).toThrow(ConfigError)
  expect(() => loadHubKey({ file, mayCreate: false })).toThrow(/Put the key back/)
  expect(existsSync(file)).toBe(false)
})

test.each(['', 'short', randomBytes(31).toString('base64'), randomBytes(33).toString('base64'), '*'.repeat(44)])(
  'a key of the wrong shape is refused without being shown: %j',
  value => {
    expect(() => loadHubKey({ value, file, mayCreate: true })).toThrow(/HUB_KEY is not a key: it must be 32 bytes/)
    loadHubKey({ file, mayCreate: true })
    writeFileSync(file, value)
    expect(() => loadHubKey({ file, mayCreate: true })).toThrow(/hub.key is not a key/)
    expect(readFileSync(file, 'utf8')).toBe(value)
  },
)

test('a key file that cannot be read is told with its name', () => {
  expect(() => loadHubKey({ file: folder, mayCreate: true })).toThrow(/cannot be read \(EISDIR\)/)
})

import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadHubKeys, newHubKey, writeHubKeys } from '../../db/keyfile.ts'
import { ConfigError } from '../../workflows/errors.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-hub-key-'))
  file = join(folder, 'data', 'hub.key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the first start makes a key that only its owner may read, and later starts find it', () => {
  const key = loadHubKeys({ file, mayCreate: true })
  expect(key.map(one => one.length)).toEqual([32])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(loadHubKeys({ file, mayCreate: true })).toEqual(key)
  expect(loadHubKeys({ file, mayCreate: false })).toEqual(key)
})

test('a key given by value goes before the file, and makes none', () => {
  const key = randomBytes(32)
  expect(loadHubKeys({ value: key.toString('base64'), file, mayCreate: true })).toEqual([key])
  expect(loadHubKeys({ value: ` ${key.toString('base64url')}\n`, file, mayCreate: true })).toEqual([key])
  expect(existsSync(file)).toBe(false)
})

test('a missing key beside sealed data is refused, and none is made in its place', () => {
  expect(() => loadHubKeys({ file, mayCreate: false })).toThrow(ConfigError)
  expect(() => loadHubKeys({ file, mayCreate: false })).toThrow(/Put the key back/)
  expect(existsSync(file)).toBe(false)
})

test.each(['', 'short', randomBytes(31).toString('base64'), randomBytes(33).toString('base64'), '*'.repeat(44)])(
  'a key of the wrong shape is refused without being shown: %j',
  value => {
    expect(() => loadHubKeys({ value, file, mayCreate: true })).toThrow(/HUB_KEY is not a key: it must be 32 bytes/)
    loadHubKeys({ file, mayCreate: true })
    writeFileSync(file, value)
    expect(() => loadHubKeys({ file, mayCreate: true })).toThrow(/hub.key is not a key/)
    expect(readFileSync(file, 'utf8')).toBe(value)
  },
)

test('a key file that cannot be read is told with its name', () => {
  expect(() => loadHubKeys({ file: folder, mayCreate: true })).toThrow(/cannot be read \(EISDIR\)/)
})

test('several keys stand one a line, or with commas between, in their order and each once', () => {
  const [one, two] = [newHubKey(), newHubKey()]
  const [first, second] = [one.toString('base64'), two.toString('base64')]
  const lines = `# ours\r\n\n${first}  # since May\n${second}\n${first}`
  loadHubKeys({ file, mayCreate: true })
  writeFileSync(file, lines)
  expect(loadHubKeys({ file, mayCreate: false })).toEqual([one, two])
  const value = `${second}, ${first}`
  expect(loadHubKeys({ value, file, mayCreate: false })).toEqual([two, one])
})

test('of several keys the one that was cut short is told by its line', () => {
  loadHubKeys({ file, mayCreate: true })
  writeFileSync(file, `${newHubKey().toString('base64')}\n${newHubKey().toString('base64').slice(0, 20)}\n`)
  expect(() => loadHubKeys({ file, mayCreate: false })).toThrow(/hub.key, line 2, is not a key: .*cut short/)
})

test('a key file that others may read is refused', () => {
  loadHubKeys({ file, mayCreate: true })
  chmodSync(file, 0o644)
  expect(() => loadHubKeys({ file, mayCreate: false })).toThrow(/Run: chmod 600/)
})

test('keys take the place of others whole, and for the owner alone', () => {
  const keys = [newHubKey(), newHubKey()]
  loadHubKeys({ file, mayCreate: true })
  writeHubKeys(file, keys)
  expect(loadHubKeys({ file, mayCreate: false })).toEqual(keys)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(file))).toEqual(['hub.key'])
  expect(() => writeHubKeys(join(folder, 'none'), keys)).toThrow(/cannot be replaced \(ENOENT\)/)
})

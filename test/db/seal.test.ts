import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSeal } from '../../db/seal.ts'
import { ConfigError, StoreError } from '../../workflows/errors.ts'

const current = randomBytes(32)
const { seal, open, text, hmac, newDataKey, dataKey, combine, check, verify } = createSeal({ current })

describe('a sealed value', () => {
  test('opens to what was sealed, whatever that was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), words => text(seal(words)) === Buffer.from(words).toString()))
    fc.assert(fc.property(fc.uint8Array(), bytes => open(seal(bytes)).equals(bytes)))
  })

  test('is the documented format, which standard AES-256-GCM can write', () => {
    const key = Buffer.from(hkdfSync('sha256', current, Buffer.alloc(0), 'trust-hub/seal/1', 32))
    const head = seal('').subarray(0, 5)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head)
    const body = Buffer.concat([cipher.update('a plate, a name'), cipher.final()])
    expect(text(Buffer.concat([head, nonce, body, cipher.getAuthTag()]))).toBe('a plate, a name')
  })

  test('never looks the same twice', () => {
    const nonces = Array.from({ length: 2_000 }, () => seal('again').toString('hex').slice(10, 34))
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  test('with any byte changed or missing does not open', () => {
    const whole = seal('words')
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole)
      changed.writeUInt8(whole.readUInt8(at) ^ 1, at)
      expect(() => open(changed)).toThrow(StoreError)
      expect(() => open(whole.subarray(0, at))).toThrow(StoreError)
    }
  })

  test('under an older key still opens, and new ones lie under the current one', () => {
    const after = createSeal({ current: randomBytes(32), older: [current] })
    expect(after.text(seal('before'))).toBe('before')
    expect(() => open(after.seal('after'))).toThrow(/key that is not here/)
  })
})

describe('a look-up value', () => {
  test('is the same for the same text under the same key only, and does not show it', () => {
    expect(hmac('slack U0123')).toBe(createSeal({ current }).hmac('slack U0123'))
    expect(hmac('slack U0123')).toMatch(/^[\w-]{22}$/)
    expect(hmac('slack U0124')).not.toBe(hmac('slack U0123'))
    expect(createSeal({ current: randomBytes(32) }).hmac('slack U0123')).not.toBe(hmac('slack U0123'))
  })
})

describe('words of a person in an incident', () => {
  const incident = newDataKey()
  const person = newDataKey()
  const words = seal('he lives at ...', combine(incident.key, person.key))

  test('open with both stored keys', () => {
    const both = combine(dataKey(incident.sealed), dataKey(person.sealed))
    expect(text(words, both)).toBe('he lives at ...')
    const fresh = createSeal({ current })
    expect(fresh.text(words, fresh.combine(fresh.dataKey(incident.sealed), fresh.dataKey(person.sealed)))).toBe(
      'he lives at ...',
    )
  })

  test('do not open when either key is another one, is given alone or in the other place', () => {
    const other = newDataKey().key
    const wrong = [combine(other, person.key), combine(incident.key, other), combine(person.key, incident.key)]
    for (const key of [...wrong, incident.key, person.key]) expect(() => text(words, key)).toThrow(StoreError)
    expect(() => text(words)).toThrow(StoreError)
  })

  test('keys do not open under another hub key', () => {
    expect(() => createSeal({ current: randomBytes(32) }).dataKey(incident.sealed)).toThrow(StoreError)
  })

  test('more keys than are remembered all open', () => {
    const many = Array.from({ length: 4_100 }, newDataKey)
    for (const { key, sealed } of [...many, ...many.slice(0, 50)]) expect(dataKey(sealed).id).toEqual(key.id)
  })
})

describe('the check value', () => {
  test('says at start whether the key belongs to the database', () => {
    const stored = check()
    verify(stored)
    createSeal({ current: randomBytes(32), older: [current] }).verify(stored)
    const another = createSeal({ current: randomBytes(32) })
    expect(() => another.verify(stored)).toThrow(ConfigError)
    expect(() => another.verify(stored)).toThrow(/Set HUB_KEY or the key file/)
    expect(() => verify(Buffer.from('rubbish'))).toThrow(ConfigError)
  })
})

import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSeal, type HubKeys, type Seal, sealId } from '../../db/seal.ts'
import { ConfigError, StoreError } from '../../workflows/errors.ts'

const current = randomBytes(32)
const opened = createSeal({ current })
const { seal, open, text, hmac, newDataKey, dataKey, combine } = opened
const root = newDataKey().sealed
opened.unlock(root)

/** Another start with these keys on the same database. */
function again(keys: HubKeys, sealed = root): Seal {
  const made = createSeal(keys)
  made.unlock(sealed)
  return made
}

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
  test('is the same for the same text in the same database only, and does not show it', () => {
    expect(hmac('slack U0123')).toBe(again({ current }).hmac('slack U0123'))
    expect(hmac('slack U0123')).toMatch(/^[\w-]{22}$/)
    expect(hmac('slack U0124')).not.toBe(hmac('slack U0123'))
    expect(again({ current }, newDataKey().sealed).hmac('slack U0123')).not.toBe(hmac('slack U0123'))
    expect(opened.proof('slack U0123')).not.toBe(hmac('slack U0123'))
  })

  test('outlives the keys of the hub', () => {
    const next = again({ current: randomBytes(32), older: [current] })
    const alone = again({ current: randomBytes(32), older: [current] })
    expect(next.hmac('slack U0123')).toBe(hmac('slack U0123'))
    expect(alone.proof('a head')).toBe(opened.proof('a head'))
  })
})

describe('keys that change while the hub runs', () => {
  const next = randomBytes(32)

  test('seal under the new one at once, and open what lies under the old one', () => {
    const running = again({ current })
    const before = running.seal('before')
    running.adopt({ current, older: [next] })
    expect(running.seal('same').toString('hex', 1, 5)).toBe(sealId(current))
    running.adopt({ current: next })
    expect(running.seal('after').toString('hex', 1, 5)).toBe(sealId(next))
    expect(running.text(before)).toBe('before')
  })

  test('seal anew what lies under the old one, and nothing else', () => {
    const running = again({ current: next, older: [current] })
    const before = seal('before')
    const after = running.resealed(before)
    expect(createSeal({ current: next }).text(after as Buffer)).toBe('before')
    expect(running.resealed(after as Buffer)).toBeNull()
    expect(running.resealed(seal('words', newDataKey().key))).toBeNull()
    expect(running.resealed(before.fill(0, 20))).toBeNull()
    expect(running.resealed(Buffer.alloc(0))).toBeNull()
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

describe("the database's own key", () => {
  test('says at start whether the key of the hub belongs to the database', () => {
    again({ current: randomBytes(32), older: [current] })
    expect(() => again({ current: randomBytes(32) })).toThrow(ConfigError)
    expect(() => again({ current: randomBytes(32) })).toThrow(/Set HUB_KEY or the key file/)
    expect(() => again({ current }, Buffer.from('rubbish'))).toThrow(ConfigError)
  })
})

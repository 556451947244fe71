import { identityToRecipient } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import {
  identityOf,
  joined,
  languages,
  newSecret,
  phraseOf,
  secretOf,
  split,
} from '../../../../bot/cli/backup/phrase.ts'

const zero = Buffer.alloc(32)

describe('a recovery phrase', () => {
  it('is the one that other programs make of the same bytes', () => {
    // The first test vector of BIP 39 with 256 bits.
    expect(phraseOf(zero, 'en').join(' ')).toBe(`${'abandon '.repeat(23)}art`)
    expect(phraseOf(Buffer.alloc(32, 0xff), 'en').join(' ')).toBe(`${'zoo '.repeat(23)}vote`)
  })

  it.each(['en', 'es'] as const)('in %s says the secret that it was made from, however it is typed', language => {
    for (let round = 0; round < 50; round += 1) {
      const secret = newSecret()
      const phrase = phraseOf(secret, language)
      expect(phrase).toHaveLength(24)
      expect(secretOf(phrase.join(' '))).toEqual(secret)
      const numbered = phrase.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n')
      expect(secretOf(numbered)).toEqual(secret)
      const short = phrase.map(word => [...word.normalize('NFD').replace(/\p{M}/gu, '')].slice(0, 4).join(''))
      expect(secretOf(short.join(', '))).toEqual(secret)
    }
  })

  it('is known by the first four letters of its words, in both lists', () => {
    for (const list of Object.values(languages)) {
      const starts = list.map(word => word.normalize('NFD').replace(/\p{M}/gu, '').slice(0, 4))
      expect(new Set(starts).size).toBe(2048)
    }
  })

  it('that was copied wrongly says where', () => {
    const phrase = [...phraseOf(newSecret(), 'en')]
    expect(() => secretOf(phrase.slice(1).join(' '))).toThrow('has 24 words; these are 23')
    expect(() => secretOf(phrase.with(6, 'qqqq').join(' '))).toThrow('word 7 ("qqqq")')
    expect(() => secretOf(`${'abandon '.repeat(23)}zoo`)).toThrow('do not fit together')
  })

  it('split between two people opens with both, in any order, and with none alone', () => {
    const secret = newSecret()
    const [one, other] = split(secret)
    expect(joined(one, other)).toEqual(secret)
    expect(joined(other, one)).toEqual(secret)
    expect(one).not.toEqual(secret)
    expect(other).not.toEqual(secret)
  })
})

describe('the secret as the program age takes it', () => {
  it('is written as that program writes it', async () => {
    expect(identityOf(zero)).toMatch(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/)
    // age-encryption reads it, with its checksum, and gives the public half.
    expect(await identityToRecipient(identityOf(newSecret()))).toMatch(/^age1[02-9ac-hj-np-z]{58}$/)
  })
})

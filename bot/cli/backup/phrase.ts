import { randomBytes } from 'node:crypto'
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'
import { ConfigError } from '../../../workflows/errors.ts'
import { bech32 } from './bech32.ts'

/** The secret that opens backups: 32 bytes, which people keep as 24 words. */
export type Secret = Buffer

/** The languages in which its words can be written. */
export const languages = { en: english, es: spanish } as const

/** A new secret. */
export function newSecret(): Secret {
  return randomBytes(secretBytes)
}

/** A secret as 24 words, the last of which proves the others. */
export function phraseOf(secret: Secret, language: keyof typeof languages): readonly string[] {
  return entropyToMnemonic(secret, languages[language]).normalize('NFC').split(/\s+/)
}

/**
 * The secret that 24 words say, in either language; accents and whatever follows the first four letters of a word may
 * be left out. @throws ConfigError that says which word is none, or that they do not fit together
 */
export function secretOf(phrase: string): Secret {
  const typed = phrase
    .trim()
    .split(/[\s,.;]+/)
    .filter(word => !/^\d*$/.test(word))
  if (typed.length !== words) throw new ConfigError(`A recovery phrase has ${words} words; these are ${typed.length}.`)
  const tried = Object.values(languages).map(list => known(typed, list))
  const [found] = tried.filter(one => one.missing.length === 0)
  if (!found) {
    const least = tried.reduce((one, other) => (other.missing.length < one.missing.length ? other : one))
    const which = least.missing.map(at => `word ${at + 1} ("${typed[at]}")`).join(', ')
    throw new ConfigError(`Not a word of the list: ${which}. Compare with what was written down.`)
  }
  try {
    return Buffer.from(mnemonicToEntropy(found.words.join(' '), found.list))
  } catch {
    throw new ConfigError('These words do not fit together: one is wrong, or two changed places. Compare them again.')
  }
}

/** Two secrets that give this one together, and say nothing of it alone. */
export function split(secret: Secret): readonly [Secret, Secret] {
  const one = newSecret()
  return [one, joined(one, secret)]
}

/** What two halves give together; whose comes first does not matter. */
export function joined(one: Secret, other: Secret): Secret {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)))
}

/** The secret as the standard program `age` takes it. */
export function identityOf(secret: Secret): string {
  return bech32('age-secret-key-', secret).toUpperCase()
}

const secretBytes = 32
const words = 24

/** The words of a list that were meant; at which places none was. */
function known(typed: readonly string[], list: readonly string[]) {
  const byStart = new Map(list.map(word => [start(word), word]))
  const found = typed.map(word => byStart.get(start(word)))
  return { list: [...list], words: found, missing: found.flatMap((word, at) => (word === undefined ? [at] : [])) }
}

// No two words of a list begin with the same four letters; some have but three.
function start(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().slice(0, 4)
}

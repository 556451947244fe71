import type { EntryWords } from '../workflows/event.ts'
import { digestOf } from './chain.ts'
import { type Key, random } from './key.ts'
import type { Seal } from './seal.ts'

/** Words of an entry as they are kept, and the digest that the timeline holds of them. */
export type KeptWords = { readonly sealed: Buffer; readonly digest: string }

/**
 * Seals words with a salt of their own. The digest covers the salt too, so that once the sealed words are gone nobody
 * can try guesses against it.
 */
export function sealWords(seal: Seal, words: EntryWords, key: Key): KeptWords {
  const text = random(saltBytes).toString('base64url') + JSON.stringify(words)
  return { sealed: seal.seal(text, key), digest: digestOf(text) }
}

/** The words with their digest; null if they lie under another key, as after shredding, or were changed. */
export function openWords(
  seal: Seal,
  sealed: Uint8Array,
  key: Key,
): { readonly words: EntryWords; readonly digest: string } | null {
  try {
    const text = seal.text(sealed, key)
    return { words: JSON.parse(text.slice(saltLetters)), digest: digestOf(text) }
  } catch {
    return null
  }
}

const saltBytes = 16
const saltLetters = 22

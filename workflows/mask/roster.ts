import { hash } from 'node:crypto'
import { wordsOf } from '../words.ts'
import type { Span } from './span.ts'

/**
 * Finds where people of the roster are named in a text: the whole name, two neighbouring parts of it in either order,
 * an initial with the last name, a title with it, and the last name alone where it is written as a name. What is
 * kept of the names in memory are keyed digests of their words.
 */
export function knownNames(names: readonly string[], salt: Uint8Array): (text: string) => readonly Span[] {
  const salted = Buffer.from(salt).toString('base64url')
  const digest = (words: string) => hash('sha256', salted + words, 'base64url')
  const numbers = new Set<number>()
  const pairs = new Set<string>()
  const lasts = new Set<string>()
  for (const name of names) {
    const parts = wordsOf(name).map(word => word.text)
    const last = parts.at(-1)
    if (!last || parts.join('').length < 3) continue
    for (const part of parts) numbers.add(numberOf(part))
    numbers.add(numberOf([...(parts[0] as string)][0] as string))
    if (last.length > 2) lasts.add(digest(last))
    for (const one of parts) {
      const initial = [...one][0] ?? ''
      if (one !== last) pairs.add(digest(`${initial} ${last}`))
      for (const other of parts) if (one !== other) pairs.add(digest(`${one} ${other}`))
    }
  }
  if (lasts.size === 0 && pairs.size === 0) return () => []

  return text => {
    const words = wordsOf(text)
    const known = words.map(word => forms(word.text).filter(form => numbers.has(numberOf(form))))
    const spans: Span[] = []
    for (const [at, word] of words.entries()) {
      const own = known[at] ?? []
      if (own.length === 0) continue
      const next = words[at + 1]
      const ends = known[at + 1] ?? []
      // Across a comma too: "Ruiz, Ana".
      if (next && next.start - word.end <= 3 && ends.some(end => pairs.has(digest(`${word.text} ${end}`))))
        spans.push({ start: word.start, end: next.end })
      const mayBe = isCapital(text, word.start) || titles.has(words[at - 1]?.text ?? '')
      if (mayBe && own.some(one => lasts.has(digest(one)))) spans.push({ start: word.start, end: word.end })
    }
    return spans
  }
}

const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'sr',
  'sra',
  'srta',
  'don',
  'dona',
  'senor',
  'senora',
  'pastor',
])

// Tells nearly all words from those of names without the cost of a digest; each number stands for thousands of words.
function numberOf(word: string): number {
  let number = 0
  for (let at = 0; at < word.length; at++) number = (Math.imul(number, 31) + word.charCodeAt(at)) & 0xffff
  return number
}

// `Ruiz's` is folded to `ruizs`.
function forms(word: string): string[] {
  return word.endsWith('s') ? [word, word.slice(0, -1)] : [word]
}

function isCapital(text: string, at: number): boolean {
  return /^\p{Lu}/u.test(text.slice(at, at + 2))
}

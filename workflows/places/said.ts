import { type Word, wordsOf } from '../words.ts'

/** The five-digit ZIP codes in a text, in order; of ZIP+4 the first five digits. */
export function zipsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\p{L}\d.,-])(\d{5})(?:-\d{4})?(?![\p{L}\d]|[.,-]\d)/gu)].map(
    match => match[1] as string,
  )
}

/** True if the words say one of the phrases: the same words in a row, whatever their case, accents and punctuation. */
export function saysOne(words: readonly Word[], phrases: readonly string[]): boolean {
  return heard(phrases).some(wanted => words.some((_, start) => saysAt(words, start, wanted)))
}

const known = new WeakMap<readonly string[], readonly string[][]>()

// A network's phrases are the same for every report, so each list is taken apart once.
function heard(phrases: readonly string[]): readonly string[][] {
  const found = known.get(phrases)
  if (found) return found
  const made = phrases.map(phrase => wordsOf(phrase).map(word => word.text)).filter(wanted => wanted.length > 0)
  known.set(phrases, made)
  return made
}

function saysAt(words: readonly Word[], start: number, wanted: readonly string[]): boolean {
  return wanted.every((text, step) => words[start + step]?.text === text)
}

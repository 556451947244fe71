import { type Word, wordsOf } from '../words.ts'

/** The five-digit ZIP codes in a text, in order; of ZIP+4 the first five digits. */
export function zipsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\p{L}\d.,-])(\d{5})(?:-\d{4})?(?![\p{L}\d]|[.,-]\d)/gu)].map(
    match => match[1] as string,
  )
}

/** True if the words say the phrase: the same words in a row, whatever their case, accents and punctuation. */
export function saysWords(words: readonly Word[], phrase: string): boolean {
  const wanted = wordsOf(phrase).map(word => word.text)
  if (wanted.length === 0) return false
  return words.some((_, start) => wanted.every((text, step) => words[start + step]?.text === text))
}

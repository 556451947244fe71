/** A word of somebody's text: folded, with its place in it (UTF-16 offsets) and its sentence and clause. */
export type Word = {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly sentence: number
  readonly clause: number
}

const runs = /[\p{L}\p{M}\p{N}\p{Cf}'’`´]+|[.!?;:…¿¡\n\r。؟]+|[,()،–—]+/gu

/** Makes words comparable: lower case, without accents, apostrophes and invisible characters. */
export function fold(text: string): string {
  // What most words are made of has nothing to take away.
  if (/^[\w ]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'’`´]/gu, '')
    .toLowerCase()
}

/** Splits any text into folded words in linear time; punctuation, emoji and symbols only part words. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let sentence = 0
  let clause = 0
  for (const run of text.matchAll(runs)) {
    const found = run[0]
    if (/^[\p{L}\p{M}\p{N}\p{Cf}'’`´]/u.test(found)) {
      const folded = fold(found)
      if (folded) words.push({ text: folded, start: run.index, end: run.index + found.length, sentence, clause })
      continue
    }
    clause++
    if (!/^[,()،–—]/.test(found)) sentence++
  }
  return words
}

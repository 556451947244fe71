import { wordsOf } from '../words.ts'
import type { Span } from './span.ts'

/** Where the given names stand as whole words, whatever their case and accents, with a possessive or not. */
export function names(text: string, known: readonly string[]): Span[] {
  const byFirst = Map.groupBy(
    known.map(name => wordsOf(name).map(word => word.text)).filter(parts => parts.join('').length > 1),
    parts => parts[0] as string,
  )
  if (byFirst.size === 0) return []
  const words = wordsOf(text)
  return words.flatMap((word, index) => {
    const starts = [...(byFirst.get(word.text) ?? []), ...(byFirst.get(bare(word.text)) ?? [])]
    return starts.flatMap(parts => {
      const last = words[index + parts.length - 1]
      const same = parts.every((part, step) => {
        const said = words[index + step]?.text ?? ''
        return said === part || (step === parts.length - 1 && bare(said) === part)
      })
      return same && last ? [{ start: word.start, end: last.end }] : []
    })
  })
}

/** `Heron's` is folded to `herons`. */
function bare(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word
}

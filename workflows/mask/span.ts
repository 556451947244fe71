/** A stretch of a text in UTF-16 offsets, `end` not included. */
export type Span = { readonly start: number; readonly end: number }

/** The stretches that a pattern finds and `holds` confirms; a global, bounded pattern keeps the time linear. */
export function spansOf(
  text: string,
  pattern: RegExp,
  holds: (match: RegExpExecArray) => boolean | Span = () => true,
): Span[] {
  return [...text.matchAll(pattern)].flatMap(match => {
    const answer = holds(match)
    if (answer === false) return []
    return answer === true ? [{ start: match.index, end: match.index + match[0].length }] : [answer]
  })
}

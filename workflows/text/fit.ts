import { phrase, type Text } from '../phrase.ts'
import type { Line, View } from '../view.ts'
import { type Reader, say } from './say.ts'

/** The longest message that every platform takes, in UTF-16 units. */
export const longestMessage = 4000

/**
 * The view as one message for that reader: where it would be longer than `most`, the longest texts are cut, no shorter
 * than they must be, and a last line says so. Title, tables and buttons stay whole.
 */
export function fitView(view: View, reader: Reader, most: number = longestMessage): View {
  const lengths = view.lines.map(line => lengthOf(line, reader))
  const title = view.title ? say(view.title, reader).length : 0
  const over = title + sum(lengths) - most
  if (over <= 0) return view
  const longest = longestThatFits(
    view.lines.flatMap((line, index) => ('text' in line ? [lengths[index] ?? 0] : [])),
    over + say(shortened, reader).length,
  )
  return { ...view, lines: [...view.lines.map(line => cut(line, longest, reader)), { type: 'note', text: shortened }] }
}

const shortened: Text = phrase('hub.shortened')

function cut(line: Line, longest: number, reader: Reader): Line {
  if (!('text' in line)) return line
  const text = say(line.text, reader)
  if (text.length <= longest) return line
  // Half a surrogate pair is no character.
  const words = text.slice(0, Math.max(0, longest - 1)).replace(/[\ud800-\udbff]$/, '')
  return { ...line, text: { words: `${words.trimEnd()}…` } }
}

/** How long a text may be so that together they are shorter by what is over; 1 where that cannot be. */
function longestThatFits(lengths: readonly number[], over: number): number {
  const sorted = lengths.toSorted((one, other) => other - one)
  let together = 0
  for (const [index, length] of sorted.entries()) {
    together += length
    const longest = Math.floor((together - over) / (index + 1))
    if (longest >= (sorted[index + 1] ?? 1)) return longest
  }
  return 1
}

function lengthOf(line: Line, reader: Reader): number {
  if (line.type === 'rule') return 0
  const texts = line.type === 'table' ? [...line.head, ...line.rows.flat()] : [line.text]
  return sum(texts.map(text => say(text, reader).length))
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0)
}

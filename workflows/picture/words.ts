import type { Language } from '../directory.ts'
import type { Drawing } from '../drawing.ts'
import { type Param, type PhraseKey, phrase } from '../phrase.ts'
import { type Reader, say } from '../text/say.ts'
import { type Shade, shades } from './shade.ts'
import { element, escaped } from './svg.ts'

/** How wide words come out, in points, at that size. */
export type Measure = (words: string, size: number, bold: boolean) => number

/** What every part of a picture is drawn with: its colours, how wide words are, and its reader's language. */
export type Pen = {
  readonly shade: Shade
  readonly measure: Measure
  readonly language: Language
  readonly say: (key: PhraseKey, params?: Readonly<Record<string, Param>>) => string
}

/** What to draw with for a reader of that language. */
export function penFor(theme: Drawing['theme'], language: Language, measure: Measure): Pen {
  const reader: Reader = { language, zone: 'UTC', now: 0, person: () => null }
  return { shade: shades[theme], measure, language, say: (key, params) => say(phrase(key, params), reader) }
}

/** Where and how a line of words stands; `most` is its width in points, past which it is cut. */
export type Look = {
  readonly x: number
  /** The line that the letters stand on. */
  readonly y: number
  readonly size?: number
  readonly bold?: boolean
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly most?: number
  /** With a pale rim, where lines or colours lie behind. */
  readonly halo?: true
}

const plain = 12

/** A line of words; what does not fit ends in an ellipsis. */
export function write(words: string, look: Look, { shade, measure }: Pen): string {
  const { x, y, size = plain, bold = false, fill = shade.ink, anchor, most, halo } = look
  const shown = most === undefined ? words : cut(words, most, text => measure(text, size, bold))
  const set = { 'font-weight': bold ? 'bold' : undefined, 'text-anchor': anchor === 'start' ? undefined : anchor }
  const rim = halo
    ? { stroke: shade.ground, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
    : {}
  return element('text', { x, y, 'font-size': size, fill, ...set, ...rim }, escaped(shown))
}

/** Words as at most so many lines of that width; the last is cut where there is more. */
export function wrapped(words: string, most: number, lines: number, widthOf: (words: string) => number): string[] {
  const [first = '', ...rest] = words.split(/\s+/).filter(word => word !== '')
  const set = [first]
  for (const word of rest) {
    const line = `${set.at(-1)} ${word}`
    if (widthOf(line) <= most || set.length === lines) set[set.length - 1] = line
    else set.push(word)
  }
  return set.map(line => cut(line, most, widthOf))
}

function cut(words: string, most: number, widthOf: (words: string) => number): string {
  if (widthOf(words) <= most) return words
  const letters = [...words]
  let [from, to] = [0, letters.length]
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if (widthOf(`${letters.slice(0, middle).join('')}…`) <= most) from = middle
    else to = middle - 1
  }
  return `${letters
    .slice(0, from)
    .join('')
    .replace(/[\s,;:.(-]+$/, '')}…`
}

import { element } from './svg.ts'
import { type Pen, write } from './words.ts'

/** A part of a picture and how high it is, in points. */
export type Part = { readonly svg: string; readonly height: number }

/** A part that is not there. */
export const none: Part = { svg: '', height: 0 }
/** How wide every picture is, in points. */
export const width = 480
/** How far from its sides everything stays. */
export const margin = 16
/** How wide everything in it is at most. */
export const inner = width - 2 * margin

/** The line above a part and its heading, 34 points high; `most` is how wide the words may be. */
export function heading(words: string, top: number, pen: Pen, most = inner): string {
  const { line } = pen.shade
  const rule = { x1: margin, x2: width - margin, y1: top + 4, y2: top + 4, stroke: line, 'stroke-width': 1 }
  return element('line', rule) + write(words, { x: margin, y: top + 24, size: 14, bold: true, most }, pen)
}

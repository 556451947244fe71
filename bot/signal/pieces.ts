import { bold, literal } from './style.ts'

/** A paragraph of a message, as people read it; `bold` is how it looks. */
export type Paragraph = { readonly text: string; readonly bold: boolean }

/** The longest message, in characters and in bytes: Signal turns longer ones into files. */
export const longestPiece = 2000

/**
 * Puts paragraphs into as few messages as hold them, in `styled` mode. What is longer than a message is parted after a
 * sentence, else between words, else anywhere but within a character; nothing is ever left out but white space there.
 */
export function pack(paragraphs: readonly Paragraph[]): readonly string[] {
  const pieces: string[][] = []
  let piece: string[] = []
  for (const { text, bold: strong } of paragraphs) {
    for (const part of parts(text, strong)) {
      const styled = strong ? bold(part) : literal(part)
      if (!fits([...piece, styled].join('\n'))) {
        // A heading belongs to what stands under it.
        const heading = piece.length > 1 && piece.at(-1)?.startsWith('**') ? piece.splice(-1) : []
        pieces.push(piece)
        piece = fits([...heading, styled].join('\n')) ? heading : []
        if (piece.length < heading.length) pieces.push(heading)
      }
      piece.push(styled)
    }
  }
  return [...pieces, piece].map(each => each.join('\n').replace(/^\n+|\s+$/g, '')).filter(each => each !== '')
}

function parts(text: string, strong: boolean): readonly string[] {
  const styled = strong ? bold(text) : literal(text)
  if (fits(styled)) return [text]
  const found: string[] = []
  let rest = text
  while (!fits(strong ? bold(rest) : literal(rest))) {
    const most = longestStart(rest, strong)
    const cut = breakIn(rest.slice(0, most))
    found.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return [...found, rest].filter(part => part !== '')
}

/** How many UTF-16 units of the text make a message. */
function longestStart(text: string, strong: boolean): number {
  let least = 0
  let most = Math.min(text.length, longestPiece)
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    const start = text.slice(0, middle)
    if (fits(strong ? bold(start) : literal(start))) least = middle
    else most = middle - 1
  }
  return least
}

function breakIn(start: string): number {
  const half = start.length / 2
  const after = (pattern: RegExp) => {
    const ends = [...start.matchAll(pattern)].map(match => match.index + match[0].length)
    return ends.findLast(end => end > half)
  }
  const whole = start.replace(/[\ud800-\udbff]$/, '').length
  return after(/\n+/g) ?? after(/[.!?…]["”»)]*\s+/gu) ?? after(/\s+/g) ?? Math.max(1, whole)
}

function fits(text: string): boolean {
  return text.length <= longestPiece && Buffer.byteLength(text) <= longestPiece
}

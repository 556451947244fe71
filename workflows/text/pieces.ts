/** A paragraph of a message, as people read it; `bold` is how it looks. */
export type Paragraph = { readonly text: string; readonly bold: boolean }

/** How a paragraph is written in the mark-up of its platform. */
export type Dress = (text: string, bold: boolean) => string

/**
 * Puts paragraphs into as few messages as hold them, each of at most `most` UTF-16 units and bytes. What is longer than
 * a message is parted after a line, else after a sentence, else between words, else anywhere but within a character;
 * nothing is ever left out but white space there.
 */
export function packPieces(paragraphs: readonly Paragraph[], most: number, dress: Dress): readonly string[] {
  const fits = (text: string) => text.length <= most && Buffer.byteLength(text) <= most
  const pieces: string[][] = []
  let piece: string[] = []
  for (const { text, bold } of paragraphs) {
    for (const part of parts(text, most, whole => fits(dress(whole, bold)))) {
      const styled = dress(part, bold)
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

function parts(text: string, most: number, fits: (text: string) => boolean): readonly string[] {
  if (fits(text)) return [text]
  const found: string[] = []
  let rest = text
  while (!fits(rest)) {
    const cut = breakIn(rest.slice(0, longestStart(rest, most, fits)))
    found.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return [...found, rest].filter(part => part !== '')
}

/** How many UTF-16 units of the text make a message. */
function longestStart(text: string, longest: number, fits: (text: string) => boolean): number {
  let least = 0
  let most = Math.min(text.length, longest)
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(text.slice(0, middle))) least = middle
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

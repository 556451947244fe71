import { randomBytes } from 'node:crypto'
import { phrase, type Text } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { nativeNames } from './names.ts'

/** A piece of a sentence: words as they are, or a moment that every reader sees in their own zone. */
export type Piece =
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'moment'; readonly at: number; readonly said: string; readonly format: string }

// Nobody can write a mark that is made anew in every process.
const mark = randomBytes(6).toString('hex')
const marked = new RegExp(`\u{e000}${mark}\\.(\\d+)\\.(\\d+)\u{e001}`, 'gu')

/** What the text says to that reader, with its moments apart. */
export function piecesOf(text: Text, reader: Reader): readonly Piece[] {
  const own = say(text, { ...reader, time: (at, withDate) => momentMark(at, withDate, reader) })
  const said = 'key' in text ? nativeNames(own) : own
  const pieces: Piece[] = []
  let from = 0
  for (const found of said.matchAll(marked)) {
    const length = Number(found[1])
    const shown = said.slice(found.index - length, found.index)
    add(pieces, said.slice(from, found.index - length))
    pieces.push({ type: 'moment', at: Number(found[2]), said: shown, format: formatOf(shown) })
    from = found.index + found[0].length
  }
  add(pieces, said.slice(from))
  return pieces
}

/** The same as one printed sentence, in the reader's own zone. */
export function printed(pieces: readonly Piece[]): string {
  return pieces.map(piece => (piece.type === 'words' ? piece.text : piece.said)).join('')
}

// The printed moment stands before the mark, so that the sentence around it agrees with it.
function momentMark(at: number, withDate: boolean, reader: Reader): string {
  const { time: _, ...plain } = reader
  const said = say(
    withDate ? phrase('slack.date', { date: { date: at } }) : phrase('slack.time', { time: { time: at } }),
    plain,
  )
  return `${said}\u{e000}${mark}.${said.length}.${at}\u{e001}`
}

function formatOf(said: string): string {
  return /^\d\d:\d\d$/.test(said) ? '{time}' : '{date_short} {time}'
}

function add(pieces: Piece[], text: string): void {
  if (text !== '') pieces.push({ type: 'words', text })
}

import type { types } from '@slack/bolt'
import type { Text } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { splitText } from '../../workflows/text/split.ts'
import type { Button } from '../../workflows/view.ts'
import { type Piece, piecesOf, printed } from './moment.ts'
import { escapeText, hasMarkup } from './words.ts'

/** A block as Slack's own types have it. */
export type Block = types.KnownBlock

/** What one block and one message may hold at most, as Slack documents it, but for the total, which it does not. */
export const limits = {
  blocks: 50,
  text: 3000,
  header: 150,
  actions: 25,
  label: 75,
  confirm: { title: 100, text: 300, button: 30 },
  rows: 100,
  alt: 2000,
  total: 12_000,
} as const

/** Text that Slack shows exactly as it is. */
export function plain(text: string, most: number = limits.text): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(text, most), emoji: false }
}

/** The text in pieces that fit into a block, each shown as it was written; moments in every reader's zone. */
export function literals(text: Text, reader: Reader): readonly (types.PlainTextElement | types.MrkdwnElement)[] {
  const pieces = piecesOf(text, reader)
  const said = printed(pieces)
  // Slack knows dates only in its mark-up, and that would also read what people wrote as mark-up.
  const dated = pieces.some(piece => piece.type === 'moment') && !hasMarkup(said) && said.length < limits.text / 2
  if (dated) return [{ type: 'mrkdwn', text: pieces.map(token).join(''), verbatim: true }]
  return splitText(said, limits.text).map(part => plain(part))
}

/** The text as elements of rich text, in parts that fit into a block. */
export function richParts(text: Text, reader: Reader, bold = false): readonly types.RichTextElement[][] {
  const parts: types.RichTextElement[][] = [[]]
  let length = 0
  const put = (element: types.RichTextElement, size: number) => {
    if (length + size > limits.text && length > 0) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(element)
    length += size
  }
  for (const piece of piecesOf(text, reader)) {
    if (piece.type === 'moment') put(moment(piece, bold), piece.said.length)
    else for (const words of splitText(piece.text, limits.text)) put(richText(words, bold), words.length)
  }
  return parts
}

/** Words as an element of rich text: nothing in them is mark-up. */
export function richText(text: string, bold = false): types.RichTextText {
  return bold ? { type: 'text', text, style: { bold } } : { type: 'text', text }
}

/** A button; what it does stands in its value, so that it works for ever. */
export function buttonElement(button: Button, place: string, reader: Reader): types.Button {
  const label = say(button.label, reader)
  return {
    type: 'button',
    action_id: `press:${place}`,
    value: button.id,
    text: plain(label, limits.label),
    ...(button.style ? { style: button.style } : {}),
    ...(button.confirm ? { confirm: confirmation(label, say(button.confirm, reader), button, reader) } : {}),
  }
}

/** Cuts a label to what Slack takes, and shows that it did. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function confirmation(label: string, text: string, { style }: Button, reader: Reader): types.ConfirmationDialog {
  const { title, text: most, button } = limits.confirm
  return {
    title: plain(label.length > title ? say({ key: 'slack.sure' }, reader) : label, title),
    text: plain(text, most),
    confirm: plain(label.length > button ? say({ key: 'slack.yes' }, reader) : label, button),
    deny: plain(say({ key: 'slack.no' }, reader), button),
    ...(style === 'danger' ? { style } : {}),
  }
}

function moment({ at, said, format }: Extract<Piece, { type: 'moment' }>, bold: boolean): types.RichTextDate {
  const timestamp = Math.floor(at / 1000)
  return { type: 'date', timestamp, format, fallback: said, ...(bold ? { style: { bold } } : {}) }
}

function token(piece: Piece): string {
  if (piece.type === 'words') return escapeText(piece.text)
  return `<!date^${Math.floor(piece.at / 1000)}^${piece.format}|${escapeText(piece.said)}>`
}

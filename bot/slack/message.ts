import type { types } from '@slack/bolt'
import type { Text } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, Tone, View } from '../../workflows/view.ts'
import type { Image } from '../platform.ts'
import { type Block, buttonElement, limits, literals, plain, richParts, richText, shorten } from './block.ts'
import { piecesOf, printed } from './moment.ts'
import { escapeText } from './words.ts'

/** One message as Slack takes it: its blocks, and the words for notifications and screen readers. */
export type Drawn = { readonly text: string; readonly blocks: readonly Block[] }

/** Where blocks stand: tables are for messages only. */
export type Surface = 'message' | 'page'

// The square repeats what the title says in words.
const squares: Readonly<Record<Tone, string>> = {
  S5: '🟥🟥 ',
  S4: '🟥 ',
  S3: '🟧 ',
  S2: '🟨 ',
  S1: '🟦 ',
  closed: '⬜ ',
  plain: '',
}

const longestNotice = 3500
const cell = 300

/**
 * A view as one message, or as several where one would be too long for Slack; nothing is left out. Buttons stand at
 * the end of the last, the picture above them.
 */
export function drawMessages(view: View, reader: Reader, image?: Image): readonly [Drawn, ...Drawn[]] {
  const text = noticeOf(view, reader)
  const [first = [], ...rest] = pack(drawBlocks(view, reader, 'message', '', image))
  return [{ text, blocks: first }, ...rest.map(blocks => ({ text, blocks }))]
}

/** The same without what older clients and some workspaces do not take. */
export function drawPlainly(view: View, reader: Reader): readonly [Drawn, ...Drawn[]] {
  const text = noticeOf(view, reader)
  const [first = [], ...rest] = pack(drawBlocks(view, reader, 'page'))
  return [{ text, blocks: first }, ...rest.map(blocks => ({ text, blocks }))]
}

/** All blocks of a view, however many; `from` tells its buttons from those of other views on the same surface. */
export function drawBlocks(view: View, reader: Reader, surface: Surface, from = '', image?: Image): readonly Block[] {
  const blocks: Block[] = [...titleBlocks(view, reader)]
  let flow: Line[] = []
  const flush = () => {
    blocks.push(...flowBlocks(flow, reader))
    flow = []
  }
  let tables = 0
  for (const [index, line] of view.lines.entries()) {
    if (isFlow(line)) {
      flow.push(line)
      continue
    }
    flush()
    if (line.type === 'table') blocks.push(...tableBlocks(line, reader, surface === 'message' && tables++ === 0))
    else blocks.push(...apart(line, `${from}${index}`, reader))
  }
  flush()
  if (image?.held)
    blocks.push({ type: 'image', slack_file: { id: image.held }, alt_text: shorten(image.alt, limits.alt) })
  for (let at = 0; at < view.buttons.length; at += limits.actions) {
    const elements = view.buttons
      .slice(at, at + limits.actions)
      .map((button, index) => buttonElement(button, `${from}b${at + index}`, reader))
    blocks.push({ type: 'actions', elements })
  }
  return blocks
}

/** The view as plain words, title first; what a notification shows and a screen reader reads. */
export function noticeOf(view: View, reader: Reader): string {
  const words = [view.title, ...view.lines.flatMap(textsOf)].flatMap(text =>
    text ? [printed(piecesOf(text, reader))] : [],
  )
  const whole = escapeText(words.filter(said => said.trim() !== '').join('\n'))
  return whole === '' ? '…' : shorten(whole, longestNotice).replace(/&[a-z]{0,3}…$/, '…')
}

type Flow = Extract<Line, { type: 'strong' | 'text' | 'quote' | 'link' }>

function isFlow(line: Line): boolean {
  return ['strong', 'text', 'quote', 'link', 'note'].includes(line.type) || (line.type === 'item' && !line.button)
}

function titleBlocks({ title, tone }: View, reader: Reader): Block[] {
  if (!title) return []
  const said = `${squares[tone]}${say(title, reader)}`
  if (said.length <= limits.header) return [{ type: 'header', text: { type: 'plain_text', text: said, emoji: true } }]
  return [{ type: 'section', text: { ...plain(said), emoji: true } }]
}

/** Lines that follow each other: those of one weight share a block, notes are small. */
function flowBlocks(lines: readonly Line[], reader: Reader): Block[] {
  const blocks: Block[] = []
  let notes: Text[] = []
  let elements: (types.RichTextSection | types.RichTextQuote)[] = []
  let length = 0
  const closeNotes = () => {
    blocks.push(...joined(notes.flatMap(note => literals(note, reader))).map(contextBlock))
    notes = []
  }
  const closeText = () => {
    if (elements.length > 0) blocks.push({ type: 'rich_text', elements })
    elements = []
    length = 0
  }
  for (const line of lines) {
    if (line.type === 'note') {
      closeText()
      notes.push(line.text)
      continue
    }
    closeNotes()
    for (const part of partsOf(line, reader).filter(elements => elements.length > 0)) {
      const size = sizeOf(part)
      if (length + size > limits.text) closeText()
      length += size
      append(elements, part, line.type === 'quote')
    }
  }
  closeText()
  closeNotes()
  return blocks
}

type Literal = ReturnType<typeof literals>[number]

/** Small lines of one sort share a text, a line each, as far as they fit. */
function joined(texts: readonly Literal[]): readonly Literal[] {
  const shared: Literal[] = []
  for (const text of texts.filter(one => one.text !== '')) {
    const last = shared.at(-1)
    const fits = last?.type === text.type && last.text.length + text.text.length < limits.text
    if (last && fits) shared[shared.length - 1] = { ...last, text: `${last.text}\n${text.text}` }
    else shared.push(text)
  }
  return shared
}

function contextBlock(text: Literal): Block {
  return { type: 'context', elements: [text] }
}

function append(
  elements: (types.RichTextSection | types.RichTextQuote)[],
  part: types.RichTextElement[],
  quote: boolean,
): void {
  const last = elements.at(-1)
  if (quote) elements.push({ type: 'rich_text_quote', elements: part })
  else if (last?.type === 'rich_text_section') last.elements.push(richText('\n'), ...part)
  else elements.push({ type: 'rich_text_section', elements: [...part] })
}

function partsOf(line: Line, reader: Reader): readonly types.RichTextElement[][] {
  switch (line.type) {
    case 'strong':
      return richParts(line.text, reader, true)
    case 'item':
      return richParts(line.text, reader).map((part, index) => (index === 0 ? [richText('• '), ...part] : [...part]))
    case 'link':
      return [[{ type: 'link', url: line.url, text: shorten(say(line.text, reader), limits.text) }]]
    case 'text':
    case 'quote':
      return richParts((line as Flow).text, reader)
    default:
      return []
  }
}

/** A line that stands by itself: with a button beside it, or the rule between what is and who acts. */
function apart(line: Line, place: string, reader: Reader): Block[] {
  if (line.type === 'rule') return [{ type: 'divider' }]
  if (line.type !== 'item' || !line.button) return []
  const [first, ...rest] = literals(line.text, reader)
  if (!first?.text) return []
  const accessory = buttonElement(line.button, place, reader)
  return [{ type: 'section', text: first, accessory }, ...rest.map((text): Block => ({ type: 'section', text }))]
}

// Slack takes one table in a message; the others, and longer ones, are read as lines.
function tableBlocks({ head, rows }: Extract<Line, { type: 'table' }>, reader: Reader, asTable: boolean): Block[] {
  const cells = [head, ...rows].map(row => row.map(text => say(text, reader)))
  const fits =
    cells.length <= limits.rows && cells.every(row => row.length <= 20 && row.every(text => text.length <= cell))
  if (asTable && fits && cells.flat().join('').length < limits.text * 2) {
    return [{ type: 'table', rows: cells.map(row => row.map(text => ({ type: 'raw_text', text: text || '\u00a0' }))) }]
  }
  const [titles = [], ...body] = cells
  const lines = body.map((row): Line => {
    const said = row.map((cell, at) => (at === 0 ? cell : [titles[at], cell].filter(Boolean).join(': ')))
    return { type: 'text', text: { words: said.filter(Boolean).join(' · ') } }
  })
  return flowBlocks(lines, reader)
}

/** Blocks in messages, none with too many blocks or characters; a message's total is undocumented (bolt-js #2509). */
function pack(blocks: readonly Block[]): Block[][] {
  const messages: Block[][] = [[]]
  let total = 0
  for (const block of blocks) {
    const size = sizeOf(block)
    const now = messages.at(-1) ?? []
    if (now.length > 0 && (now.length === limits.blocks || total + size > limits.total)) {
      messages.push([])
      total = 0
    }
    messages.at(-1)?.push(block)
    total += size
  }
  return messages
}

function sizeOf(part: unknown): number {
  if (typeof part === 'string') return part.length
  if (Array.isArray(part)) return part.reduce((sum, each) => sum + sizeOf(each), 0)
  if (typeof part !== 'object' || part === null) return 0
  const { type: _, action_id: __, ...rest } = part as Record<string, unknown>
  return Object.values(rest).reduce<number>((sum, each) => sum + sizeOf(each), 0)
}

function textsOf(line: Line): readonly Text[] {
  if (line.type === 'rule') return []
  return line.type === 'table' ? [...line.head, ...line.rows.flat()] : [line.text]
}

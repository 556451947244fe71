import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  type APISectionComponent,
  type APISeparatorComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { splitText } from '../../workflows/text/split.ts'
import type { Button, Line, Tone, View } from '../../workflows/view.ts'
import type { Image } from '../platform.ts'
import { another, customId } from './custom.ts'
import { sayPlain, sayText } from './text.ts'

/** What a message shows: one container with the colour of the view; every message of the hub is one. */
export type Body = APIContainerComponent

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>
type Piece = APITextDisplayComponent | APISectionComponent | APISeparatorComponent | APIMediaGalleryComponent | Row

const most = { text: 4000, components: 40, row: 5, label: 80, description: 1024 }
const colours: Record<Tone, number | null> = {
  S5: 0x7f0000,
  S4: 0xd7301f,
  S3: 0xef8a26,
  S2: 0xf2c14e,
  S1: 0x7fb0d8,
  closed: 0x8a8f98,
  plain: null,
}

/**
 * A view as messages within Discord's limits: 4,000 characters and 40 components each. What is longer goes on in a
 * further message, cut after a sentence; nothing is left out. The picture stands beneath the words, the buttons under
 * the last.
 */
export function renderView(view: View, reader: Reader, image?: Image): readonly Body[] {
  const used = new Set<string>()
  const gallery = image ? [galleryOf(image)] : []
  const pieces = [...titlePieces(view, reader), ...linePieces(view.lines, reader, used), ...gallery]
  return packed(pieces, buttonRows(view.buttons, reader, used)).map(components => container(view.tone, components))
}

/** The view as one message: where it would take more, its end is left out, and a last line says so. */
export function renderOne(view: View, reader: Reader, shortened: Phrase, image?: Image): Body {
  const whole = renderView(view, reader, image)
  const [first] = whole
  if (first && whole.length === 1) return first
  const last: Line = { type: 'note', text: shortened }
  for (let lines = view.lines.slice(0, -1); ; lines = lines.slice(0, -1)) {
    const [body, ...rest] = renderView({ ...view, lines: [...lines, last] }, reader, image)
    if (body && (rest.length === 0 || lines.length === 0)) return body
  }
}

/** The same with a line above the buttons that leads to the thread where the talk goes on, if there is room for it. */
export function pointing(body: Body, thread: string, reader: Reader): Body {
  const parts = body.components as Piece[]
  const at = parts.findIndex(part => part.type === ComponentType.ActionRow)
  const line = display(`-# ${sayText(phrase('discord.goes-on'), reader)} <#${thread}>`)
  const components = at < 0 ? [...parts, line] : [...parts.slice(0, at), line, ...parts.slice(at)]
  return fits(components) ? { ...body, components } : body
}

/** A container of one plain text, and buttons below it. */
export function plainBody(text: string, buttons: readonly APIButtonComponentWithCustomId[] = []): Body {
  const row: Row[] = buttons.length > 0 ? [{ type: ComponentType.ActionRow, components: [...buttons] }] : []
  return container('plain', [display(text), ...row])
}

/** Whether a message shows a picture that must go with it. */
export function isPictured({ components }: Body): boolean {
  return components.some(one => one.type === ComponentType.MediaGallery)
}

function galleryOf({ name, alt }: Image): APIMediaGalleryComponent {
  const description = alt.slice(0, most.description)
  return { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description }] }
}

function container(tone: Tone, components: readonly Piece[]): Body {
  const colour = colours[tone]
  return {
    type: ComponentType.Container,
    ...(colour === null ? {} : { accent_color: colour }),
    components: [...components],
  }
}

function titlePieces({ title }: View, reader: Reader): Piece[] {
  const text = title ? sayText(title, reader).replaceAll('\n', ' ') : ''
  return text === '' ? [] : [display(`### ${text}`)]
}

function linePieces(lines: readonly Line[], reader: Reader, used: Set<string>): Piece[] {
  return lines.flatMap((line): Piece[] => {
    if (line.type === 'rule') return [{ type: ComponentType.Separator, divider: true }]
    const pieces = splitText(lineText(line, reader), most.text)
    const texts = pieces.filter(text => text !== '').map(display)
    const last = texts.at(-1)
    if (line.type !== 'item' || !line.button || !last) return texts
    const accessory = buttonOf(line.button, reader, used)
    return [...texts.slice(0, -1), { type: ComponentType.Section, components: [last], accessory }]
  })
}

function lineText(line: Exclude<Line, { type: 'rule' }>, reader: Reader): string {
  switch (line.type) {
    case 'strong':
      return each(sayText(line.text, reader), text => `**${text}**`)
    case 'note':
      return each(sayText(line.text, reader), text => `-# ${text}`)
    case 'quote':
      return each(sayText(line.text, reader), text => `> ${text}`)
    case 'text':
      return sayText(line.text, reader)
    case 'item':
      // Beside a button it stands alone, and is no list.
      return line.button ? sayText(line.text, reader) : `- ${sayText(line.text, reader).replaceAll('\n', ' ')}`
    case 'link':
      return linkText(line, reader)
    case 'table':
      return tableText(line, reader)
  }
}

function linkText({ text, url }: Extract<Line, { type: 'link' }>, reader: Reader): string {
  return `[${sayText(text, reader).replaceAll('\n', ' ')}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
}

// A phone is too narrow for columns: each row is a line that names what its numbers are.
function tableText({ head, rows }: Extract<Line, { type: 'table' }>, reader: Reader): string {
  const names = head.map(text => sayText(text, reader))
  return rows
    .map(row => {
      const [first = '', ...cells] = row.map(text => sayText(text, reader))
      const named = cells.map((cell, index) => (names[index + 1] ? `${names[index + 1]} ${cell}` : cell))
      return `**${first}**${named.length > 0 ? ` · ${named.join(' · ')}` : ''}`
    })
    .join('\n')
}

function each(text: string, dress: (line: string) => string): string {
  return text
    .split('\n')
    .map(line => (line.trim() === '' ? '' : dress(line)))
    .join('\n')
}

function buttonRows(buttons: readonly Button[], reader: Reader, used: Set<string>): readonly Row[] {
  const made = buttons.map(button => buttonOf(button, reader, used))
  const rows: Row[] = []
  for (let at = 0; at < made.length; at += most.row) {
    rows.push({ type: ComponentType.ActionRow, components: made.slice(at, at + most.row) })
  }
  return rows
}

function buttonOf(button: Button, reader: Reader, used: Set<string>): APIButtonComponentWithCustomId {
  const { confirm } = button
  const wished = confirm ? customId({ type: 'ask', button: button.id, key: confirm.key }) : button.id
  let id = wished
  for (let count = 1; used.has(id); count++) id = another(wished, count)
  used.add(id)
  return {
    type: ComponentType.Button,
    custom_id: customId({ type: 'press', button: id }),
    label: sayPlain(button.label, reader).slice(0, most.label),
    style: button.style ? styles[button.style] : ButtonStyle.Secondary,
  }
}

const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

/** Messages that each keep the limits; texts that stand together become one component. */
function packed(pieces: readonly Piece[], rows: readonly Row[]): readonly (readonly Piece[])[] {
  const messages: Piece[][] = [[]]
  for (const piece of [...pieces, ...rows]) {
    const current = messages.at(-1) as Piece[]
    const joined = join(current, piece)
    if (fits(joined) || current.length === 0) messages[messages.length - 1] = joined
    else messages.push([piece])
  }
  return messages.map(trimRules).filter(message => message.length > 0)
}

function join(message: readonly Piece[], piece: Piece): Piece[] {
  const last = message.at(-1)
  if (piece.type !== ComponentType.TextDisplay || last?.type !== ComponentType.TextDisplay) return [...message, piece]
  return [...message.slice(0, -1), display(`${last.content}\n${piece.content}`)]
}

function fits(message: readonly Piece[]): boolean {
  const parts = message.flatMap(partsOf)
  const text = parts.reduce((sum, part) => sum + (part.type === ComponentType.TextDisplay ? part.content.length : 0), 0)
  // The container is a component too.
  return text <= most.text && parts.length + 1 <= most.components
}

function partsOf(piece: Piece): (Piece | APITextDisplayComponent | APIButtonComponentWithCustomId)[] {
  if (piece.type === ComponentType.ActionRow) return [piece, ...piece.components]
  if (piece.type === ComponentType.Section)
    return [piece, ...piece.components, piece.accessory as APIButtonComponentWithCustomId]
  return [piece]
}

// A line between two things has no meaning at the end of a message.
function trimRules(message: readonly Piece[]): Piece[] {
  const kept = [...message]
  while (kept[0]?.type === ComponentType.Separator) kept.shift()
  while (kept.at(-1)?.type === ComponentType.Separator) kept.pop()
  return kept
}

function display(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content }
}

import type { Seen } from '../peer.ts'
import { elementsOf } from './blocks.ts'
import type { Json } from './shape.ts'
import type { Message } from './world.ts'

/** A message as people see it. */
export function seenOf(message: Pick<Message, 'ts' | 'user' | 'text' | 'blocks' | 'edited' | 'files'>): Seen {
  const { ts, user, text, blocks, edited, files } = message
  const read = blocks.length > 0 ? blocks.flatMap(linesOf).join('\n') : plain(text)
  const pictures = blocks
    .filter(one => one.type === 'image')
    .map(one => ({ name: String(one.fallback), alt: String(one.alt_text), size: Number(one.image_bytes) }))
  const named = files.map(file => `[${String(file.name)}]`)
  return {
    id: ts,
    author: user,
    text: [read, ...named].join('\n').trim(),
    buttons: buttonsOf(blocks).map(labelOf),
    edited: edited !== null,
    ...(pictures.length > 0 ? { pictures } : {}),
  }
}

/** The buttons of blocks, in order. */
export function buttonsOf(blocks: readonly Json[]): Json[] {
  return blocks.flatMap(block => elementsOf(block)).filter(element => element.type === 'button')
}

/** What a button reads. */
export function labelOf(button: Json): string {
  return String((button.text as Json).text)
}

/** Blocks as lines, without mark-up. */
export function linesOf(block: Json): string[] {
  switch (block.type) {
    case 'header':
    case 'section':
      return [textOf(block.text)]
    case 'context':
      return [(block.elements as Json[]).map(textOf).join(' ')]
    case 'rich_text':
      return (block.elements as Json[]).flatMap(richLines)
    case 'table':
      return (block.rows as Json[][]).map(row => row.map(cell => String(cell.text)).join(' | '))
    case 'divider':
      return ['—']
    default:
      return []
  }
}

function richLines({ elements }: Json): string[] {
  return (elements as Json[])
    .map(one => {
      if (one.type === 'rich_text_section') return richLines(one).join('\n')
      if (one.type === 'date') return String(one.fallback)
      return String(one.text ?? one.url ?? '')
    })
    .join('')
    .split('\n')
}

function textOf(text: unknown): string {
  const { type, text: said } = (text ?? {}) as Json
  return type === 'mrkdwn' ? plain(String(said)) : String(said ?? '')
}

function plain(text: string): string {
  return text
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

import { type BroadcastId, type IncidentId, readIncidentId, takeBroadcastId } from '../../ids.ts'
import { plain } from '../../spoken.ts'

/** What somebody wants of broadcasts at large. */
export type BroadcastWish =
  | { readonly type: 'list' | 'start' }
  | { readonly type: 'see' | 'text'; readonly id: BroadcastId }
  /** How it looks on one tool, or all its words in one language. */
  | { readonly type: 'there' | 'words'; readonly id: BroadcastId; readonly where: string }
  /** `words`: what was typed behind; `incident`: what it is to be about. */
  | { readonly type: 'new'; readonly words: string; readonly incident: IncidentId | null }

/** How it was asked. */
export type AskedWish = {
  readonly from: 'typed' | 'press' | 'form'
  readonly words: string
  readonly assumed: string
}

/**
 * What is wanted: `B-0007` is looked at, `B-0007 text` changed, `list` lists; `new`, and whatever else is typed, begins
 * a new one; nothing at all (`start`) lists what goes on, or begins.
 */
export function readBroadcastWish({ from, words, assumed }: AskedWish): BroadcastWish {
  const { id, rest } = takeBroadcastId(words)
  if (from !== 'typed') {
    const [what = '', more = ''] = assumed.split('.')
    if (id && (what === 'there' || what === 'words')) return { type: what, id, where: more }
    if (id) return { type: what === 'text' ? 'text' : 'see', id }
    return what === 'list' ? { type: 'list' } : { type: 'new', words: '', incident: readIncidentId(more) }
  }
  if (id) return { type: rewords.has(plain(rest)) ? 'text' : 'see', id }
  const said = plain(words)
  if (said === '') return { type: 'start' }
  if (lists.has(said)) return { type: 'list' }
  const [, first = '', behind = ''] = /^\s*(\S+)\s*([\s\S]*)$/u.exec(words) ?? []
  const text = begins.has(plain(first)) ? behind : words
  const [whole = '', number = ''] = /^\s*#?([a-z]{2,5}-\d{1,9})(?!\w)[\s:]*/i.exec(text) ?? []
  const incident = readIncidentId(number)
  return { type: 'new', words: (incident ? text.slice(whole.length) : text).trim(), incident }
}

/** True for `B-0007 when`: the word stands for a screen that is opened, of which a tool must know at once. */
export function opensScreen(words: string): boolean {
  const { id, rest } = takeBroadcastId(words)
  return id !== null && screens.has(plain(rest))
}

const screens = new Set([
  ...['whom', 'audience', 'quien', 'audiencia', 'when', 'cuando', 'answer', 'respuesta', 'about', 'trata'],
  ...['alone', 'solas', 'sola', 'solo', 'reject', 'back', 'devolver', 'rechazar', 'correct', 'corregir'],
  ...['cancel', 'stop', 'cancelar', 'detener', 'recall', 'retirar'],
])
const lists = new Set(['list', 'all', 'lista', 'todas', 'todos', 'ver'])
const begins = new Set(['new', 'write', 'compose', 'nueva', 'nuevo', 'escribir', 'redactar'])
const rewords = new Set(['text', 'words', 'edit', 'change', 'texto', 'palabras', 'editar', 'cambiar'])

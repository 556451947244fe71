import { createHash } from 'node:crypto'
import type { OpenForm } from '../../commands/form.ts'
import { PlatformError } from '../../workflows/errors.ts'

/** What a component of the hub says once it is used; it holds for ever, on messages of any age. */
export type Custom =
  /** A button of the hub, as its views name it. */
  | { readonly type: 'press'; readonly button: string }
  /** A button that asks first: the sentence by its key, filled with `id`, what the button is about. */
  | { readonly type: 'ask'; readonly button: string; readonly key: string }
  /** A form that was opened under that id. */
  | { readonly type: 'form'; readonly form: string; readonly command: string; readonly about: string }
  /** Opens a refused form again, as it was sent in. */
  | { readonly type: 'again'; readonly form: string; readonly command: string; readonly about: string }
  /** The choice of an incident to which a message is added. */
  | { readonly type: 'choose'; readonly message: string }

const longest = 100

/**
 * The custom id of a component, at most 100 characters.
 * @throws PlatformError (permanent) where it would be longer: a mistake in the program
 */
export function customId(custom: Custom): string {
  const id = written(custom)
  if (id.length <= longest) return id
  throw new PlatformError('discord', `a component whose id is too long: ${id.slice(0, 40)}`, { permanent: true })
}

/** What a custom id stands for; null if it is none of the hub's. */
export function readCustom(id: string): Custom | null {
  const [kind = '', ...rest] = id.split('|')
  const [one = '', two = '', three = ''] = rest
  switch (kind) {
    case 'f':
      return { type: 'form', form: one, command: two, about: three }
    case 'a':
      return { type: 'again', form: one, command: two, about: three }
    case 'q':
      return { type: 'ask', key: one, button: buttonOf(two) }
    case 'c':
      return { type: 'choose', message: one }
    default:
      return rest.length === 0 && /^[a-z0-9-]+(:|$)/.test(id) ? { type: 'press', button: buttonOf(id) } : null
  }
}

/** The same button once more on one message, where every custom id may stand once only. */
export function another(id: string, count: number): string {
  const parts = id.split(':')
  return [parts[0], parts[1] ?? '', parts[2] ?? '', `${count}`].join(':')
}

/** The custom id of an opened form. */
export function formId({ id, command, about }: Pick<OpenForm, 'id' | 'command' | 'about'>, type: 'form' | 'again') {
  return customId({ type, form: id, command, about })
}

/**
 * Which of the messages under one key it is. Only the last is named as the end, so that what was broken off in between
 * is not taken for sent.
 */
export type Part = number | 'end'

/** The part at that place, of so many. */
export function partAt(index: number, count: number): Part {
  return index === count - 1 ? 'end' : index
}

/**
 * A mark by which a message is found again: the id of its outermost component, a positive 31-bit number made of the
 * key and the part.
 */
export function markOf(key: string, part: Part): number {
  const mark = createHash('sha256').update(`${part}:${key}`).digest().readUInt32BE(0) & 0x7fffffff
  return mark === 0 ? 1 : mark
}

/** A nonce that is the same however often the key is tried: at most 25 characters, as Discord takes them. */
export function nonceOf(key: string, part: Part): string {
  return createHash('sha256').update(`nonce:${part}:${key}`).digest('base64url').slice(0, 24)
}

function written(custom: Custom): string {
  switch (custom.type) {
    case 'press':
      return custom.button
    case 'ask':
      return `q|${custom.key}|${custom.button}`
    case 'form':
      return `f|${custom.form}|${custom.command}|${custom.about}`
    case 'again':
      return `a|${custom.form}|${custom.command}|${custom.about}`
    case 'choose':
      return `c|${custom.message}`
  }
}

function buttonOf(id: string): string {
  return id.split(':').slice(0, 3).join(':').replace(/:+$/, '')
}

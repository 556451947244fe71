import { InputError } from './errors.ts'
import { type PhraseKey, phrase } from './phrase.ts'

/**
 * How many characters people may write in each kind of text; longer texts are refused, never cut. Talk leaves room for
 * who said it and where, in the one message that carries it to the other rooms.
 */
export const limits = { what: 4000, where: 300, talk: 3700, note: 2000, update: 2000 } as const

const invisible = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** The text without space around it; throws InputError at `field` if nothing can be read in it or it is too long. */
export function required(field: string, text: string, limit: number, empty: PhraseKey = 'rule.text-empty'): string {
  const typed = optional(field, text, limit)
  if (typed === '') throw new InputError({ [field]: phrase(empty) })
  return typed
}

/** The text without space around it, or '' if nothing can be read in it; throws InputError at `field` if too long. */
export function optional(field: string, text: string, limit: number): string {
  const typed = text.toWellFormed().trim()
  if (typed.replace(invisible, '') === '') return ''
  const over = lengthOf(typed) - limit
  if (over > 0) throw new InputError({ [field]: phrase('rule.text-long', { count: over, limit }) })
  return typed
}

function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

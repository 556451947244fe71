import type { PersonId } from './ids.ts'
import type { InLanguages } from './taxonomy.ts'
import type { en } from './text/en.ts'

/** The key of a sentence that people read; every key stands in every language file. */
export type PhraseKey = keyof typeof en

/**
 * What may fill a place in a sentence; times are epoch milliseconds, people are named when the sentence is rendered.
 */
export type Param =
  | string
  | number
  | Phrase
  | readonly Param[]
  | { readonly time: number }
  | { readonly date: number }
  | { readonly minutes: number }
  | { readonly person: PersonId }
  | InLanguages
  | Words

/** People's own words, shown exactly as typed and never read as markup, mention or command. */
export type Words = { readonly words: string }

/** A sentence that is not yet in any language: its key and what fills it. */
export type Phrase = { readonly key: PhraseKey; readonly params?: Readonly<Record<string, Param>> }

/** Anything a reader can be shown: our sentence, or somebody's own words. */
export type Text = Phrase | Words

/** Makes a phrase; params are checked against the sentence by a test, not by the type. */
export function phrase(key: PhraseKey, params?: Readonly<Record<string, Param>>): Phrase {
  return params ? { key, params } : { key }
}

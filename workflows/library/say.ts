import type { LocalText } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import type { Words } from '../phrase.ts'

/** The text in that language, else in the other; empty if there is none. */
export function inLanguage(text: LocalText, language: Language): Words {
  return { words: text[language] ?? text.en ?? text.es ?? '' }
}

/** True if there is nothing in any language. */
export function isSilent(text: LocalText): boolean {
  return (text.en ?? '') === '' && (text.es ?? '') === ''
}

/** The languages that a text has, that one first. */
export function languagesIn(text: LocalText, first: Language): readonly Language[] {
  const others = (['en', 'es'] as const).filter(one => one !== first)
  return [first, ...others].filter(one => (text[one] ?? '').trim() !== '')
}

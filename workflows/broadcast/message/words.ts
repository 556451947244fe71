import type { LocalText, Plan, Recipient } from '../../broadcast.ts'
import type { Directory, Language } from '../../directory.ts'
import { type Filling, fillVariables } from './variables.ts'

/** Words as one reader gets them: in which language, and whether that is another than theirs for want of words. */
export type WordsFor = { readonly language: Language; readonly text: string; readonly fallback: boolean }

/** Who reads, as words are chosen and filled. */
export type ReaderOf = Pick<Recipient, 'person' | 'room' | 'region' | 'language'>

/**
 * The words of a plan, or others in their place (a correction's), for one reader: in their language where there are
 * words in it, else in the first that there is, with their variables filled. Null where there are no words at all.
 */
export function wordsFor(
  plan: Filling & Pick<Plan, 'words'>,
  reader: ReaderOf,
  directory: Directory,
  words: LocalText = plan.words,
): WordsFor | null {
  const language = languageFor(words, reader.language, directory)
  if (!language) return null
  const text = fillVariables(words[language] ?? '', reader, plan, directory)
  return { language, text, fallback: language !== reader.language }
}

/** The language in which somebody gets those words: theirs, else the first one of the network's that there is. */
export function languageFor(
  words: LocalText,
  own: Language,
  { languages }: Pick<Directory, 'languages'>,
): Language | null {
  const there = (Object.keys(words) as Language[]).filter(language => (words[language] ?? '').trim() !== '')
  return [own, ...languages, ...there].find(language => there.includes(language)) ?? null
}

import { variablesIn } from '../broadcast/message/variables.ts'
import type { LocalText } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import type { Prepared, Wording } from '../library.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { fold } from '../words.ts'
import { blanksIn } from './blank.ts'
import { carriesPost } from './echo.ts'

/** Something wrong with a prepared message: where in it, and why, in a sentence for whoever wrote it. */
export type Flaw = { readonly at: readonly (string | number)[]; readonly why: Phrase }

/** How many characters the words of a message may have, so that they are one message on every platform. */
export const longestWords = 1500

/** Everything wrong with a prepared message, in its order; none if it may be shown to those who approve. */
export function flawsOf(message: Prepared): readonly Flaw[] {
  const { wordings, blanks, situation, claims } = message
  const needs = situation === 'rumour' || situation === 'polling' || situation === 'result'
  return [
    ...wordings.flatMap((one, index) => [
      ...wordingFlaws(one, message).map(({ at, why }) => ({ at: ['wordings', index, ...at], why })),
      ...(wordings.findIndex(other => other.for === one.for) === index
        ? []
        : [flaw(['wordings', index, 'for'], 'library.flaw-twice')]),
    ]),
    ...blanks
      .filter(({ name }) => !wordings.some(one => texts(one.words).some(([, text]) => blanksIn(text).includes(name))))
      .map(({ name }) => flaw(['blanks', name], 'library.flaw-blank-unused', { name })),
    ...(needs && claims.length === 0 ? [flaw(['claims'], 'library.flaw-no-evidence')] : []),
  ]
}

/**
 * What is wrong with the words of a rumour correction: they go fact, warning, why, fact; and carry no link, name or tag
 * of a post, and nothing of what it said. `post`: the words of the report, where it is about one.
 */
export function rumourFlaws(words: LocalText, post: string | null = null): readonly Flaw[] {
  return texts(words).flatMap(([language, text]) => {
    const parts = partsOf(text)
    const [fact = '', warning = '', , again = ''] = parts
    const at = [language]
    return [
      ...(parts.length === 4 ? [] : [flaw(at, 'library.flaw-order', { count: parts.length })]),
      ...(parts.length !== 4 || sharesWords(fact, again) ? [] : [flaw(at, 'library.flaw-fact-again')]),
      ...(linksIn(text).some(found => !official.test(found)) ? [flaw(at, 'library.flaw-link')] : []),
      ...(tag.test(text) ? [flaw(at, 'library.flaw-tag')] : []),
      ...(parts.length === 4 && quoted.test(warning) ? [flaw(at, 'library.flaw-quote')] : []),
      ...(post !== null && carriesPost(text, post) ? [flaw(at, 'library.flaw-post')] : []),
    ]
  })
}

/** The paragraphs of some words, which an empty line parts. */
export function partsOf(text: string): readonly string[] {
  return text
    .split(/\n[^\S\n]*\n/)
    .map(part => part.trim())
    .filter(part => part !== '')
}

function wordingFlaws({ words }: Wording, { situation, blanks }: Prepared): readonly Flaw[] {
  const said = texts(words)
  const known = new Set(blanks.map(one => one.name))
  const used = new Set(said.flatMap(([, text]) => blanksIn(text)))
  const each = said.flatMap(([language, text]) => {
    const at = ['words', language]
    const own = new Set(blanksIn(text))
    return [
      ...(text.length > longestWords
        ? [flaw(at, 'library.flaw-long', { count: text.length, limit: longestWords })]
        : []),
      ...[...own].filter(name => !known.has(name)).map(name => flaw(at, 'library.flaw-blank', { name })),
      ...[...used].filter(name => !own.has(name)).map(name => flaw(at, 'library.flaw-blank-missing', { name })),
      ...variablesIn(text).unknown.map(name => flaw(at, 'library.flaw-variable', { name: { words: name } })),
    ]
  })
  if (said.length === 0) return [flaw(['words'], 'library.flaw-empty')]
  if (situation !== 'rumour') return each
  return [...each, ...rumourFlaws(words).map(({ at, why }) => ({ at: ['words', ...at], why }))]
}

function texts(words: LocalText): readonly (readonly [Language, string])[] {
  return (['en', 'es'] as const).flatMap(language => {
    const text = words[language]
    return text === undefined || text.trim() === '' ? [] : [[language, text] as const]
  })
}

// A word of four letters or a blank is enough: the same fact may be said in other words.
function sharesWords(one: string, other: string): boolean {
  const own = new Set(meaningful(one))
  return meaningful(other).some(word => own.has(word))
}

function meaningful(text: string): readonly string[] {
  return [...blanksIn(text).map(name => `[${name}]`), ...(fold(text).match(/[\p{L}\p{N}]{4,}/gu) ?? [])]
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(link)].map(found => found[0])
}

const link = /(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|info|io|co|me|tv|us|ly|app|gg|be)\b/gi
// A correction may say where the truth stands; nobody can post what they like there.
const official = /^(?:https?:\/\/)?(?:[\w-]+\.)+gov(?::\d+)?(?:[/?#]\S*)?[.,;:)]*$/i
const tag = /(?:^|[\s(])[@#][\p{L}\p{N}_]{2,}/u
const quoted = /["“«][^"”»]{12,}["”»]/u

function flaw(at: Flaw['at'], key: Phrase['key'], params?: Phrase['params']): Flaw {
  return { at, why: phrase(key, params) }
}

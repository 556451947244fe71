import type { Broadcast, LocalText } from '../../broadcast.ts'
import type { Directory } from '../../directory.ts'
import { exercise } from '../../drill/mark.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import type { Line, View } from '../../view.ts'
import { answerButtons, answerLines } from '../answer/wanted.ts'
import { type ReaderOf, wordsFor } from './words.ts'

/**
 * How somebody comes to read it: for the `first` time; in place of older words in a message that stands (`edited`); or
 * `anew`, beside older words that could not be changed, or whose change makes no sound.
 */
export type Reading = 'first' | 'edited' | 'anew'

/** What of a broadcast a message is made of; one that is only planned was never corrected. */
export type Said = Pick<Broadcast, 'id' | 'plan' | 'drill'> & Partial<Pick<Broadcast, 'corrections' | 'startedAt'>>

/**
 * The message that one reader gets of a broadcast as it stands now: the newest words in their language, a line that
 * says so if there were none in it, and what can be answered. What was taken back says so to whoever had it. Null where
 * nothing is to be said.
 */
export function messageView(said: Said, reader: ReaderOf, directory: Directory, how: Reading = 'first'): View | null {
  const last = said.corrections?.at(-1)
  const view = last?.recall
    ? takenBack(said, last, reader, directory, how)
    : withWords(said, last?.words, reader, directory, leadOf(said, how))
  return view && said.drill !== undefined ? exercise(view) : view
}

function withWords(
  { id, plan }: Said,
  words: LocalText | undefined,
  reader: ReaderOf,
  directory: Directory,
  lead: readonly Line[],
): View | null {
  const chosen = wordsFor(plan, reader, directory, words)
  if (!chosen) return null
  const { language, text, fallback } = chosen
  const only: Line = {
    type: 'note',
    text: phrase('audience.only-in', { language: phrase(`audience.name-${language}`) }),
  }
  const lines: readonly Line[] = [...lead, { type: 'text', text: { words: text } }, ...(fallback ? [only] : [])]
  return {
    tone: 'plain',
    title: null,
    lines: [...lines, ...answerLines(plan.answer, reader.person === null)],
    buttons: answerButtons(id, plan.answer, language),
  }
}

/** What stands above words that take the place of others. */
function leadOf({ corrections = [], startedAt = null }: Said, how: Reading): readonly Line[] {
  const last = corrections.at(-1)
  if (!last || how === 'first') return []
  if (how === 'edited') return [strong(phrase('amend.corrected', { time: { time: last.at } }))]
  return [strong(phrase('amend.again', { time: { time: startedAt ?? last.at } }))]
}

function takenBack(
  { plan, startedAt = null }: Said,
  { at, words }: { readonly at: number; readonly words: LocalText },
  reader: ReaderOf,
  directory: Directory,
  how: Reading,
): View | null {
  if (how === 'first') return null
  const why = wordsFor(plan, reader, directory, words)
  const told =
    how === 'edited'
      ? phrase('amend.recalled', { time: { time: at } })
      : phrase('amend.recalled-again', { time: { time: startedAt ?? at } })
  const lines: readonly Line[] = why ? [{ type: 'text', text: { words: why.text } }] : []
  return { tone: 'plain', title: null, lines: [strong(told), ...lines], buttons: [] }
}

function strong(text: Phrase): Line {
  return { type: 'strong', text }
}

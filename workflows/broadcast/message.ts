import type { Broadcast } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import { phrase, type Text } from '../phrase.ts'
import type { Line, View } from '../view.ts'
import { answerButtons, answerLines } from './answer.ts'
import { type ReaderOf, wordsFor } from './words.ts'

/**
 * How somebody comes to read it: for the `first` time; in place of older words in a message that stands (`edited`); or
 * `anew`, beside older words that could not be changed, or whose change makes no sound.
 */
export type Reading = 'first' | 'edited' | 'anew'

/** What of a broadcast a message is made of. */
export type Said = Pick<Broadcast, 'id' | 'plan' | 'corrections' | 'startedAt'>

/**
 * What one reader gets of a broadcast as it stands now: the newest words in their language, what is asked of them, and
 * the presses that answer. What was taken back says so to whoever had it; null where nothing is to be said.
 */
export function messageView(
  broadcast: Said,
  reader: ReaderOf,
  directory: Directory,
  how: Reading = 'first',
): View | null {
  const { id, plan, corrections, startedAt } = broadcast
  const last = corrections.at(-1)
  if (last?.recall) return how === 'first' ? null : takenBack(broadcast, reader, directory, how)
  const words = wordsFor(plan, reader, directory, last?.words)
  if (!words) return null
  const before = { time: startedAt ?? 0 }
  const lead = last && how === 'edited' ? phrase('amend.corrected', { time: { time: last.at } }) : null
  const again = last && how === 'anew' ? phrase('amend.again', { time: before }) : null
  return {
    tone: 'plain',
    title: null,
    lines: [
      ...[lead, again].flatMap(said => (said ? [{ type: 'strong', text: said } as const] : [])),
      line({ words: words.text }),
      ...(words.fallback ? [{ type: 'note', text: phrase(`amend.only-${words.language}`) } as const] : []),
      ...answerLines(plan.answer),
    ],
    buttons: answerButtons(id, plan.answer, reader.language),
  }
}

function takenBack(broadcast: Said, reader: ReaderOf, directory: Directory, how: 'edited' | 'anew'): View {
  const { plan, corrections, startedAt } = broadcast
  const last = corrections.at(-1)
  const words = last && wordsFor(plan, reader, directory, last.words)
  const said =
    how === 'edited'
      ? phrase('amend.recalled', { time: { time: last?.at ?? 0 } })
      : phrase('amend.recalled-again', { time: { time: startedAt ?? 0 } })
  const lines: readonly Line[] = [{ type: 'strong', text: said }, ...(words ? [line({ words: words.text })] : [])]
  return { tone: 'plain', title: null, lines, buttons: [] }
}

function line(text: Text): Line {
  return { type: 'text', text }
}

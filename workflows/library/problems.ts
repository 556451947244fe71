import type { PlanProblem } from '../broadcast/preview/problems.ts'
import type { Plan } from '../broadcast.ts'
import { isStale, type Shelved } from '../library.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Known } from '../ports.ts'
import { blanksIn } from './blank.ts'
import { rumourFlaws } from './check.ts'
import { carriesPost } from './echo.ts'

/**
 * What is wrong with a broadcast as far as prepared messages go: blanks that nobody filled in, a rumour correction that
 * lost its order or carries what is false, words that nobody has approved in advance or looked at for long. `about` is
 * the incident that it is about.
 */
export function libraryProblems(
  plan: Pick<Plan, 'words' | 'from' | 'public'>,
  shelves: readonly Shelved[],
  about: Known | null,
  now: number,
): readonly PlanProblem[] {
  const { words, from } = plan
  const texts = Object.values(words).filter(text => text !== undefined)
  const shelved = from && shelves.find(one => one.id === from.message)
  const message = shelved && (shelved.approved ?? shelved.newest)
  const blanks = from ? [...new Set(texts.flatMap(blanksIn))] : []
  const post = about?.incident.kind === 'SP-3' ? about.words.what : null
  const rumour = message?.situation === 'rumour'
  const echoes = !rumour && post !== null && texts.some(text => carriesPost(text, post))
  return [
    ...(blanks.length > 0 ? [problem(true, phrase('library.problem-blanks', { names: bracketed(blanks) }))] : []),
    ...(rumour ? once(rumourFlaws(words, post).map(one => one.why)).map(why => problem(true, why)) : []),
    ...(echoes ? [problem(plan.public, phrase('library.flaw-post'))] : []),
    ...(message && shelved.approved === null ? [problem(false, phrase('library.draft-unapproved'))] : []),
    ...(message && isStale(message, now)
      ? [problem(false, phrase('library.stale', { day: message.review ?? '' }))]
      : []),
  ]
}

function problem(stops: boolean, text: Phrase): PlanProblem {
  return { stops, where: 'words', text }
}

function once(phrases: readonly Phrase[]): readonly Phrase[] {
  return phrases.filter((one, index) => phrases.findIndex(other => other.key === one.key) === index)
}

function bracketed(names: readonly string[]): readonly string[] {
  return names.map(name => `[${name}]`)
}

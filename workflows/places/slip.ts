import type { Gazetteer } from './gazetteer.ts'
import type { Meaning, Scope, Weighed } from './meaning.ts'
import type { Spellings } from './near.ts'
import type { Reading, Token } from './read.ts'
import { isGeneric, keysOf, trimmed } from './span.ts'

type Guess = Weighed & { readonly distance: number; readonly people: number; readonly key: string }

/** The towns that a text may mean and misspells: a question, unless one is beyond doubt; null if none comes near. */
export function townMisspelt(
  reading: Reading,
  gazetteer: Gazetteer,
  spellings: Spellings,
  scope: Scope,
): Meaning | null {
  const beside = reading.runs.filter(run => run.state !== null)
  const runs = (beside.length > 0 ? beside : reading.runs.toReversed()).slice(0, 6)
  for (const { words, state } of runs) {
    const states = state === null ? scope.states : [state]
    for (const span of spansOf(words, scope)) {
      const guesses = keysOf(span).flatMap(key => guess(key, gazetteer, spellings, { ...scope, states }))
      const best = guesses.toSorted((one, other) => other.weight - one.weight)[0]
      if (best) return { counties: guesses, doubt: !beyondDoubt(best, span, words, states, scope) }
    }
  }
  return null
}

/** The whole run, less what leads a place; with a state at its end also the last words. */
function spansOf(words: readonly Token[], { states }: Scope): (readonly Token[])[] {
  const whole = trimmed(words).filter(span => span.length <= 4)
  const ends = states.length === 0 ? [] : [3, 2, 1].filter(many => many < words.length).map(many => words.slice(-many))
  return [...whole, ...ends].filter(span => !isGeneric(span))
}

function guess(key: string, gazetteer: Gazetteer, spellings: Spellings, { states, home }: Scope): Guess[] {
  return spellings.near(key).flatMap(({ key: near, distance }) => {
    const all = gazetteer.towns(near).filter(town => states.length === 0 || states.includes(town.county.state))
    const ours = all.filter(town => states.length === 0 && town.county.state === home)
    return (ours.length > 0 ? ours : all).map(({ county, people }) => {
      // Each slip makes a name sixteen times less likely: ten to the power of 1.2.
      return { county, people, distance, key: near, weight: people * 10 ** (-1.2 * distance) }
    })
  })
}

function beyondDoubt(
  { distance, people, key, county }: Guess,
  span: readonly Token[],
  words: readonly Token[],
  states: readonly string[],
  { home }: Scope,
): boolean {
  if (key.length < 6 || span.length < words.length - 2) return false
  const placed = states.length > 0 || home === county.state
  if (distance === 1) return people >= (placed ? (key.length < 8 ? 5000 : 1000) : 100_000)
  return people >= (placed ? 50_000 : 250_000) && key.length >= 10
}

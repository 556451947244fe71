import { type Decision, happen, no } from './decision.ts'
import { InputError } from './errors.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import { requireOwnStanding } from './standing.ts'
import type { Kind } from './taxonomy.ts'

/** The six factors of the Rabat Plan of Action, in its order. */
export const factors = ['context', 'speaker', 'intent', 'form', 'extent', 'likelihood'] as const
/** One of the six. */
export type Factor = (typeof factors)[number]
/** How much a factor speaks for danger: 0 little, 1 some, 2 much. */
export type Points = 0 | 1 | 2
/** What somebody scored so far. */
export type Scores = Partial<Readonly<Record<Factor, Points>>>
/** What one reviewer thinks of it. */
export type Review = { readonly by: PersonId; readonly scores: Scores }

/** The most points there are. */
export const mostPoints = factors.length * 2
/** From so many points on it is proposed to treat it as S4; so it is if violence is likely at once. */
const graveFrom = 8

const speechKinds: ReadonlySet<Kind> = new Set(['SP-1', 'SP-2'])

/** True for kinds of incident whose words can be scored. */
export function isSpeech({ kind }: Pick<Incident, 'kind'>): boolean {
  return kind !== null && speechKinds.has(kind)
}

/** The sum of what was scored. */
export function totalOf(scores: Scores): number {
  return factors.reduce((sum, factor) => sum + (scores[factor] ?? 0), 0)
}

/** True once every factor has points. */
export function isWhole(scores: Scores): boolean {
  return factors.every(factor => scores[factor] !== undefined)
}

/** True if one whole review asks for S4: eight points, or violence that is likely at once. */
export function isGrave(reviews: readonly Review[] = []): boolean {
  return reviews.some(({ scores }) => scores.likelihood === 2 || (isWhole(scores) && totalOf(scores) >= graveFrom))
}

/** What a reviewer thought before, or nothing. */
export function scoresOf({ speech = [] }: Pick<Incident, 'speech'>, person: PersonId): Scores {
  return speech.find(review => review.by === person)?.scores ?? {}
}

/** The reviews after one more; what somebody scored before stands unless they score it anew. */
export function reviewed(reviews: readonly Review[] = [], by: PersonId, scores: Scores): readonly Review[] {
  const own = reviews.find(review => review.by === by)
  const next = { by, scores: { ...own?.scores, ...scores } }
  return own ? reviews.map(review => (review === own ? next : review)) : [...reviews, next]
}

/** Somebody scores the words: a help to decide, never a finding; each reviewer for themselves. */
export function score(incident: Incident, scores: Scores): Decision[] {
  requireOwnStanding(incident)
  if (!isSpeech(incident)) throw no('speech.other-kind', { id: incident.id })
  if (Object.keys(scores).length === 0) throw new InputError({ context: phrase('form.pick-one') })
  return [happen({ type: 'speech-scored', scores })]
}

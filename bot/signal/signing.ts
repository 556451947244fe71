import { readSign } from '../../workflows/broadcast/answer/said.ts'
import type { Answered, AnswerWanted } from '../../workflows/broadcast.ts'
import type { Numbered } from './actions.ts'

/** The broadcast that a message asks to be answered, by what stands on it; null if it asks for no such answer. */
export function broadcastOf(actions: readonly Pick<Numbered, 'id'>[]): string | null {
  return actions.map(({ id }) => /^answer:(B-\d+):/.exec(id)?.[1]).find(id => id !== undefined) ?? null
}

/** True if a sign may answer a broadcast. */
export function mayAnswer(sign: string): boolean {
  return kinds.some(wanted => readSign(sign, wanted) !== null)
}

/** The button of the answer that a sign stands for, on a message with these actions; null if it is none of them. */
export function signedAnswer(sign: string, actions: readonly Pick<Numbered, 'id'>[]): string | null {
  const id = broadcastOf(actions)
  const answers = actions.flatMap(one => (one.id.startsWith('answer:') ? [one.id.split(':')[2] as Answered] : []))
  const answer = id && readSign(sign, wantedBy(answers))
  return answer ? `answer:${id}:${answer}` : null
}

function wantedBy(answers: readonly Answered[]): AnswerWanted {
  const [first] = answers
  if (first === 'got-it') return { type: 'got-it' }
  if (first === 'yes') return { type: 'yes-no' }
  if (first === 'safe') return { type: 'safety' }
  return { type: 'one-of', options: answers.map(() => ({})) }
}

const kinds: readonly AnswerWanted[] = [
  { type: 'yes-no' },
  { type: 'one-of', options: Array.from({ length: 5 }, () => ({})) },
]

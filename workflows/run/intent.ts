import type { RunId, StepId } from '../ids.ts'
import { readStepPress, type StepVerb } from './button.ts'
import type { StandingStep } from './standing.ts'
import { readTypedRun } from './typed.ts'

/** What is wanted of a step; `times` is the round that was seen, null where it was typed and means the present one. */
export type StepIntent = {
  readonly run: RunId
  readonly step: StepId
  readonly verb: StepVerb
  readonly times: number | null
  readonly rest: string
}

type Said = {
  readonly from: string
  readonly words: string
  readonly assumed: string
  readonly values: Readonly<Record<string, string | readonly string[]>>
}

/** What is wanted by a line that was typed, or by the button that was pressed; null if it is about no step. */
export function stepIntent({ from, assumed, words }: Omit<Said, 'values'>): StepIntent | null {
  if (from !== 'typed') {
    const pressed = readStepPress(assumed)
    return pressed
  }
  const typed = readTypedRun(words)
  return typed?.type === 'step' ? { ...typed, times: null } : null
}

/** Whether the step stands otherwise than whoever wants that of it could see. */
export function isOtherwise({ verb, times }: Pick<StepIntent, 'verb' | 'times'>, { state }: StandingStep): boolean {
  if (verb === 'reopen') return times !== null && times !== state.times
  return state.state !== 'open' || (times !== null && times !== state.times && verb !== 'take')
}

// Fields that hold words, however few; of the others those with a space are no code.
const own = new Set(['reason', 'note'])

/** The words that somebody wrote about a step, in a line or in a form, so that they can be given back. */
export function typedWords({ from, words, values }: Omit<Said, 'assumed'>): string {
  if (from === 'typed') {
    const typed = readTypedRun(words)
    return typed?.type === 'step' && typed.verb !== 'open' ? typed.rest : ''
  }
  return Object.entries(values)
    .flatMap(([name, one]) => (typeof one === 'string' && (own.has(name) || one.includes(' ')) ? [one.trim()] : []))
    .join('\n')
}

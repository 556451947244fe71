import type { StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Condition } from '../protocol.ts'
import type { Run } from '../run.ts'

/** What a condition looks at; `appears` tells whether another step of the run does. */
export type Facts = {
  readonly run: Pick<Run, 'steps' | 'gates' | 'answers'>
  readonly incident: Pick<Incident, 'severity' | 'kind' | 'details' | 'credibility'>
  readonly appears: (step: StepId) => boolean
}

/** Whether a condition holds by what was answered so far and by what is known of the incident. */
export function holds(condition: Condition, facts: Facts): boolean {
  const { run, incident } = facts
  switch (condition.type) {
    case 'answer':
      return condition.is.includes(run.answers[condition.ask] ?? '')
    case 'number':
      return Number(run.answers[condition.ask] ?? Number.NaN) > condition.over
    case 'gate': {
      const gate = run.gates[condition.gate]
      return condition.is === (gate ? (gate.passed ? 'passed' : 'refused') : 'open')
    }
    case 'step': {
      const state = run.steps[condition.step]?.state ?? 'open'
      // A step that does not appear is not waited for.
      return condition.is === state && (state !== 'open' || facts.appears(condition.step))
    }
    case 'severity':
      return incident.severity >= condition.atLeast
    case 'kind': {
      const { kind } = incident
      return kind !== null && (condition.in.includes(kind) || condition.in.includes(kind.slice(0, 2)))
    }
    case 'weapons':
      return condition.in.includes(incident.details.weapons ?? 'unknown')
    case 'credibility':
      return condition.in.includes(incident.credibility)
    case 'all':
      return condition.of.every(one => holds(one, facts))
    case 'any':
      return condition.of.some(one => holds(one, facts))
    case 'not':
      return !holds(condition.of, facts)
  }
}

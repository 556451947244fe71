import type { IncidentId } from '../ids.ts'
import { phrase } from '../phrase.ts'
import type { RunRole, Step } from '../protocol.ts'
import type { Run } from '../run.ts'
import type { Button } from '../view.ts'
import { gatePress, runPress, type StepVerb, stepPress } from './button.ts'
import { isRefused, type StandingStep } from './standing.ts'

/** A button about one step, with the round that whoever sees it can see. */
export function stepButton(incident: IncidentId, run: Run, { step, state }: StandingStep, verb: StepVerb): Button {
  const label = verb === 'done' && wantsMore(step) ? 'answer' : verb
  return {
    id: stepPress(incident, run.id, step.id, state.times, verb),
    label: phrase(`protocol.button-${label}`),
  }
}

/** What brings a step on: doing it, or asking the gate before it; null while another step comes first. */
export function mainButton(incident: IncidentId, run: Run, standing: StandingStep): Button | null {
  const { behind } = standing
  if (behind && 'step' in behind) return null
  return behind ? gateButton(incident, run, behind.gate) : stepButton(incident, run, standing, 'done')
}

/** Asks the questions of a gate, or asks them again. */
export function gateButton(incident: IncidentId, run: Run, gate: string): Button {
  const label = isRefused(run, gate) ? phrase('protocol.button-again') : phrase('protocol.button-ask', { gate })
  return { id: gatePress(incident, run.id, gate), label }
}

/** A button about a run as a whole. */
export function runButton(incident: IncidentId, run: Pick<Run, 'id'>, verb: PlainVerb): Button {
  const label = phrase(verb === 'open' ? 'protocol.button-list' : `protocol.button-${verb}`)
  return { id: runPress(incident, run.id, verb), label }
}

/** Whoever presses it has that role in the run. */
export function roleButton(incident: IncidentId, run: Pick<Run, 'id'>, role: RunRole): Button {
  return {
    id: runPress(incident, run.id, `take-${role}`),
    label: phrase('protocol.button-role', { role: phrase(`protocol.role-${role}`) }),
  }
}

type PlainVerb = ('open' | 'pause' | 'resume' | 'stop' | 'undo' | 'assign' | 'lead') | ('lead-accept' | 'lead-decline')

/** Whether doing it takes more than a press: it asks something, or wants files. */
export function wantsMore({ asks, evidence }: Pick<Step, 'asks' | 'evidence'>): boolean {
  return asks.length > 0 || evidence
}

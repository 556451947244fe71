import type { GateId, PersonId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Protocol, type Step, stepsOf } from '../protocol.ts'
import type { Run, StepState } from '../run.ts'

/** A step of a run as it stands now. */
export type StandingStep = {
  readonly step: Step
  readonly state: StepState
  /** When it is due in this round (epoch ms); null: at no set time, or not known yet. */
  readonly dueAt: number | null
  /** What must come first: a gate that is not passed, or a step that blocks. */
  readonly behind: { readonly gate: GateId } | { readonly step: StepId } | null
  /** Who is to do it: its owners, else whoever fills its role; empty while nobody does. */
  readonly people: readonly PersonId[]
}

/** What a step is before anything happened to it. */
export const untouched: StepState = {
  state: 'open',
  owners: [],
  mode: 'any',
  doneBy: [],
  at: null,
  by: null,
  times: 0,
  rung: 0,
  heldBy: null,
  saidAt: null,
  snoozedUntil: null,
  snoozedBy: [],
  help: null,
}

/** The steps of a run that appear by its answers, its gates and what is known of the incident, in order. */
export function standingSteps(run: Run, protocol: Protocol, _incident: Incident): readonly StandingStep[] {
  return stepsOf(protocol).map(step => ({
    step,
    state: run.steps[step.id] ?? untouched,
    dueAt: null,
    behind: null,
    people: run.steps[step.id]?.owners ?? [],
  }))
}

import type { GateId, PersonId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Protocol, type Step, stepsOf } from '../protocol.ts'
import type { Run, StepState } from '../run.ts'
import { holds } from './condition.ts'
import { silent } from './rung.ts'

/** A step of a run as it stands now; a repeating one that was done is open anew, as long as its condition holds. */
export type StandingStep = {
  readonly step: Step
  readonly state: StepState
  /** When it is due in this round (epoch ms); null: at no set time, or not known yet. */
  readonly dueAt: number | null
  /** What must come first: a step that blocks, or a gate that is not passed. */
  readonly behind: { readonly gate: GateId } | { readonly step: StepId } | null
  /** Who is (still) to do it: its owners, else whoever fills its role; empty while nobody does. */
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
  ...silent,
  help: null,
}

/**
 * The steps of a run that appear by its answers, its gates and what is known of the incident, in order. What was done
 * or skipped stays, whatever becomes of its condition.
 */
export function standingSteps(run: Run, protocol: Protocol, incident: Incident): readonly StandingStep[] {
  const steps = stepsOf(protocol)
  const appears = appearing(run, steps, incident)
  const goesOn = (step: Step) => !step.when || holds(step.when, { run, incident, appears })
  let blocker: StepId | null = null
  return steps.flatMap(step => {
    if (!appears(step.id)) return []
    const was = run.steps[step.id] ?? untouched
    const anew = step.repeat !== null && was.state === 'done' && goesOn(step)
    const state: StepState = anew ? { ...was, state: 'open', doneBy: [] } : was
    const gate = step.gate !== null && !run.gates[step.gate]?.passed ? { gate: step.gate } : null
    const behind = blocker !== null ? { step: blocker } : gate
    const refused = gate !== null && isRefused(run, gate.gate)
    // What a refused gate stands before will not be done, so nobody waits for it.
    if (step.blocking && blocker === null && was.state === 'open' && was.times === 0 && !refused) blocker = step.id
    return [{ step, state, dueAt: dueAt(run, step), behind, people: whose(run, step, state, incident) }]
  })
}

/** Whether that gate was answered, and not passed: its steps are blocked. */
export function isRefused({ gates }: Pick<Run, 'gates'>, gate: GateId): boolean {
  return gates[gate]?.passed === false
}

function appearing(run: Run, steps: readonly Step[], incident: Incident): (step: StepId) => boolean {
  const known = new Map<StepId, boolean>()
  const byId = new Map(steps.map(step => [step.id, step]))
  const appears = (id: StepId): boolean => {
    const found = known.get(id)
    if (found !== undefined) return found
    const step = byId.get(id)
    // Seen again while it is judged: it depends on itself, and then appears.
    known.set(id, step !== undefined)
    const touched = (run.steps[id]?.state ?? 'open') !== 'open'
    const shown = step !== undefined && (touched || !step.when || holds(step.when, { run, incident, appears }))
    known.set(id, shown)
    return shown
  }
  return appears
}

const minute = 60_000

function dueAt(run: Run, step: Step): number | null {
  const was = run.steps[step.id]
  if (step.repeat !== null && was && was.at !== null) return from(run, was, step.repeat)
  if (!step.due) {
    return step.repeat === null ? null : run.startedAt + run.pausedMs + step.repeat * minute
  }
  const { from: start, minutes } = step.due
  if (start === 'start') return run.startedAt + run.pausedMs + minutes * minute
  // The event comes at its hour, however long the run stood still.
  if (start === 'event') return run.eventAt === null ? null : run.eventAt + minutes * minute
  const first = run.steps[start.step]
  return first && first.state !== 'open' ? from(run, first, minutes) : null
}

function from(run: Run, { at, stood = 0 }: StepState, minutes: number): number | null {
  return at === null ? null : at + run.pausedMs - stood + minutes * minute
}

function whose(run: Run, step: Step, state: StepState, incident: Incident): readonly PersonId[] {
  const { owners, mode, doneBy } = state
  const toDo = (all: readonly PersonId[]) => (state.state === 'open' ? all.filter(one => !doneBy.includes(one)) : all)
  if (owners.length > 0) {
    const left = mode === 'all' || step.people ? toDo(owners) : owners
    if (left.length > 0) return left
    // Whoever else was to do it has left.
    if (!step.people) return owners
  }
  const filled = run.roles[step.role] ?? []
  const all =
    filled.length > 0 || step.role !== 'FR'
      ? filled
      : [...(incident.claim ? [incident.claim.by] : []), ...incident.joined]
  return step.people ? toDo(all) : all
}

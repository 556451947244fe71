import type { ProtocolId, RunId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Protocol } from '../protocol.ts'
import { openRuns, type Run } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { isRefused, type StandingStep, standingSteps } from './standing.ts'

/** A run with the wording that it is pinned to, and its steps as they stand. */
export type Reading = { readonly run: Run; readonly protocol: Protocol; readonly steps: readonly StandingStep[] }

/** The run as it can be read; null where this process does not know its wording. */
export function readRun(run: Run, incident: Incident, { protocols }: Pick<Taxonomy, 'protocols'>): Reading | null {
  const protocol = protocols.find(run.protocol, run.rev)
  return protocol && { run, protocol, steps: standingSteps(run, protocol, incident) }
}

/** The runs of an incident that go on and whose wording is known, oldest first. */
export function readRuns(incident: Incident, taxonomy: Pick<Taxonomy, 'protocols'>): readonly Reading[] {
  return openRuns(incident).flatMap(run => readRun(run, incident, taxonomy) ?? [])
}

/** The run of that name, or null. */
export function runOf({ runs = [] }: Pick<Incident, 'runs'>, id: RunId): Run | null {
  return runs.find(run => run.id === id) ?? null
}

/** The open run of that protocol, or null. */
export function openRunOf(incident: Pick<Incident, 'runs'>, protocol: ProtocolId): Run | null {
  return openRuns(incident).find(run => run.protocol === protocol) ?? null
}

/** Whether it is still to be done: it is open, and no refused gate stands before it. */
export function isOwed({ state, behind }: StandingStep, run: Pick<Run, 'gates'>): boolean {
  return state.state === 'open' && !(behind && 'gate' in behind && isRefused(run, behind.gate))
}

/** Whether it is owed and its hour has passed; a step that waits for another one is late by that one's fault. */
export function isOverdue(standing: StandingStep, run: Pick<Run, 'gates' | 'status'>, now: number): boolean {
  const { dueAt, behind } = standing
  if (run.status !== 'running' || dueAt === null || dueAt > now) return false
  return isOwed(standing, run) && !(behind && 'step' in behind)
}

/** The steps that are owed, soonest due first; those at no set time as the one before them, what waits last. */
export function nextSteps({ run, steps }: Reading, limit = Number.POSITIVE_INFINITY): readonly StandingStep[] {
  let last = 0
  const owed = steps.flatMap(standing => {
    const waits = standing.behind && 'step' in standing.behind ? 1 : 0
    last = standing.dueAt ?? last
    return isOwed(standing, run) ? [{ standing, due: last, waits }] : []
  })
  owed.sort((one, other) => one.waits - other.waits || one.due - other.due)
  return owed.slice(0, limit).map(({ standing }) => standing)
}

/** How far a run is: how many of the steps that appear are over (a repeating one: was done once), and which is next. */
export type Progress = { readonly over: number; readonly of: number; readonly next: StandingStep | null }

/** How far a run is; steps that do not appear are not counted. */
export function progress(reading: Reading): Progress {
  const { steps, run } = reading
  const over = steps.filter(one => one.state.state !== 'open' || isDoneOnce(one) || !isOwed(one, run))
  return { over: over.length, of: steps.length, next: nextSteps(reading, 1)[0] ?? null }
}

/** Whether a repeating step was done at least once. */
export function isDoneOnce({ step, state }: StandingStep): boolean {
  return step.repeat !== null && state.at !== null && state.by !== null
}

/** Whether the safety of responders (gate G2) was passed in a run that goes on: then they may go there. */
export function isSafeToGo(incident: Incident): boolean {
  return openRuns(incident).some(run => run.gates.G2?.passed === true)
}

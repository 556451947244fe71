import type { Entry } from '../event.ts'
import { evolveCounts, isOfCount, lastingCounts, leaveCounts } from '../headcount/state.ts'
import type { PersonId, ProtocolId, StepId } from '../ids.ts'
import type { Run, RunEvent, StepState } from '../run.ts'
import { reminded, rested, silent } from './rung.ts'
import { untouched } from './standing.ts'

/**
 * The runs of an incident after one more entry of a run, oldest first. Of those that ended only what tells that they
 * did is kept, and of each protocol only the last one; the rest is in the timeline.
 */
export function evolveRuns(runs: readonly Run[], entry: Entry): readonly Run[] {
  if (entry.event.type !== 'run') return runs
  const { run: id, on } = entry.event
  if (on.type === 'started') return [...besides(runs, on.protocol), begun(id, on, entry)]
  if (on.type === 'adopted') return [...besides(runs, on.state.protocol), { ...on.state, id }]
  const concerns = (run: Run) => run.id === id && (isOpen(run) || isOfCount(on))
  return runs.map(run => (concerns(run) ? { ...run, ...changed(run, on, entry) } : run))
}

function besides(runs: readonly Run[], protocol: ProtocolId): readonly Run[] {
  return runs.filter(run => run.protocol !== protocol || isOpen(run))
}

type Started = Extract<RunEvent, { type: 'started' }>
type Later = Exclude<RunEvent, { type: 'started' | 'adopted' }>
type Moment = Pick<Entry, 'at' | 'by'>

function isOpen({ status }: Pick<Run, 'status'>): boolean {
  return status === 'running' || status === 'paused'
}

function begun(id: string, { protocol, rev, eventAt, roles, undoUntil }: Started, { at, by }: Moment): Run {
  return {
    id,
    protocol,
    rev,
    status: 'running',
    startedAt: at,
    startedBy: by,
    undoUntil,
    endedAt: null,
    pausedAt: null,
    pausedMs: 0,
    eventAt,
    lead: by,
    leadOffer: null,
    roles,
    steps: {},
    gates: {},
    answers: {},
    counts: {},
  }
}

function changed(run: Run, on: Later, entry: Entry): Partial<Run> {
  const { at, by } = entry
  switch (on.type) {
    case 'undone':
    case 'stopped':
    case 'done':
      return over(run, on, at)
    case 'paused':
      return { status: 'paused', pausedAt: at }
    case 'resumed':
      return { status: 'running', pausedAt: null, pausedMs: stood(run, at), steps: restedSteps(run, at) }
    case 'filled':
      return { roles: { ...run.roles, [on.role]: on.people } }
    case 'lead-offered':
      return { leadOffer: { to: on.to, until: on.until } }
    case 'lead-accepted':
      return { lead: by, leadOffer: null }
    case 'lead-declined':
    case 'lead-expired':
      return { leadOffer: null }
    case 'returned':
      return on.step === null ? left(run, on.person) : step(run, on.step, state => handedBack(state, on.person))
    case 'assigned':
      return step(run, on.step, given => ({
        ...given,
        // Whoever is to do it now was not reminded of it yet.
        ...anew,
        owners: on.people,
        mode: on.mode,
        doneBy: given.state === 'open' ? given.doneBy.filter(one => !on.people.includes(one)) : [],
      }))
    case 'step-done':
      return {
        ...step(run, on.step, state => done(run, state, on, { at, by })),
        // What one of several answers decides nothing until all of them did it.
        ...(on.part ? {} : { answers: answered(run, on.answers) }),
      }
    case 'step-skipped':
      return step(run, on.step, state => ({ ...settled(run, state, { at, by }), state: 'skipped' }))
    case 'step-reopened':
      return step(run, on.step, state => ({
        ...settled(run, state, { at, by: null }),
        state: 'open',
        times: state.times,
        doneBy: [],
      }))
    case 'step-help':
    case 'step-held':
    case 'step-snoozed':
    case 'step-reminded':
    case 'step-overdue':
      return step(run, on.step, state => reminded(state, on, { at, by }))
    case 'gate-answered': {
      if (by === null) return {}
      const { answers, passed } = on
      return { gates: { ...run.gates, [on.gate]: { passed, answers, by, at, override: null } } }
    }
    case 'override-asked': {
      if (by === null) return {}
      const was = run.gates[on.gate] ?? { passed: false, answers: {}, by, at }
      return { gates: { ...run.gates, [on.gate]: { ...was, override: { asked: by, agreed: null } } } }
    }
    case 'overridden': {
      if (by === null) return {}
      const was = run.gates[on.gate] ?? { answers: {}, by: on.asked, at }
      return { gates: { ...run.gates, [on.gate]: { ...was, passed: true, override: { asked: on.asked, agreed: by } } } }
    }
    case 'count-asked':
    case 'count-answered':
    case 'count-silent':
    case 'count-back':
    case 'count-over':
      return { counts: lasting(evolveCounts(run.counts, on, at), run) }
  }
}

function over(run: Run, on: Extract<Later, { type: 'done' | 'stopped' | 'undone' }>, at: number): Partial<Run> {
  const status = on.type
  // A run that was merged goes on with the whole, and so does what it asks.
  const goes = on.type === 'undone' || (on.type === 'stopped' && on.why === 'merged')
  const counts = goes ? {} : lasting(run.counts, { status })
  const gone = { steps: {}, gates: {}, answers: {}, counts, roles: {}, leadOffer: null }
  return { status, endedAt: at, pausedAt: null, pausedMs: stood(run, at), ...gone }
}

/** People who are asked whether they are safe are looked for, also when the run ends meanwhile. */
function lasting(counts: Run['counts'], run: Pick<Run, 'status'>): Run['counts'] {
  return isOpen(run) ? counts : lastingCounts(counts)
}

/** How long the run has stood still in all by then, in ms. */
function stood({ pausedMs, pausedAt }: Run, at: number): number {
  return pausedMs + (pausedAt === null ? 0 : Math.max(0, at - pausedAt))
}

function restedSteps(run: Run, at: number): Run['steps'] {
  const ms = stood(run, at) - run.pausedMs
  return Object.fromEntries(Object.entries(run.steps).map(([id, state]) => [id, rested(state, ms)]))
}

function step(run: Run, id: StepId, change: (state: StepState) => StepState): Partial<Run> {
  return { steps: { ...run.steps, [id]: change(run.steps[id] ?? untouched) } }
}

/** Nobody was reminded of it yet, has it in hand or needs help. */
const anew = { ...silent, help: null } as const

function settled(run: Run, state: StepState, { at, by }: Moment): StepState {
  const still = stood(run, at)
  return { ...state, ...anew, at, by, times: state.times + 1, ...(still > 0 ? { stood: still } : {}) }
}

function done(run: Run, state: StepState, on: Extract<Later, { type: 'step-done' }>, moment: Moment): StepState {
  // Of the round before, everyone is remembered until the next one begins.
  const before = state.state === 'done' ? [] : state.doneBy
  const doneBy = moment.by === null ? before : [...before.filter(one => one !== moment.by), moment.by]
  if (on.part) return { ...state, state: 'open', doneBy }
  return { ...settled(run, state, moment), state: 'done', doneBy }
}

function answered(run: Run, answers: Readonly<Record<string, string>> = {}): Run['answers'] {
  const all = { ...run.answers, ...answers }
  return Object.fromEntries(Object.entries(all).filter(([, answer]) => answer !== ''))
}

function handedBack(state: StepState, person: PersonId): StepState {
  const { owners, heldBy, help, snoozedBy } = state
  return {
    ...state,
    owners: owners.filter(one => one !== person),
    heldBy: heldBy === person ? null : heldBy,
    snoozedBy: snoozedBy.filter(one => one !== person),
    help: help === person ? null : help,
  }
}

/** Without somebody: what was theirs is open to its role again; what they did stays on the record. */
function left(run: Run, person: PersonId): Partial<Run> {
  const roles = Object.entries(run.roles).map(([role, people]) => [role, people.filter(one => one !== person)])
  const steps = Object.entries(run.steps).map(([id, state]) => [id, handedBack(state, person)])
  return {
    roles: Object.fromEntries(roles),
    steps: Object.fromEntries(steps),
    counts: leaveCounts(run.counts, person),
    lead: run.lead === person ? null : run.lead,
    leadOffer: run.leadOffer?.to === person ? null : run.leadOffer,
  }
}

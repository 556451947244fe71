import { type Context, no } from '../decision.ts'
import type { RuleError } from '../errors.ts'
import type { PersonId, RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { stepsOf } from '../protocol.ts'
import { openRuns, type Run } from '../run.ts'
import { whyGone } from './gone.ts'
import { type Reading, readRun, runOf } from './reading.ts'
import type { StandingStep } from './standing.ts'

/** The run of that name, if it goes on; throws RuleError that says how it ended, or that there is none. */
export function requireRun(incident: Incident, id: RunId): Run {
  const run = openRuns(incident).find(one => one.id === id)
  if (run) return run
  const was = runOf(incident, id)
  if (was?.endedAt) throw no(`run.over-${endOf(was)}`, { run: id, time: { time: was.endedAt } })
  throw no('run.none', { run: id, id: incident.id })
}

/** The same with its wording and its steps; throws RuleError also where this process does not know the wording. */
export function requireReading(incident: Incident, id: RunId, { taxonomy }: Pick<Context, 'taxonomy'>): Reading {
  const run = requireRun(incident, id)
  const reading = readRun(run, incident, taxonomy)
  if (!reading) throw no('run.wording-unknown', { run: id })
  return reading
}

/** A step that appears, however it stands; throws RuleError that says why it does not. */
export function requireStanding(incident: Incident, reading: Reading, id: StepId): StandingStep {
  const { run, protocol, steps } = reading
  const standing = steps.find(one => one.step.id === id)
  if (standing) return standing
  const step = stepsOf(protocol).find(one => one.id === id)
  if (!step) throw no('run.no-step', { run: run.id, step: id })
  throw no('run.vanished', { step: id, why: whyGone(reading, step, incident) })
}

/** A step that is open now, in whatever round; throws RuleError that says who did or skipped it. */
export function requireOpenStep(incident: Incident, reading: Reading, id: StepId): StandingStep {
  const standing = requireStanding(incident, reading, id)
  if (standing.state.state !== 'open') throw otherwise(standing)
  return standing
}

/**
 * A step that is open in the very round that was seen; throws RuleError that says who was quicker and when, or what
 * else has become of it.
 */
export function requireRound(
  incident: Incident,
  reading: Reading,
  { step: id, times }: { readonly step: StepId; readonly times: number },
): StandingStep {
  const standing = requireOpenStep(incident, reading, id)
  if (standing.state.times !== times) throw otherwise(standing)
  return standing
}

/** How a step stands that is not as whoever pressed saw it. */
export function otherwise({ step, state, dueAt }: StandingStep): RuleError {
  const { at, by } = state
  const params = { step: step.id, person: named(by), time: at === null ? '' : { time: at } }
  if (state.state === 'skipped') return no('run.skipped-already', params)
  if (state.state === 'done') return no('run.done-already', params)
  if (by === null) return no('run.opened-anew', params)
  if (dueAt === null) return no('run.done-already', params)
  return no('run.done-again', { ...params, due: { time: dueAt } })
}

/** Why a step cannot be done yet; null if it can. */
export function hindrance({ run, protocol, steps }: Reading, { step, behind }: StandingStep): Phrase | null {
  if (!behind) return null
  if ('step' in behind) {
    const first = steps.find(one => one.step.id === behind.step)?.step.text ?? behind.step
    return phrase('run.behind-step', { step: step.id, other: behind.step, text: first })
  }
  const gate = protocol.gates.find(one => one.id === behind.gate)
  const answered = run.gates[behind.gate]
  const params = { step: step.id, gate: behind.gate, title: gate?.title ?? '' }
  if (!answered || Object.keys(answered.answers).length === 0) return phrase('run.behind-gate', params)
  const { at, by } = answered
  return phrase('run.behind-refused', {
    ...params,
    person: named(by),
    time: { time: at },
    instead: gate?.refused ?? '',
  })
}

/** Somebody as a sentence names them; the hub itself if it is nobody. */
export function named(person: PersonId | null): Param {
  return person === null ? phrase('hub.the-hub') : { person }
}

function endOf({ status }: Run): 'done' | 'undone' | 'stopped' {
  return status === 'done' || status === 'undone' ? status : 'stopped'
}

import { actorOf, type Context, type Decision, happen, minute, no } from '../decision.ts'
import { dutyOfficers, leaders } from '../directory.ts'
import { InputError } from '../errors.ts'
import type { GateId, PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { phrase } from '../phrase.ts'
import type { Gate, Protocol } from '../protocol.ts'
import type { Run, RunDeed } from '../run.ts'
import { limits, optional, required } from '../typed.ts'
import type { Reading } from './reading.ts'
import { requirePart, steers } from './rights.ts'

type Answer = Extract<RunDeed, { type: 'gate' }>
type AskOverride = Extract<RunDeed, { type: 'ask-override' }>

// For how long somebody's "no" cannot be turned by what another pressed at the same moment.
const noStands = minute

/**
 * A gate is answered, all of its questions. Anyone who works on the run may say no; whoever it is asked of, or who
 * steers the run, may pass it. A new answer takes the place of the one before.
 */
export function answerGate(incident: Incident, reading: Reading, deed: Answer, context: Context): Decision[] {
  const { run, protocol } = reading
  requirePart(run, incident, context)
  const gate = requireGate(reading, deed.gate)
  const answers = complete(gate, deed.answers)
  const words = { note: optional('note', deed.note, limits.note) }
  const passed = gate.questions.every(({ id, needs }) => needs === 'record' || answers[id] === needs)
  if (passed) requireMayPass(incident, reading, gate, context)
  const event = { type: 'gate-answered', gate: gate.id, answers, passed } as const
  const answer = happen({ type: 'run', run: run.id, on: event }, words)
  return [answer, ...(inDanger(answers) ? [] : endOverrides(run, protocol, gate))]
}

/** Asks that a gate be overridden, with a reason, because a life is in danger. */
export function askOverride(incident: Incident, reading: Reading, deed: AskOverride, context: Context): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  requireOverridable(reading, deed.gate)
  const asked = run.gates[deed.gate]?.override
  if (asked && asked.asked === actorOf(context).id) throw no('run.override-waiting', { gate: deed.gate })
  const words = { reason: required('reason', deed.reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'run', run: run.id, on: { type: 'override-asked', gate: deed.gate } }, words)]
}

/** A second person, a duty officer, agrees to override a gate. */
export function agreeOverride(incident: Incident, reading: Reading, id: GateId, context: Context): Decision[] {
  const { run } = reading
  const actor = actorOf(context)
  requireOverridable(reading, id)
  const asked = run.gates[id]?.override?.asked
  if (!asked) throw no('run.override-none', { gate: id })
  if (asked === actor.id) throw no('run.override-alone', { gate: id })
  const able = whoMayAgree(incident, run, asked, context)
  if (!able.includes(actor.id))
    throw no('run.override-who', { gate: id, people: able.slice(0, 5).map(person => ({ person })) })
  return [happen({ type: 'run', run: run.id, on: { type: 'overridden', gate: id, asked } })]
}

/** Who may agree to override a gate: the duty officers; if the only one asked for it, the leaders. */
export function whoMayAgree(
  incident: Incident,
  run: Pick<Run, 'roles'>,
  asked: PersonId,
  { directory, now }: Pick<Context, 'directory' | 'now'>,
): readonly PersonId[] {
  const officers = [...(run.roles.DO ?? []), ...dutyOfficers(directory, now).map(person => person.id)]
  const left = [...new Set(officers)].filter(person => person !== asked)
  if (left.length > 0) return left
  return leaders(directory).flatMap(person => (person.id !== asked && maySee(person, incident) ? [person.id] : []))
}

/** Whether a gate about danger to life was answered with yes. */
function isLifeInDanger({ gates }: Pick<Run, 'gates'>, gate: GateId): boolean {
  return inDanger(gates[gate]?.answers ?? {})
}

/** Whether a gate asks for danger to life: another one may be overridden by it, or it is G1. */
export function asksForLife({ gates }: Pick<Protocol, 'gates'>, id: GateId): boolean {
  return id === 'G1' || gates.some(gate => gate.overriddenBy === id)
}

function inDanger(answers: Readonly<Record<string, 'yes' | 'no'>>): boolean {
  return Object.values(answers).includes('yes')
}

function requireGate({ run, protocol }: Reading, id: GateId): Gate {
  const gate = protocol.gates.find(one => one.id === id)
  if (!gate) throw no('run.no-gate', { run: run.id, gate: id })
  return gate
}

function complete(gate: Gate, given: Answer['answers']): Record<string, 'yes' | 'no'> {
  const known = (answer: unknown): answer is 'yes' | 'no' => answer === 'yes' || answer === 'no'
  const missing = gate.questions.filter(({ id }) => !known(given[id]))
  if (missing.length > 0) {
    throw new InputError(Object.fromEntries(missing.map(({ id }) => [id, phrase('run.answer-needed')])))
  }
  return Object.fromEntries(gate.questions.map(({ id }) => [id, given[id] as 'yes' | 'no']))
}

function requireMayPass(incident: Incident, { run, steps }: Reading, gate: Gate, context: Context): void {
  const actor = actorOf(context)
  const steering = steers(actor, run, incident)
  const was = run.gates[gate.id]
  const theirNo = was && !was.passed && was.by !== actor.id && Object.keys(was.answers).length > 0
  if (theirNo && (!steering || context.now - was.at < noStands)) {
    const params = { gate: gate.id, person: { person: was.by }, time: { time: was.at } }
    throw no(steering ? 'run.gate-just-refused' : 'run.gate-refused', params)
  }
  if (steering) return
  const asked = steps.filter(({ step, state }) => step.gate === gate.id && state.state === 'open')
  // A step that nobody has yet may be anyone's who works on it.
  const mine = asked.some(({ people }) => people.length === 0 || people.includes(actor.id))
  if (asked.length > 0 && !mine) {
    const people = [...new Set(asked.flatMap(one => one.people))]
    throw no('run.gate-theirs', { gate: gate.id, people: people.slice(0, 5).map(person => ({ person })) })
  }
}

function requireOverridable({ run, protocol }: Reading, id: GateId): void {
  const gate = requireGate({ run, protocol, steps: [] }, id)
  if (run.gates[id]?.passed) throw no('run.gate-passed', { gate: id })
  if (gate.overriddenBy === null) throw no('run.override-never', { gate: id, instead: gate.refused })
  if (!isLifeInDanger(run, gate.overriddenBy)) throw no('run.override-danger', { gate: id, life: gate.overriddenBy })
}

/** What was allowed only because a life was in danger is so no longer. */
function endOverrides(run: Run, protocol: Protocol, life: Gate): Decision[] {
  return protocol.gates.flatMap(({ id, overriddenBy }) => {
    const gate = overriddenBy === life.id ? run.gates[id] : undefined
    if (!gate?.override?.agreed) return []
    const { answers } = gate
    const event = { type: 'gate-answered', gate: id, answers, passed: false, again: true } as const
    return [happen({ type: 'run', run: run.id, on: event })]
  })
}

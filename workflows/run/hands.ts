import { actorOf, type Context, type Decision, happen, no } from '../decision.ts'
import type { Person } from '../directory.ts'
import type { PersonId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { RunRole, Step } from '../protocol.ts'
import type { RunDeed, RunEvent } from '../run.ts'
import type { Reading } from './reading.ts'
import { requireOpenStep } from './require.ts'
import { requireGivable, requirePart, requireSteer, steers } from './rights.ts'
import { hasSkill, skilled, skillText } from './skill.ts'

type Assign = Extract<RunDeed, { type: 'assign' }>

/** Who fills a role; nobody: it is open again. */
export function fill(
  incident: Incident,
  reading: Reading,
  { role, people }: { readonly role: RunRole; readonly people: readonly PersonId[] },
  context: Context,
): Decision[] {
  const { run, protocol } = reading
  requireSteer(run, incident, context)
  if (!protocol.roles.includes(role)) throw no('run.no-role', { run: run.id })
  const given = requireGivable(people, incident, context).map(person => person.id)
  return same(given, run.roles[role] ?? []) ? [] : [on(reading, { type: 'filled', role, people: given })]
}

/** The actor takes a role beside those who have it. */
export function takeRole(incident: Incident, reading: Reading, role: RunRole, context: Context): Decision[] {
  const { run, protocol } = reading
  requirePart(run, incident, context)
  if (!protocol.roles.includes(role)) throw no('run.no-role', { run: run.id })
  const { id } = actorOf(context)
  const have = run.roles[role] ?? []
  return have.includes(id) ? [] : [on(reading, { type: 'filled', role, people: [...have, id] })]
}

/** Gives a step to people, any one of whom is enough, or all of whom must do it; to nobody: to its role again. */
export function assign(incident: Incident, reading: Reading, deed: Assign, context: Context): Decision[] {
  const { run } = reading
  const { step, state, people: have } = requireOpenStep(incident, reading, deed.step)
  // Whoever has it may hand it on.
  if (!have.includes(actorOf(context).id)) requireSteer(run, incident, context)
  const people = requireGivable(deed.people, incident, context)
  requireSkill(step, people, reading, context)
  const ids = people.map(person => person.id)
  const mode = ids.length > 1 ? deed.mode : 'any'
  if (same(ids, state.owners) && mode === state.mode) return []
  return [on(reading, { type: 'assigned', step: step.id, people: ids, mode })]
}

/** The actor takes a step that nobody has by name; who steers may also take it from others. */
export function take(incident: Incident, reading: Reading, id: StepId, context: Context): Decision[] {
  const { run } = reading
  const actor = actorOf(context)
  requirePart(run, incident, context)
  const { step, state } = requireOpenStep(incident, reading, id)
  if (state.owners.includes(actor.id)) return []
  if (state.owners.length > 0 && !steers(actor, run, incident)) {
    throw no('run.step-theirs', { step: step.id, people: state.owners.map(person => ({ person })) })
  }
  const person = context.directory.people.get(actor.id)
  requireSkill(step, person ? [person] : [], reading, context)
  return [on(reading, { type: 'assigned', step: step.id, people: [actor.id], mode: 'any' })]
}

/** The actor cannot do a step after all: it is open to its role again. */
export function giveBack(incident: Incident, reading: Reading, id: StepId, context: Context): Decision[] {
  const actor = actorOf(context)
  const { step, state } = requireOpenStep(incident, reading, id)
  if (!state.owners.includes(actor.id) && state.heldBy !== actor.id) throw no('run.step-not-yours', { step: step.id })
  return [on(reading, { type: 'returned', step: step.id, person: actor.id })]
}

function requireSkill(step: Step, people: readonly Person[], { run }: Reading, context: Context): void {
  const { skill } = step
  // A network that keeps no record of training would keep everybody from every such step.
  if (![...context.directory.people.values()].some(person => person.skills && person.skills.length > 0)) return
  const without = skill === null ? undefined : people.find(person => !hasSkill(person, skill, context.now))
  if (skill === null || !without) return
  const able = skilled(skill, context)
  const params = { run: run.id, step: step.id, person: { person: without.id }, skill: skillText(skill) }
  if (able.length === 0) throw no('run.skill-nobody', params)
  throw no('run.skill', { ...params, people: able.slice(0, 5).map(one => ({ person: one.id })) })
}

function same(one: readonly PersonId[], other: readonly PersonId[]): boolean {
  return one.length === other.length && one.every(person => other.includes(person))
}

function on({ run }: Reading, event: RunEvent): Decision {
  return happen({ type: 'run', run: run.id, on: event })
}

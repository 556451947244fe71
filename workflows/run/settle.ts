import { type Context, type Decision, follow, happen } from '../decision.ts'
import type { IncidentEvent } from '../event.ts'
import { countsAsking } from '../headcount/state.ts'
import { byHand } from '../headcount.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { closeAfter } from '../lifecycle.ts'
import { maySee } from '../permission.ts'
import { isNamedIn, openRuns, type Run, type RunEvent, type WhyStopped } from '../run.ts'
import { isOwed, openRunOf, type Reading, readRun } from './reading.ts'

/**
 * What happens to the runs of an incident because of what was decided: they stop where it has ended for good or is part
 * of another, they are done once all that is owed was done, and whoever left or may no longer see it has no part in
 * them. A run that ends may be the last thing that kept a resolved incident from being closed.
 */
export function settleRuns(before: Incident, after: Incident, context: Context): Decision[] {
  const runs = openRuns(after)
  if (runs.length === 0) return closing(before, after, [], context)
  const why = whyEnded(after)
  const ended: Decision[] = why
    ? runs.map(run => on(run, { type: 'stopped', why }))
    : runs.filter(run => isThrough(run, after, context)).map(run => on(run, { type: 'done' }))
  const gone = why ? [] : leaving(before, after, context)
  return [...gone, ...ended, ...(why ? [] : closing(before, after, ended, context))]
}

/** What was worked through for one that is part of this now, and is not here already, goes on here as it stood. */
export function adoptRuns(incident: Incident, from: Incident): Decision[] {
  return openRuns(from).flatMap(run => {
    if (openRunOf(incident, run.protocol)) return []
    const taken = (incident.runs ?? []).some(one => one.id === run.id)
    const id = taken ? nextId(run, incident) : run.id
    const event: IncidentEvent = { type: 'run', run: id, on: { type: 'adopted', from: from.id, state: { ...run, id } } }
    return [follow(event)]
  })
}

/** Somebody goes: whatever part they have in the runs of an incident is open to others again. */
export function returnAll(incident: Incident, person: PersonId): Decision[] {
  const left = openRuns(incident)
    .filter(run => isNamedIn([run], person) || countsAsking(run, person).length > 0)
    .map(run => happen({ type: 'run', run: run.id, on: { type: 'returned', step: null, person } }))
  const asked = countsAsking(incident, person).map(step =>
    happen({ type: 'run', run: byHand, on: { type: 'count-back', step, person } }),
  )
  return [...left, ...asked]
}

/** Whether a run keeps a resolved incident from being closed by its clock: something of it is still to be done. */
export function isKeptOpen(incident: Incident): boolean {
  return openRuns(incident).length > 0
}

function nextId({ protocol }: Run, { runs = [] }: Incident): string {
  const numbers = runs.filter(run => run.protocol === protocol).map(run => Number(run.id.split('-')[1] ?? 1))
  return `${protocol}-${Math.max(1, ...numbers) + 1}`
}

/** Why the runs of an incident end with it; null while it goes on, is resolved, or its end can be taken back. */
function whyEnded({ status, undo }: Incident): WhyStopped | null {
  switch (status) {
    case 'reported':
    case 'claimed':
    case 'resolved':
      return null
    case 'duplicate':
      return 'merged'
    case 'withdrawn':
      return 'withdrawn'
    case 'closed':
      return 'ended'
    case 'dismissed':
    case 'unfounded':
      return undo ? null : 'ended'
  }
}

/** Whether nothing is owed any more, and its closing steps are over. */
function isThrough(run: Run, incident: Incident, { taxonomy }: Context): boolean {
  const reading = run.status === 'running' ? readRun(run, incident, taxonomy) : null
  return reading !== null && isOver(reading)
}

function isOver({ run, protocol, steps }: Reading): boolean {
  // What repeats goes on until the end, and is not waited for.
  if (steps.some(one => one.step.repeat === null && isOwed(one, run))) return false
  const closing = new Set(protocol.closing.map(step => step.id))
  const last = steps.filter(one => closing.has(one.step.id))
  const settled = (last.length > 0 ? last : steps).filter(one => one.state.state !== 'open')
  return settled.length > 0
}

function closing(before: Incident, after: Incident, ended: readonly Decision[], { now }: Context): Decision[] {
  if (after.status !== 'resolved' || after.undo || openRuns(after).length > ended.length) return []
  if (openRuns(before).length === 0) return []
  const isDone = ended.some(({ event }) => event.type === 'run' && event.on.type === 'done')
  const late = after.resolvedAt !== null && after.resolvedAt + closeAfter <= now
  return isDone || late ? [follow({ type: 'closed' })] : []
}

function leaving(before: Incident, after: Incident, { directory }: Context): Decision[] {
  const left = before.joined.filter(person => !after.joined.includes(person) && after.claim?.by !== person)
  const shut = before.visibility !== after.visibility || before.allowed !== after.allowed
  if (left.length === 0 && !(shut && after.visibility === 'restricted')) return []
  return openRuns(after).flatMap(run =>
    peopleOf(run)
      .filter(person => {
        const known = directory.people.get(person)
        return left.includes(person) || (shut && (!known || !maySee(known, after)))
      })
      .map(person => on(run, { type: 'returned', step: null, person })),
  )
}

/** Everyone who has a part in a run. */
export function peopleOf({ lead, leadOffer, roles, steps }: Run): readonly PersonId[] {
  const all = [
    ...(lead ? [lead] : []),
    ...(leadOffer ? [leadOffer.to] : []),
    ...Object.values(roles).flat(),
    ...Object.values(steps).flatMap(step => step.owners),
  ]
  return [...new Set(all)]
}

function on({ id }: Run, event: RunEvent): Decision {
  return follow({ type: 'run', run: id, on: event })
}

import { actorOf, type Context, clocksOf, type Decision, happen, minute, no } from '../decision.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Run, RunEvent } from '../run.ts'
import { coordinates, mayWork } from '../standing.ts'
import { limits, required } from '../typed.ts'
import { requireGivable, requireSteer } from './rights.ts'

/** Its clocks stand still until it is resumed. */
export function pause(incident: Incident, run: Run, context: Context): Decision[] {
  requireSteer(run, incident, context)
  if (run.pausedAt !== null) throw no('run.paused-already', { run: run.id, time: { time: run.pausedAt } })
  return [on(run, { type: 'paused' })]
}

/** Its clocks go on; what was due is due later by as long as it stood still. */
export function resume(incident: Incident, run: Run, context: Context): Decision[] {
  requireSteer(run, incident, context)
  if (run.pausedAt === null) throw no('run.running-already', { run: run.id })
  return [on(run, { type: 'resumed' })]
}

/** It ends before its time, with a reason. */
export function stop(incident: Incident, run: Run, reason: string, context: Context): Decision[] {
  requireSteer(run, incident, context)
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'run', run: run.id, on: { type: 'stopped', why: 'person' } }, words)]
}

/** The lead or a coordinator offers the lead to another, who has the claim clock to accept; a new offer ends an old. */
export function offerLead(incident: Incident, run: Run, to: PersonId, context: Context): Decision[] {
  requireSteer(run, incident, context)
  const [person] = requireGivable([to], incident, context)
  const named = { run: run.id, person: { person: to } }
  if (run.lead === to) throw no('run.lead-has', named)
  if (!person || !mayWork(person, incident)) throw no('run.lead-unable', named)
  const { leadOffer: offer } = run
  if (offer?.to === to && offer.until > context.now)
    throw no('run.lead-waiting', { ...named, until: { time: offer.until } })
  const { claim, lease } = clocksOf(incident.severity, context)
  return [on(run, { type: 'lead-offered', to, until: context.now + (claim ?? lease) * minute })]
}

/** Whoever it was offered to takes the lead; where nobody leads, any coordinator may. */
export function acceptLead(incident: Incident, run: Run, context: Context): Decision[] {
  const actor = actorOf(context)
  if (run.lead === actor.id) return []
  const { leadOffer: offer, lead } = run
  const free = lead === null && coordinates(actor, incident)
  if (offer?.to !== actor.id && !free) throw notOffered(run)
  return [on(run, { type: 'lead-accepted', from: lead })]
}

/** Whoever it was offered to says no; the lead stays where it is. */
export function declineLead(run: Run, context: Context): Decision[] {
  const { id } = actorOf(context)
  if (run.leadOffer?.to !== id) throw notOffered(run)
  return [on(run, { type: 'lead-declined', to: id })]
}

function notOffered({ id, lead, leadOffer }: Run) {
  if (leadOffer) return no('run.lead-other', { run: id, person: { person: leadOffer.to } })
  if (lead) return no('run.lead-theirs', { run: id, person: { person: lead } })
  return no('run.not-coordinator', { run: id })
}

function on({ id }: Run, event: RunEvent): Decision {
  return happen({ type: 'run', run: id, on: event })
}

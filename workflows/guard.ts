import type { IncidentAction } from './action.ts'
import { actorOf, type Context, type Decision, follow, happen, no } from './decision.ts'
import type { Incident } from './incident.ts'
import { type Actor, actsAs } from './permission.ts'
import { coordinates } from './standing.ts'
import { limits, required } from './typed.ts'

/** Somebody opens the reporter's name and contacts, with a reason that stays: a coordinator of it, or an admin. */
export function reveal(incident: Incident, reason: string, context: Context): Decision[] {
  const { id, reporter } = incident
  const actor = actorOf(context)
  if (!mayReveal(actor, incident)) throw no('rule.reveal-coordinator', { id })
  if (reporter === null) throw no('rule.reveal-nobody', { id })
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'revealed', whose: reporter }, words)]
}

/** Who may open the reporter's name: coordinators of the incident, and admins who may see it. */
export function mayReveal(actor: Actor, incident: Incident): boolean {
  return coordinates(actor, incident) || actsAs(actor, 'admin')
}

/**
 * A legal hold: from now on nothing of it is cleared away. A leader, an admin, or a coordinator of it sets one; its
 * parts (`of` says of what) are held with it.
 */
export function hold(incident: Incident, { reason, of }: Held<'hold'>, context: Context): Decision[] {
  const { id } = incident
  const actor = actorOf(context)
  if (of) return incident.hold ? [] : [follow({ type: 'held', of })]
  if (!mayHold(actor, incident)) throw no('rule.hold-leader', { id })
  if (incident.hold) throw no('rule.hold-already', { id })
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'held' }, words)]
}

/** Ends a legal hold, with a reason: a leader or an admin. What was taken back meanwhile goes at once. */
export function liftHold(incident: Incident, { reason, of }: Held<'lift-hold'>, context: Context): Decision[] {
  const { id } = incident
  if (of) return incident.hold?.of === of ? [follow({ type: 'hold-lifted' })] : []
  if (!mayLift(actorOf(context))) throw no('rule.hold-lift', { id })
  if (!incident.hold) throw no('rule.hold-none', { id })
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'hold-lifted' }, words)]
}

type Held<Type> = Extract<IncidentAction, { type: Type }>

/** Who may put an incident under a legal hold: leaders, admins, and coordinators of it. */
export function mayHold(actor: Actor, incident: Incident): boolean {
  return mayLift(actor) || coordinates(actor, incident)
}

/** Who may end a legal hold: leaders and admins. */
export function mayLift(actor: Actor): boolean {
  return actsAs(actor, 'leader') || actsAs(actor, 'admin')
}

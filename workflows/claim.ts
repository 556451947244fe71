import { actorOf, type Context, clocksOf, type Decision, follow, happen, minute, no } from './decision.ts'
import type { PersonId } from './ids.ts'
import type { Claim, Incident } from './incident.ts'
import { climbNow, isLastToDecline } from './ladder.ts'
import type { Actor } from './permission.ts'
import { coordinates, holder, mayWork, requireOpen } from './standing.ts'
import type { Severity } from './taxonomy.ts'
import { limits, optional } from './typed.ts'

/** How long a claim lasts at least after an undo, in ms. */
export const undoneLease = 5 * 60_000

/** Until when a claim made or extended now lasts, epoch ms. */
function leaseUntil(severity: Severity, context: Context): number {
  return context.now + clocksOf(severity, context).lease * minute
}

/** The actor takes it: the first wins, a claim of one's own is extended, an offered handover is accepted. */
export function claim(incident: Incident, context: Context): Decision[] {
  requireOpen(incident)
  const actor = actorOf(context)
  if (incident.handover?.to === actor.id) return accept(incident, context)
  const until = leaseUntil(incident.severity, context)
  if (incident.claim?.by === actor.id) {
    return until > incident.claim.until ? [happen({ type: 'extended', until })] : []
  }
  const held = holder(incident, context.now)
  if (held) throw heldBy(incident, held)
  const passed = incident.claim ? [follow({ type: 'claim-lapsed', by: incident.claim.by })] : []
  return [...passed, happen({ type: 'claimed', until })]
}

/** The actor cannot come: noted once; the last of those called who says so makes the hub call further at once. */
export function cannot(incident: Incident, context: Context): Decision[] {
  requireOpen(incident)
  const actor = actorOf(context)
  if (incident.handover?.to === actor.id) return decline(incident, context)
  if (incident.claim?.by === actor.id) throw no('rule.yours', { id: incident.id })
  if (incident.claim || incident.declined.includes(actor.id)) return []
  const declined = happen({ type: 'declined' })
  const further = isLastToDecline(incident, actor.id, context) ? climbNow(incident, context) : null
  return further ? [declined, follow({ type: 'unanswered', ...further })] : [declined]
}

/** The actor helps whoever has it, without being the accountable one. */
export function join(incident: Incident, context: Context): Decision[] {
  requireOpen(incident)
  const actor = actorOf(context)
  if (incident.claim?.by === actor.id) throw no('rule.yours', { id: incident.id })
  if (incident.joined.includes(actor.id)) throw no('rule.join-already', { id: incident.id })
  return [happen({ type: 'joined' })]
}

/** The actor no longer helps; the claimer gives back or hands over instead. */
export function leave(incident: Incident, context: Context): Decision[] {
  requireOpen(incident)
  const actor = actorOf(context)
  if (incident.claim?.by === actor.id) throw no('rule.yours', { id: incident.id })
  if (!incident.joined.includes(actor.id)) throw no('rule.leave-absent', { id: incident.id })
  return [happen({ type: 'left' })]
}

/** The claimer or a coordinator puts it back into the pool. */
export function release(incident: Incident, reason: string, context: Context): Decision[] {
  requireHand(incident, actorOf(context))
  return [happen({ type: 'released' }, { reason: optional('reason', reason, limits.note) })]
}

/** The claimer or a coordinator offers it to another, who has the claim clock to accept; a new offer ends an old. */
export function handover(incident: Incident, to: PersonId, note: string, context: Context): Decision[] {
  const held = requireHand(incident, actorOf(context))
  const { id } = incident
  const taker = { id, person: { person: to } }
  if (to === held.by && to !== actorOf(context).id) throw no('rule.handover-holder', taker)
  if (to === actorOf(context).id) throw no('rule.handover-self', { id })
  const person = context.directory.people.get(to)
  if (!person || !mayWork(person, incident)) throw no('rule.handover-unable', taker)
  if (incident.handover?.to === to && incident.handover.until > context.now) {
    throw no('rule.handover-waiting', { ...taker, until: { time: incident.handover.until } })
  }
  const clocks = clocksOf(incident.severity, context)
  const until = context.now + (clocks.claim ?? clocks.lease) * minute
  return [happen({ type: 'handover-offered', to, until }, { note: optional('note', note, limits.note) })]
}

/** The person it was offered to takes it, with a fresh lease. */
export function accept(incident: Incident, context: Context): Decision[] {
  const from = requireOffer(incident, context)
  return [happen({ type: 'handover-accepted', from, until: leaseUntil(incident.severity, context) })]
}

/** The person it was offered to says no; the claimer keeps it. */
export function decline(incident: Incident, context: Context): Decision[] {
  requireOffer(incident, context)
  return [happen({ type: 'handover-declined', to: actorOf(context).id })]
}

/** How a lease follows what was just done: the claimer's own act lengthens it, a raised severity may shorten it. */
export function relet(before: Incident, after: Incident, context: Context): Decision[] {
  if (before.status !== 'claimed' || after.status !== 'claimed' || !after.claim) return []
  if (before.claim?.by !== after.claim.by) return []
  const until = leaseUntil(after.severity, context)
  if (until > after.claim.until && after.claim.by === actorOf(context).id) return [happen({ type: 'extended', until })]
  // Else an S2 claimed for the night would keep everybody from an S5 until the morning.
  if (until < after.claim.until && after.severity > before.severity) return [follow({ type: 'extended', until })]
  return []
}

/** The claim that the person may give back or hand over: their own, or as its coordinator; throws RuleError if none. */
export function requireHand(incident: Incident, actor: Actor): Claim {
  requireOpen(incident)
  const { id, claim: held } = incident
  if (!held) throw no('rule.unclaimed', { id })
  if (held.by !== actor.id && !coordinates(actor, incident)) {
    throw no('rule.not-yours', { id, person: { person: held.by }, until: { time: held.until } })
  }
  return held
}

function requireOffer(incident: Incident, context: Context): PersonId {
  requireOpen(incident)
  const { id, claim: held, handover: offer } = incident
  if (!offer || !held) throw no('rule.handover-none', { id })
  if (offer.to !== actorOf(context).id) throw no('rule.handover-other', { id, person: { person: offer.to } })
  return held.by
}

function heldBy(incident: Incident, held: Claim) {
  return no('rule.claimed', { id: incident.id, person: { person: held.by }, until: { time: held.until } })
}

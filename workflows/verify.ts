import { actorOf, type Context, type Decision, happen, no } from './decision.ts'
import type { Credibility, Incident } from './incident.ts'
import { requireOwnStanding } from './standing.ts'
import { limits, optional } from './typed.ts'

/** How far it is believed: never confirmed by its reporter, `verified` only by a second person after a check. */
export function verify(incident: Incident, to: Credibility, note: string, context: Context): Decision[] {
  requireOwnStanding(incident)
  const { id, credibility: from, credibilityBy } = incident
  const actor = actorOf(context)
  if (to === from) throw no('rule.verify-already', { id })
  if (actor.id === incident.reporter && confirms(to)) throw no('rule.verify-own', { id })
  if (to === 'verified') {
    if (!confirms(from)) throw no('rule.verify-first', { id })
    if (credibilityBy === actor.id) throw no('rule.verify-alone', { id })
  }
  return [happen({ type: 'credibility-set', from, to }, { note: optional('note', note, limits.note) })]
}

function confirms(step: Credibility): boolean {
  return step === 'checking' || step === 'corroborated' || step === 'verified'
}

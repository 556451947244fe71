import { actorOf, type Context, type Decision, follow, happen, no } from './decision.ts'
import type { IncidentId } from './ids.ts'
import { type Alike, type Incident, isOpen } from './incident.ts'
import { mayWork, requireOpen } from './standing.ts'

/** How many that may be the same event one incident names at most. */
export const mostAlike = 3

/** The hub found others that may be the same event; what was named before, or was said to be another, is not again. */
export function liken(incident: Incident, to: readonly Alike[]): Decision[] {
  if (!isOpen(incident)) return []
  const { like = [], unlike = [] } = incident
  const said = new Set<IncidentId>([incident.id, ...like, ...unlike, ...incident.merged])
  const fresh = to.filter(one => !said.has(one.id)).slice(0, Math.max(0, mostAlike - like.length))
  return fresh.length > 0 ? [follow({ type: 'likened', to: fresh })] : []
}

/** Whoever reported it, or may work on it, says that the other is another event: it is never offered again. */
export function unlike(incident: Incident, to: IncidentId, context: Context): Decision[] {
  requireSay(incident, context)
  return incident.unlike?.includes(to) ? [] : [happen({ type: 'unlikened', to })]
}

/** The reporter says that a report which somebody has already is the same as another: those on it decide. */
export function propose(incident: Incident, into: IncidentId, context: Context): Decision[] {
  requireOpen(incident)
  requireSay(incident, context)
  if (!incident.like?.includes(into)) throw no('same.not-team', { id: incident.id, into })
  return [happen({ type: 'proposed', into })]
}

/** What is like it after one was named or taken off. */
export function alike(incident: Incident, added: readonly IncidentId[], gone: IncidentId | null): Partial<Incident> {
  const { like = [], unlike: other = [] } = incident
  const unlike = gone === null ? {} : { unlike: [...other, gone].slice(-mostRemembered) }
  return { like: [...like, ...added].filter(id => id !== gone), ...unlike }
}

const mostRemembered = 50

function requireSay(incident: Incident, context: Context): void {
  const actor = actorOf(context)
  if (incident.reporter !== actor.id && !mayWork(actor, incident)) throw no('refusal.own', { id: incident.id })
}

import type { Directory } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { actorSight } from '../sight.ts'
import { mayWork } from '../standing.ts'

/** Why the report of an incident is not for somebody where they ask, with the way on; null if it is. */
export function whyNotReport(incident: Incident, actor: Actor, directory: Directory): Phrase | null {
  const { id } = incident
  const seen = actorSight(incident, actor, directory)
  if (seen === 'nothing' || seen === 'exists') return phrase('refusal.unknown', { id })
  // Who only reported it does not read what the team writes among itself.
  if (!isInside(incident, actor)) return phrase('after.inside', { id })
  return seen === 'whole' ? null : phrase('after.not-here', { id })
}

/** Which entries' words are for that person: all of them for whoever works on it, else their own. */
export function mayReadAll(incident: Incident, actor: Actor): (entry: Entry) => boolean {
  const inside = isInside(incident, actor)
  return entry => inside || entry.by === actor.id
}

function isInside(incident: Incident, actor: Actor): boolean {
  return actor.id !== incident.reporter || mayWork(actor, incident)
}

import { actorOf, type Context, no } from '../decision.ts'
import type { Person } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { isNamedIn, type Run } from '../run.ts'
import { coordinates, mayWork } from '../standing.ts'

type Someone = Pick<Person, 'id' | 'roles' | 'regions'>

/** True if the person may steer a run: its lead, or who coordinates the incident. */
export function steers(person: Someone, run: Pick<Run, 'lead'>, incident: Incident): boolean {
  return run.lead === person.id || coordinates(person, incident)
}

/** True if the person may work on a run: a responder of the incident, or somebody who has a part in it. */
export function takesPart(person: Someone, run: Run, incident: Incident): boolean {
  return mayWork(person, incident) || isNamedIn([run], person.id)
}

/** Throws RuleError with the way on unless the actor may steer the run. */
export function requireSteer(run: Run, incident: Incident, context: Context): void {
  if (steers(actorOf(context), run, incident)) return
  const { lead } = run
  if (lead) throw no('run.not-lead', { run: run.id, person: { person: lead } })
  throw no('run.not-coordinator', { run: run.id })
}

/** Throws RuleError with the way on unless the actor may work on the run. */
export function requirePart(run: Run, incident: Incident, context: Context): void {
  if (!takesPart(actorOf(context), run, incident)) throw no('run.not-part', { run: run.id, id: incident.id })
}

/**
 * The people, who may be given a part in a run of that incident; whoever is given one in a region's incident sees it
 * from then on. Throws RuleError that names who cannot.
 */
export function requireGivable(
  ids: readonly PersonId[],
  incident: Incident,
  { directory }: Context,
): readonly Person[] {
  return [...new Set(ids)].map(id => {
    const person = directory.people.get(id)
    if (!person?.vetted || person.blocked) throw no('run.person-unknown', {})
    if (incident.visibility === 'restricted' && !maySee(person, incident)) {
      throw no('run.person-restricted', { person: { person: id }, id: incident.id })
    }
    return person
  })
}

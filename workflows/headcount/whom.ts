import {
  coordinatorsOf,
  type Directory,
  dutyOfficers,
  networkCoordinators,
  type Person,
  servesRegion,
} from '../directory.ts'
import { drillOf } from '../drill.ts'
import type { CountScope } from '../headcount.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { openRuns, type Run } from '../run.ts'

/** Who is out there for an incident: who fills or was given a field task of its open runs, its claimer, who joined. */
export function deployed(incident: Incident): readonly PersonId[] {
  const { claim, joined } = incident
  return unique([...openRuns(incident).flatMap(fieldPeople), ...(claim ? [claim.by] : []), ...joined])
}

/** Who is out there for one run: who fills its field role, else whoever is on the incident. */
export function deployedFor(run: Run, incident: Incident): readonly PersonId[] {
  const field = fieldPeople(run)
  const { claim, joined } = incident
  return field.length > 0 ? field : unique([...(claim ? [claim.by] : []), ...joined])
}

/**
 * Whom a head count of that scope asks, `also` among them: of a region everyone who belongs to it by name, of the
 * network everyone, but for whoever begins it and is not out there. A drill asks only those who take part in it.
 */
export function whomToAsk(
  scope: CountScope,
  incident: Incident,
  { directory, actor }: { readonly directory: Directory; readonly actor: Pick<Person, 'id'> | null },
  also: readonly PersonId[] = [],
): readonly PersonId[] {
  const out = deployed(incident)
  const others = (people: readonly PersonId[]) => people.filter(one => one !== actor?.id)
  if (incident.drill !== undefined) {
    const part = scope === 'deployed' ? [] : (drillOf(incident, directory)?.people ?? [])
    return known(unique([...out, ...others(part)]), directory)
  }
  const roster = [...directory.people.values()].filter(person => belongs(person, scope, incident))
  return known(unique([...out, ...others([...also, ...roster.map(person => person.id)])]), directory)
}

/** Who must act on it if somebody needs help or is silent: the lead, coordinators of there and of theirs, duty. */
export function whoseCare(
  people: readonly PersonId[],
  lead: PersonId | null,
  incident: Incident,
  directory: Directory,
  now: number,
): readonly Person[] {
  const leads = directory.people.get(lead ?? ('' as PersonId))
  const regions = people.flatMap(one => {
    const found = directory.people.get(one)?.regions ?? []
    return found === 'all' ? [] : found
  })
  const near = unique([incident.region, ...regions]).flatMap(region => coordinatorsOf(directory, region))
  const officers = dutyOfficers(directory, now)
  const found = [...(leads ? [leads] : []), ...near, ...officers]
  return unique(found.length > 0 ? found : networkCoordinators(directory))
}

/** Whether somebody who cares for a count is told of that person: the lead of all, others of their own regions. */
export function caresFor(who: Person, person: Person, lead: PersonId | null): boolean {
  if (who.id === lead || who.regions === 'all') return true
  return person.regions === 'all' || person.regions.some(region => servesRegion(who, region))
}

function belongs(person: Person, scope: CountScope, { region }: Incident): boolean {
  if (scope === 'deployed' || !person.vetted || person.roles.length === 0) return false
  return scope === 'network' || (person.regions !== 'all' && person.regions.includes(region))
}

function fieldPeople(run: Run): readonly PersonId[] {
  return run.roles.FR ?? []
}

function known(people: readonly PersonId[], directory: Directory): readonly PersonId[] {
  return people.filter(one => {
    const person = directory.people.get(one)
    return person !== undefined && !person.blocked
  })
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)]
}

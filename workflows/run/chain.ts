import {
  coordinatorsOf,
  type Directory,
  dutyOfficers,
  leaders,
  networkCoordinators,
  type Person,
  servesRegion,
} from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { RunRole } from '../protocol.ts'
import type { Run } from '../run.ts'
import { rungs } from './rung.ts'
import type { StandingStep } from './standing.ts'

/** Who is called at one level of a chain. */
export type Link = { readonly rung: number; readonly people: readonly Person[] }

type Context = { readonly directory: Directory; readonly now: number }

/**
 * Whom a step calls, level by level: whoever is to do it; their backup, who are others of its role and the lead;
 * coordinators of the region; duty officers; leadership. Nobody stands at two levels, and no level is empty. Of a
 * restricted incident nobody is called but those who are named, all of them before it is given up.
 */
export function chainOf(
  { step, people }: Pick<StandingStep, 'step' | 'people'>,
  run: Run,
  incident: Incident,
  context: Context,
): readonly Link[] {
  const known = found(context.directory)
  const open = incident.visibility !== 'restricted'
  const { region } = incident
  const filled = known(run.roles[step.role] ?? [])
  const lead = known(run.lead ? [run.lead] : [])
  const asked = known(people)
  const stands = asked.length > 0 ? asked : holders(step.role, incident, context)
  const levels: readonly (readonly [number, readonly Person[]])[] = [
    [rungs.overdue, stands.length > 0 ? stands : lead],
    [rungs.backup, [...filled, ...lead]],
    [rungs.region, open ? coordinators(region, context.directory) : known(incident.allowed)],
    [rungs.duty, dutyOfficers(context.directory, context.now)],
    [rungs.leaders, leaders(context.directory).filter(person => servesRegion(person, region))],
  ]
  const told = new Set<PersonId>()
  return levels.flatMap(([rung, all]): Link[] => {
    const fresh = [...new Set(all)].filter(
      person => !told.has(person.id) && (open || incident.allowed.includes(person.id)),
    )
    for (const person of fresh) told.add(person.id)
    return fresh.length > 0 ? [{ rung, people: fresh }] : []
  })
}

/** The next level of a chain after that rung; null at its end. */
export function nextLink(chain: readonly Link[], rung: number): Link | null {
  return chain.find(link => link.rung > rung) ?? null
}

/** Who stands in for a role of a run that nobody was named to. */
function holders(role: RunRole, { region }: Incident, { directory, now }: Context): readonly Person[] {
  switch (role) {
    case 'RC':
      return coordinators(region, directory)
    case 'DO':
      return dutyOfficers(directory, now)
    case 'LD':
      return leaders(directory).filter(person => servesRegion(person, region))
    default:
      return []
  }
}

function coordinators(region: string, directory: Directory): readonly Person[] {
  const own = coordinatorsOf(directory, region)
  return own.length > 0 ? own : networkCoordinators(directory)
}

function found({ people }: Directory): (ids: readonly PersonId[]) => readonly Person[] {
  return ids => ids.flatMap(id => people.get(id) ?? []).filter(person => !person.blocked)
}

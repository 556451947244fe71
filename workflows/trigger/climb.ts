import {
  coordinatorsOf,
  type Directory,
  dutyOfficers,
  hasRole,
  leaders,
  networkCoordinators,
  type Person,
  servesRegion,
} from '../directory.ts'
import type { Incident } from '../incident.ts'
import { clocksFor, type Severity, type Taxonomy } from '../taxonomy.ts'

/** The levels that a proposal is put to, one after the other. */
export const proposalLevels = ['RC', 'DO', 'LD'] as const
/** One of these levels. */
export type ProposalLevel = (typeof proposalLevels)[number]

/**
 * When (epoch ms) silence moves on from that rung: from the coordinators of the region once the severity's time to
 * acknowledge is over, from the duty officer once its ladder's first step would be; null where nobody is left to call.
 */
export function climbsAt(rung: number, severity: Severity, from: number, taxonomy: Taxonomy): number | null {
  const { acknowledge, escalate } = clocksFor(taxonomy, severity)
  const minutes = rung === 0 ? acknowledge : rung === 1 ? escalate[0]?.after : undefined
  return minutes === undefined ? null : from + minutes * minute
}

/**
 * Who is asked at a rung: the coordinators of the region (of the network, where it has none), duty officers, leaders.
 * Of a restricted incident only the named hear, coordinators before others, at every rung.
 */
export function askedAt(rung: number, incident: Incident, directory: Directory, now: number): readonly Person[] {
  if (incident.visibility === 'restricted') {
    const named = incident.allowed.flatMap(id => directory.people.get(id) ?? [])
    const coordinators = named.filter(person => hasRole(person, 'coordinator'))
    return coordinators.length > 0 ? coordinators : named
  }
  switch (proposalLevels[rung]) {
    case 'RC': {
      const own = coordinatorsOf(directory, incident.region)
      return own.length > 0 ? own : networkCoordinators(directory)
    }
    case 'DO':
      return dutyOfficers(directory, now)
    case 'LD':
      return leaders(directory).filter(person => servesRegion(person, incident.region))
    default:
      return []
  }
}

/** The next rung at which somebody is asked; null if there is none. */
export function nextRung(rung: number, incident: Incident, directory: Directory, now: number): number | null {
  for (let next = rung + 1; next < proposalLevels.length; next++) {
    if (askedAt(next, incident, directory, now).length > 0) return next
  }
  return null
}

/** For how long (ms) nobody's answer is waited for; after that it is over. */
export const proposalLife = 24 * 60 * 60_000

const minute = 60_000

import { coordinatorsOf, type Directory, dutyOfficers, hasRole, type Person, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'

/** Somebody in a phone tree: whom they call, and how many calls away from the beginning they are. */
export type Caller = { readonly person: Person; readonly step: number; readonly calls: readonly Person[] }

// More calls than these one after the other take longer than a further step.
const mostCalls = 4

/** Those of the whole network with whom every tree begins, whoever is on duty first. */
export function firstCallers(directory: Directory, now: number): readonly Person[] {
  return dutyOfficers(directory, now).filter(isCallable).toSorted(byReadiness(directory, now))
}

/** Everybody who is of the whole network, the first callers first. */
export function networkPeople(directory: Directory, now: number): readonly Person[] {
  const first = firstCallers(directory, now)
  const others = callable(directory).filter(person => person.regions === 'all' && !first.includes(person))
  return [...first, ...others.toSorted((a, b) => rank(a) - rank(b) || byReadiness(directory, now)(a, b))]
}

/**
 * Who calls whom in a region, in the order in which they are reached: coordinators, then responders, then mediators;
 * whoever is on duty before the others. Each is called once, by somebody who speaks a language of theirs if one has a
 * call to spare.
 */
export function phoneTree(directory: Directory, region: RegionCode, now: number): readonly Caller[] {
  const people = callable(directory).filter(person => person.regions !== 'all' && servesRegion(person, region))
  const ready = byReadiness(directory, now)
  const waiting = people.toSorted((a, b) => rank(a) - rank(b) || ready(a, b))
  const reached: Reached[] = []
  for (const person of waiting) {
    const by = nextCaller(reached, person)
    by?.calls.push(person)
    reached.push({ person, step: by ? by.step + 1 : 0, calls: [] })
  }
  return reached
}

type Reached = { readonly person: Person; readonly step: number; readonly calls: Person[] }

/** Whoever calls that person soonest: the nearer to the beginning, and the fewer calls before, the sooner. */
function nextCaller(reached: readonly Reached[], person: Person): Reached | null {
  let best: { readonly one: Reached; readonly cost: number } | null = null
  for (const one of reached) {
    if (one.calls.length >= mostCalls) continue
    const cost = one.step + one.calls.length + (speak(one.person, person) ? 0 : strange)
    if (!best || cost < best.cost) best = { one, cost }
  }
  return best?.one ?? null
}

// Sooner a longer way than a call that nobody understands.
const strange = 1000

/** The coordinators of a region, else those of the network: whoever may be handed its marked work. */
export function keepersOf(directory: Directory, region: RegionCode, now: number): readonly Person[] {
  const own = coordinatorsOf(directory, region).filter(isCallable)
  return own.length > 0 ? own : firstCallers(directory, now)
}

const callable = (directory: Directory) => [...directory.people.values()].filter(isCallable)
const isCallable = ({ vetted, blocked, roles }: Person) => vetted && !blocked && roles.length > 0

const speak = (one: Person, other: Person) => one.languages.some(language => other.languages.includes(language))

function rank(person: Person): number {
  if (hasRole(person, 'coordinator')) return 0
  return hasRole(person, 'responder', 'leader', 'admin') ? 1 : 2
}

function byReadiness({ duty }: Directory, now: number): (a: Person, b: Person) => number {
  const away = ({ id }: Person) => (duty.some(one => one.person === id && one.until > now) ? 0 : 1)
  return (a, b) => away(a) - away(b) || a.callsign.localeCompare(b.callsign, 'en', { numeric: true })
}

import type { Audience } from '../audience.ts'
import type { Approval, Broadcast, Counted, Plan } from '../broadcast.ts'
import { type Directory, hasRole, type Person, personAsking, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { dutyNow, meansPerson } from './audience/means.ts'

/** Why one person alone cannot let it go out. */
export type WhyTwo = 'beyond' | 'grave' | 'public' | 'partners'

/**
 * How many different people must approve a plan, and why more than one; `regions` are those in any one of which it
 * stays as a whole, none if it goes beyond one.
 */
export type Needs = {
  readonly count: 1 | 2
  readonly regions: readonly RegionCode[]
  readonly why: readonly WhyTwo[]
}

/** What it is judged in: the network (of an exercise: its people), and the incident that it is about. */
export type Scope = { readonly directory: Directory; readonly incident: Incident | null }

/** That somebody approved it, `alone` if nobody else was asked. */
type Given = Pick<Approval, 'by' | 'alone'>
type Approver = Pick<Person, 'id' | 'roles' | 'regions'>

/** How many must approve that plan. An exercise in which only one may approve needs no second. */
export function needsOf(plan: Plan, { directory, incident }: Scope, drill = false): Needs {
  const regions = (plan.audience && regionsOf(plan.audience, directory)) ?? []
  const severity = Math.max(plan.severity ?? 0, incident?.severity ?? 0)
  const why: WhyTwo[] = [
    ...(regions.length === 0 ? (['beyond'] as const) : []),
    ...(severity >= 3 ? (['grave'] as const) : []),
    ...(plan.public ? (['public'] as const) : []),
    ...(plan.audience && meansPartners(plan.audience, directory) ? (['partners'] as const) : []),
  ]
  const needs: Needs = { count: why.length > 0 ? 2 : 1, regions, why }
  if (!drill || approversOf(needs, { directory, incident }).length >= needs.count) return needs
  return { ...needs, count: 1 }
}

/** How many must approve a broadcast, as it stands. */
export function needsOfBroadcast({ plan, drill }: Pick<Broadcast, 'plan' | 'drill'>, scope: Scope): Needs {
  return needsOf(plan, scope, drill !== undefined)
}

/** The fewest people and rooms for whom any of these was given. */
export function leastApproved(approvals: readonly Approval[]): Counted {
  const least = (count: (one: Approval) => number) => Math.min(...approvals.map(count))
  return { people: least(one => one.people), rooms: least(one => one.rooms) }
}

/** True for coordinators and leaders: of the one region that it goes to, else of any; who may know of its incident. */
export function mayApprove(person: Approver, { regions }: Needs, { incident }: Pick<Scope, 'incident'>): boolean {
  if (!hasRole(person, 'coordinator', 'leader')) return false
  const theirs = regions.length === 0 || regions.some(region => servesRegion(person, region))
  return theirs && (!incident || maySee(person, incident))
}

/** True for leaders and coordinators of the network, one of whom must be among two. */
export function isSenior(person: Approver): boolean {
  return hasRole(person, 'leader') || (hasRole(person, 'coordinator') && person.regions === 'all')
}

/** Everybody who may approve it. */
export function approversOf(needs: Needs, { directory, incident }: Scope): readonly Person[] {
  return [...directory.people.values()].filter(person => !person.blocked && mayApprove(person, needs, { incident }))
}

/** Those whose approval counts: who may approve still. */
export function counting<G extends Given>(approvals: readonly G[], needs: Needs, scope: Scope): readonly G[] {
  return approvals.filter(({ by }) => {
    const person = personAsking(scope.directory, by)
    return person !== null && mayApprove(person, needs, scope)
  })
}

/** True if it may go out: approved by as many as it needs, of two one senior; or by one alone, to save lives. */
export function isEnough(approvals: readonly Given[], needs: Needs, scope: Scope): boolean {
  const given = counting(approvals, needs, scope)
  if (given.some(one => one.alone)) return true
  if (given.length < needs.count) return false
  return needs.count === 1 || given.some(one => seniorIn(one, scope))
}

/** True if whoever is still missing must be a leader or a coordinator of the network. */
export function wantsSenior(approvals: readonly Given[], needs: Needs, scope: Scope): boolean {
  if (needs.count === 1) return false
  return !counting(approvals, needs, scope).some(one => seniorIn(one, scope))
}

/** The regions in any one of which everybody stays who is meant, as far as the audience says so; null: it is open. */
function regionsOf(audience: Audience, directory: Directory): readonly RegionCode[] | null {
  switch (audience.type) {
    case 'region':
      return [audience.region]
    case 'home':
      return audience.regions.length === 1 ? audience.regions : null
    case 'rooms':
      return audience.region === 'all' ? null : [audience.region]
    case 'room': {
      const region = directory.rooms.find(room => room.id === audience.room)?.region
      return region ? [region] : null
    }
    case 'person': {
      const regions = directory.people.get(audience.person)?.regions ?? 'all'
      return regions === 'all' ? null : regions
    }
    case 'and': {
      const bounds = audience.of.map(part => regionsOf(part, directory)).filter(regions => regions !== null)
      return bounds.length > 0 ? [...new Set(bounds.flat())] : null
    }
    case 'or': {
      const [first = null, ...rest] = audience.of.map(part => regionsOf(part, directory))
      return first?.filter(region => rest.every(regions => regions?.includes(region))) ?? null
    }
    case 'everyone':
    case 'role':
    case 'language':
    case 'platform':
    case 'duty':
    case 'partner':
    case 'not':
      return null
  }
}

function seniorIn({ by }: Given, { directory }: Scope): boolean {
  const person = personAsking(directory, by)
  return person !== null && isSenior(person)
}

/** Whether anybody from outside the hub's own work is meant, now or whenever such a one comes. */
function meansPartners(audience: Audience, directory: Directory): boolean {
  if (namesPartners(audience)) return true
  // Whoever was ever on duty: more rather than fewer.
  const duty = dutyNow(directory, 0)
  return [...directory.people.values()].some(person => person.partner && meansPerson(audience, person, duty))
}

function namesPartners(audience: Audience): boolean {
  if (audience.type === 'and' || audience.type === 'or') return audience.of.some(namesPartners)
  return audience.type === 'partner'
}

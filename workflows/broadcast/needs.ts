import type { Audience } from '../audience.ts'
import type { Approval, Plan } from '../broadcast.ts'
import { type Directory, hasRole, type Person, personAsking, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'

/** Why one person alone cannot let it go out. */
export type WhyTwo = 'beyond' | 'grave' | 'public' | 'partners'

/** How many different people must approve a plan, and why more than one; `region` is the only one it goes to. */
export type Needs = {
  readonly count: 1 | 2
  readonly region: RegionCode | null
  readonly why: readonly WhyTwo[]
}

/** What it is judged in: the network (of an exercise: its people), and the incident that it is about. */
export type Scope = { readonly directory: Directory; readonly incident: Incident | null }

type Approver = Pick<Person, 'id' | 'roles' | 'regions'>

/** How many must approve that plan. An exercise in which only one may approve needs no second. */
export function needsOf(plan: Plan, { directory, incident }: Scope, drill = false): Needs {
  const region = plan.audience && regionOfAudience(plan.audience, directory)
  const severity = Math.max(plan.severity ?? 0, incident?.severity ?? 0)
  const why: WhyTwo[] = [
    ...(region === null ? (['beyond'] as const) : []),
    ...(severity >= 3 ? (['grave'] as const) : []),
    ...(plan.public ? (['public'] as const) : []),
    ...(plan.audience && meansPartners(plan.audience) ? (['partners'] as const) : []),
  ]
  const needs: Needs = { count: why.length > 0 ? 2 : 1, region, why }
  if (!drill || approversOf(needs, { directory, incident }).length >= needs.count) return needs
  return { ...needs, count: 1 }
}

/** True for coordinators and leaders: of the one region that it goes to, else of any; who may know of its incident. */
export function mayApprove(person: Approver, { region }: Needs, { incident }: Pick<Scope, 'incident'>): boolean {
  if (!hasRole(person, 'coordinator', 'leader')) return false
  return (region === null || servesRegion(person, region)) && (!incident || maySee(person, incident))
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
export function counting(approvals: readonly Approval[], needs: Needs, scope: Scope): readonly Approval[] {
  return approvals.filter(({ by }) => {
    const person = personAsking(scope.directory, by)
    return person !== null && mayApprove(person, needs, scope)
  })
}

/** True if it may go out: approved by as many as it needs, of two one senior; or by one alone, to save lives. */
export function isEnough(approvals: readonly Approval[], needs: Needs, scope: Scope): boolean {
  const given = counting(approvals, needs, scope)
  if (given.some(one => one.alone)) return true
  if (given.length < needs.count) return false
  return needs.count === 1 || given.some(one => seniorIn(one, scope))
}

/** True if whoever is still missing must be a leader or a coordinator of the network. */
export function wantsSenior(approvals: readonly Approval[], needs: Needs, scope: Scope): boolean {
  if (needs.count === 1) return false
  return !counting(approvals, needs, scope).some(one => seniorIn(one, scope))
}

/** The one region that everybody meant belongs to, as far as the audience says so; null if it goes beyond one. */
export function regionOfAudience(audience: Audience, directory: Directory): RegionCode | null {
  switch (audience.type) {
    case 'region':
      return audience.region
    case 'rooms':
      return audience.region === 'all' ? null : audience.region
    case 'room':
      return directory.rooms.find(room => room.id === audience.room)?.region ?? null
    case 'person': {
      const regions = directory.people.get(audience.person)?.regions ?? []
      return regions !== 'all' && regions.length === 1 ? (regions[0] ?? null) : null
    }
    case 'and':
      return audience.of.map(part => regionOfAudience(part, directory)).find(region => region !== null) ?? null
    case 'or': {
      const regions = new Set(audience.of.map(part => regionOfAudience(part, directory)))
      const [only = null] = regions
      return regions.size === 1 ? only : null
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

function seniorIn({ by }: Approval, { directory }: Scope): boolean {
  const person = personAsking(directory, by)
  return person !== null && isSenior(person)
}

function meansPartners(audience: Audience): boolean {
  switch (audience.type) {
    case 'partner':
      return true
    case 'and':
    case 'or':
      return audience.of.some(meansPartners)
    default:
      return false
  }
}

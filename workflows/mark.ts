import type { IncidentAction } from './action.ts'
import { actorOf, type Context, type Decision, follow, happen, no } from './decision.ts'
import { coordinatorsOf, type Directory, leaders, networkCoordinators } from './directory.ts'
import { InputError } from './errors.ts'
import type { PersonId, RegionCode } from './ids.ts'
import type { Incident, Mark } from './incident.ts'
import { phrase } from './phrase.ts'
import { coordinates, requireOwnStanding } from './standing.ts'
import { type Kind, type KindInfo, kindInfo } from './taxonomy.ts'
import { limits, optional, required } from './typed.ts'

/** The more secret of two marks. */
export function moreSecret(one: Mark, other: Mark): Mark {
  return rising.indexOf(one) > rising.indexOf(other) ? one : other
}

/** Who knows of a restricted incident from the start: coordinators of its region, else of the network, else leaders. */
export function keepers(directory: Directory, region: RegionCode): readonly PersonId[] {
  const groups = [coordinatorsOf(directory, region), networkCoordinators(directory), leaders(directory)]
  return (groups.find(people => people.length > 0) ?? []).map(person => person.id)
}

/** A person says what kind it is; a kind may mark it RED or restrict it, and never loosens either. */
export function setKind(incident: Incident, kind: Kind, context: Context): Decision[] {
  requireOwnStanding(incident)
  const info = knownKind(kind, context)
  if (incident.kind === kind && !incident.kindGuessed)
    throw no('rule.kind-already', { id: incident.id, kind: info.name })
  const mark = info.startsRed ? 'RED' : incident.mark
  const set = happen({ type: 'kind-set', kind, mark: moreSecret(mark, incident.mark) })
  if (!info.restricted || incident.visibility === 'restricted') return [set]
  const inside = [...keepers(context.directory, incident.region), ...onIt(incident), actorOf(context).id]
  return [set, follow({ type: 'restricted', allowed: [...new Set(inside)] })]
}

/** Raising a mark is anyone's; lowering takes a coordinator and a reason. */
export function setMark(incident: Incident, to: Mark, reason: string, context: Context): Decision[] {
  const { id, mark: from } = incident
  if (to === from) throw no('rule.mark-already', { id, mark: to })
  if (moreSecret(to, from) === to) {
    return [happen({ type: 'marked', from, to }, { reason: optional('reason', reason, limits.note) })]
  }
  if (!coordinates(actorOf(context), incident)) throw no('rule.mark-coordinator', { id, mark: from })
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'marked', from, to }, words)]
}

/** A coordinator keeps it to named people, or names more; whoever is on it, and the coordinator, stay inside. */
export function restrict(incident: Incident, allow: readonly PersonId[], reason: string, context: Context): Decision[] {
  const actor = actorOf(context)
  const { id } = incident
  if (!coordinates(actor, incident)) throw no('rule.restrict-coordinator', { id })
  if (allow.some(person => !context.directory.people.has(person))) {
    throw new InputError({ allow: phrase('rule.person-unknown') })
  }
  const before = incident.visibility === 'restricted' ? incident.allowed : onIt(incident)
  const allowed = [...new Set([...before, actor.id, ...allow])]
  if (incident.visibility === 'restricted' && allowed.length === before.length) {
    throw no('rule.restrict-already', { id })
  }
  return [happen({ type: 'restricted', allowed }, { reason: optional('reason', reason, limits.note) })]
}

/** A coordinator opens it to its region again, with a reason. */
export function unrestrict(incident: Incident, reason: string, context: Context): Decision[] {
  const { id } = incident
  if (!coordinates(actorOf(context), incident)) throw no('rule.restrict-coordinator', { id })
  if (incident.visibility !== 'restricted') throw no('rule.unrestrict-already', { id })
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'unrestricted' }, words)]
}

/**
 * Its words tell of the same event as what it is part of: it takes on the more secret mark, and is restricted with it,
 * to the same people. Where it was restricted by itself to others, these are left as they are.
 */
export function shareAs(part: Incident, { was, is }: Sharings): Decision[] {
  const to = moreSecret(is.mark, part.mark)
  const raised = moreSecret(is.mark, was.mark) !== was.mark && to !== part.mark
  const marked = raised ? [happen({ type: 'marked', from: part.mark, to })] : []
  const closed = part.visibility === 'restricted'
  // One that was opened by itself since stays open.
  if (is.visibility !== 'restricted' || closed !== (was.visibility === 'restricted')) return marked
  if (!was.allowed.every(person => part.allowed.includes(person))) return marked
  const allowed = [...new Set([...part.allowed, ...is.allowed])]
  return closed && allowed.length === part.allowed.length
    ? marked
    : [...marked, happen({ type: 'restricted', allowed })]
}

type Sharings = Extract<IncidentAction, { type: 'share-as' }>

const rising: readonly Mark[] = ['CLEAR', 'GREEN', 'AMBER', 'RED']

function onIt(incident: Incident): readonly PersonId[] {
  return incident.claim ? [incident.claim.by, ...incident.joined] : incident.joined
}

function knownKind(kind: Kind, context: Context): KindInfo {
  const info = kindInfo(context.taxonomy, kind)
  if (!info) throw new InputError({ kind: phrase('rule.kind-unknown', { kind: { words: kind } }) })
  return info
}

import type { IncidentAction } from './action.ts'
import { actorOf, type Context, type Decision, follow, happen, minute, no } from './decision.ts'
import { type Incident, isWaiting } from './incident.ts'
import { moreSecret } from './mark.ts'
import { derived, independentSources, type Originals, sourcesOf } from './sources.ts'
import { coordinates, mayWork, requireOpen } from './standing.ts'
import { noEvidence, total } from './tally.ts'

/** For how long whoever merged can take it back, in ms; both then stand as before, but for whom it may be told to. */
export const separateFor = minute

/**
 * This one is the same event as another that stands: it becomes part of it. Responders of both may say so; the reporter
 * of their own report, if it was offered to them and nobody has it yet.
 */
export function merge(source: Incident, into: Incident, context: Context): Decision[] {
  if (source.id === into.id) throw no('rule.merge-self', { id: source.id })
  requireOpen(source)
  requireTarget(into)
  // What its region works on must not vanish into what nobody has checked.
  if (isWaiting(into) && !isWaiting(source)) throw no('triage.first', { id: into.id })
  requireSameView(source, into)
  requireRight(source, into, context)
  const held = into.hold && !source.hold ? [follow({ type: 'held', of: into.hold.of ?? into.id })] : []
  // Its words tell of the same event, so they are shown to nobody who may not read of that.
  const to = moreSecret(into.mark, source.mark)
  const marked = to === source.mark ? [] : [happen({ type: 'marked', from: source.mark, to })]
  return [happen({ type: 'merged', into: into.id }), ...marked, ...held]
}

/** This one takes in another: its reports, its evidence, and the graver severity and mark of the two. */
export function absorb(target: Incident, from: Incident, originals: Originals = new Map()): Decision[] {
  if (target.id === from.id) throw no('rule.merge-self', { id: from.id })
  if (target.merged.includes(from.id)) throw no('rule.merge-done', { id: from.id, into: target.id })
  if (from.mergedInto !== target.id) requireOpen(from)
  requireTarget(target)
  requireSameView(from, target)
  const severity = from.severity > target.severity ? from.severity : target.severity
  const mark = moreSecret(from.mark, target.mark)
  const sources = derived([...sourcesOf(target), ...sourcesOf(from)], originals)
  const also = sources.filter(source => source.report !== target.id)
  return [happen({ type: 'absorbed', from: from.id, also, evidence: from.evidence, severity, mark })]
}

/** It was another event after all: whoever may work on it says so within a minute, a coordinator also later. */
export function separate(incident: Incident, context: Context): Decision[] {
  const { id, mergedInto, apart } = incident
  if (mergedInto === null || !apart) throw no('same.none', { id })
  if (sourcesOf(incident).length === 0) throw no('same.withdrawn', { id })
  const undo = context.now <= apart.at + separateFor
  if (!undo && !coordinates(actorOf(context), incident)) throw no('same.late', { id, into: mergedInto })
  const held = undo && incident.hold?.of ? [follow({ type: 'hold-lifted' })] : []
  // Whoever had it may have been left out when it was restricted meanwhile.
  const { visibility, allowed, claim } = incident
  const out = undo && claim && visibility === 'restricted' && !allowed.includes(claim.by)
  const freed = out ? [follow({ type: 'released' })] : []
  const left = (incident.runs ?? []).filter(run => run.status === 'stopped' && run.endedAt === apart.at)
  const protocols = left.length > 0 ? { protocols: left.map(run => run.protocol) } : {}
  return [happen({ type: 'separated', from: mergedInto, undo, ...protocols }), ...freed, ...held]
}

/** One that this had taken in, itself or with another, goes its own way again, with its reports and its evidence. */
export function part(from: Incident, through: Incident['mergedInto'], context: Context): Decision[] {
  const { id, apart, evidence } = from
  const undo = context.now <= (apart?.at ?? 0) + separateFor
  const reports = [id, ...(from.also ?? []).map(source => source.report)]
  return [happen({ type: 'parted', from: id, through, reports, evidence, undo })]
}

/** What is known of the source of a report that it holds changed; null: its reporter took it back. */
export function source(incident: Incident, action: SourceAction): Decision[] {
  const { report, source: to, evidence = noEvidence, files = [] } = action
  const held = (incident.also ?? []).find(one => one.report === report)
  if (!held) return []
  const { shown: _, ...rest } = held
  const shown = to?.shown ? { shown: to.shown } : {}
  const now = to && { ...rest, by: to.by, known: to.known, ...shown, derivedFrom: to.derivedFrom ?? held.derivedFrom }
  const facts = ['known', 'shown', 'derivedFrom', 'by'] as const
  const same = now !== null && facts.every(fact => now[fact] === held[fact])
  const fewer = total(evidence) > 0
  if (same && !fewer) return []
  const gone = { ...(fewer ? { evidence } : {}), ...(to === null && files.length > 0 ? { files } : {}) }
  return [follow({ type: 'sourced', report, source: now, ...gone })]
}

/**
 * Another independent source makes it corroborated, by rule: never goes above, leaves `false`. Once fewer than two are
 * left, what the rule alone had raised falls back; what a person said stays.
 */
export function corroborate(before: Incident, after: Incident): Decision[] {
  const from = after.credibility
  const [had, count] = [independentSources(before), independentSources(after)]
  if (from === 'corroborated' && after.credibilityBy === null && count < 2 && count < had) {
    const was = (after.taken ?? []).map(one => one.was.credibility)
    return [follow({ type: 'credibility-set', from, to: was.includes('checking') ? 'checking' : 'unverified' })]
  }
  if (from !== 'unverified' && from !== 'checking') return []
  if (count < 2 || count <= had) return []
  return [follow({ type: 'credibility-set', from, to: 'corroborated', sources: count })]
}

type SourceAction = Extract<IncidentAction, { type: 'source' }>

function requireTarget(target: Incident): void {
  if (target.status === 'duplicate') requireOpen(target)
  if (target.status !== 'reported' && target.status !== 'claimed') throw no('rule.merge-over', { id: target.id })
}

function requireSameView(source: Incident, target: Incident): void {
  if (source.visibility === target.visibility) return
  throw no('rule.merge-restricted', { id: source.id, into: target.id })
}

function requireRight(source: Incident, into: Incident, context: Context): void {
  const actor = actorOf(context)
  const { id } = source
  if (mayWork(actor, source) && mayWork(actor, into)) return
  const offered = (source.like ?? []).some(like => sourcesOf(into).some(one => one.report === like))
  if (source.reporter !== actor.id || !offered) throw no('same.not-team', { id, into: into.id })
  if (source.status !== 'reported' || source.merged.length > 0) throw no('same.taken-already', { id })
}

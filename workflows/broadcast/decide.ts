import type { Approval, Broadcast, BroadcastDeed, BroadcastEvent, Counted, Plan } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import { drillOf } from '../drill.ts'
import type { Incident } from '../incident.ts'
import { type Actor, maySee } from '../permission.ts'
import { decideCorrection } from './correction.ts'
import { lastHourOf, latestStart } from './due.ts'
import { isEnough, mayApprove, needsOfBroadcast } from './needs.ts'
import { hasWords, hourOf, isSamePlan, planDigest } from './plan.ts'
import type { BroadcastDecision } from './record.ts'
import { needReason, refused, requireApprover, stands } from './refusal.ts'
import { isAsked, isOver } from './state.ts'

/** When it is decided (epoch ms), by whom (null: the hub), in which network, and about which incident. */
export type BroadcastContext = {
  readonly now: number
  readonly actor: Actor | null
  readonly directory: Directory
  readonly incident: Incident | null
}

/**
 * What comes of a deed as the broadcast stands now (null: there is none); nothing where nothing changes.
 * @throws RuleError that says how it stands, and the way on
 */
export function decideBroadcast(
  deed: BroadcastDeed,
  before: Broadcast | null,
  context: BroadcastContext,
): readonly BroadcastDecision[] {
  if (deed.type === 'draft') {
    if (before) throw stands(before)
    return drafted(deed, context)
  }
  if (!before) throw refused('approval.unknown')
  if (context.actor) requirePart(before, context.actor, context)
  if (isOutplayed(before, context)) return restOf(deed, before)
  switch (deed.type) {
    case 'edit':
      return edited(deed.plan, before, context)
    case 'discard':
      requireState(before, 'draft', 'submitted', 'approved', 'held')
      return [{ event: { type: 'ended', how: 'cancelled', reason: null } }]
    case 'submit':
      return submitted(deed.counted, before, context)
    case 'approve':
      return approved(deed.plan, deed.counted, before, context)
    case 'alone':
      return alone(deed.reason, deed.counted, before, context)
    case 'reject':
      requireState(before, 'submitted', 'held')
      requireMay(before, context)
      return [{ event: { type: 'rejected', reason: needReason(deed.reason) } }]
    case 'pause':
      if (before.state === 'paused') return []
      requireState(before, 'sending')
      return [{ event: { type: 'paused' } }]
    case 'resume':
      if (before.state === 'sending') return []
      requireState(before, 'paused')
      return [{ event: { type: 'resumed' } }]
    case 'cancel':
      if (before.state === 'cancelled') return []
      requireState(before, 'submitted', 'approved', 'held', 'sending', 'paused')
      return [{ event: { type: 'ended', how: 'cancelled', reason: needReason(deed.reason) } }]
    case 'correct':
    case 'second':
    case 'decline':
      return decideCorrection(deed, before, needsOfBroadcast(before, context), context)
    case 'nudge':
      return nudged(before, context)
    case 'hand':
      if (before.startedAt === null) throw stands(before)
      if (before.handed.includes(deed.region)) return []
      return [{ event: { type: 'handed', region: deed.region } }]
    case 'export':
      if (before.startedAt === null) throw stands(before)
      return [{ event: { type: 'exported', reason: needReason(deed.reason) } }]
    case 'begin':
      return begun(deed.counted, before, context)
    case 'end':
      return before.state === 'sending' ? [hubs({ type: 'ended', how: 'sent', reason: null })] : []
    case 'expire':
      if (isOver(before)) return []
      return [hubs({ type: 'ended', how: 'expired', reason: null })]
  }
}

/** True of what belongs to an exercise that is over: nothing more of it goes out, not even a correction. */
function isOutplayed({ drill }: Broadcast, { directory }: BroadcastContext): boolean {
  if (drill === undefined) return false
  const played = drillOf({ drill }, directory)
  return played === null || played.endedAt !== null
}

function restOf(deed: BroadcastDeed, before: Broadcast): readonly BroadcastDecision[] {
  if (deed.type !== 'begin' && deed.type !== 'end' && deed.type !== 'expire')
    throw refused('drill.ended', { id: before.id })
  return isOver(before) ? [] : [hubs({ type: 'ended', how: 'expired', reason: null })]
}

// So that two who press at the same time do not ask everybody twice.
const nudgeAfter = 10 * 60_000
const grown = 1.1

function drafted(deed: Extract<BroadcastDeed, { type: 'draft' }>, context: BroadcastContext): BroadcastDecision[] {
  const { plan, recurring = null, drill, approvals = [] } = deed
  const by = context.actor?.id ?? approvals[0]?.by
  if (!by) throw new Error('a broadcast of the hub itself needs those who approved its plan')
  if (context.actor) requireSight(context.actor, context)
  requireApart(drill, context)
  const made: BroadcastEvent = {
    ...{ type: 'drafted', writer: by, plan, recurring },
    ...(drill === undefined ? {} : { drill }),
  }
  if (context.actor || approvals.length === 0) return [{ event: made }]
  const given = approvals.map((approval): BroadcastEvent => ({ type: 'approved', approval: { ...approval, plan } }))
  const [first] = approvals
  const counted = { people: first?.people ?? 0, rooms: first?.rooms ?? 0 }
  return [made, { type: 'submitted', counted } as const, ...given, { type: 'cleared' } as const].map(hubs)
}

function edited(more: Partial<Plan>, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  requireState(before, 'draft', 'submitted', 'approved', 'held')
  const plan = { ...before.plan, ...more }
  if (isSamePlan(plan, before.plan)) return []
  if (context.actor) requireSight(context.actor, context)
  requireApart(before.drill, context)
  return [{ event: { type: 'edited', plan } }]
}

function submitted(counted: Counted, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  if (isAsked(before)) {
    return approved(planDigest(before.plan), counted, before, context)
  }
  requireState(before, 'draft')
  requireWhole(before.plan, counted, context)
  const { actor } = context
  const needs = needsOfBroadcast(before, context)
  const asks: BroadcastDecision = { event: { type: 'submitted', counted } }
  return actor && mayApprove(actor, needs, context)
    ? [asks, ...withApproval(approvalOf(before, counted, context), before, context)]
    : [asks]
}

function approved(plan: string, counted: Counted, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  requireState(before, 'submitted', 'held')
  requireMay(before, context)
  const already = before.approvals.find(one => one.by === context.actor?.id)
  if (already) throw refused('approval.already', { id: before.id, time: { time: already.at } })
  if (plan !== planDigest(before.plan)) throw refused('approval.changed', { id: before.id })
  requireWhole(before.plan, counted, context)
  return withApproval(approvalOf(before, counted, context), before, context)
}

function alone(reason: string, counted: Counted, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  requireState(before, 'draft', 'submitted', 'held')
  requireMay(before, context)
  if (before.plan.urgency !== 'life-safety') throw refused('approval.alone-not', { id: before.id })
  requireWhole(before.plan, counted, context)
  const approval = { ...approvalOf(before, counted, context), alone: { reason: needReason(reason) } }
  const asks: BroadcastDecision[] = before.state === 'draft' ? [{ event: { type: 'submitted', counted } }] : []
  return [...asks, ...withApproval(approval, before, context)]
}

function withApproval(approval: Approval, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  const given: BroadcastDecision = { event: { type: 'approved', approval } }
  const all = [...before.approvals.filter(one => one.by !== approval.by), approval]
  const enough = isEnough(all, needsOfBroadcast(before, context), context)
  return enough ? [given, hubs({ type: 'cleared' })] : [given]
}

function approvalOf({ plan }: Broadcast, { people, rooms }: Counted, { actor, now }: BroadcastContext): Approval {
  if (!actor) throw new Error('only people approve')
  return { by: actor.id, at: now, plan, people, rooms }
}

function nudged(before: Broadcast, { now }: BroadcastContext): BroadcastDecision[] {
  if (before.plan.answer.type === 'none') throw refused('approval.asks-nothing', { id: before.id })
  if (before.state !== 'sending' && before.state !== 'sent') throw stands(before)
  if (before.nudgedAt !== null && now < before.nudgedAt + nudgeAfter) {
    const again = { time: before.nudgedAt + nudgeAfter }
    throw refused('approval.nudged', { id: before.id, time: { time: before.nudgedAt }, again })
  }
  return [{ event: { type: 'nudged' } }]
}

function begun(counted: Counted, before: Broadcast, context: BroadcastContext): BroadcastDecision[] {
  if (before.state !== 'approved') return []
  if (latestStart(before) <= context.now) return [hubs({ type: 'ended', how: 'expired', reason: null })]
  if (before.plan.urgency !== 'life-safety' && hasGrown(before, counted)) return [hubs({ type: 'held', counted })]
  // One that comes again was weighed with its plan.
  const still = before.recurring !== null || isEnough(before.approvals, needsOfBroadcast(before, context), context)
  return [hubs(still ? { type: 'begun' } : { type: 'held', counted, why: 'approver' })]
}

function hasGrown({ approvals }: Broadcast, { people, rooms }: Counted): boolean {
  return approvals.some(one => people > one.people * grown || rooms > one.rooms * grown)
}

/** Whoever is neither its writer nor may approve it has no part in it. */
function requirePart(before: Broadcast, actor: Actor, context: BroadcastContext): void {
  if (before.by !== actor.id) requireMay(before, context)
}

function requireMay(before: Broadcast, context: BroadcastContext): void {
  requireApprover(before, needsOfBroadcast(before, context), context)
}

function requireSight(actor: Actor, { incident }: BroadcastContext): void {
  if (incident && !maySee(actor, incident)) throw refused('refusal.unknown', { id: incident.id })
}

/** What is made up never stands beside what is real. */
function requireApart(drill: string | undefined, { incident }: BroadcastContext): void {
  if (incident && incident.drill !== drill) throw refused('approval.apart')
}

function requireWhole(plan: Plan, { people, rooms }: Counted, { now }: BroadcastContext): void {
  if (plan.audience === null) throw refused('approval.no-audience')
  if (people + rooms === 0) throw refused('approval.nobody')
  if (!hasWords(plan.words)) throw refused('approval.no-words')
  if (plan.answer.type === 'one-of' && plan.answer.options.length < 2) throw refused('approval.few-options')
  const last = lastHourOf(plan)
  if (last !== null && last <= Math.max(now, hourOf(plan) ?? now)) throw refused('approval.too-late')
}

function requireState(before: Broadcast, ...states: readonly Broadcast['state'][]): void {
  if (!states.includes(before.state)) throw stands(before)
}

function hubs(event: BroadcastEvent): BroadcastDecision {
  return { event, by: null }
}

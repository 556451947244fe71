import type { Broadcast, BroadcastDeed, Correction, Proposal } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { isEnough, mayApprove, type Needs } from './needs.ts'
import { hasWords, isSameWords, wordsDigest } from './plan.ts'
import type { BroadcastDecision } from './record.ts'
import { needReason, refused, requireApprover, stands } from './refusal.ts'

type Deed = Extract<BroadcastDeed, { type: 'correct' | 'second' | 'decline' }>
type Context = {
  readonly now: number
  readonly actor: Actor | null
  readonly directory: Directory
  readonly incident: Incident | null
}

/**
 * What comes of a wish to change what many have. Taking it back goes at once by one who may approve it; new words wait
 * until as many have approved them as the broadcast needs, or go by one, with a reason, where it saves lives.
 * @throws RuleError that says how it stands, and the way on
 */
export function decideCorrection(
  deed: Deed,
  before: Broadcast,
  needs: Needs,
  context: Context,
): readonly BroadcastDecision[] {
  if (before.startedAt === null) throw stands(before)
  if (before.corrections.some(one => one.recall)) throw refused('approval.recalled', { id: before.id })
  const { actor } = context
  if (!actor) throw new Error('only people correct')
  const at: Asked = { before, needs, context, actor }
  switch (deed.type) {
    case 'correct':
      return deed.recall ? recalled(deed, at) : proposed(deed, at)
    case 'second':
      return seconded(deed.words, at)
    case 'decline': {
      const { by } = waiting(before)
      if (by !== actor.id) requireApprover(before, needs, context)
      return [{ event: { type: 'declined', reason: needReason(deed.reason) } }]
    }
  }
}

type Asked = {
  readonly before: Broadcast
  readonly needs: Needs
  readonly context: Context
  readonly actor: Actor
}
type Correct = Extract<BroadcastDeed, { type: 'correct' }>

function recalled({ words, reason = '' }: Correct, { before, needs, context, actor }: Asked): BroadcastDecision[] {
  requireApprover(before, needs, context)
  if (needs.count > 1 && hasWords(words)) throw refused('correction.recall-bare', { id: before.id })
  const why = reason.trim() === '' ? {} : { reason: reason.trim() }
  return [correctedBy(before, { by: actor.id, at: context.now, words, recall: true, ...why })]
}

function proposed({ words, reason = '' }: Correct, asked: Asked): BroadcastDecision[] {
  const { before, needs, context, actor } = asked
  if (!hasWords(words)) throw refused('approval.no-words')
  const may = mayApprove(actor, needs, context)
  const own = { by: actor.id, at: context.now, words, recall: false }
  if (may && isEnough([own], needs, context)) return [correctedBy(before, own)]
  if (reason.trim() !== '') {
    requireApprover(before, needs, context)
    if (before.plan.urgency !== 'life-safety') throw refused('correction.alone-not', { id: before.id })
    return [correctedBy(before, { ...own, reason: reason.trim() })]
  }
  if (before.proposed && isSameWords(before.proposed.words, words)) return again(before.proposed, may, asked)
  const asks: BroadcastDecision = { event: { type: 'proposed', words } }
  return may ? [asks, { event: { type: 'seconded', person: actor.id } }] : [asks]
}

/** Who writes the same words as somebody before them has approved those. */
function again({ words, approvals }: Proposal, may: boolean, asked: Asked): BroadcastDecision[] {
  if (!may || approvals.some(one => one.by === asked.actor.id)) return []
  return seconded(wordsDigest(words, asked.before), asked)
}

function seconded(seen: string, { before, needs, context, actor }: Asked): BroadcastDecision[] {
  const { words, by, approvals } = waiting(before)
  requireApprover(before, needs, context)
  const already = approvals.find(one => one.by === actor.id)
  if (already) throw refused('correction.already', { id: before.id, time: { time: already.at } })
  if (seen !== wordsDigest(words, before)) throw refused('correction.changed', { id: before.id })
  const given: BroadcastDecision = { event: { type: 'seconded', person: actor.id } }
  const all = [...approvals, { by: actor.id, at: context.now }]
  if (!isEnough(all, needs, context)) return [given]
  const others = all.map(one => one.by).filter(id => id !== by)
  return [given, correctedBy(before, { by, at: context.now, words, recall: false, with: others })]
}

function waiting({ id, proposed: proposal }: Broadcast): Proposal {
  if (!proposal) throw refused('correction.none', { id })
  return proposal
}

function correctedBy({ corrections }: Broadcast, more: Omit<Correction, 'wave'>): BroadcastDecision {
  return { event: { type: 'corrected', correction: { wave: corrections.length + 1, ...more } } }
}

import { actorOf, type Context, type Decision, happen, minute, no } from './decision.ts'
import type { FileRef, Incident, Outcome } from './incident.ts'
import { guarded } from './severity.ts'
import { sourcesOf } from './sources.ts'
import { requireOpen, requireSay } from './standing.ts'
import { limits, optional, required } from './typed.ts'

/** For how long resolving and "not an incident" can be taken back, in ms; closing words wait that long. */
export const undoFor = minute

/** How long after resolving an incident is closed, in ms. */
export const closeAfter = 24 * 60 * minute

/** It is over, with an outcome; said by whoever has it or has joined, a coordinator, or anyone if nobody has it. */
export function resolve(incident: Incident, outcome: Outcome, note: string, context: Context): Decision[] {
  requireOpen(incident)
  requireSay(incident, actorOf(context), context.now)
  const event = { type: 'resolved', outcome, undoUntil: context.now + undoFor } as const
  return [happen(event, { note: optional('note', note, limits.note) })]
}

/** It is not an incident; said by the same people as its end. */
export function dismiss(incident: Incident, reason: string, context: Context): Decision[] {
  requireOpen(incident)
  requireSay(incident, actorOf(context), context.now)
  const event = { type: 'dismissed', undoUntil: context.now + undoFor } as const
  return [happen(event, { reason: optional('reason', reason, limits.note) })]
}

/** Takes back the resolving or dismissing of the last minute. */
export function undo(incident: Incident, context: Context): Decision[] {
  const { id } = incident
  if (incident.undo && context.now <= incident.undo.until) return [happen({ type: 'undone' })]
  throw no(canReopen(incident) ? 'rule.undo-late' : 'rule.undo-none', { id })
}

/** Opens an ended incident again, with a reason; nobody has it then. */
export function reopen(incident: Incident, reason: string): Decision[] {
  requireReopenable(incident)
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'reopened' }, words)]
}

/** The reporter takes their words back; what others rely on (S4, S5, several reports, an end) stays without them. */
export function withdraw(
  incident: Incident,
  files: readonly Pick<FileRef, 'id' | 'kind'>[],
  context: Context,
): Decision[] {
  const { id } = incident
  if (incident.reporter === null || incident.reporter !== actorOf(context).id) throw no('refusal.own', { id })
  if (incident.status === 'withdrawn') throw no('rule.over-withdrawn', { id })
  const open = incident.status === 'reported' || incident.status === 'claimed'
  const kept = !open || incident.severity >= guarded || sourcesOf(incident).length > 1
  return [happen({ type: 'withdrawn', kept, ...(files.length > 0 ? { files } : {}) })]
}

/** Throws RuleError with the way on unless it has ended in a way that can be taken up again. */
export function requireReopenable(incident: Incident): void {
  if (canReopen(incident)) return
  requireOpen(incident)
  throw no('rule.reopen-open', { id: incident.id })
}

function canReopen({ status }: Incident): boolean {
  return status === 'resolved' || status === 'closed' || status === 'dismissed' || status === 'unfounded'
}

import type { IncidentAction } from './action.ts'
import { accept, cannot, claim, decline, handover, join, leave, release, relet } from './claim.ts'
import { fire } from './clock.ts'
import { actorOf, type Context, type Decision, happen } from './decision.ts'
import type { Incident } from './incident.ts'
import { callFurther } from './ladder.ts'
import { absorb, dismiss, merge, reopen, resolve, undo, withdraw } from './lifecycle.ts'
import { restrict, setKind, setMark, unrestrict } from './mark.ts'
import { enter } from './record.ts'
import { add, detail, move, report, say, update } from './report.ts'
import { agreeLowering, keepSeverity, setSeverity } from './severity.ts'
import { requireOpen } from './standing.ts'
import { limits, optional } from './typed.ts'
import { verify } from './verify.ts'

/** What a decision looks at, and what it is. */
export type { Context, Decision } from './decision.ts'

/**
 * What happens because of an action, judged against the present state; an empty list means that nothing changes.
 * Throws RuleError when the state says no and InputError when a text cannot be taken; who may ask is checked before.
 */
export function decide(action: IncidentAction, incident: Incident | null, context: Context): Decision[] {
  if (action.type === 'clock') return incident ? fire(action.clock, incident, context) : []
  actorOf(context)
  if (action.type === 'report') {
    if (incident) throw new Error(`${incident.id} is reported already`)
    return report(action, context)
  }
  if (!incident) throw new Error(`nothing stands that could ${action.type}`)
  const decisions = judge(action, incident, context)
  return [...decisions, ...relet(incident, enter(incident, decisions, context).after, context)]
}

type Judged = Exclude<IncidentAction, { type: 'report' } | { type: 'clock' }>

function judge(action: Judged, incident: Incident, context: Context): Decision[] {
  switch (action.type) {
    case 'add':
      return add(incident, action)
    case 'say':
      return say(action.text, action.room)
    case 'update':
      return update(incident, action.text)
    case 'detail':
      return detail(incident, action.details, action.safeContact)
    case 'place':
      return move(incident, action, context)
    case 'kind':
      return setKind(incident, action.kind, context)
    case 'severity':
      return setSeverity(incident, action.to, action.reason, context)
    case 'agree-lowering':
      return agreeLowering(incident, action.to, context)
    case 'keep-severity':
      return keepSeverity(incident)
    case 'verify':
      return verify(incident, action.to, action.note, context)
    case 'mark':
      return setMark(incident, action.to, action.reason, context)
    case 'restrict':
      return restrict(incident, action.allow, action.reason, context)
    case 'unrestrict':
      return unrestrict(incident, action.reason, context)
    case 'claim':
      return claim(incident, context)
    case 'cannot':
      return cannot(incident, context)
    case 'join':
      return join(incident, context)
    case 'leave':
      return leave(incident, context)
    case 'release':
      return release(incident, action.reason, context)
    case 'handover':
      return handover(incident, action.to, action.note, context)
    case 'accept':
      return accept(incident, context)
    case 'decline':
      return decline(incident, context)
    case 'escalate':
      return escalate(incident, action.reason, context)
    case 'resolve':
      return resolve(incident, action.outcome, action.note, context)
    case 'dismiss':
      return dismiss(incident, action.reason, context)
    case 'undo':
      return undo(incident, context)
    case 'reopen':
      return reopen(incident, action.reason)
    case 'merge':
      return merge(incident, action.into)
    case 'absorb':
      return absorb(incident, action.from)
    case 'withdraw':
      return withdraw(incident, context)
  }
}

function escalate(incident: Incident, reason: string, context: Context): Decision[] {
  requireOpen(incident)
  const further = callFurther(incident, context)
  return [happen({ type: 'escalated', ...further }, { reason: optional('reason', reason, limits.note) })]
}

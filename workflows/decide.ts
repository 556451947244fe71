import type { IncidentAction } from './action.ts'
import { accept, cannot, claim, decline, handover, join, leave, release, relet } from './claim.ts'
import { clear, forget, letGo } from './clearing.ts'
import { fire } from './clock.ts'
import { collect, giveUp } from './collect.ts'
import { exportEvidence, openEvidence } from './custody.ts'
import { actorOf, type Context, type Decision, happen } from './decision.ts'
import { endDrill } from './drill/end.ts'
import { hold, liftHold, reveal } from './guard.ts'
import { settleCounts } from './headcount/settle.ts'
import type { Incident } from './incident.ts'
import { callFurther } from './ladder.ts'
import { dismiss, reopen, resolve, undo, withdraw } from './lifecycle.ts'
import { liken, propose, unlike } from './likeness.ts'
import { restrict, setKind, setMark, shareAs, unrestrict } from './mark.ts'
import { absorb, corroborate, merge, part, separate, source } from './merge.ts'
import { enter } from './record.ts'
import { add, detail, move, report, say, update } from './report.ts'
import { reword, unsay } from './reword.ts'
import { decideRun, settleRuns } from './run/decide.ts'
import { adoptRuns, returnAll } from './run/settle.ts'
import { agreeLowering, keepSeverity, setSeverity } from './severity.ts'
import { score } from './speech.ts'
import { requireOpen } from './standing.ts'
import { noEvidence } from './tally.ts'
import { pass, requireChecked, unpass } from './triage.ts'
import { limits, optional } from './typed.ts'
import { verify } from './verify.ts'

/** What a decision looks at, and what it is. */
export type { Context, Decision } from './decision.ts'

/**
 * What happens because of an action, judged against the present state; an empty list means that nothing changes.
 * Throws RuleError when the state says no and InputError when a text cannot be taken; who may ask is checked before.
 */
export function decide(action: IncidentAction, incident: Incident | null, context: Context): Decision[] {
  if (action.type === 'clock') return incident ? settling(incident, fire(action, incident, context), context) : []
  if (action.type === 'clear') return incident ? clear(incident, action, context) : []
  if (action.type === 'forget') return incident ? recounted(incident, forget(incident, action), context) : []
  if (action.type === 'let-go') {
    const gone = (one: Incident) => [...letGo(one, action.person, context), ...returnAll(one, action.person)]
    return incident ? settling(incident, gone(incident), context) : []
  }
  // What the hub itself clears away of a part is no source of the whole any more.
  if (action.type === 'source' && !context.actor)
    return incident ? recounted(incident, source(incident, action), context) : []
  if (action.type === 'unsay') return incident ? recounted(incident, unsay(action), context) : []
  // The hub itself found it.
  if (action.type === 'liken') return incident ? liken(incident, action.to) : []
  if (action.type === 'collect') return incident ? collect(incident, action.awaited, action.files, action.of) : []
  if (action.type === 'give-up') return incident ? giveUp(action.awaited, action.why) : []
  if (action.type === 'end-drill') return incident ? endDrill(incident, context) : []
  if (action.type === 'broadcast') return incident ? [happen(action)] : []
  // A protocol that starts by itself.
  if (action.type === 'run' && !context.actor)
    return incident ? settling(incident, decideRun(incident, action.do, context), context) : []
  actorOf(context)
  if (action.type === 'report') {
    if (incident) throw new Error(`${incident.id} is reported already`)
    return report(action, context)
  }
  if (!incident) throw new Error(`nothing stands that could ${action.type}`)
  if (onceChecked.has(action.type)) requireChecked(incident, context)
  const decisions = judge(action, incident, context)
  const { after } = enter(incident, decisions, context)
  const follows = [...relet(incident, after, context), ...corroborate(incident, after)]
  const settled = [...settleCounts(incident, after, context), ...settleRuns(incident, after, context)]
  return [...decisions, ...follows, ...settled]
}

function settling(incident: Incident, decisions: Decision[], context: Context): Decision[] {
  if (decisions.length === 0) return []
  return [...decisions, ...settleRuns(incident, enter(incident, decisions, context).after, context)]
}

function recounted(incident: Incident, decisions: readonly Decision[], context: Context): Decision[] {
  return [...decisions, ...corroborate(incident, enter(incident, decisions, context).after)]
}

// What nobody can do with a stranger's report before somebody passes it on.
const onceChecked = new Set<IncidentAction['type']>([
  ...(['claim', 'join', 'leave', 'release', 'handover', 'accept', 'decline', 'escalate', 'resolve'] as const),
  ...(['verify', 'update', 'say', 'run'] as const),
])

type Judged = Exclude<
  IncidentAction,
  {
    type:
      | 'report'
      | 'clock'
      | 'liken'
      | 'clear'
      | 'forget'
      | 'let-go'
      | 'collect'
      | 'give-up'
      | 'unsay'
      | 'end-drill'
      | 'broadcast'
  }
>

function judge(action: Judged, incident: Incident, context: Context): Decision[] {
  switch (action.type) {
    case 'add':
      return add(incident, action)
    case 'say':
      return say(action)
    case 'reword':
      return reword(action)
    case 'update':
      return update(incident, action.text)
    case 'detail':
      return detail(incident, action.details, action.safeContact)
    case 'place':
      return move(incident, action, context)
    case 'kind':
      return setKind(incident, action.kind, context)
    case 'open-evidence':
      return openEvidence(incident, action, context)
    case 'export-evidence':
      return exportEvidence(incident, action, context)
    case 'score':
      return score(incident, action.scores)
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
    case 'share-as':
      return shareAs(incident, action)
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
    case 'pass':
      return pass(incident)
    case 'unpass':
      return unpass(incident, context)
    case 'reopen':
      return reopen(incident, action.reason)
    case 'merge':
      return merge(incident, action.into, context)
    case 'absorb':
      return [...absorb(incident, action.from, action.originals), ...adoptRuns(incident, action.from)]
    case 'unmerge':
      return separate(incident, context)
    case 'part':
      return part(action.from, action.through, context)
    case 'source':
      return source(incident, action)
    case 'unlike':
      return unlike(incident, action.to, context)
    case 'propose':
      return propose(incident, action.into, context)
    case 'withdraw':
      return withdraw(incident, action.files ?? [], context)
    case 'reveal':
      return reveal(incident, action.reason, context)
    case 'hold':
      return hold(incident, action, context)
    case 'lift-hold':
      return liftHold(incident, action, context)
    case 'run':
      return [...sentAlong(incident, action), ...decideRun(incident, action.do, context)]
  }
}

/** Photos and files that came with a step are kept with the incident, as any others are. */
function sentAlong(incident: Incident, { evidence, files, awaited }: Extract<Judged, { type: 'run' }>): Decision[] {
  if (!files?.length && !awaited) return []
  const kept = { evidence: evidence ?? noEvidence, files: files ?? [], ...(awaited ? { awaited } : {}) }
  return add(incident, { text: '', ...kept })
}

function escalate(incident: Incident, reason: string, context: Context): Decision[] {
  requireOpen(incident)
  const further = callFurther(incident, context)
  return [happen({ type: 'escalated', ...further }, { reason: optional('reason', reason, limits.note) })]
}

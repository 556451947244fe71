import { button, triageButton } from './button.ts'
import { mayHold, mayLift, mayReveal } from './guard.ts'
import { type Incident, isOpen, isWaiting } from './incident.ts'
import { separateFor } from './merge.ts'
import type { Actor } from './permission.ts'
import { openRuns } from './run.ts'
import { isSpeech } from './speech.ts'
import { coordinates, holder, isOnIt, mayWork } from './standing.ts'
import type { Button } from './view.ts'

type Name = Parameters<typeof button>[0]

/** Everything this person may do with this incident as it stands, as buttons in an order that never changes. */
export function offers(incident: Incident, actor: Actor, now: number): readonly Button[] {
  if (isWaiting(incident) && incident.reporter !== actor.id && mayWork(actor, incident)) {
    return (['pass', 'no', 'open', 'block'] as const).map(name => triageButton(name, incident))
  }
  const asked: Name[] = [
    ...answers(incident, actor, now),
    ...(mayWork(actor, incident) ? working(incident, actor, now) : []),
    ...(incident.reporter === actor.id ? reporting(incident) : []),
    ...guarding(incident, actor),
  ]
  return [...new Set(asked)].map(name => button(name, incident))
}

/** True if the person may say what it is and where it lies: who reported it, or who may work on it. */
export function mayCorrect(incident: Incident, actor: Actor): boolean {
  return incident.reporter === actor.id || mayWork(actor, incident)
}

function answers(incident: Incident, actor: Actor, now: number): Name[] {
  if (!isOpen(incident)) {
    if (incident.mergedInto && mayWork(actor, incident)) return separable(incident, actor, now) ? ['separate'] : []
    const fresh = incident.undo && incident.undo.until >= now && mayWork(actor, incident)
    return fresh ? ['undo'] : []
  }
  const offered = incident.handover?.to === actor.id && incident.handover.until > now
  const lowering = incident.lowering !== null && incident.lowering.by !== actor.id && mayWork(actor, incident)
  return [...(offered ? (['accept', 'decline'] as const) : []), ...(lowering ? (['agree', 'keep'] as const) : [])]
}

function separable(incident: Incident, actor: Actor, now: number): boolean {
  return now <= (incident.apart?.at ?? 0) + separateFor || coordinates(actor, incident)
}

function working(incident: Incident, actor: Actor, now: number): Name[] {
  if (!isOpen(incident)) return reopenable.has(incident.status) ? ['reopen'] : []
  const held = holder(incident, now)
  const mine = held?.by === actor.id
  const joined = incident.joined.includes(actor.id)
  const mayEnd = !held || isOnIt(incident, actor) || coordinates(actor, incident)
  const mayPass = held !== null && (mine || coordinates(actor, incident))
  return [
    ...(held ? [] : (['claim'] as const)),
    ...(held && !mine && !joined ? (['join'] as const) : []),
    'update',
    ...(mayEnd ? (['resolve'] as const) : []),
    ...(mayPass ? (['handover'] as const) : []),
    'escalate',
    ...(mayEnd ? (['dismiss'] as const) : []),
    ...(mayPass ? (['release'] as const) : []),
    ...(joined && !mine ? (['leave'] as const) : []),
    'kind',
    'place',
    'verify',
    ...(isSpeech(incident) ? (['rabat'] as const) : []),
    'mark',
    'merge',
    ...(openRuns(incident).length > 0 || coordinates(actor, incident) ? (['protocol'] as const) : []),
  ]
}

// Leaders hold what they may see, admins may open names; both need not work on it.
function guarding(incident: Incident, actor: Actor): Name[] {
  const opens = incident.reporter !== null && incident.reporter !== actor.id && mayReveal(actor, incident)
  const holds = !incident.hold
  const kept = holds ? mayHold(actor, incident) : mayLift(actor)
  return [...(opens ? (['reveal'] as const) : []), ...(kept ? ([holds ? 'hold' : 'unhold'] as const) : [])]
}

function reporting(incident: Incident): Name[] {
  if (incident.status === 'withdrawn') return []
  if (incident.status === 'duplicate') return ['sources', 'withdraw']
  const place = isOpen(incident) || incident.status === 'resolved' ? (['place'] as const) : []
  return ['add', 'details', 'sources', ...place, 'withdraw']
}

const reopenable = new Set<Incident['status']>(['resolved', 'closed', 'unfounded', 'dismissed'])

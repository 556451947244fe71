import type { Entry } from './event.ts'
import type { Incident } from './incident.ts'
import { clocksFor, type Taxonomy } from './taxonomy.ts'
import type { Clock, TimerChange } from './timer.ts'

const minute = 60_000
const day = 24 * 60 * minute
const lease: readonly Clock[] = ['claim-warning', 'claim', 'update', 'handover']
const pool: readonly Clock[] = ['answer', 'told']

/**
 * Which clocks of the incident itself an entry sets or settles, given the incident after it. The last change of a clock
 * counts.
 */
export function arming({ event, at }: Entry, incident: Incident, taxonomy: Taxonomy): readonly TimerChange[] {
  switch (event.type) {
    case 'reported':
      return [...waiting(incident, taxonomy), ...telling(incident, taxonomy)]
    case 'claimed':
    case 'handover-accepted':
      return [...settle(pool), settleOne('handover'), ...leasing(incident, taxonomy, at), news(incident, taxonomy, at)]
    case 'extended':
      return [...leasing(incident, taxonomy, at), news(incident, taxonomy, at)]
    case 'claim-lapsed':
    case 'released':
    case 'reopened':
      return [...settle(lease), settleOne('undo'), settleOne('close'), ...waiting(incident, taxonomy)]
    case 'unanswered':
    case 'escalated':
      return incident.status === 'reported' ? waiting(incident, taxonomy) : []
    case 'severity-raised':
    case 'severity-lowered':
    case 'absorbed':
    case 'parted':
      if (incident.status === 'reported') return [...waiting(incident, taxonomy), ...telling(incident, taxonomy)]
      return incident.status === 'claimed' ? [...leasing(incident, taxonomy, at), news(incident, taxonomy, at)] : []
    case 'placed':
      return incident.status === 'reported' ? waiting(incident, taxonomy) : []
    case 'handover-offered':
      return [arm('handover', event.until)]
    case 'handover-declined':
    case 'handover-expired':
      return [settleOne('handover')]
    case 'resolved':
      return [...settle(lease), ...settle(pool), arm('undo', event.undoUntil), arm('close', at + day)]
    case 'dismissed':
      return [...settle(lease), ...settle(pool), arm('undo', event.undoUntil)]
    case 'undone':
      if (incident.status === 'reported') return [...settle(['undo', 'close']), ...waiting(incident, taxonomy)]
      return [...settle(['undo', 'close']), ...leasing(incident, taxonomy, at), news(incident, taxonomy, at)]
    case 'passed':
      if (event.from === 'fresh' || incident.status !== 'reported') return []
      return [...waiting(incident, taxonomy), ...telling(incident, taxonomy)]
    case 'unpassed':
      return [...waiting(incident, taxonomy), ...telling(incident, taxonomy)]
    case 'settled':
      return [settleOne('undo')]
    case 'separated': {
      if (incident.status === 'reported') return [...waiting(incident, taxonomy), ...telling(incident, taxonomy)]
      const offer = incident.handover ? [arm('handover', incident.handover.until)] : []
      return [...leasing(incident, taxonomy, at), news(incident, taxonomy, at), ...offer]
    }
    case 'merged':
      return settle([...lease, ...pool])
    case 'withdrawn':
      return event.kept ? [settleOne('told')] : settle([...lease, ...pool])
    case 'closed':
      return [settleOne('close')]
    case 'reporter-told':
      return [settleOne('told')]
    case 'added':
    case 'collected':
    case 'not-collected':
    case 'said':
    case 'reworded':
    case 'unsaid':
    case 'updated':
    case 'evidence-opened':
    case 'evidence-exported':
    case 'speech-scored':
    case 'detailed':
    case 'revealed':
    case 'held':
    case 'hold-lifted':
    case 'removed':
    case 'kind-set':
    case 'lowering-asked':
    case 'lowering-refused':
    case 'credibility-set':
    case 'marked':
    case 'restricted':
    case 'unrestricted':
    case 'claim-warned':
    case 'declined':
    case 'joined':
    case 'left':
    case 'update-overdue':
    case 'sourced':
    case 'likened':
    case 'unlikened':
    case 'proposed':
    case 'broadcast':
    case 'run':
      return []
  }
}

/** When somebody must have claimed it, epoch ms; null for a severity without that clock. */
export function claimBy(incident: Incident, taxonomy: Taxonomy): number | null {
  const { claim } = clocksFor(taxonomy, incident.severity)
  return claim === null ? null : incident.poolSince + claim * minute
}

function waiting(incident: Incident, taxonomy: Taxonomy): TimerChange[] {
  // In a flood of strangers' reports only what is urgent calls people one by one; the rest waits in the queue.
  const calls = incident.triage !== 'waiting' || incident.severity >= 4
  const step = calls ? clocksFor(taxonomy, incident.severity).escalate[incident.rung] : undefined
  return [step ? arm('answer', incident.poolSince + step.after * minute) : settleOne('answer')]
}

function telling(incident: Incident, taxonomy: Taxonomy): TimerChange[] {
  const due = claimBy(incident, taxonomy)
  const owed =
    incident.triage !== 'waiting' &&
    incident.severity >= 3 &&
    incident.reporter &&
    !incident.reporterTold &&
    due !== null
  return [owed ? arm('told', due) : settleOne('told')]
}

// A lease is warned of when `warnAt` of what is left of it has passed.
function leasing(incident: Incident, taxonomy: Taxonomy, at: number): TimerChange[] {
  if (!incident.claim) return []
  const { warnAt } = clocksFor(taxonomy, incident.severity)
  const { until } = incident.claim
  return [arm('claim-warning', at + Math.round((until - at) * warnAt)), arm('claim', until)]
}

function news(incident: Incident, taxonomy: Taxonomy, at: number): TimerChange {
  const { update } = clocksFor(taxonomy, incident.severity)
  return update === null ? settleOne('update') : arm('update', at + update * minute)
}

function arm(clock: Clock, dueAt: number): TimerChange {
  return { type: 'arm', clock, dueAt }
}

function settle(clocks: readonly Clock[]): TimerChange[] {
  return clocks.map(settleOne)
}

function settleOne(clock: Clock): TimerChange {
  return { type: 'settle', clock }
}

import { type Context, type Decision, follow, minute } from './decision.ts'
import type { IncidentEvent } from './event.ts'
import { fireCount } from './headcount/clock.ts'
import type { Incident } from './incident.ts'
import { climbByClock } from './ladder.ts'
import { isLate } from './late.ts'
import { closeAfter } from './lifecycle.ts'
import { fireRun } from './run/clock.ts'
import { isKeptOpen } from './run/settle.ts'
import { type RunClock, readRunClock } from './run.ts'
import { clocksFor, type Severity, type Taxonomy } from './taxonomy.ts'
import type { Clock, OwnClock } from './timer.ts'

const toldFrom: Severity = 3

/**
 * What a clock that is due makes happen, marked if it comes late; one that no longer matters makes nothing happen, and
 * is never an error.
 */
export function fire(action: Rung, incident: Incident, context: Context): Decision[] {
  const { clock, due: armed } = action
  if (isOfRun(clock)) return (isOfCounts(clock) ? fireCount : fireRun)(clock, incident, context, armed)
  const due = times(incident, context.taxonomy)[clock]
  if (due === undefined || due > context.now) return []
  const happens = ring(clock, incident, context)
  if (armed === undefined || !isLate(armed, context.now)) return happens
  return happens.map(each => (each.event.type in marked ? follow({ ...each.event, late: armed } as Marked) : each))
}

type Rung = { readonly clock: Clock; readonly due?: number }
type Marked = Extract<IncidentEvent, { readonly late?: number }>

// What ends something by itself says no more by being late.
const marked: Readonly<Record<Marked['type'], true>> = {
  ...({ 'claim-warned': true, 'claim-lapsed': true, 'handover-expired': true } as const),
  ...({ 'update-overdue': true, 'reporter-told': true, unanswered: true } as const),
}

function isOfCounts(clock: RunClock): boolean {
  return readRunClock(clock)?.of === 'count'
}

function isOfRun(clock: Clock): clock is RunClock {
  return readRunClock(clock) !== null
}

function ring(clock: OwnClock, incident: Incident, context: Context): Decision[] {
  switch (clock) {
    case 'answer': {
      const climb = climbByClock(incident, context)
      return climb ? [follow({ type: 'unanswered', ...climb })] : []
    }
    case 'told':
      return [follow({ type: 'reporter-told' })]
    case 'claim-warning':
      // After an outage both clocks of a lease may be due: then it has lapsed, and a warning would come too late.
      return incident.claim && incident.claim.until > context.now ? [follow({ type: 'claim-warned' })] : []
    case 'claim':
      return incident.claim ? [follow({ type: 'claim-lapsed', by: incident.claim.by })] : []
    case 'update':
      return [follow({ type: 'update-overdue' })]
    case 'handover':
      return incident.handover ? [follow({ type: 'handover-expired', to: incident.handover.to })] : []
    case 'undo':
      return [follow({ type: 'settled' })]
    case 'close':
      // Closing words go out when the undo settles; after an outage both clocks may be due, in any order.
      return [
        ...(incident.undo ? [follow({ type: 'settled' })] : []),
        // As long as something of a protocol is owed, closing steps are; the end of the last run closes it.
        ...(isKeptOpen(incident) ? [] : [follow({ type: 'closed' })]),
      ]
  }
}

/** When each clock that runs on it is due by its present state, epoch ms. */
function times(incident: Incident, taxonomy: Taxonomy): Partial<Record<OwnClock, number>> {
  const due = { ...poolTimes(incident, taxonomy), ...claimTimes(incident, taxonomy) }
  if (incident.undo) due.undo = incident.undo.until
  if (incident.status === 'resolved' && incident.resolvedAt !== null) due.close = incident.resolvedAt + closeAfter
  return due
}

function poolTimes(incident: Incident, taxonomy: Taxonomy): Partial<Record<OwnClock, number>> {
  if (incident.status !== 'reported') return {}
  const clocks = clocksFor(taxonomy, incident.severity)
  // The ladder climbs whenever its clock rings, even if the network has since lengthened it: silence is worse.
  const due: Partial<Record<OwnClock, number>> = { answer: incident.poolSince }
  if (clocks.claim !== null && mayBeTold(incident)) due.told = incident.reportedAt + clocks.claim * minute
  return due
}

function claimTimes(incident: Incident, taxonomy: Taxonomy): Partial<Record<OwnClock, number>> {
  const { status, claim, handover } = incident
  if (status !== 'claimed' || !claim) return {}
  const clocks = clocksFor(taxonomy, incident.severity)
  const due: Partial<Record<OwnClock, number>> = { claim: claim.until }
  // Armed times are whole milliseconds, so this one must not lie a fraction behind them.
  due['claim-warning'] = Math.floor(claim.until - (1 - clocks.warnAt) * clocks.lease * minute)
  if (clocks.update !== null) due.update = Math.max(claim.since, incident.updatedAt) + clocks.update * minute
  if (handover) due.handover = handover.until
  return due
}

function mayBeTold(incident: Incident): boolean {
  const { severity, reporter, reporterTold, contact } = incident
  return severity >= toldFrom && reporter !== null && !reporterTold && contact === 'yes'
}

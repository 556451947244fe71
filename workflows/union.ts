import { undoneLease } from './claim.ts'
import type { Entry, IncidentEvent } from './event.ts'
import { lessOf } from './given.ts'
import type { Incident, Taken } from './incident.ts'
import { moreSecret } from './mark.ts'
import { isOnIt } from './standing.ts'
import { noEvidence, sum } from './tally.ts'

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>

/** How the one that becomes part of another stands then; its claim stays on the record. */
export function merged(incident: Incident, entry: Entry, event: Of<'merged'>): Partial<Incident> {
  const { handover } = incident
  return { status: 'duplicate', mergedInto: event.into, handover: null, apart: { at: entry.at, handover } }
}

/** How it stands on its own again: as before where that is only taken back, else as one that nobody has. */
export function separated(incident: Incident, entry: Entry, event: Of<'separated'>): Partial<Incident> {
  const { claim, apart } = incident
  const free = { mergedInto: null, apart: null }
  if (!event.undo) {
    const pool = { claim: null, handover: null, declined: [], rung: 0, poolSince: entry.at, joined: [] }
    return { ...free, ...pool, status: 'reported' }
  }
  const until = Math.max(claim?.until ?? 0, entry.at + undoneLease)
  const offered = apart?.handover && apart.handover.until > entry.at ? apart.handover : null
  return claim
    ? { ...free, status: 'claimed', claim: claim.until > entry.at ? claim : { ...claim, until }, handover: offered }
    : { ...free, status: 'reported' }
}

/** How the one that takes another in stands then. */
export function absorbed(incident: Incident, event: Of<'absorbed'>): Partial<Incident> {
  const raised = event.severity > incident.severity
  const mark = moreSecret(event.mark, incident.mark)
  const { severity, lowering, rung, credibility, credibilityBy } = incident
  const taken: Taken = {
    from: event.from,
    evidence: event.evidence,
    was: { severity, mark: incident.mark, lowering, rung, credibility, credibilityBy },
    made: { severity: raised ? event.severity : severity, mark },
  }
  return {
    also: event.also,
    evidence: sum(incident.evidence, event.evidence, 1),
    merged: [...incident.merged, event.from],
    taken: [...(incident.taken ?? []), taken],
    mark,
    ...(raised ? { severity: event.severity, lowering: null, rung: 0 } : {}),
  }
}

/** How it stands without one that it held; what the merging alone had raised goes back if that is only taken back. */
export function parted(incident: Incident, event: Of<'parted'>): Partial<Incident> {
  const gone = new Set(event.reports)
  const taken = incident.taken ?? []
  const own = taken.find(one => one.from === event.from)
  return {
    also: (incident.also ?? []).filter(source => !gone.has(source.report)),
    evidence: sum(incident.evidence, event.evidence, -1),
    merged: incident.merged.filter(id => id !== event.from),
    taken: taken.flatMap(one => {
      if (one === own) return []
      return one.from === event.through ? [{ ...one, evidence: sum(one.evidence, event.evidence, -1) }] : [one]
    }),
    ...(own && event.undo ? lowered(incident, own) : {}),
  }
}

/** How it stands once more is known of the source of a report that it holds. */
export function sourced(incident: Incident, event: Of<'sourced'>): Partial<Incident> {
  const { report, source, evidence = noEvidence, files } = event
  const also = (incident.also ?? []).flatMap(one => (one.report === report ? (source ? [source] : []) : [one]))
  const gone = source ? null : incident.also?.find(one => one.report === report)?.by
  // Under a legal hold what they wrote here is only hidden, and goes when the hold ends.
  // Whoever works on it wrote there for the team, too.
  const own = gone && !isOnIt(incident, { id: gone }) ? lessOf(incident, gone, files) : null
  const left = sum((own ?? incident).evidence, evidence, -1)
  return {
    also,
    ...own,
    evidence: left,
    ...(incident.hold && gone ? { hold: { ...incident.hold, owed: [...incident.hold.owed, gone] } } : {}),
  }
}

// Whatever somebody has changed since stands.
function lowered(incident: Incident, { was, made }: Taken): Partial<Incident> {
  const severity = incident.severity === made.severity && was.severity < made.severity
  const byRule = incident.credibility === 'corroborated' && incident.credibilityBy === null
  return {
    ...(severity ? { severity: was.severity, lowering: was.lowering, rung: was.rung } : {}),
    ...(incident.mark === made.mark ? { mark: was.mark } : {}),
    ...(byRule ? { credibility: was.credibility, credibilityBy: was.credibilityBy } : {}),
  }
}

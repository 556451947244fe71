import { actorOf, type Context, type Decision, happen, no, severityName } from './decision.ts'
import type { Incident } from './incident.ts'
import { requireOpen } from './standing.ts'
import type { Severity } from './taxonomy.ts'
import { limits, optional, required } from './typed.ts'

/** From this severity on, lowering takes a second person. */
export const guarded: Severity = 4

/** Raising holds at once; lowering takes a reason, and from S4 and S5 the agreement of a second person. */
export function setSeverity(incident: Incident, to: Severity, reason: string, context: Context): Decision[] {
  requireOpen(incident)
  const from = incident.severity
  if (to === from) throw no('rule.severity-already', { id: incident.id, severity: severityName(to) })
  if (to > from) {
    return [happen({ type: 'severity-raised', from, to }, { reason: optional('reason', reason, limits.note) })]
  }
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  if (from < guarded) return [happen({ type: 'severity-lowered', from, to, asked: null }, words)]
  const asked = incident.lowering
  if (asked?.to !== to) return [happen({ type: 'lowering-asked', to }, words)]
  if (asked.by === actorOf(context).id) throw alone(incident, to)
  return [happen({ type: 'severity-lowered', from, to, asked: asked.by }, words)]
}

/** A second person agrees to lower to exactly what was asked; who asked cannot agree. */
export function agreeLowering(incident: Incident, to: Severity, context: Context): Decision[] {
  const asked = requireAsked(incident)
  if (asked.to !== to) {
    const how = { id: incident.id, person: { person: asked.by }, severity: severityName(asked.to) }
    throw no('rule.lowering-changed', how)
  }
  if (asked.by === actorOf(context).id) throw alone(incident, to)
  return [happen({ type: 'severity-lowered', from: incident.severity, to, asked: asked.by })]
}

/** Says no to a lowering that waits for a second person; the severity stays. */
export function keepSeverity(incident: Incident): Decision[] {
  requireAsked(incident)
  return [happen({ type: 'lowering-refused' })]
}

function requireAsked(incident: Incident): NonNullable<Incident['lowering']> {
  requireOpen(incident)
  if (incident.lowering) return incident.lowering
  throw no('rule.lowering-none', { id: incident.id, severity: severityName(incident.severity) })
}

function alone(incident: Incident, to: Severity) {
  const how = { id: incident.id, severity: severityName(to), now: severityName(incident.severity) }
  return no('rule.lowering-alone', how)
}

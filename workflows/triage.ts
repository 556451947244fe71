import { actorOf, type Context, type Decision, happen, no } from './decision.ts'
import type { Directory, Person } from './directory.ts'
import { type Incident, isWaiting } from './incident.ts'
import { undoFor } from './lifecycle.ts'
import { actsAs } from './permission.ts'
import { requireOpen } from './standing.ts'

/** How long a batch is one person's, in ms; what they have not finished by then goes back to the queue. */
export const batchFor = 5 * 60_000

/** How many reports one person is given at once. */
export const batchSize = 20

/** True if the person may look through reports now: a coordinator always, a responder while on duty. */
export function mayTriage(person: Pick<Person, 'id' | 'roles'>, directory: Directory, now: number): boolean {
  if (actsAs(person, 'coordinator')) return true
  return actsAs(person, 'responder') && directory.duty.some(one => one.person === person.id && one.until > now)
}

/** True if it is never set aside along with others: it is S4 or S5, or somebody else bears it out. */
export function isBorneOut({ severity, credibility }: Pick<Incident, 'severity' | 'credibility'>): boolean {
  return severity >= 4 || credibility === 'corroborated' || credibility === 'verified'
}

/** It is passed on to its region: from now on its rooms see it, and its clocks run. */
export function pass(incident: Incident): Decision[] {
  requireOpen(incident)
  if (incident.triage === 'done') throw no('triage.passed-already', { id: incident.id })
  return [happen({ type: 'passed', from: incident.triage })]
}

/** Takes back a passing on of the last minute that nobody has built on. */
export function unpass(incident: Incident, context: Context): Decision[] {
  const { id, passed } = incident
  if (!passed || incident.triage !== 'done') throw no('rule.undo-none', { id })
  requireOpen(incident)
  if (context.now > passed.at + undoFor) throw no('triage.undo-late', { id })
  if (incident.status !== 'reported' || incident.claimedAt !== null || incident.merged.length > 0) {
    throw no('triage.undo-taken', { id })
  }
  return [happen({ type: 'unpassed', to: passed.from })]
}

/** Throws RuleError with the way on for what nobody can do with a report that nobody has checked yet. */
export function requireChecked(incident: Incident, context: Context): void {
  if (!isWaiting(incident) || actorOf(context).id === incident.reporter) return
  throw no('triage.first', { id: incident.id })
}

import type { Context, Decision } from '../decision.ts'
import type { Incident } from '../incident.ts'
import type { RunDeed } from '../run.ts'

/** What a person's deed makes happen in a run. @throws RuleError, InputError when the present state says no */
export function decideRun(_incident: Incident, _deed: RunDeed, _context: Context): Decision[] {
  return []
}

/** What else happens to the runs of an incident because of what was decided: those that must end, or steps given back. */
export function settleRuns(_before: Incident, _after: Incident, _context: Context): Decision[] {
  return []
}

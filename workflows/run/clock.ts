import type { Context, Decision } from '../decision.ts'
import type { Incident } from '../incident.ts'
import type { RunClock } from '../run.ts'

/** What a clock of a run that is due makes happen; nothing if it no longer matters. `due` (epoch ms): since when. */
export function fireRun(_clock: RunClock, _incident: Incident, _context: Context, _due?: number): Decision[] {
  return []
}

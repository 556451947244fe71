import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { TimerChange } from '../timer.ts'

/** Which clocks of its runs an entry sets or settles, given the incident after it. */
export function armRuns(_entry: Entry, _incident: Incident, _taxonomy: Taxonomy): readonly TimerChange[] {
  return []
}

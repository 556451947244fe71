import { countyText } from '../card/place.ts'
import type { IncidentId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Param, Phrase } from '../phrase.ts'
import { isOverdue, progress, readRuns } from '../run/reading.ts'
import { isWhole, type OpenContext } from './open.ts'

/** How far a protocol is: steps that are over, of how many, how many late, and the next with its hour (epoch ms). */
export type RunRow = {
  readonly id: IncidentId
  readonly where: Phrase
  readonly protocol: Param
  readonly over: number
  readonly of: number
  readonly late: number
  readonly next: { readonly step: Param; readonly at: number | null } | null
}

const mostRows = 40

/** The protocols that go on in incidents which this person may know whole, those with late steps first. */
export function runRows(
  running: readonly Incident[],
  context: OpenContext & { readonly now: number },
): readonly RunRow[] {
  const { directory, taxonomy, now } = context
  const rows = running
    .filter(incident => isWhole(incident, context))
    .flatMap(incident =>
      readRuns(incident, taxonomy).map((reading): RunRow => {
        const { over, of, next } = progress(reading)
        return {
          ...{ id: incident.id, where: countyText(incident, directory), over, of },
          protocol: reading.protocol.title,
          late: reading.steps.filter(step => isOverdue(step, reading.run, now)).length,
          next: next && { step: next.step.text, at: next.dueAt },
        }
      }),
    )
  return rows.toSorted((one, other) => other.late - one.late).slice(0, mostRows)
}

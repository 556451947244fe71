import type { DrillChange, IncidentChange } from '../change.ts'
import type { Context, Decision } from '../decision.ts'
import { happen } from '../decision.ts'
import type { Directory } from '../directory.ts'
import { activeDrills } from '../drill.ts'
import type { Incident } from '../incident.ts'
import { enter } from '../record.ts'
import { settleRuns } from '../run/decide.ts'
import { openRuns } from '../run.ts'

/** The exercise is over: what was made up for it is closed, and its checklists end. */
export function endDrill(incident: Incident, context: Context): Decision[] {
  if (incident.drill === undefined) return []
  if (incident.status === 'closed' && openRuns(incident).length === 0) return []
  const closing = incident.status === 'duplicate' || incident.status === 'closed' ? [] : [happen({ type: 'closed' })]
  const { after } = enter(incident, closing, context)
  const settled = settleRuns(incident, after, context)
  const stopped = new Set(settled.flatMap(({ event }) => (event.type === 'run' ? [event.run] : [])))
  const left = openRuns(incident).filter(run => !stopped.has(run.id))
  const stops = left.map(run => happen({ type: 'run', run: run.id, on: { type: 'stopped', why: 'drill' } }))
  return [...closing, ...settled.map(one => asDrill(one)), ...stops]
}

/** The exercises that end at once because of a real S4 or S5 that has just come in, or come to be one; else null. */
export function endedBy(
  changes: readonly IncidentChange[],
  directory: Pick<Directory, 'drills'>,
  at: number,
): DrillChange | null {
  const going = activeDrills(directory)
  if (going.length === 0) return null
  const real = changes.find(({ before, after }) => isGrave(after) && (!before || !isGrave(before)))
  if (!real) return null
  const because = isNamedInRooms(real.after) ? real.after.id : null
  return { type: 'drill', do: { type: 'end', drills: going.map(one => one.id), why: 'real', because, at } }
}

/** Whether rooms may read which incident it was: not of one that is restricted, or that nobody has checked. */
export function isNamedInRooms({ visibility, triage }: Pick<Incident, 'visibility' | 'triage'>): boolean {
  return visibility === 'region' && triage !== 'waiting'
}

/** Whether it is real, an S4 or S5, and not settled: nobody is to be busy with an exercise beside it. */
export function isGrave({ drill, severity, status }: Incident): boolean {
  return drill === undefined && severity >= 4 && (status === 'reported' || status === 'claimed')
}

function asDrill(decision: Decision): Decision {
  const { event } = decision
  if (event.type !== 'run' || event.on.type !== 'stopped') return decision
  return { ...decision, event: { ...event, on: { type: 'stopped', why: 'drill' } } }
}

import type { IncidentAction } from '../action.ts'
import { type Context, no } from '../decision.ts'
import { drillOf } from '../drill.ts'
import type { Incident } from '../incident.ts'

// What people say is heard of everybody in the rooms, and what they take back goes, whatever it was about.
const anyone = new Set<IncidentAction['type']>([
  ...(['say', 'reword', 'unsay', 'forget', 'let-go', 'clear', 'collect', 'give-up', 'end-drill'] as const),
  ...(['open-evidence', 'export-evidence', 'reveal', 'hold', 'lift-hold', 'withdraw', 'broadcast'] as const),
])

/**
 * What is made up is acted on only by those who are in its exercise, while that goes on, and is never joined with what
 * is real. @throws RuleError
 */
export function requireInside(incident: Incident, action: IncidentAction, context: Context): void {
  const { actor, directory } = context
  const { id } = incident
  if (action.type === 'merge' && action.into.drill !== incident.drill)
    throw no('drill.apart', { id, other: action.into.id })
  if (incident.drill === undefined || !actor || anyone.has(action.type)) return
  const drill = drillOf(incident, directory)
  if (!drill || drill.endedAt !== null) throw no('drill.ended', { id })
  if (!drill.people.includes(actor.id)) throw no('drill.outside', { id })
}

import type { CardContext } from '../card.ts'
import type { Incident } from '../incident.ts'
import type { Line } from '../view.ts'

/** The checklists of an incident as its card shows them. */
export function protocolLines(_incident: Incident, _context: CardContext): readonly Line[] {
  return []
}

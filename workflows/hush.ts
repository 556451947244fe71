import { wordless } from './change.ts'
import type { Person, Room } from './directory.ts'
import type { Incident } from './incident.ts'
import { maySee } from './permission.ts'
import type { View } from './view.ts'

/**
 * What of a post that had to wait may still be said, now that its incident stands like this; null for nothing. A room
 * hears no more of what was restricted or has moved away, and no words of what is RED by now; a person hears only of
 * what they may see.
 */
export function stillSaid(view: View, incident: Incident, to: Room | Person): View | null {
  if (!('purpose' in to)) return maySee(to, incident) ? view : null
  if (incident.visibility === 'restricted') return null
  if (to.purpose === 'region' && to.region !== incident.region) return null
  return incident.mark === 'RED' && !to.red ? wordless(view) : view
}

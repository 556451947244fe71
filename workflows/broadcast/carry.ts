import type { Directory } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { trusted, type Viewer } from '../sight.ts'

/**
 * True if words about that incident may go there. Whoever may approve them answers for who hears of it; through which
 * tools they go is the network's to say.
 */
export function mayCarry(incident: Incident, to: Viewer, directory: Directory): boolean {
  if ('purpose' in to) return incident.visibility === 'region' && (incident.mark !== 'RED' || to.red)
  if (incident.mark === 'RED' && !trusted(to.through, directory)) return false
  return incident.visibility === 'region' || maySee(to.person, incident)
}

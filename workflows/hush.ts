import { mayHearOf } from './alike.ts'
import { wordless } from './change.ts'
import type { Directory } from './directory.ts'
import type { IncidentId } from './ids.ts'
import type { Known } from './ports.ts'
import { sight, unseenKin, type Viewer } from './sight.ts'
import type { View } from './view.ts'

/**
 * What of a post that had to wait may still be said, now that its incident stands like this; null for nothing. Nobody
 * hears more of what was restricted, has moved away, or was merged with what they may not see; of what is RED by now,
 * no words where they may not stand, nor who reported it.
 */
export function stillSaid(
  view: View,
  known: Pick<Known, 'incident' | 'kin'>,
  to: Viewer,
  network: Pick<Directory, 'red' | 'people'>,
): View | null {
  const { incident } = known
  switch (sight(incident, to, network)) {
    case 'nothing':
    case 'exists':
      return null
    case 'bare':
    case 'own':
      return named(view, known, to, network) ? null : wordless(view, incident.reporter)
    case 'whole':
      return named(view, known, to, network) ? null : view
  }
}

/** Of another that may be the same as theirs a reporter may hear what they are asked about. */
function asked(id: IncidentId, { incident, kin = [] }: Pick<Known, 'incident' | 'kin'>, to: Viewer): boolean {
  if ('purpose' in to || to.person.id !== incident.reporter) return false
  return kin.some(one => one.id === id && mayHearOf(to.person, one))
}

function named(view: View, ...[known, to, network]: Parameters<typeof unseenKin>): boolean {
  const unseen = unseenKin(known, to, network).filter(id => !asked(id, known, to))
  if (unseen.length === 0) return false
  const said = JSON.stringify(view)
  return unseen.some(id => said.includes(`"${id}"`) || said.includes(`:${id}`))
}

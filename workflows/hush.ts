import { mayHearOf } from './alike.ts'
import { wordless } from './change.ts'
import type { Directory } from './directory.ts'
import type { IncidentId } from './ids.ts'
import type { Incident } from './incident.ts'
import type { Known } from './ports.ts'
import { sight, unseenKin, type Viewer } from './sight.ts'
import type { Button, Line, View } from './view.ts'

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
      return without(unseen(known, to, network), wordless(view, incident.reporter))
    case 'own':
      // They know who reported it: themselves.
      return without(unseen(known, to, network), wordless(view))
    case 'whole':
      return without(unseen(known, to, network), view)
  }
}

/** The ids of incidents that a view names. */
export function namedIn(view: View): readonly IncidentId[] {
  const found = JSON.stringify(view).matchAll(/["~: ]([A-Z]{2,5}-\d{4,9})(?=[":])/g)
  return [...new Set([...found].map(([, id]) => id as IncidentId))]
}

/**
 * What may still be said of a view about several incidents, as summaries are: without the lines and buttons that name
 * one that the viewer may not know of by now, and without words where one is RED by now.
 */
export function stillTold(
  view: View,
  named: readonly Incident[],
  to: Viewer,
  network: Pick<Directory, 'red' | 'people'>,
): View {
  const seen = named.map(({ id, ...one }) => ({ id, sight: sight({ id, ...one }, to, network) }))
  const hidden = seen.filter(one => one.sight === 'nothing').map(one => one.id)
  const bare = seen.filter(one => one.sight === 'bare' || one.sight === 'own').map(one => one.id)
  if (hidden.length + bare.length === 0) return view
  const told = leaving(hidden, view)
  return { ...told, lines: told.lines.map(line => (names(line, bare) ? withoutWords(line) : line)) }
}

// Never withheld for a line of it: an alarm that names another report as alike is an alarm all the same.
function without(hidden: readonly IncidentId[], view: View): View | null {
  const left = leaving(hidden, view)
  return left.lines.length > 0 && !names(left.title, hidden) ? left : null
}

function leaving(hidden: readonly IncidentId[], view: View): View {
  if (!names(view, hidden)) return view
  const told = <Part extends Line | Button>(parts: readonly Part[]) => parts.filter(part => !names(part, hidden))
  return { ...view, lines: told(view.lines), buttons: told(view.buttons) }
}

function withoutWords(line: Line): Line {
  return wordless({ tone: 'plain', title: null, lines: [line], buttons: [] }).lines[0] ?? line
}

function names(part: unknown, ids: readonly IncidentId[]): boolean {
  const said = JSON.stringify(part)
  return ids.some(id => said.includes(`"${id}"`) || said.includes(`:${id}`))
}

/** Of another that may be the same as theirs a reporter may hear what they are asked about. */
function asked(id: IncidentId, { incident, kin = [] }: Pick<Known, 'incident' | 'kin'>, to: Viewer): boolean {
  if ('purpose' in to || to.person.id !== incident.reporter) return false
  return kin.some(one => one.id === id && mayHearOf(to.person, one))
}

function unseen(...[known, to, network]: Parameters<typeof unseenKin>): readonly IncidentId[] {
  return unseenKin(known, to, network).filter(id => !asked(id, known, to))
}

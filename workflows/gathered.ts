import { triageButton } from './button.ts'
import type { Post } from './change.ts'
import { type Account, type Directory, type Person, type Room, roomsFor } from './directory.ts'
import { type Incident, isOpen, isWaiting } from './incident.ts'
import { listLine } from './inside.ts'
import { counted } from './limits.ts'
import { phrase } from './phrase.ts'
import { sight } from './sight.ts'
import type { Taxonomy } from './taxonomy.ts'
import { buttonId, type Line, plainView, type View } from './view.ts'

// Ten lines with a button each are what the tightest platform shows in one message.
const most = 10

/**
 * What came too thick to be told one by one, as one list for a person on one account: a line an incident as it stands
 * now, most severe first, what nobody has before what somebody has; null if nothing of it is open or for them.
 */
export function gatheredView(
  incidents: readonly Incident[],
  person: Person,
  { platform }: Account,
  context: { readonly directory: Directory; readonly taxonomy: Taxonomy },
): View | null {
  const shown = incidents
    .filter(isOpen)
    .toSorted(inOrder)
    .flatMap((incident): Line[] => {
      const seen = sight(incident, { person, through: platform }, context.directory)
      if (seen === 'nothing') return []
      const line = listLine(incident, seen, context)
      return [isWaiting(incident) ? ({ ...line, button: triageButton('open', incident) } as Line) : line]
    })
  if (shown.length === 0) return null
  const rest = shown.length - most
  return {
    tone: 'plain',
    title: phrase('triage.gathered-title'),
    lines: [
      ...shown.slice(0, most),
      ...(rest > 0 ? [{ type: 'note', text: phrase('triage.gathered-more', { count: rest }) } as const] : []),
    ],
    buttons: [],
  }
}

/** Where it is said that reports wait to be checked. */
function triageRooms(directory: Directory): readonly Room[] {
  const rooms = roomsFor(directory, 'triage')
  return rooms.length > 0 ? rooms : roomsFor(directory, 'coordination')
}

/** Tells the rooms where reports are checked that some wait: at most once in five minutes, however many come. */
export function queuePosts(directory: Directory, now: number): readonly Post[] {
  const slot = Math.floor(now / counted.burst)
  return triageRooms(directory).map(room => roomPost(`triage:${room.id}:${slot}`, room, queueView(null)))
}

/** Says that reports have waited for long: once in half an hour. */
export function overduePosts(
  standing: { readonly count: number; readonly since: number },
  directory: Directory,
  now: number,
): readonly Post[] {
  if (now - standing.since < overdue) return []
  const slot = Math.floor(now / overdue)
  return triageRooms(directory).map(room => roomPost(`triage-old:${room.id}:${slot}`, room, queueView(standing)))
}

const overdue = 30 * 60_000

function queueView(standing: { readonly count: number; readonly since: number } | null): View {
  const text = standing
    ? phrase('triage.old', { count: standing.count, time: { time: standing.since } })
    : phrase('triage.queue-note')
  return plainView([text], [{ id: buttonId('triage', '', 'list'), label: phrase('triage.button-triage') }])
}

function roomPost(key: string, room: Room, view: View): Post {
  return { key, to: { room: room.id }, incident: null, thread: false, lane: 'claim', view }
}

function inOrder(one: Incident, other: Incident): number {
  return (
    other.severity - one.severity ||
    Number(one.claim !== null) - Number(other.claim !== null) ||
    one.reportedAt - other.reportedAt
  )
}

import type { Post } from './change.ts'
import { type Directory, roomsFor } from './directory.ts'
import type { Held } from './held.ts'
import type { IncidentId, PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import type { Actor } from './permission.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Read } from './ports.ts'
import { buttonId, type Line, type View } from './view.ts'

/** What somebody reads before they are erased: what goes, what stays, and what depends on them now. */
function erasureView(held: Held, claims: readonly Incident[], heldBack: readonly Incident[]): View {
  const urgent = claims.filter(incident => incident.severity >= 4)
  const { reports, files, broadcasts } = held
  const lines: readonly (Line | false)[] = [
    urgent.length > 0 && strong('privacy.erase-urgent', { ids: urgent.map(incident => incident.id) }),
    strong('privacy.erase-goes'),
    line('privacy.erase-goes-self'),
    reports.count > 0 ? line('privacy.erase-goes-words', { count: reports.count }) : line('privacy.erase-goes-talk'),
    broadcasts.said > 0 && line('wish.erase-goes', { count: broadcasts.said }),
    files > 0 && line('privacy.erase-goes-files', { count: files }),
    claims.length > 0 && line('privacy.erase-goes-claims', { ids: claims.map(incident => incident.id) }),
    strong('privacy.erase-stays'),
    line('privacy.erase-stays-facts'),
    line('privacy.erase-stays-own'),
    heldBack.length > 0 && line('privacy.erase-stays-held', { ids: heldBack.map(incident => incident.id) }),
    { type: 'note', text: phrase('privacy.erase-final') },
  ]
  return {
    tone: 'plain',
    title: phrase('privacy.erase-title'),
    lines: lines.filter(one => one !== false),
    buttons: [
      {
        id: buttonId('erase', 'confirm'),
        label: phrase('privacy.erase-button'),
        style: 'danger',
        confirm: phrase('privacy.erase-confirm'),
      },
    ],
  }
}

/** The same for whoever asks, with what depends on them now. */
export async function askErasure({ read, actor }: Asked): Promise<View> {
  const own = { regions: 'all', viewer: actor.id, limit: mostAsked } as const
  const claims = await read.incidents.list({ ...own, claimer: actor.id, open: true })
  const reports = await read.incidents.list({ ...own, reporter: actor.id })
  const heldBack = reports.items.filter(incident => incident.hold)
  return erasureView(await read.held(actor.id), claims.items, heldBack)
}

/** What somebody has to let go of to be erased: what they have claimed, and what is restricted to them. */
export async function entrusted(
  person: PersonId,
  { list }: Pick<Read['incidents'], 'list'>,
): Promise<readonly IncidentId[]> {
  const own = { regions: 'all', viewer: person, open: true, limit: mostAsked } as const
  const [claims, named] = [await list({ ...own, claimer: person }), await list({ ...own, named: person })]
  return [...new Set([...claims.items, ...named.items].map(incident => incident.id))]
}

type Asked = { readonly read: Read; readonly actor: Pick<Actor, 'id'> }

const mostAsked = 200

/** What the coordinators hear when somebody was erased. */
export function erasedPosts(person: PersonId, claims: number, directory: Directory): readonly Post[] {
  const callsign = directory.people.get(person)?.callsign
  if (!callsign) return []
  const lines = [
    phrase('privacy.erased-told', { callsign }),
    ...(claims > 0 ? [phrase('privacy.erased-claims', { count: claims })] : []),
  ]
  return roomsFor(directory, 'coordination').map(room => ({
    key: `erased:${person}:${room.id}`,
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'claim',
    view: { tone: 'plain', title: null, lines: lines.map(text => ({ type: 'text', text }) as const), buttons: [] },
  }))
}

const line = (key: Phrase['key'], params?: Phrase['params']): Line => ({ type: 'text', text: phrase(key, params) })
const strong = (key: Phrase['key'], params?: Phrase['params']): Line => ({ type: 'strong', text: phrase(key, params) })

import type { Post } from '../change.ts'
import { type Directory, type Room, roomsFor } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import { phrase } from '../phrase.ts'
import { buttonId, type Line, type View } from '../view.ts'
import type { ExportChange, ExportDeed, ExportId } from './request.ts'
import { planText, withheldLines } from './wording.ts'

/**
 * Who hears of an export: whoever may agree to it is asked in the rooms of coordination and leadership; of one that
 * needs nobody else the coordinators are told; and whoever asked hears what was decided.
 */
export function exportPosts({ do: deed, by, made }: ExportChange, directory: Directory): readonly Post[] {
  if (deed.type === 'phrase') return []
  if (deed.type !== 'ask') return settledPosts(deed, by, directory)
  if (made === null) return []
  const { plan, reason, waits } = deed
  const params = { person: { person: by }, id: made, what: planText(plan, directory) }
  const why: Line = { type: 'quote', text: { words: reason } }
  if (!waits) {
    const told = [text(phrase('export.told', params)), why]
    return toRooms(roomsFor(directory, 'coordination'), `export:${made}:told`, view(told), by)
  }
  const asked = [text(phrase('export.asked', params)), why, ...withheldLines(plan)]
  const rooms = [...roomsFor(directory, 'coordination'), ...roomsFor(directory, 'leadership')]
  return toRooms(rooms, `export:${made}:asked`, { ...view(asked), buttons: askButtons(made) }, by)
}

/** What whoever asked hears once somebody agreed or refused, in a direct message of their own. */
function settledPosts(
  { type, id, of: { by, platform } }: Settling,
  settler: PersonId,
  directory: Directory,
): readonly Post[] {
  const accounts = directory.people.get(by)?.accounts ?? []
  const account = accounts.find(one => one.platform === platform) ?? accounts[0]
  if (!account) return []
  const params = { person: { person: settler }, id }
  const said = type === 'agree' ? phrase('export.agreed', params) : phrase('export.refused', params)
  const open = { id: buttonId('export', id, 'open'), label: phrase('export.button-open') }
  const shown: View = { ...view([text(said)]), buttons: type === 'agree' ? [{ ...open, style: 'primary' }] : [] }
  return [
    {
      key: `export:${id}:${type}`,
      to: { account: account.id },
      incident: null,
      thread: false,
      lane: 'talk',
      view: shown,
    },
  ]
}

type Settling = Extract<ExportDeed, { type: 'agree' | 'refuse' }>

function askButtons(id: ExportId): View['buttons'] {
  return [
    { id: buttonId('export', id, 'agree'), label: phrase('export.button-agree'), style: 'primary' },
    { id: buttonId('export', id, 'refuse'), label: phrase('export.button-refuse') },
  ]
}

function toRooms(rooms: readonly Room[], key: string, shown: View, author: PersonId): readonly Post[] {
  return rooms.map(room => ({
    key: `${key}:${room.id}`,
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'summary',
    view: shown,
    author,
  }))
}

const text = (said: Extract<Line, { type: 'text' }>['text']): Line => ({ type: 'text', text: said })

function view(lines: readonly Line[]): View {
  return { tone: 'plain', title: null, lines, buttons: [] }
}

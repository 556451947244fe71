import { laneOf, toPerson } from './alert.ts'
import type { AnnounceContext } from './announce.ts'
import { button, triageButton } from './button.ts'
import { countyText } from './card/place.ts'
import { caution, titleOf } from './card.ts'
import type { Post } from './change.ts'
import { aKind } from './custody.ts'
import { type Account, type Directory, type Room, roomsFor } from './directory.ts'
import type { Entry } from './event.ts'
import type { PersonId } from './ids.ts'
import { type Incident, isWaiting } from './incident.ts'
import { lateLine, lateOf } from './late.ts'
import { keepers } from './mark.ts'
import { mask } from './mask/labels.ts'
import { type Phrase, type PhraseKey, phrase } from './phrase.ts'
import { closesByHand } from './receipt.ts'
import { sight } from './sight.ts'
import { type Button, plainView, type View } from './view.ts'

/** What single people are told because of an entry: whoever has it, gave it, is offered it, or coordinates it. */
export function directPosts(entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  const { event } = entry
  const id = incident.id
  const tell = (person: PersonId | null, name: string, view: Shown): readonly Post[] => {
    const found = person ? context.directory.people.get(person) : undefined
    return found ? toPerson(found, `${id}:${entry.seq}:${name}`, incident, view, laneOf(incident)) : []
  }
  const claimer = incident.claim?.by ?? null
  const until = { time: incident.claim?.until ?? entry.at }
  const late = lateOf(event)
  const due = late === null ? null : { due: { time: late }, now: { time: entry.at } }
  const said = (key: PhraseKey, params: Phrase['params'] = {}) => lateLine(phrase(key, params), entry)
  switch (event.type) {
    case 'claim-warned':
      return tell(claimer, 'warned', plainView([said('post.claim-warned', { id, until })], atWork(incident)))
    case 'claim-lapsed': {
      const lapsed = due ? phrase('late.claim-lapsed', { id, ...due }) : phrase('post.claim-lapsed', { id })
      return tell(event.by, 'lapsed', plainView([lapsed], [button('claim', incident)]))
    }
    case 'update-overdue':
      return tell(claimer, 'overdue', plainView([said('post.update-overdue', { id })], atWork(incident)))
    case 'handover-offered': {
      const buttons = [button('accept', incident), button('decline', incident), button('more', incident)]
      const params = { id, person: { person: entry.by ?? event.to }, until: { time: event.until } }
      const person = context.directory.people.get(event.to)
      const note = entry.words?.note
      const offer = ({ platform }: Account): View => ({
        tone: `S${incident.severity}`,
        title: titleOf(incident, context.taxonomy),
        lines: [
          { type: 'text', text: phrase('post.handover-offered', params) },
          ...caution(incident),
          ...(note && person && sight(incident, { person, through: platform }, context.directory) === 'whole'
            ? [{ type: 'quote', text: { words: mask(note, person.languages[0] ?? 'en', context.directory) } } as const]
            : []),
        ],
        buttons,
      })
      return tell(event.to, 'offered', offer)
    }
    case 'handover-accepted': {
      const params = { id, person: { person: entry.by ?? event.from } }
      const buttons = [button('join', incident), button('more', incident)]
      return tell(event.from, 'taken', plainView([phrase('post.handover-accepted', params)], buttons))
    }
    case 'handover-declined':
    case 'handover-expired': {
      const params = { id, person: { person: event.to }, until, ...due }
      const expired = due ? 'late.handover-expired' : 'post.handover-expired'
      const key = event.type === 'handover-declined' ? 'post.handover-declined' : expired
      return tell(claimer, 'offer-ended', plainView([phrase(key, params)], atWork(incident)))
    }
    case 'settled': {
      if (incident.triage === 'waiting') return []
      if (!closesByHand(incident, context.taxonomy) || !incident.reporter || incident.contact === 'no') return []
      const asked = claimer ? [claimer] : answerable(incident, context.directory)
      return asked.flatMap(person => tell(person, 'by-hand', plainView([phrase('post.close-by-hand', { id })])))
    }
    case 'not-collected': {
      if (event.from === incident.reporter && incident.contact === 'no') return []
      const why = phrase(`file.why-${event.why}`)
      return tell(event.from, 'lost', plainView([phrase('file.told-lost', { id, what: aKind(event.kind), why })]))
    }
    case 'unanswered':
      return incident.severity >= 4 && incident.visibility === 'region' ? coordination(entry, incident, context) : []
    default:
      return []
  }
}

type Shown = Parameters<typeof toPerson>[3]

/** Who sees to an incident that nobody had. */
function answerable(incident: Incident, directory: Directory): readonly PersonId[] {
  return incident.visibility === 'restricted' ? incident.allowed : keepers(directory, incident.region)
}

function coordination(entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  const nobody = phrase('post.coordination-unanswered', { id: incident.id, time: { time: incident.poolSince } })
  const said = lateLine(nobody, entry)
  const view: View = {
    title: titleOf(incident, context.taxonomy),
    lines: [
      ...caution(incident),
      ...[countyText(incident, context.directory), said].map(text => ({ type: 'text', text }) as const),
    ],
    tone: `S${incident.severity}`,
    buttons: isWaiting(incident)
      ? [triageButton('pass', incident), triageButton('no', incident), triageButton('open', incident)]
      : [button('claim', incident), button('more', incident)],
  }
  return answerRooms(incident, context.directory).map(room => ({
    key: `${incident.id}:${entry.seq}:${room.id}`,
    to: { room: room.id },
    incident: incident.id,
    thread: false,
    lane: laneOf(incident),
    view,
  }))
}

/** Where it is said that nobody answers: what nobody has checked is said where reports are checked. */
function answerRooms(incident: Incident, directory: Directory): readonly Room[] {
  const rooms = isWaiting(incident) ? roomsFor(directory, 'triage') : []
  return rooms.length > 0 ? rooms : roomsFor(directory, 'coordination')
}

function atWork(incident: Incident): readonly Button[] {
  return [
    button('update', incident),
    button('resolve', incident),
    button('handover', incident),
    button('release', incident),
  ]
}

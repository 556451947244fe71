import { filled, laneOf } from './alert.ts'
import { button } from './button.ts'
import type { Post } from './change.ts'
import { aKind } from './custody.ts'
import { type Directory, type Room, regionName, roomsOf } from './directory.ts'
import type { Entry, IncidentEvent, Level } from './event.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { lateLine } from './late.ts'
import { mask } from './mask/labels.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from './phrase.ts'
import { mergeButton } from './same.ts'
import { sight } from './sight.ts'
import { canWait, carriedLine, onOneLine, talkOf } from './talk.ts'
import { type Button, plainView, type View } from './view.ts'

/** True of what people say to each other; all else in a thread is the hub's news. */
export function isTalk({ type }: IncidentEvent): boolean {
  return type === 'said' || type === 'added' || type === 'updated'
}

/** The line that an entry puts into the thread of each room of the region, as far as the room may read it. */
export function threadPosts(entry: Entry, incident: Incident, directory: Directory): readonly Post[] {
  if (incident.visibility === 'restricted' || incident.triage === 'waiting') return []
  const rooms = roomsOf(directory, incident.region)
  return rooms.flatMap(room => {
    const view = threadLine(entry, incident, room, directory)
    const later = view && talkOf(room) === 'digest' && canWait(entry, incident, directory)
    return view ? [{ ...threadPost(entry, incident, room, view), ...(later ? { digest: entry.seq } : {}) }] : []
  })
}

function threadPost(entry: Entry, incident: Incident, room: Room, view: View): Post {
  return {
    key: `${incident.id}:${entry.seq}:${room.id}`,
    to: { room: room.id },
    incident: incident.id,
    thread: true,
    lane: isTalk(entry.event) ? 'talk' : laneOf(incident),
    view,
  }
}

function threadLine(entry: Entry, incident: Incident, room: Room, directory: Directory): View | null {
  const { event, by } = entry
  const seen = sight(incident, room, directory)
  if (seen === 'nothing') return null
  // What people write stays out of rooms that may not see a RED incident, and so does who reported it.
  const hidden = seen !== 'whole'
  const who = (person: PersonId | null): Param => {
    if (!person) return phrase('hub.the-hub')
    return hidden && person === incident.reporter ? phrase('hub.someone') : { person }
  }
  const line = (key: PhraseKey, params: Phrase['params'] = {}, buttons: readonly Button[] = []) =>
    plainView([phrase(key, { person: who(by), ...params })], buttons)
  // Who is named has been told: nobody relies on leaders that there are none of.
  const told = (to: readonly Level[]) => levels(filled(to, incident, directory, entry.at))
  const spoken = (name: string): Param => ({
    words: onOneLine(mask(entry.words?.[name] ?? '', room.language ?? 'en', directory)),
  })
  const because = (name: string): Param => (entry.words?.[name] ? phrase('post.because', { words: spoken(name) }) : '')
  const said = { ...entry, from: entry.seq, text: entry.words?.text ?? '' }
  switch (event.type) {
    case 'claimed':
      return line('post.claimed', { until: { time: event.until } })
    case 'handover-accepted':
      return line('post.handed-over', { from: who(event.from), until: { time: event.until } })
    case 'claim-lapsed': {
      const person = who(event.by)
      if (event.late === undefined) return line('post.lapsed', { person })
      return line('late.lapsed', { person, due: { time: event.late }, now: { time: entry.at } })
    }
    case 'released':
      return by ? line('post.released') : line('post.released-moved')
    case 'unanswered':
      return plainView([
        lateLine(phrase('post.unanswered', { time: { time: incident.poolSince }, to: told(event.to) }), entry),
      ])
    case 'escalated':
      return line('post.escalated', { to: told(event.to), because: hidden ? '' : because('reason') })
    case 'severity-raised':
      return line('post.raised', { from: `S${event.from}`, to: `S${event.to}` })
    case 'lowering-asked':
      return line('post.lowering-asked', { to: `S${event.to}`, because: hidden ? '' : because('reason') }, [
        button('agree', incident),
        button('keep', incident),
      ])
    case 'lowering-refused':
      return line('post.lowering-refused', { now: `S${incident.severity}` })
    case 'severity-lowered':
      return line('post.lowered', { from: `S${event.from}`, to: `S${event.to}` })
    case 'placed':
      return line('post.placed', { region: regionName(directory, event.region) })
    case 'resolved':
      return line('post.resolved', { outcome: phrase(`outcome.${event.outcome}`), note: hidden ? '' : because('note') })
    case 'dismissed':
      return line('post.dismissed', { because: hidden ? '' : because('reason') })
    case 'undone':
      return line('post.undone')
    case 'reopened':
      return line('post.reopened', { because: hidden ? '' : because('reason') })
    case 'merged':
      return line('post.merged', { id: event.into })
    case 'absorbed':
      return line('post.absorbed', { id: event.from })
    case 'separated': {
      const { from: id, protocols } = event
      return line(protocols ? 'same.post-separated-runs' : 'same.post-separated', {
        ...{ id, own: incident.id, runs: protocols ?? [], run: protocols?.[0] ?? '' },
      })
    }
    case 'parted':
      return line('same.post-parted', { id: event.from })
    case 'proposed':
      return line('same.post-proposed', { into: event.into }, [mergeButton(incident, event.into)])
    case 'withdrawn':
      return line(event.kept ? 'post.withdrawn-kept' : 'post.withdrawn')
    case 'credibility-set':
      if (event.sources !== undefined) return line('same.post-corroborated', { count: event.sources })
      return line('post.credibility', { to: phrase(`card.credibility-${event.to}`) })
    case 'broadcast':
      return line(`approval.entry-${event.what}`, { id: event.id })
    case 'not-collected':
      return event.why === 'refused' ? null : line('file.post-lost', { what: aKind(event.kind) })
    case 'updated':
      return hidden ? line('post.update-red') : line('post.update', { words: spoken('text') })
    case 'added':
      return hidden ? line('post.added-red') : carriedLine(said, incident, room, directory)
    case 'said':
      return hidden ? null : carriedLine(said, incident, room, directory)
    default:
      return null
  }
}

function levels(to: readonly Level[]): Param {
  return to.map(level => phrase(`post.level-${level}`))
}

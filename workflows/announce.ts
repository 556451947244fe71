import { alertPosts, called, firstCalled, laneOf, standDown } from './alert.ts'
import { arming } from './arming.ts'
import { button } from './button.ts'
import { mask, regionName } from './card.ts'
import { type Effects, isWorded, type Post } from './change.ts'
import { aKind } from './custody.ts'
import { directPosts } from './direct.ts'
import { type Directory, type Room, roomsOf } from './directory.ts'
import { queuePosts } from './gathered.ts'
import type { PersonId, RoomId } from './ids.ts'
import {
  type CurrentWords,
  type Entry,
  type Evidence,
  type Incident,
  type IncidentEvent,
  isOpen,
  isWaiting,
} from './incident.ts'
import { evidenceButton, evidenceParts } from './kept.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from './phrase.ts'
import { toReporter } from './receipt.ts'
import { mergeButton } from './same.ts'
import { sight } from './sight.ts'
import type { Taxonomy } from './taxonomy.ts'
import type { Clock, TimerChange } from './timer.ts'
import { type Button, plainView, type View } from './view.ts'

/** What announcing needs to know besides the incident; `words` are those its card shows after the entries. */
export type AnnounceContext = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly now: number
  readonly words: CurrentWords
}

/** What people must come to see because of these entries: cards, thread lines, direct messages, and the clocks. */
export function announce(
  before: Incident | null,
  entries: readonly Entry[],
  after: Incident,
  context: AnnounceContext,
): Effects {
  const timers = new Map<Clock, TimerChange>()
  for (const entry of entries)
    for (const change of arming(entry, after, context.taxonomy)) timers.set(change.clock, change)
  const posts = entries.flatMap(entry => [
    // A call shows the report; everything else what was said with the entry.
    ...authored(alerts(before, entry, after, context), after.reporter),
    ...toReporter(entry, after, context),
    ...authored(threadPosts(entry, after, context), entry.by, talk.has(entry.event.type)),
    ...authored(directPosts(entry, after, context), entry.by),
    ...(entry.event.type === 'reported' && isWaiting(after) ? queuePosts(context.directory, context.now) : []),
  ])
  return { cards: cardRooms(before, entries, after, context), posts, timers: [...timers.values()] }
}

const talk = new Set<IncidentEvent['type']>(['said', 'added', 'updated'])

/** The posts with whose words they carry, where they carry any; or whose name, where it tells who spoke. */
function authored(posts: readonly Post[], author: PersonId | null, named = false): readonly Post[] {
  if (author === null) return posts
  return posts.map(post => (named || isWorded(post.view) ? { ...post, author } : post))
}

const silent = new Set<IncidentEvent['type']>([
  ...(['said', 'declined', 'claim-warned', 'reporter-told', 'update-overdue', 'proposed'] as const),
  ...(['evidence-opened', 'evidence-exported', 'speech-scored'] as const),
  ...(['revealed', 'held', 'hold-lifted'] as const),
])

function cardRooms(
  before: Incident | null,
  entries: readonly Entry[],
  after: Incident,
  context: AnnounceContext,
): RoomId[] {
  // What was cleared away of one that has ended is taken out of its card, which is not sent anew for that.
  const quiet = ({ event }: Entry) => silent.has(event.type) || (event.type === 'removed' && !isOpen(after))
  // What people say changes a card only by the links in it, which it counts.
  const telling = (entry: Entry) => !quiet(entry) || (entry.event.type === 'said' && entry.event.links)
  if (!entries.some(telling)) return []
  // What nobody has checked has no card, but for those that stand because it was passed on a moment ago.
  if (after.triage === 'waiting' && (!before || before.triage === 'waiting')) return []
  // A restricted incident has no card; one that becomes restricted blanks those it had.
  const regions = after.visibility === 'region' ? [after.region] : []
  if (before && (before.region !== after.region || before.visibility !== after.visibility)) regions.push(before.region)
  if (entries[0]?.event.type === 'restricted') regions.push(after.region)
  return [...new Set(regions)].flatMap(region => roomsOf(context.directory, region).map(room => room.id))
}

function alerts(before: Incident | null, entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  const { event } = entry
  const key = `${entry.seq}:alert`
  switch (event.type) {
    case 'reported':
    case 'claim-lapsed':
    case 'released':
    case 'reopened':
      return urgent(incident, context, key, isWaiting(incident) ? 'triage.alert' : 'post.alert')
    case 'severity-raised':
      return event.from < 4 && incident.status === 'reported'
        ? urgent(incident, context, key, isWaiting(incident) ? 'triage.alert' : 'post.alert')
        : []
    case 'absorbed':
      return (before?.severity ?? 5) < 4 && incident.status === 'reported'
        ? urgent(incident, context, key, 'post.alert')
        : []
    case 'separated':
      return event.undo ? [] : urgent(incident, context, key, 'post.alert')
    case 'placed':
      // Another county of the same region alarms nobody anew; what was claimed is called out when it is released.
      return before?.region !== incident.region && before?.status === 'reported'
        ? urgent(incident, context, key, 'post.alert')
        : []
    case 'passed':
      return event.from === 'waiting' ? urgent(incident, context, key, 'triage.alert-passed') : []
    case 'claimed':
      return standDown(entry, incident, context.directory, context.now)
    case 'unanswered':
    case 'escalated': {
      const people = called(event.to, incident, context.directory, context.now)
      const line = phrase(event.type === 'unanswered' ? 'post.alert-unanswered' : 'post.alert-escalated', {
        time: { time: incident.poolSince },
        ...(entry.by ? { person: { person: entry.by } } : {}),
      })
      return alertPosts(people, { key, line }, incident, context.words, context)
    }
    default:
      return []
  }
}

function urgent(incident: Incident, context: AnnounceContext, key: string, line: PhraseKey): readonly Post[] {
  if (incident.severity < 4 && incident.visibility !== 'restricted') return []
  // A lease may have lapsed only because the next person claimed it in the same moment.
  if (incident.status !== 'reported') return []
  const people = firstCalled(incident, context.directory, context.now)
  return alertPosts(people, { key, line: phrase(line) }, incident, context.words, context)
}

function threadPosts(entry: Entry, incident: Incident, context: AnnounceContext): readonly Post[] {
  if (incident.visibility === 'restricted' || incident.triage === 'waiting') return []
  const rooms = roomsOf(context.directory, incident.region)
  return rooms.flatMap(room => {
    const view = threadLine(entry, incident, room, context)
    return view ? [threadPost(entry, incident, room, view)] : []
  })
}

function threadPost(entry: Entry, incident: Incident, room: Room, view: View): Post {
  return {
    key: `${incident.id}:${entry.seq}:${room.id}`,
    to: { room: room.id },
    incident: incident.id,
    thread: true,
    lane: talk.has(entry.event.type) ? 'talk' : laneOf(incident),
    view,
  }
}

function threadLine(entry: Entry, incident: Incident, room: Room, context: AnnounceContext): View | null {
  const { event, by } = entry
  const seen = sight(incident, room, context.directory)
  if (seen === 'nothing') return null
  // What people write stays out of rooms that may not see a RED incident, and so does who reported it.
  const hidden = seen !== 'whole'
  const who = (person: PersonId | null): Param => {
    if (!person) return phrase('hub.the-hub')
    return hidden && person === incident.reporter ? phrase('hub.someone') : { person }
  }
  const line = (key: PhraseKey, params: Phrase['params'] = {}, buttons: readonly Button[] = []) =>
    plainView([phrase(key, { person: who(by), ...params })], buttons)
  const spoken = (name: string): Param => ({
    words: mask(entry.words?.[name] ?? '', room.language ?? 'en', context.directory),
  })
  const because = (name: string): Param => (entry.words?.[name] ? phrase('post.because', { words: spoken(name) }) : '')
  // Media is never copied between rooms: they only read that it is there, and where it can be opened.
  const added = (evidence: Evidence) => {
    const { link: _, ...files } = evidence
    const parts = evidenceParts(files)
    if (parts.length === 0) return line('post.added', { words: spoken('text') })
    const kept = { parts, id: incident.id, words: spoken('text') }
    return line(entry.words?.text ? 'look.kept-words' : 'look.kept', kept, [evidenceButton(incident)])
  }
  switch (event.type) {
    case 'claimed':
      return line('post.claimed', { until: { time: event.until } })
    case 'handover-accepted':
      return line('post.handed-over', { from: who(event.from), until: { time: event.until } })
    case 'claim-lapsed':
      return line('post.lapsed', { person: who(event.by) })
    case 'released':
      return by ? line('post.released') : line('post.released-moved')
    case 'unanswered':
      return line('post.unanswered', { time: { time: incident.poolSince }, to: levels(event.to) })
    case 'escalated':
      return line('post.escalated', { to: levels(event.to), because: hidden ? '' : because('reason') })
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
      return line('post.placed', { region: regionName(context.directory, event.region) })
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
    case 'separated':
      return line('same.post-separated', { id: event.from })
    case 'parted':
      return line('same.post-parted', { id: event.from })
    case 'proposed':
      return line('same.post-proposed', { into: event.into }, [mergeButton(incident, event.into)])
    case 'withdrawn':
      return line(event.kept ? 'post.withdrawn-kept' : 'post.withdrawn')
    case 'credibility-set':
      if (event.sources !== undefined) return line('same.post-corroborated', { count: event.sources })
      return line('post.credibility', { to: phrase(`card.credibility-${event.to}`) })
    case 'not-collected':
      return event.why === 'refused' ? null : line('file.post-lost', { what: aKind(event.kind) })
    case 'updated':
      return hidden ? line('post.update-red') : line('post.update', { words: spoken('text') })
    case 'added':
      return hidden ? line('post.added-red') : added(event.evidence)
    case 'said':
      return event.room === room.id || hidden
        ? null
        : line('post.said', { words: spoken('text'), room: originOf(event.room, context.directory) })
    default:
      return null
  }
}

function originOf(room: RoomId | null, directory: Directory): string {
  const found = directory.rooms.find(each => each.id === room)
  return found ? `#${found.name}` : 'Trust Hub'
}

function levels(to: readonly string[]): Param {
  return to.map(level => phrase(`post.level-${level as 'RC' | 'DO' | 'LD' | 'network'}`))
}

import { alertPosts, called, firstCalled, standDown } from './alert.ts'
import { arming } from './arming.ts'
import { type Effects, isWorded, type Post } from './change.ts'
import { directPosts } from './direct.ts'
import { type Directory, roomsOf } from './directory.ts'
import type { Entry, IncidentEvent } from './event.ts'
import { queuePosts } from './gathered.ts'
import { armCounts } from './headcount/clock.ts'
import { countPosts } from './headcount/posts.ts'
import { isUnseen, sparing } from './headcount/seen.ts'
import type { PersonId, RoomId } from './ids.ts'
import { type CurrentWords, type Incident, isOpen, isWaiting } from './incident.ts'
import { lateLine } from './late.ts'
import { type PhraseKey, phrase } from './phrase.ts'
import { toReporter } from './receipt.ts'
import { runPosts } from './run/announce.ts'
import { armRuns } from './run/arming.ts'
import { remindPosts } from './run/remind.ts'
import { taskChange } from './run/tasks.ts'
import type { Taxonomy } from './taxonomy.ts'
import { isTalk, threadPosts } from './thread.ts'
import type { Clock, TimerChange } from './timer.ts'

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
  for (const change of armRuns(before, after, context.taxonomy, context.now)) timers.set(change.clock, change)
  for (const change of armCounts(before, after)) timers.set(change.clock, change)
  const posts = entries.flatMap(entry => [
    // A call shows the report; everything else what was said with the entry.
    ...authored(alerts(before, entry, after, context), after.reporter),
    ...toReporter(entry, after, context),
    ...authored(threadPosts(entry, after, context.directory), entry.by, isTalk(entry.event)),
    ...authored(directPosts(entry, after, context), entry.by),
    ...authored(runPosts(before, entry, after, context), entry.by),
    ...authored(countPosts(entry, after, context), entry.by),
    ...(entry.event.type === 'reported' && isWaiting(after) ? queuePosts(context.directory, context.now) : []),
  ])
  posts.push(...authored(remindPosts(entries, after, context), entries[0]?.by ?? null))
  const tasks = taskChange(before, after, context.taxonomy)
  const cards = cardRooms(before, entries, after, context)
  return { cards, posts, timers: [...timers.values()], ...(tasks ? { tasks } : {}) }
}

/** The posts with whose words they carry, where they carry any; or whose name, where it tells who spoke. */
function authored(posts: readonly Post[], author: PersonId | null, named = false): readonly Post[] {
  if (author === null) return posts
  return posts.map(post => (named || isWorded(post.view) ? { ...post, author } : post))
}

const silent = new Set<IncidentEvent['type']>([
  ...(['said', 'declined', 'claim-warned', 'reporter-told', 'update-overdue', 'proposed'] as const),
  ...(['reworded', 'unsaid', 'evidence-opened', 'evidence-exported', 'speech-scored'] as const),
  ...(['revealed', 'held', 'hold-lifted', 'broadcast'] as const),
])

function cardRooms(
  before: Incident | null,
  entries: readonly Entry[],
  after: Incident,
  context: AnnounceContext,
): RoomId[] {
  // What was cleared away of one that has ended is taken out of its card, which is not sent anew for that.
  const quiet = ({ event }: Entry) =>
    silent.has(event.type) || (event.type === 'removed' && !isOpen(after)) || isPrivate(event)
  // What people say changes a card only by the links in it, which it counts.
  const telling = (entry: Entry) => !quiet(entry) || isCounted(entry.event)
  if (!entries.some(telling) || entries.every(entry => isUnseen(entry, before, after))) return []
  // What nobody has checked has no card, but for those that stand because it was passed on a moment ago.
  if (after.triage === 'waiting' && (!before || before.triage === 'waiting')) return []
  // A restricted incident has no card; one that becomes restricted blanks those it had.
  const regions = after.visibility === 'region' ? [after.region] : []
  if (before && (before.region !== after.region || before.visibility !== after.visibility)) regions.push(before.region)
  if (entries[0]?.event.type === 'restricted') regions.push(after.region)
  const spares = sparing(entries, before, after)
  const rooms = [...new Set(regions)].flatMap(region => roomsOf(context.directory, region))
  return rooms.filter(room => !spares || room.platform !== 'signal').map(room => room.id)
}

/** What of a run only single people are told. */
function isPrivate(event: IncidentEvent): boolean {
  return event.type === 'run' && (event.on.type === 'step-reminded' || event.on.type === 'step-snoozed')
}

function isCounted(event: IncidentEvent): boolean {
  if (event.type === 'unsaid' && event.files) return true
  return (event.type === 'said' || event.type === 'reworded' || event.type === 'unsaid') && Boolean(event.links)
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
    case 'restricted':
      // Whoever was named is gone, and others are named in their place.
      return entry.by === null && before?.visibility === 'restricted' && before.status === 'reported'
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
      return alertPosts(people, { key, line: lateLine(line, entry) }, incident, context.words, context)
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

import type { Store } from '../db/store.ts'
import type { CalendarDay } from '../workflows/agenda/calendar.ts'
import type { Post } from '../workflows/change.ts'
import { type Directory, type Room, roomsFor, roomsOf } from '../workflows/directory.ts'
import { type Backlog, joined, noBacklog } from '../workflows/health.ts'
import type { SummaryPlan } from '../workflows/network.ts'
import type { Places } from '../workflows/routing.ts'
import { linked } from '../workflows/sitrep/linked.ts'
import { formerFor, readSitrep, type SitrepAsked, type SitrepReads } from '../workflows/sitrep.ts'
import {
  dueWindow,
  earlierWindows,
  isLate,
  nextDue,
  partKey,
  plansFor,
  type SummaryWindow,
} from '../workflows/summary.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { agendaReads } from './agenda.ts'
import { apart } from './apart.ts'
import type { Depicting } from './depicting.ts'
import { drawSitrep } from './sitrep.ts'

/** What posting summaries works with; `since` (epoch ms) is the hub's very first start, before which none was due. */
export type SummariesOptions = {
  readonly store: Store
  readonly plans: readonly SummaryPlan[]
  readonly taxonomy: Taxonomy
  readonly places: Places
  /** The election calendar; absent: none. */
  readonly calendar?: readonly CalendarDay[]
  readonly since: number
  /** Draws pictures ahead; absent: they are drawn as they go out. */
  readonly depicting?: Pick<Depicting, 'ahead'>
  readonly clock: () => number
}

/** The summaries of the network's plans. */
export type Summaries = {
  /** Posts those that are due, each window once, late rather than never. Returns how many messages were new. */
  readonly run: () => Promise<number>
  /** Those that were due and that some room has not got. */
  readonly overdue: () => Promise<Backlog>
}

const mostMissed = 100
const longestLate = 24 * 60 * 60_000

/** Makes what posts the summaries of the plans. */
export function createSummaries(options: SummariesOptions): Summaries {
  const { store, plans, clock, since } = options
  const each = () => plans.flatMap(plan => plansFor(plan, store.roster.directory()))

  return {
    run: () => apart(each().map(plan => () => postDue(plan, options))),
    async overdue() {
      let found = noBacklog
      for (const plan of each()) {
        const window = windowFor(plan, clock(), since)
        if (!window) continue
        const waiting = await without(window, roomsTo(plan, store.roster.directory()), store)
        if (waiting.length > 0) found = joined(found, { count: 1, oldestAt: window.dueAt })
      }
      return found
    },
  }
}

/** What summaries are read from, in the database, as it stands at that moment (epoch ms). */
export function sitrepReads(
  { store, taxonomy, calendar = [] }: Pick<SummariesOptions, 'store' | 'taxonomy' | 'calendar'>,
  now: number,
): SitrepReads {
  return {
    incidents: store.incidents,
    warnings: store.warnings.at(now),
    rumours: store.rumours.reads(now),
    agenda: agendaReads({ store, taxonomy, calendar }),
    broadcasts: store.broadcasts,
    directory: store.roster.directory(),
    summaries: store.summaries,
  }
}

async function postDue(plan: SummaryPlan, options: SummariesOptions): Promise<number> {
  const { store, clock, since, taxonomy, places } = options
  const now = clock()
  const window = windowFor(plan, now, since)
  const directory = store.roster.directory()
  const rooms = window ? roomsTo(plan, directory) : []
  const waiting = window ? await without(window, rooms, store) : []
  if (!window || waiting.length === 0) return 0
  const missed = await missedBefore(plan, window, rooms, options)
  const { edition, zone, region } = plan
  const regions = region === 'all' || region === 'each' ? 'all' : [region]
  const span = { from: window.from, to: window.to }
  const asked: SitrepAsked = { span, regions, edition, taxonomy, zone, now, plan: plan.name }
  const read = sitrepReads(options, now)
  const given = await readSitrep(read, asked)
  const drawn = (room: Room) =>
    drawSitrep(given, {
      ...{ directory, taxonomy, places, zone, edition, missed },
      region: regions === 'all' ? 'all' : (regions[0] ?? 'all'),
      maySeeRed: room.red,
      late: isLate(window, now),
    })
  const posts = waiting.map(room => ({ room, views: drawn(room).views }))
  const picture = posts[0]?.views[0]?.picture
  const languages = waiting.map(room => room.language ?? directory.languages[0] ?? 'en')
  if (picture) await options.depicting?.ahead(picture, languages)
  const made = await store.outbox.add(
    posts.flatMap(({ room, views }) => postsOf(window, room, views)),
    now,
  )
  // Kept behind the posts: what was told to nobody is compared with nothing.
  const { told } = drawn(waiting[0] as Room)
  await store.summaries.keep(await formerFor(read, { ...asked, plan: plan.name, key: window.key }, told))
  return made
}

/** The window that is due; a day after a plan has ended nobody waits for its last one, nor does a room that is new. */
function windowFor(plan: SummaryPlan, now: number, since: number): SummaryWindow | null {
  const window = dueWindow(plan, now, since)
  if (!window || now < window.dueAt + longestLate) return window
  return nextDue(plan, now) === null ? null : window
}

function postsOf(window: SummaryWindow, room: Room, views: readonly Post['view'][]): readonly Post[] {
  return views.map((view, part) => ({
    key: partKey(window, room.id, part),
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'summary',
    view: linked(view),
  }))
}

/** The rooms that have not got it yet. */
async function without(window: SummaryWindow, rooms: readonly Room[], store: Store): Promise<readonly Room[]> {
  const waiting: Room[] = []
  for (const room of rooms) if (!(await store.outbox.exists(partKey(window, room.id, 0)))) waiting.push(room)
  return waiting
}

/** How many windows in a row before this one no room was told of, at most a hundred; of a new plan none was due. */
async function missedBefore(
  plan: SummaryPlan,
  window: SummaryWindow,
  rooms: readonly Room[],
  { store, since }: SummariesOptions,
): Promise<number> {
  let missed = 0
  for (const earlier of earlierWindows(plan, window, since)) {
    const waiting = await without(earlier, rooms, store)
    if (waiting.length < rooms.length) return missed
    if (++missed === mostMissed) break
  }
  return (await store.summaries.last(plan.name, window.to)) ? missed : 0
}

function roomsTo({ to, region }: SummaryPlan, directory: Directory): readonly Room[] {
  if (to === 'region') return roomsOf(directory, region)
  if (to !== 'leadership' && to !== 'coordination' && to !== 'triage') return roomsOf(directory, to)
  const rooms = roomsFor(directory, to)
  return rooms.length > 0 ? rooms : roomsFor(directory, 'coordination')
}

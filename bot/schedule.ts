import { setTimeout as pause } from 'node:timers/promises'
import { schedule as cron, type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { type Directory, type Room, roomsFor, roomsOf } from '../workflows/directory.ts'
import { type Backlog, joined, noBacklog } from '../workflows/health.ts'
import type { SummaryPlan } from '../workflows/network.ts'
import { searchTerms } from '../workflows/search/terms.ts'
import { buildSitrep, figureWindow } from '../workflows/sitrep.ts'
import { dueWindow, earlierWindows, isLate as isWindowLate, type SummaryWindow } from '../workflows/summary.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { DueTimer } from '../workflows/timer.ts'
import type { DrillPlayer } from './drills.ts'
import { createFiring } from './firing.ts'
import { remindQueue, tellDigests, tellGathered } from './gather.ts'
import { createHold } from './hold.ts'
import type { Likenesses } from './likeness.ts'
import type { Recurring } from './recurring.ts'
import { expireTalk } from './reword.ts'
import { tellSetbacks } from './setbacks.ts'
import type { Triggers } from './triggers.ts'
import type { Warnings } from './warning.ts'

/** What the schedule works with; `since` (epoch ms) is the hub's very first start, before which no summary was due. */
export type ScheduleOptions = {
  readonly store: Store
  /** What the hub does when a clock is due, and with messages that wait. */
  readonly hub: { readonly fire: (timer: DueTimer) => Promise<void>; readonly work: () => Promise<number> }
  readonly likeness: Pick<Likenesses, 'sweep'>
  /** What plays exercises; absent: none are played. */
  readonly drills?: DrillPlayer
  /** What makes the broadcasts that come again; absent: none are made. */
  readonly recurring?: Recurring
  /** What proposes protocols; absent: nothing does. */
  readonly triggers?: Triggers
  /** What computes early warning; absent: nothing does. */
  readonly warnings?: Warnings
  readonly plans: readonly SummaryPlan[]
  readonly taxonomy: Taxonomy
  readonly since: number
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  /** Whether chat tools are still read for what was written while the hub was away. */
  readonly behind?: () => boolean
  /** Measures in ms how long a lease has been held; by default on the machine's own clock. */
  readonly stopwatch?: () => number
  readonly log: Logger
}

/** Everything that happens because of the time. */
export type Schedule = {
  /** Fires due clocks, the oldest taken first, and handles waiting messages; true if there may be more. */
  readonly runClocks: () => Promise<boolean>
  /** Posts the summaries that are due, each window once, late rather than never. Returns how many were new. */
  readonly runSummaries: () => Promise<number>
  /** The summaries that were due and that some room has not got. */
  readonly overdue: () => Promise<Backlog>
  /** Takes what changed into the search index, some at a time; true if there may be more. */
  readonly runIndex: () => Promise<boolean>
  /** Gives the right to do so back. */
  readonly release: () => Promise<void>
  /** Rings at the very minute of each daily summary, in its own zone, until stopped. */
  readonly alarms: (ring: () => void) => { readonly stop: () => Promise<void> }
}

const batch = 50
// So many clocks a round; what waits behind them is looked after in between.
const atOnce = 256
const draftLife = 24 * 60 * 60_000
const mostMissed = 100

/** Makes the schedule of timers and summaries; one process at a time runs it. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { store, hub, likeness, clock, holder, taxonomy, stopwatch = () => performance.now() } = options
  const { behind, log } = options
  const firing = createFiring({ fire: timer => hub.fire(timer), clock, log, ...(behind ? { behind } : {}) })
  // Asked after every commit, so that it must not cost one itself.
  const hold = createHold({ leases: store.leases, name: 'clocks', holder, stopwatch })

  async function runClocks(): Promise<boolean> {
    if (!(await hold.keep())) return false
    const fired = await firing.round(await store.timers.due(clock(), atOnce + firing.stuck()))
    const messages = await hub.work()
    await likeness.sweep()
    const proposed = (await options.triggers?.run()) ?? false
    const drilled = (await options.drills?.run()) ?? false
    const told = await tellGathered({ store, taxonomy, clock })
    const expired = await expireTalk(clock(), { store, taxonomy, pause })
    const digested = await tellDigests({ store, clock })
    const setBack = await tellSetbacks({ store, clock })
    if (digested || setBack) options.wake()
    return fired >= atOnce || messages > 0 || proposed || drilled || told || expired || digested || setBack
  }

  async function runSummaries(): Promise<number> {
    if (!(await hold.keep())) return 0
    // Before the summaries, which tell of it.
    if (((await options.warnings?.run()) ?? 0) > 0) options.wake()
    let made = 0
    for (const plan of options.plans) made += await postSummary(plan, options)
    made += await remindQueue({ store, clock })
    made += (await options.recurring?.run()) ?? 0
    if (made > 0) options.wake()
    await store.drafts.prune(clock() - draftLife)
    await store.utterances.prune(clock() - draftLife)
    return made
  }

  async function overdue(): Promise<Backlog> {
    let found = noBacklog
    for (const plan of options.plans) {
      const window = dueWindow(plan, clock(), options.since)
      const rooms = window ? roomsTo(plan.to, store.roster.directory()) : []
      const posted = await Promise.all(rooms.map(room => window && store.outbox.exists(keyOf(window, room, 0))))
      if (window && posted.includes(false)) found = joined(found, { count: 1, oldestAt: window.dueAt })
    }
    return found
  }

  // Needs no lease: whoever is there takes what nobody else has in hand.
  async function runIndex(): Promise<boolean> {
    const directory = store.roster.directory()
    return (await store.search.catchUp(batch, found => searchTerms(found, { taxonomy, directory }))) === batch
  }

  function alarms(ring: () => void) {
    const tasks: ScheduledTask[] = options.plans.flatMap(plan => {
      if (plan.when.type !== 'at') return []
      const [hour, minute] = plan.when.at.split(':').map(Number)
      return [cron(`${minute} ${hour} * * *`, ring, { timezone: plan.zone })]
    })
    return {
      stop: async () => {
        for (const task of tasks) await task.destroy()
      },
    }
  }

  return { runClocks, runSummaries, overdue, runIndex, release: hold.release, alarms }
}

async function postSummary(plan: SummaryPlan, options: ScheduleOptions): Promise<number> {
  const { store, clock } = options
  const now = clock()
  const window = dueWindow(plan, now, options.since)
  const directory = store.roster.directory()
  const rooms = roomsTo(plan.to, directory)
  if (!window || rooms.length === 0) return 0
  const waiting: Room[] = []
  for (const room of rooms) if (!(await store.outbox.exists(keyOf(window, room, 0)))) waiting.push(room)
  if (waiting.length === 0) return 0
  const missed = await missedBefore(plan, window, rooms, options)
  const posts = await Promise.all(
    waiting.map(room => summaryPosts(plan, window, missed, room, directory, now, options)),
  )
  return store.outbox.add(posts.flat(), now)
}

/** How many windows in a row before this one no room was told of, at most a hundred. */
async function missedBefore(
  plan: SummaryPlan,
  window: SummaryWindow,
  rooms: readonly Room[],
  { store, since }: ScheduleOptions,
): Promise<number> {
  let missed = 0
  for (const earlier of earlierWindows(plan, window, since)) {
    const posted = await Promise.all(rooms.map(room => store.outbox.exists(keyOf(earlier, room, 0))))
    if (posted.includes(true) || ++missed === mostMissed) break
  }
  return missed
}

async function summaryPosts(
  plan: SummaryPlan,
  window: SummaryWindow,
  missed: number,
  room: Room,
  directory: Directory,
  now: number,
  { store, taxonomy }: ScheduleOptions,
): Promise<readonly Post[]> {
  const regions = plan.region === 'all' ? ('all' as const) : [plan.region]
  const figures = await store.incidents.figures(figureWindow(window, { regions, taxonomy, now }))
  const views = buildSitrep(figures, {
    directory,
    taxonomy,
    zone: plan.zone,
    region: plan.region,
    maySeeRed: room.red,
    late: isWindowLate(window, now),
    missed,
  })
  return views.map((view, index) => ({
    key: keyOf(window, room, index),
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'summary',
    view,
  }))
}

function keyOf(window: SummaryWindow, room: Room, part: number): string {
  return `${window.key}:${room.id}:${part}`
}

function roomsTo(to: SummaryPlan['to'], directory: Directory): readonly Room[] {
  if (to !== 'leadership' && to !== 'coordination' && to !== 'triage') return roomsOf(directory, to)
  const rooms = roomsFor(directory, to)
  return rooms.length > 0 ? rooms : roomsFor(directory, 'coordination')
}

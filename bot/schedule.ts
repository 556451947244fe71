import { setTimeout as pause } from 'node:timers/promises'
import { schedule as cron, type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { CalendarDay } from '../workflows/agenda/calendar.ts'
import type { Backlog } from '../workflows/health.ts'
import type { SummaryPlan } from '../workflows/network.ts'
import type { Places } from '../workflows/routing.ts'
import { searchTerms } from '../workflows/search/terms.ts'
import { plansFor } from '../workflows/summary.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { DueTimer } from '../workflows/timer.ts'
import { apart } from './apart.ts'
import type { Depicting } from './depicting.ts'
import type { DrillPlayer } from './drills.ts'
import { createFiring } from './firing.ts'
import { remindQueue, tellDigests, tellGathered } from './gather.ts'
import { createHold } from './hold.ts'
import type { Likenesses } from './likeness.ts'
import type { Recurring } from './recurring.ts'
import { expireTalk } from './reword.ts'
import { tellSetbacks } from './setbacks.ts'
import { createSummaries } from './summaries.ts'
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
  /** Reminds of weekly briefs and posts them. */
  readonly briefs?: { readonly run: () => Promise<number> }
  /** What proposes protocols; absent: nothing does. */
  readonly triggers?: Triggers
  /** What computes early warning; absent: nothing does. */
  readonly warnings?: Warnings
  readonly plans: readonly SummaryPlan[]
  /** The election calendar, for what summaries say is to come; absent: none. */
  readonly calendar?: readonly CalendarDay[]
  readonly taxonomy: Taxonomy
  readonly places: Places
  /** Draws the pictures of summaries ahead; absent: they are drawn as they go out. */
  readonly depicting?: Pick<Depicting, 'ahead'>
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

/** Makes the schedule of timers and summaries; one process at a time runs it. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { store, hub, likeness, clock, holder, taxonomy, stopwatch = () => performance.now() } = options
  const { behind, log } = options
  const summaries = createSummaries(options)
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
    const woken = (run: () => Promise<number>) => async () => {
      const made = await run()
      if (made > 0) options.wake()
      return made
    }
    // A figure that cannot be made out must not keep back the check-in of somebody in danger, nor the other way round.
    return apart([
      // Before the summaries, which tell of it.
      async () => {
        if (((await options.warnings?.run()) ?? 0) > 0) options.wake()
        return 0
      },
      woken(summaries.run),
      woken(() => remindQueue({ store, clock })),
      woken(async () => (await options.recurring?.run()) ?? 0),
      woken(async () => (await options.briefs?.run()) ?? 0),
      async () => {
        await store.drafts.prune(clock() - draftLife)
        await store.utterances.prune(clock() - draftLife)
        return 0
      },
    ])
  }

  // Needs no lease: whoever is there takes what nobody else has in hand.
  async function runIndex(): Promise<boolean> {
    const directory = store.roster.directory()
    return (await store.search.catchUp(batch, found => searchTerms(found, { taxonomy, directory }))) === batch
  }

  function alarms(ring: () => void) {
    const each = options.plans.flatMap(plan => plansFor(plan, store.roster.directory()))
    const tasks: ScheduledTask[] = each.flatMap(plan => {
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

  return { runClocks, runSummaries, overdue: summaries.overdue, runIndex, release: hold.release, alarms }
}

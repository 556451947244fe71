import type { Store } from '../db/store.ts'
import { isUrgentSetback, type NewSetback, type Setback, setbackView } from '../workflows/setback.ts'
import { coordinatorPosts } from './notice.ts'

type Tools = { readonly store: Store; readonly clock: () => number }

const minute = 60_000
/** How long (ms) setbacks are gathered before they are told in one notice, and how soon another one may follow. */
const pace = {
  calm: { gatherMs: minute, everyMs: 10 * minute },
  urgent: { gatherMs: 5_000, everyMs: minute },
} as const
const most = 500
// What was told longer ago is found under /delivery, if it still stands.
const keptMs = 90 * 24 * 60 * minute

/** Keeps what coordinators must know of; it is told with others, once. @throws StoreError */
export async function setBack(setback: Setback, { store, clock }: Tools): Promise<void> {
  await store.setbacks.add([setback], clock())
}

/**
 * Tells coordinators in one notice what went wrong since the last one: once some time has passed in which more of it
 * may come, and not too often. Each is told once, whatever dies. Gives true if a notice was made.
 */
export async function tellSetbacks({ store, clock }: Tools): Promise<boolean> {
  const waiting = await store.setbacks.untold(most)
  const now = clock()
  if (!(await isTime(waiting, store, now))) return false
  const last = waiting.at(-1)
  if (!last) return false
  const view = setbackView(waiting, store.roster.directory())
  const posts = await coordinatorPosts(`setbacks:${last.id}`, view, store)
  await store.setbacks.told(
    waiting.map(one => one.id),
    posts,
    now,
  )
  await store.setbacks.prune(now - keptMs)
  return true
}

async function isTime(waiting: readonly NewSetback[], store: Store, now: number): Promise<boolean> {
  const [oldest] = waiting
  if (!oldest) return false
  const urgent = waiting.find(isUrgentSetback)
  const before = (await store.setbacks.lastTold()) ?? Number.NEGATIVE_INFINITY
  const isDue = (since: number, { gatherMs, everyMs }: (typeof pace)['calm' | 'urgent']) =>
    now >= Math.max(since + gatherMs, before + everyMs)
  return isDue(oldest.at, pace.calm) || (urgent !== undefined && isDue(urgent.at, pace.urgent))
}

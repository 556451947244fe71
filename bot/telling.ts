import type { Store } from '../db/store.ts'
import { type Held, speedOf } from '../workflows/broadcast/progress/speed.ts'
import { progressView } from '../workflows/broadcast/progress/view.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import type { Destination } from '../workflows/change.ts'
import { exercise } from '../workflows/drill/mark.ts'
import { type BroadcastId, readBroadcastId } from '../workflows/ids.ts'
import { sight, type Viewer } from '../workflows/sight.ts'
import type { View } from '../workflows/view.ts'
import { readBlackout } from './blackout.ts'
import { amendedOf } from './corrections.ts'

/** From so many on, it is not counted how often a platform lets a message be changed. */
export const manyEdits = 100

/** The key of the post that tells in a place how a broadcast comes on. */
export function progressKey(id: BroadcastId, to: Destination): string {
  return `progress:${id}:${'room' in to ? to.room : to.account}`
}

/** The broadcast that such a post is about; null for any other post. */
export function readProgressKey(key: string): BroadcastId | null {
  return readBroadcastId(/^progress:(B-\d+):/.exec(key)?.[1] ?? '')
}

/** How a broadcast comes on as that reader may see it now (epoch ms); null if there is none. */
export async function progressNow(id: BroadcastId, to: Viewer, store: Store, now: number): Promise<View | null> {
  const broadcast = await store.broadcasts.find(id)
  if (!broadcast) return null
  const [tally, gone, amended, off] = await Promise.all([
    store.broadcasts.tally(id),
    store.progress.gone(id, now - rateMs),
    amendedOf(broadcast, store),
    store.recipients.putOff(id, now),
  ])
  const going = [...new Set(tally.platforms.filter(one => one.reached === 'waiting').map(one => one.platform))]
  const out = await Promise.all(going.map(name => readBlackout(name, store.memory)))
  const down = going.flatMap((platform, at): Held[] => {
    const since = out[at]?.since
    return since === undefined ? [] : [{ platform, since, until: null }]
  })
  // A tool that is out says no hour; one that limits how much it takes does.
  const held = [...down, ...off.filter(one => !down.some(other => other.platform === one.platform))]
  // In its first minutes it did not go out before it began.
  const ms = Math.min(rateMs, Math.max(shortestMs, now - (broadcast.startedAt ?? now)))
  const speed = speedOf(tally, gone, held, { ms, now })
  const view = progressView({ broadcast, tally, amended, speed, now, whole: await mayName(broadcast, to, store) })
  return broadcast.drill === undefined ? view : exercise(view)
}

/** Whether what it is called may be read there: it may speak of what it is about. */
async function mayName({ plan }: Broadcast, to: Viewer, store: Store): Promise<boolean> {
  const known = plan.incident && (await store.incidents.find(plan.incident))
  return !known || sight(known.incident, to, store.roster.directory()) === 'whole'
}

const rateMs = 3 * 60_000
const shortestMs = 20_000

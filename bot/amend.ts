import type { DueRecall } from '../db/recalls.ts'
import type { Store } from '../db/store.ts'
import { type Broadcast, broadcastPostKey, readBroadcastPost } from '../workflows/broadcast.ts'
import { drawnLater } from '../workflows/change.ts'
import type { Viewer } from '../workflows/sight.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { Reader } from '../workflows/text/say.ts'
import type { View } from '../workflows/view.ts'
import { castNow } from './cast.ts'
import { type Desk, judge } from './outcome.ts'
import { overwrite } from './overwrite.ts'
import { inTime } from './sending.ts'
import { manyEdits, progressNow, readProgressKey } from './telling.ts'

type Where = { readonly to: Viewer; readonly reader: Reader }

const mostTries = 3

/**
 * Brings a message of a broadcast that stands to what is said now: the words with which it was corrected, or that it
 * was taken back. Where it can be neither edited nor taken away, it is said anew to the same; so it is where it is
 * urgent, for an edit makes no sound. Rejects only if the store does.
 */
export async function amend(recall: DueRecall, where: Where, desk: Desk): Promise<void> {
  const { store, clock } = desk
  const cast = readBroadcastPost(recall.post ?? '')
  const broadcast = cast && (await store.broadcasts.find(cast.id))
  const view = broadcast && (await castNow(recall.post ?? '', where.to, store, 'edited'))
  if (!broadcast || !view) return store.recalls.done(recall, false)
  try {
    const message = { ...outgoing(recall, view, where), whole: true }
    const left = await inTime(overwrite(recall, message, desk.platform, clock()), desk.sendMs)
    if (left === 'removed' || broadcast.plan.urgency !== 'routine') await sayAnew(recall, broadcast, store, clock())
    await store.recalls.done(recall, left === 'removed')
  } catch (error) {
    const now = clock()
    const problem = judge(error, { attempts: recall.attempts, since: now, lane: 'broadcast' }, desk, now)
    // What can be done no other way is told by the newer words.
    if (problem.retryAt === null) {
      await sayAnew(recall, broadcast, store, now)
      return store.recalls.done(recall, false)
    }
    await store.recalls.failed(recall, problem.reason, problem.retryAt)
  }
}

/** Has the live message of a broadcast show how it comes on now. Rejects only if the store does. */
export async function redraw(recall: DueRecall, where: Where, desk: Desk): Promise<void> {
  const { store, clock, platform, sendMs } = desk
  const id = readProgressKey(recall.post ?? '')
  const now = clock()
  const view = id && (await progressNow(id, where.to, store, now))
  if (!view) return store.recalls.done(recall, false)
  try {
    await inTime(platform.edit(recall.message, outgoing(recall, view, where)), sendMs)
    await store.recalls.done(recall, false)
  } catch (error) {
    const problem = judge(error, { attempts: recall.attempts, since: now, lane: 'talk' }, desk, now)
    // Where a message can be changed a few times only, each try may be one of them. Elsewhere it is tried on: nothing
    // else may happen to it any more, and what was last shown would stand for good.
    const spent = platform.capabilities.edits.most < manyEdits && recall.attempts >= mostTries
    if (problem.retryAt === null || spent) return store.recalls.done(recall, false)
    await store.recalls.failed(recall, problem.reason, problem.retryAt)
  }
}

function outgoing({ key }: DueRecall, view: View, { reader }: Where) {
  return { view: fitView(view, reader), reader, key }
}

/** The newer words as a message of their own, once for each wave, to where the first went. */
async function sayAnew({ post, to }: DueRecall, broadcast: Broadcast, store: Store, now: number): Promise<void> {
  const cast = readBroadcastPost(post ?? '')
  if (!cast) return
  const { id, corrections, plan } = broadcast
  const urgent = plan.urgency !== 'routine'
  const key = broadcastPostKey(id, corrections.length, cast.to, 1)
  const said = { incident: null, thread: false, view: drawnLater, anytime: urgent } as const
  await store.outbox.add([{ key, to, lane: plan.urgency === 'life-safety' ? 'S4' : 'broadcast', ...said }], now)
}

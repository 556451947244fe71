import type { DueRecall } from '../db/recalls.ts'
import type { Store } from '../db/store.ts'
import type { Directory } from '../workflows/directory.ts'
import { exercise } from '../workflows/drill/mark.ts'
import { isDrillId } from '../workflows/drill.ts'
import { goneView, mayStand, movedView } from '../workflows/gone.ts'
import { receiptNow } from '../workflows/received.ts'
import type { Viewer } from '../workflows/sight.ts'
import type { Reader } from '../workflows/text/say.ts'
import { isTalk, threadPosts } from '../workflows/thread.ts'
import type { View } from '../workflows/view.ts'
import { amend, redraw } from './amend.ts'
import { carriedNow, carriedThen, insteadOf } from './carried.ts'
import { personReader, roomReader } from './identify.ts'
import { type Desk, judge, sayStands } from './outcome.ts'
import { overwrite } from './overwrite.ts'
import type { Platform } from './platform.ts'
import { inTime } from './sending.ts'

const redrawMs = 3000
// What can be neither changed nor taken away, though it is tried again and again, stays as it is.
const mostMoves = 3

/** Takes words that must go out of a message, or says on a former card that it has moved. */
export async function takeRecall(recall: DueRecall, desk: Desk): Promise<void> {
  const { platform, sendMs, ...options } = desk
  const { store, clock } = options
  const { incident: id, message, reason } = recall
  const now = clock()
  const directory = store.roster.directory()
  const where = whereIs(recall, platform, directory, now)
  if (!where) return store.recalls.done(recall, true)
  if (reason === 'amended') return amend(recall, where, desk)
  if (reason === 'progress') return redraw(recall, where, desk)
  if (recall.card === 'drawn' && id && 'room' in recall.to) {
    const drawn = await store.cards.isDrawn(id, recall.to.room, message)
    if (drawn === 'drawn') return store.recalls.done(recall, false)
    // Either it is about to show what is, or a newer one will stand in its place.
    if (drawn === 'behind') return store.recalls.failed(recall, 'its card is being drawn', now + redrawMs)
  }
  const known = id ? await store.incidents.find(id) : null
  if (reason === 'sight' && known && mayStand(known.incident, where.to, directory)) {
    return store.recalls.done(recall, false)
  }
  const card = recall.card !== 'no'
  const receipt = reason === 'receipt' && known && 'person' in where.to ? where.to.person : null
  const { taxonomy } = options
  const carrying = recall.post === null ? null : { key: recall.post, incident: id }
  const renamed = reason === 'renamed' ? await renamedView(recall, where.to, store) : null
  if (reason === 'renamed' && !renamed) return store.recalls.done(recall, false)
  const view =
    renamed ??
    (known && receipt
      ? receiptNow(known.incident, receipt, { directory, taxonomy })
      : reason === 'moved'
        ? movedView(known?.incident ?? null, where.to, { directory, taxonomy })
        : reason === 'reworded' && carrying
          ? await carriedThen(carrying, where.to, store)
          : goneView(known?.incident ?? null, where.to, { reason, card }, directory))
  try {
    const left = await inTime(
      overwrite(
        recall,
        { view: isDrillId(id) ? exercise(view) : view, reader: where.reader, key: recall.key },
        platform,
        now,
      ),
      sendMs,
    )
    // What was taken away with words that others still stand by is said anew.
    if (left === 'removed' && reason === 'reworded') await sayInstead()
    // A former card still names its incident, and newer words are somebody's.
    const stands = reason === 'moved' || reason === 'reworded' || reason === 'renamed'
    await store.recalls.done(recall, left === 'removed' || !stands)
  } catch (error) {
    const problem = judge(error, { attempts: recall.attempts, since: now, lane: 'talk' }, desk, now)
    const asked = problem.outcome === 'none' && problem.retryAt !== null
    if (reason === 'moved' && !asked && (problem.retryAt === null || recall.attempts >= mostMoves)) {
      return store.recalls.done(recall, false)
    }
    const over = problem.retryAt === null && (reason === 'withdrawn' || reason === 'reworded')
    // Where the newer words stand below, nothing is left to be done about the older message.
    if (over && (await sayInstead()) && reason === 'reworded') return store.recalls.done(recall, false)
    // That a chat tool keeps what has run out here is no news; that it keeps what somebody took back is.
    if (problem.aloud && reason !== 'expired' && reason !== 'receipt' && reason !== 'renamed') {
      const named = known?.incident.visibility === 'restricted' ? null : id
      await sayStands(recall.key, recall.to, named, problem.reason, options)
    }
    await store.recalls.failed(recall, problem.reason, problem.retryAt)
  }

  async function sayInstead(): Promise<boolean> {
    const line = carrying && where ? await insteadOf(carrying, where.to, store) : null
    if (line) await store.outbox.add([line], now)
    return line !== null
  }
}

/** What a line of a thread says, with the names that people have now; null if nothing of it may be said. */
async function renamedView({ post: key, incident: id }: DueRecall, to: Viewer, store: Store): Promise<View | null> {
  const known = id && (await store.incidents.find(id))
  if (!known || key === null || !('purpose' in to)) return null
  const post = { key, incident: known.incident.id }
  const seq = Number(/^[A-Z]+-\d+:(\d+):/.exec(key)?.[1] ?? 0)
  if (seq === 0) return carriedNow(post, to, store)
  const entries = await store.incidents.timeline(post.incident, known.incident.seq - seq + 1)
  const entry = entries.find(one => one.seq === seq)
  if (!entry) return null
  // Of what people said, newer words may stand there.
  if (isTalk(entry.event)) return carriedNow(post, to, store)
  const lines = threadPosts(entry, known.incident, store.roster.directory())
  return lines.find(line => line.key === key)?.view ?? null
}

type Where = { readonly to: Viewer; readonly reader: Reader }

function whereIs({ to }: DueRecall, platform: Platform, directory: Directory, now: number): Where | null {
  if ('account' in to) {
    const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === to.account))
    if (!person) return null
    const reader = personReader(person, directory, now)
    return { to: { person, through: platform.name }, reader }
  }
  const room = directory.rooms.find(one => one.id === to.room)
  return room ? { to: room, reader: roomReader(room, directory, now) } : null
}

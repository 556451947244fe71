import type { DuePost } from '../db/outbox.ts'
import type { Store } from '../db/store.ts'
import { readBroadcastPost } from '../workflows/broadcast.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../workflows/errors.ts'
import { namedIn, stillSaid, stillTold } from '../workflows/hush.ts'
import type { RoomId } from '../workflows/ids.ts'
import { isCall, stillCalled } from '../workflows/run/still.ts'
import type { Viewer } from '../workflows/sight.ts'
import { rootKey } from '../workflows/summary.ts'
import { inWords } from '../workflows/text/depicted.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { Reader } from '../workflows/text/say.ts'
import type { View } from '../workflows/view.ts'
import { carriedNow, carriedThen, isDrawnLater } from './carried.ts'
import { castNow, isCast } from './cast.ts'
import { beyondDrill } from './containment.ts'
import { elsewhere } from './elsewhere.ts'
import { personReader, roomReader } from './identify.ts'
import {
  askWhether,
  type Desk,
  giveUp,
  graceMs,
  isNotice,
  isShut,
  judge,
  reopenRoom,
  sayUnreachable,
  shutRoom,
} from './outcome.ts'
import type { Outgoing, Target } from './platform.ts'
import { perhapsTwice, type Standing, sendOnce } from './sending.ts'
import { progressNow, readProgressKey } from './telling.ts'
import { keepBack, withheld } from './withhold.ts'

// A message refused for good that often, while others pass, is itself the fault.
const mostRefusals = 3
const mostPictured = 2

/** Sends a post once; whatever the platform does is on record in the end. Rejects only if the store does. */
export async function sendPost(post: DuePost, desk: Desk): Promise<void> {
  const { store, clock, platform } = desk
  const where = await whereOf(post, desk)
  if (!where) return gone(post, desk)
  const held = await withheld(post, where.to, desk)
  if (held) return keepBack(post, where.target, held, desk)
  const called = await calledTo(post, store)
  if (!called) return store.outbox.rest(post, 'left', 'what it called to is over')
  const view = await stillOf({ ...post, view: called }, where.to, store, clock())
  // Taken back before it went out, or a reminder to who has answered meanwhile: nobody need see to that.
  if (!view && isCast(post.key)) return store.outbox.rest(post, 'left', 'nothing of it is to be said any more')
  if (!view) return store.outbox.rest(post, 'left', 'its incident is not for them any more')
  const barred = await beyondDrill({ ...post, view }, desk)
  if (barred) return store.outbox.rest(post, 'left', barred)
  const doubtful = post.state !== 'sending' && !platform.capabilities.lookup
  if (doubtful && (post.state === 'again' || !isUrgent(post))) {
    await store.outbox.rest(post, 'unsure', 'no answer came back')
    if (!isTold(post.key)) await askWhether({ type: 'post', id: post.id }, post.to, post.incident, desk)
    return
  }
  if (doubtful) await store.outbox.again(post)
  const shown = fitView(doubtful ? perhapsTwice(view) : view, where.reader)
  try {
    const { key } = post
    const outgoing = { view: shown, reader: where.reader, key, urgent: isUrgent(post) }
    const message = goesBare(post) ? { ...outgoing, view: inWords(shown) } : await depicted(outgoing, desk)
    const { ref } = await send(post, where, message, desk)
    await store.outbox.sent(post.id, ref, clock())
    if ('room' in post.to) await reopenRoom(post.to.room, desk)
  } catch (error) {
    await failed(post, where, error, desk)
  }
}

/** Of a broadcast it is known, one by one, who had left before it went out to them. */
async function gone(post: DuePost, { store }: Desk): Promise<void> {
  const reason = 'whoever it was for is gone'
  if (readBroadcastPost(post.key)) return store.outbox.rest(post, 'left', reason)
  await store.outbox.failed(post, reason, null)
}

/** A call to steps as it stands now: one that waited for somebody's morning may be over. What may be sent stays. */
async function calledTo({ key, incident, view, state }: DuePost, store: Store): Promise<View | null> {
  if (state !== 'sending' || !incident || !isCall(key)) return view
  const known = await store.incidents.find(incident)
  return known ? stillCalled(view, known.incident) : view
}

/** What of a post may be said now: its incident may have been marked, restricted or moved while it waited. */
export async function stillOf(
  post: Pick<DuePost, 'key' | 'incident' | 'view' | 'state'>,
  to: Viewer,
  store: Store,
  now: number,
): Promise<View | null> {
  const { incident, view } = post
  if (isCast(post.key)) return castNow(post.key, to, store)
  const told = readProgressKey(post.key)
  if (told) return progressNow(told, to, store, now)
  if (isDrawnLater(post)) return post.state === 'sending' ? carriedNow(post, to, store) : carriedThen(post, to, store)
  const directory = store.roster.directory()
  const known = incident && (await store.incidents.find(incident))
  const said = known ? stillSaid(view, known, to, directory) : incident ? null : view
  if (!said) return null
  // Those that belong together are judged with it; all others that it names, each by itself.
  const kin = new Set(known ? [known.incident.id, ...(known.kin ?? []).map(one => one.id)] : [])
  const others = namedIn(said).filter(id => !kin.has(id))
  const named = await Promise.all(others.map(id => store.incidents.find(id)))
  return stillTold(
    said,
    named.flatMap(one => one?.incident ?? []),
    to,
    directory,
  )
}

/** It may be the picture that does not get through: of the tries after some, every other one is of the words alone. */
function goesBare({ attempts, view }: DuePost): boolean {
  return view.picture !== undefined && attempts > mostPictured && (attempts - mostPictured) % 2 === 1
}

/** Drawn before the turn to send is looked at: a picture takes none of the time in which the message must be out. */
async function depicted(message: Outgoing, { depicting, platform }: Desk): Promise<Outgoing> {
  return depicting ? depicting.message(message, platform) : message
}

async function send(post: DuePost, where: Where, message: Outgoing, desk: Desk): Promise<Standing> {
  const { store, clock } = desk
  const late = (ref: MessageRef) => store.outbox.sent(post.id, ref, clock())
  const tried = post.state === 'sending' ? null : post.createdAt
  try {
    return await sendOnce(where.target, message, tried, desk, late)
  } catch (error) {
    // Somebody deleted what the thread hung on: the words stand in the room then, as they would without threads.
    if (where.target.type !== 'thread' || !(error instanceof PlatformError) || error.because !== 'stale') throw error
    return sendOnce({ type: 'room', room: where.address }, message, tried, desk, late)
  }
}

async function failed(post: DuePost, where: Where, error: unknown, desk: Desk): Promise<void> {
  const { store, clock, platform, shut } = desk
  const now = clock()
  const { attempts, createdAt: since, lane } = post
  const problem = judge(error, { attempts, since, lane }, desk, now)
  const { reason } = problem
  if ('person' in where.to && error instanceof PlatformError && turnsAway(error, post)) {
    return unreached(post, where.to.person.id, error, desk)
  }
  if (isShut(error) && !('person' in where.to)) {
    const others = !shut.has(where.to.id)
    const closed = await shutRoom(where.to, error, desk)
    if (post.state !== 'sending') return store.outbox.unknown(post, reason, closed.nextAt)
    // Others pass, and this one never does: it is this one that is refused.
    if (!others || post.attempts < mostRefusals) return store.outbox.rest(post, 'parked', reason)
  }
  if (problem.aloud && !isNotice(post.key) && !readBroadcastPost(post.key))
    await giveUp(post.key, post.to, post.incident, reason, desk)
  const { retryAt } = problem
  if (retryAt === null) return store.outbox.failed(post, reason, null)
  // An earlier try may have arrived: that is not forgotten because this one surely did not.
  const doubted = post.state !== 'sending'
  if (problem.outcome === 'none' && !doubted) return store.outbox.failed(post, reason, retryAt, problem.counted)
  if (problem.outcome === 'none' || platform.capabilities.lookup) return store.outbox.unknown(post, reason, retryAt)
  // The second of two that nobody can look up comes to rest once its lease is over.
  if (!doubted) await store.outbox.unknown(post, reason, now + graceMs)
}

/** Whether there is no use in trying that account again; a broadcast goes on to the next whatever was refused there. */
function turnsAway({ because, permanent }: PlatformError, { key }: DuePost): boolean {
  return because === 'unreachable' || (permanent && readBroadcastPost(key) !== null)
}

/** Goes to another account of the person, or is kept until they are here again. */
async function unreached(
  post: DuePost,
  person: Parameters<typeof elsewhere>[1],
  error: PlatformError,
  desk: Desk,
): Promise<void> {
  const { store, clock } = desk
  const reason = reasonOf(error)
  const way = await elsewhere(post, person, desk)
  if (way.type === 'there') return store.outbox.rest(post, 'left', reason)
  if (way.type === 'other') return store.outbox.turn(post, way.from, way.to, clock())
  if (error.because !== 'unreachable') return store.outbox.failed(post, reason, null)
  await store.outbox.rest(post, 'kept', reason)
  if (isUrgent(post) && !isTold(post.key))
    await sayUnreachable(post.to, `${person}:${post.incident ?? post.key}`, reason, desk)
}

/** Of a broadcast the live message tells who has not got it, and of a notice there is no notice. */
function isTold(key: string): boolean {
  return isNotice(key) || readBroadcastPost(key) !== null
}

function isUrgent({ lane }: DuePost): boolean {
  return lane === 'S5' || lane === 'S4'
}

/** What a post stands under: its incident's card, or the first message of the summary that it is part of. */
async function rootOf({ key, thread, incident }: DuePost, room: RoomId, store: Store): Promise<MessageRef | null> {
  if (thread && incident) return store.cards.message(incident, room)
  const root = rootKey(key)
  return root ? store.outbox.message(root) : null
}

type Where = {
  readonly to: Viewer
  readonly target: Target
  readonly reader: Reader
  /** The platform's own id of the room, or of the account. */
  readonly address: string
}

async function whereOf(post: DuePost, { store, clock, platform }: Desk): Promise<Where | null> {
  const directory = store.roster.directory()
  const now = clock()
  if ('account' in post.to) {
    const { account } = post.to
    const address = await store.roster.address(account)
    const person = [...directory.people.values()].find(each => each.accounts.some(own => own.id === account))
    if (!address || !person) return null
    return {
      to: { person, through: platform.name },
      target: { type: 'direct', account: address },
      reader: personReader(person, directory, now),
      address,
    }
  }
  const { room: id } = post.to
  const room = directory.rooms.find(each => each.id === id)
  if (!room) return null
  const reader = roomReader(room, directory, now)
  const under = await rootOf(post, room.id, store)
  const target: Target = under ? { type: 'thread', under } : { type: 'room', room: room.address }
  return { to: room, target, reader, address: room.address }
}

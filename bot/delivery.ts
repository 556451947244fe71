import type { DueCard } from '../db/cards.ts'
import type { DuePost } from '../db/outbox.ts'
import type { DueRecall } from '../db/recalls.ts'
import { lanes } from '../workflows/change.ts'
import type { RoomId } from '../workflows/ids.ts'
import { quietPeople } from '../workflows/quiet.ts'
import { sendCard } from './drawing.ts'
import { fenced, turnOver } from './fence.ts'
import { createHold } from './hold.ts'
import type { DeliveryOptions, Desk } from './outcome.ts'
import type { Platform } from './platform.ts'
import { sendPost } from './posting.ts'
import { takeRecall } from './recall.ts'
import { chooseTurn, placeOf } from './turn.ts'

/** Brings what was committed to the platforms. */
export type Delivery = {
  /**
   * Sends and edits what is due on every platform that this process may speak to, and waits a moment for it; true if
   * there may be more, or something is still in hand. Rejects with the first failure of the store.
   */
  readonly run: () => Promise<boolean>
  /** Resolves once nothing is in hand any more. */
  readonly settled: () => Promise<void>
  /** Gives the right to send back. What is still in hand stays under a lease of its own until it may be looked up. */
  readonly release: () => Promise<void>
}

type Due = { readonly card: DueCard } | { readonly post: DuePost } | { readonly recall: DueRecall }

// How long a run waits for what it sent, before it looks for what can be sent elsewhere meanwhile.
const patienceMs = 200
// An answer takes at most so long; signal-cli is asked for a whole minute, because nothing can be looked up there.
const sendMs = { lookup: 12_000, blind: 65_000 }
// How much longer what is in hand is this process's alone: a successor comes to all else within seconds.
const spareMs = 8_000
// How many places get something at once; what cannot be looked up is sent one by one.
const mostPlaces = 8
const mostCalm = 2
const window = 100
// How often a hub that knows of no closed room looks whether there is one.
const lookMs = 5_000
// How long cards that are due may put off that words go out of other messages.
const recallMs = 2_000

/**
 * Makes delivery: posts once, cards until they show what is wanted, giving up aloud. Rooms and people are served side
 * by side, each in order of urgency, so that no slow or hanging one holds up another.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const counters = options.platforms.map(platform => createCounter(platform, options))
  return {
    run: async () => {
      const more = await Promise.all(counters.map(counter => counter.run()))
      return more.some(Boolean)
    },
    settled: async () => void (await Promise.all(counters.map(counter => counter.settled()))),
    release: async () => void (await Promise.all(counters.map(counter => counter.release()))),
  }
}

/** Serves one platform. */
function createCounter(platform: Platform, options: DeliveryOptions) {
  const { store, clock, holder, stopwatch = () => performance.now() } = options
  const { lookup } = platform.capabilities
  const desk: Desk = { ...options, platform, sendMs: lookup ? sendMs.lookup : sendMs.blind, shut: new Map() }
  const places = lookup ? mostPlaces : 1
  const leaseMs = desk.sendMs + spareMs
  const hold = createHold({ leases: store.leases, name: `sending:${platform.name}`, holder, stopwatch })
  const inHand = new Map<string, Promise<void>>()
  const calm = new Set<string>()
  const failures: unknown[] = []
  let looked = Number.NEGATIVE_INFINITY
  let recalled = stopwatch()

  async function run(): Promise<boolean> {
    const started = (await hold.keep()) && (await start())
    if (inHand.size > 0) await soon(Promise.all(inHand.values()))
    if (failures.length > 0) throw failures.splice(0)[0]
    return started || inHand.size > 0
  }

  /** Starts what is due wherever nothing is in hand; false if nothing is. */
  async function start(): Promise<boolean> {
    const now = clock()
    const directory = store.roster.directory()
    const rooms = directory.rooms.filter(room => room.platform === platform.name).map(room => room.id)
    await lookAfterShut(rooms, now)
    const idle = rooms.filter(room => !inHand.has(room))
    const quiet = quietPeople(directory, now).flatMap(person => person.accounts.map(own => own.id))
    const reach = { rooms: idle, accounts: [platform.name], quiet }
    const [cards, posts] = await Promise.all([store.cards.due(idle, now, window), store.outbox.due(reach, now, window)])
    const taken = lease()
    const free = places - inHand.size
    const calmFree = Math.min(mostCalm, places) - calm.size
    const turn = chooseTurn(cards, posts, { free, calmFree, busy: new Set(inHand.keys()) })
    const [dueCards, duePosts] = await Promise.all([
      store.cards.take(turn.cards, now, leaseMs),
      store.outbox.take(
        turn.posts.map(post => post.id),
        now,
        leaseMs,
      ),
    ])
    const urgency = [
      ...dueCards.map(card => ({
        lane: turn.cards.find(one => one.incident === card.incident && one.room === card.room)?.lane ?? 0,
        card,
      })),
      ...duePosts.map(post => ({ lane: lanes.indexOf(post.lane), post })),
    ].sort((one, other) => one.lane - other.lane)
    const groups = Map.groupBy(urgency, one => placeOf('card' in one ? one.card : one.post.to))
    for (const [place, group] of groups) {
      if ((group[0]?.lane ?? 0) >= lanes.indexOf('broadcast')) calm.add(place)
      serve(place, group, taken)
    }
    // Most cards lose their words by being drawn anew, so that comes first, if it does not go on and on.
    if (dueCards.length > 0 && stopwatch() - recalled < recallMs) return true
    recalled = stopwatch()
    const called = lease()
    const recalls = await recalling(rooms, now)
    for (const recall of recalls) serve(`recall:${recall.key}`, [{ recall }], called)
    return groups.size + recalls.length > 0
  }

  /**
   * Begins a lease of rows; says whether it still outlasts a send that is started now, and this is who sends. Measured
   * by both clocks, for the one may be set back and the other stands still while the machine sleeps.
   */
  function lease(): () => boolean {
    const [at, since] = [clock(), stopwatch()]
    const passed = () => Math.max(clock() - at, stopwatch() - since)
    return () => hold.has() && passed() + desk.sendMs <= leaseMs
  }

  function serve(place: string, group: readonly Due[], mayStart: () => boolean): void {
    const work = inTurn(group, mayStart)
      .catch(error => void failures.push(error))
      .finally(() => {
        inHand.delete(place)
        calm.delete(place)
      })
    inHand.set(place, work)
  }

  async function inTurn(group: readonly Due[], mayStart: () => boolean): Promise<void> {
    const own: Desk = { ...desk, platform: fenced(platform, mayStart) }
    for (const due of group) {
      // Nobody starts a send that somebody else might start too.
      if (!mayStart()) await giveBack(due)
      else if ('card' in due) await sendCard(due.card, own)
      else if ('post' in due) await sendPost(due.post, own)
      else await takeRecall(due.recall, own)
    }
  }

  /** It was not tried: the next turn has it, as it stood. */
  async function giveBack(due: Due): Promise<void> {
    const [now, reason] = [clock(), turnOver]
    if ('recall' in due) return store.recalls.failed(due.recall, reason, now)
    if ('card' in due) {
      if (due.card.state !== 'sending') return store.cards.unknown(due.card, reason, now)
      return store.cards.failed(due.card, reason, now, false)
    }
    if (due.post.state !== 'sending') return store.outbox.unknown(due.post, reason, now)
    await store.outbox.failed(due.post, reason, now, false)
  }

  async function recalling(rooms: readonly RoomId[], now: number): Promise<readonly DueRecall[]> {
    const going = [...inHand.keys()].filter(place => place.startsWith('recall:')).length
    const free = Math.max(1, places / 2) - going
    return free < 1 ? [] : store.recalls.lease(rooms, [platform.name], now, leaseMs, free)
  }

  /** What is for a closed room is put aside, and now and then one message tries the room. */
  async function lookAfterShut(rooms: readonly RoomId[], now: number): Promise<void> {
    if (desk.shut.size === 0 && stopwatch() - looked < lookMs) return
    looked = stopwatch()
    const found = await store.stuck.closed(rooms)
    desk.shut.clear()
    for (const room of found) {
      desk.shut.set(room.room, room)
      if (inHand.has(room.room)) continue
      if (room.nextAt > now) await store.stuck.park(room, now)
      else await store.stuck.probe(room.room, now)
    }
  }

  return {
    run,
    settled: async () => {
      while (inHand.size > 0) await Promise.all(inHand.values())
    },
    release: hold.release,
  }
}

async function soon(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, patienceMs)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

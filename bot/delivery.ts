import type { DueCard } from '../db/cards.ts'
import type { DuePost } from '../db/outbox.ts'
import type { DueRecall } from '../db/recalls.ts'
import { lanes } from '../workflows/change.ts'
import type { PlatformName, RoomId } from '../workflows/ids.ts'
import { quietPeople } from '../workflows/quiet.ts'
import { sendCard } from './drawing.ts'
import { fenced, turnOver } from './fence.ts'
import { createHold } from './hold.ts'
import { createOutage } from './outage.ts'
import type { DeliveryOptions, Desk } from './outcome.ts'
import type { Platform } from './platform.ts'
import { sendPost } from './posting.ts'
import { takeRecall } from './recall.ts'
import { createRest } from './resting.ts'
import { chooseTurn, isCalmLane, isUrgentLane, placeOf, type Turn, urgentPlace } from './turn.ts'

/** Brings what was committed to the platforms. */
export type Delivery = {
  /**
   * Sends and edits what is due on every platform that this process may speak to, and waits a moment for it; true if
   * there may be more, or something is still in hand. Rejects with the first failure of the store.
   */
  readonly run: () => Promise<boolean>
  /** The same for each platform by itself, so that none waits for another. */
  readonly counters: readonly { readonly platform: PlatformName; readonly run: () => Promise<boolean> }[]
  /** Since when (epoch ms), and why, nothing goes out to that platform; null: it does, or another process sends. */
  readonly outageOf: (platform: PlatformName) => { readonly since: number; readonly reason: string } | null
  /** Whether it is this process that sends on that platform. */
  readonly sends: (platform: PlatformName) => boolean
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
// How many places get something at once: most wait for a platform's pace, so these are more than speak. What is urgent
// has some of its own. What cannot be looked up is sent one by one.
const mostPlaces = 24
const mostCalm = 18
const mostUrgent = 8
const window = 150
// A card that was edited rests before the next edit, so that many quick changes cost few; where edits are few, longer.
const restMs = { lookup: 1200, blind: 4000 }
// How often a hub that knows of no closed room looks whether there is one.
const lookMs = 5_000
// How long what is due may put off that words go out of other messages.
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
    counters,
    outageOf: platform => counters.find(counter => counter.platform === platform)?.outage() ?? null,
    sends: platform => counters.some(counter => counter.platform === platform && counter.sends()),
    settled: async () => void (await Promise.all(counters.map(counter => counter.settled()))),
    release: async () => void (await Promise.all(counters.map(counter => counter.release()))),
  }
}

/** Serves one platform. */
function createCounter(platform: Platform, options: DeliveryOptions) {
  const { store, clock, holder, stopwatch = () => performance.now(), random = Math.random } = options
  const kind = platform.capabilities.lookup ? 'lookup' : 'blind'
  // Where one thing goes at a time, what is urgent is the next; elsewhere it goes beside what is on its way.
  const apart = kind === 'lookup'
  const [places, urgentPlaces] = apart ? [mostPlaces, mostPlaces + mostUrgent] : [1, 1]
  const outage = createOutage({ clock, stopwatch, random })
  const rest = createRest(options.restMs ?? restMs[kind], stopwatch)
  const shut: Desk['shut'] = new Map()
  const desk: Desk = { ...options, platform, sendMs: sendMs[kind], shut, isOut: () => outage.state() !== null }
  const leaseMs = desk.sendMs + spareMs
  const hold = createHold({ leases: store.leases, name: `sending:${platform.name}`, holder, stopwatch })
  const inHand = new Map<string, Promise<void>>()
  const [calm, urgent, hurried] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const failures: unknown[] = []
  let looked = Number.NEGATIVE_INFINITY
  let recalled = stopwatch()

  async function run(): Promise<boolean> {
    const started = (await hold.keep()) && (await start())
    const resting = rest.left()
    // Where something was in hand, a place may be free by now.
    const more = started || inHand.size > 0 || resting > 0
    if (inHand.size > 0) await soon(Promise.race(inHand.values()))
    else if (!started && resting > 0) await soon(new Promise(() => {}), resting)
    if (failures.length > 0) throw failures.splice(0)[0]
    return more
  }

  /** Starts what is due wherever nothing is in hand; false if nothing is. */
  async function start(): Promise<boolean> {
    const now = clock()
    const directory = store.roster.directory()
    const rooms = directory.rooms.filter(room => room.platform === platform.name).map(room => room.id)
    await lookAfterShut(rooms, now)
    const quiet = quietPeople(directory, now).flatMap(person => person.accounts.map(own => own.id))
    const idle = rooms.filter(room => !inHand.has(room))
    const [cards, posts, alarms] = await Promise.all([
      store.cards.due(idle, now, window),
      store.outbox.due({ rooms: idle, accounts: [platform.name], quiet }, now, window),
      alarmsIn(
        rooms.filter(room => inHand.has(room) && !inHand.has(urgentPlace(room))),
        now,
      ),
    ])
    const taken = lease()
    const going = inHand.size
    const most = outage.most(urgentPlaces)
    const turn = chooseTurn([...alarms.cards, ...cards.filter(rest.over)], [...alarms.posts, ...posts], {
      free: Math.min(places - (going - urgent.size), most - going),
      calmFree: Math.min(mostCalm, places) - calm.size,
      urgentFree: most - going,
      busy: new Set(inHand.keys()),
      apart,
    })
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
    const groups = Map.groupBy(urgency, one => placeOf('card' in one ? one.card : one.post.to, one.lane, apart))
    for (const [place, group] of groups) {
      const [{ lane } = { lane: 0 }] = group
      if (isCalmLane(lane)) calm.add(place)
      if (isUrgentLane(lane)) urgent.add(place)
      serve(place, group, taken)
    }
    // Most cards lose their words by being drawn anew, so what is due comes first, if it does not go on and on.
    if (groups.size > 0 && stopwatch() - recalled < recallMs) return true
    recalled = stopwatch()
    const called = lease()
    const recalls = await recalling(rooms, now)
    for (const recall of recalls) serve(`recall:${recall.key}`, [{ recall }], called)
    return groups.size + recalls.length > 0
  }

  /** What is urgent for rooms that have something in hand: it goes beside that, or has it end its turn. */
  async function alarmsIn(rooms: readonly RoomId[], now: number): Promise<Turn> {
    if (rooms.length === 0) return { cards: [], posts: [] }
    const [cards, posts] = await Promise.all([
      store.cards.due(rooms, now, mostUrgent),
      store.outbox.due({ rooms, accounts: [] }, now, mostUrgent),
    ])
    const found = { cards: cards.filter(isAlarm).filter(rest.over), posts: posts.filter(isAlarm) }
    if (apart) return found
    hurried.clear()
    if (found.cards.length + found.posts.length > 0) for (const place of inHand.keys()) hurried.add(place)
    return { cards: [], posts: [] }
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
    const work = inTurn(place, group, mayStart)
      .catch(error => void failures.push(error))
      .finally(() => {
        inHand.delete(place)
        for (const kept of [calm, urgent, hurried]) kept.delete(place)
      })
    inHand.set(place, work)
  }

  async function inTurn(place: string, group: readonly Due[], mayStart: () => boolean): Promise<void> {
    const own: Desk = { ...desk, platform: fenced(outage.watched(platform, desk.sendMs), mayStart) }
    for (const [at, due] of group.entries()) {
      // Nobody starts a send that somebody else might start too, and what has begun to fail is not tried on and on.
      const over = !mayStart() || (at > 0 && (hurried.has(place) || outage.state() !== null))
      if (over) await giveBack(due)
      else if ('card' in due) {
        if (due.card.message) rest.begin(due.card)
        await sendCard(due.card, own)
      } else if ('post' in due) await sendPost(due.post, own)
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
    const free = Math.min(Math.max(1, places / 2) - going, outage.most(places) - inHand.size)
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
      if (inHand.has(room.room) || inHand.has(urgentPlace(room.room))) continue
      if (room.nextAt > now) await store.stuck.park(room, now)
      else await store.stuck.probe(room.room, now)
    }
  }

  return {
    platform: platform.name,
    run,
    outage: outage.state,
    sends: hold.has,
    settled: async () => {
      while (inHand.size > 0) await Promise.all(inHand.values())
    },
    release: hold.release,
  }
}

const isAlarm = ({ lane }: { readonly lane: number }) => isUrgentLane(lane)

async function soon(work: Promise<unknown>, ms = patienceMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, Math.min(ms, patienceMs))
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

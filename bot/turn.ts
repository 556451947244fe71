import type { CardTurn } from '../db/cards.ts'
import type { PostTurn } from '../db/outbox.ts'
import { lanes } from '../workflows/change.ts'

/** What is sent next: some places at once, in each a few things one after the other. */
export type Turn = { readonly cards: readonly CardTurn[]; readonly posts: readonly PostTurn[] }

/**
 * How many places may get something: `free` of them anything, `calmFree` what nobody waits for, and `urgentFree` (no
 * less than `free`) S4 and S5. `busy` are the places, by `placeOf`, that have something in hand. `apart`: what is
 * urgent goes to a place beside what that place has in hand.
 */
export type Room = {
  readonly free: number
  readonly calmFree: number
  readonly urgentFree: number
  readonly busy: ReadonlySet<string>
  readonly apart: boolean
}

// How many of one place are in hand at once: so few that something urgent is soon the next.
const perPlace = 4

const calmLane = lanes.indexOf('broadcast')
const urgentLane = lanes.indexOf('S4')

/**
 * Chooses from what is due, most urgent first: no place where something is in hand, so many places at once as are free,
 * and of those for what nobody waits for (broadcasts, summaries) only some. What is urgent has places of its own.
 */
export function chooseTurn(cards: readonly CardTurn[], posts: readonly PostTurn[], room: Room): Turn {
  const places = new Map<string, number>()
  let [calm, usual] = [0, 0]
  const due = [...cards.map(card => ({ card, lane: card.lane })), ...posts.map(post => ({ post, lane: post.lane }))]
  const chosen = due
    .sort((one, other) => one.lane - other.lane)
    .filter(one => {
      const place = placeOf('card' in one ? one.card : one.post, one.lane, room.apart)
      const count = places.get(place) ?? 0
      if (room.busy.has(place) || count >= perPlace) return false
      if (count === 0) {
        if (places.size >= room.urgentFree) return false
        if (!isUrgentLane(one.lane) && ++usual > room.free) return false
        if (one.lane >= calmLane && ++calm > room.calmFree) return false
      }
      places.set(place, count + 1)
      return true
    })
  return {
    cards: chosen.flatMap(one => ('card' in one ? [one.card] : [])),
    posts: chosen.flatMap(one => ('post' in one ? [one.post] : [])),
  }
}

/**
 * The place that something is for: a room with all that stands in it, or an account. Where what is urgent goes
 * `apart`, it has a place beside.
 */
export function placeOf(
  due: { readonly room?: string | null; readonly account?: string | null },
  lane: number,
  apart: boolean,
): string {
  const place = due.room ?? due.account ?? ''
  return apart && isUrgentLane(lane) ? urgentPlace(place) : place
}

/** The place beside a room or account, in which what is urgent is in hand. */
export function urgentPlace(place: string): string {
  return `!${place}`
}

/** True for S5 and S4. */
export function isUrgentLane(lane: number): boolean {
  return lane <= urgentLane
}

/** True for what nobody waits for. */
export function isCalmLane(lane: number): boolean {
  return lane >= calmLane
}

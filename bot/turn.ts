import type { CardTurn } from '../db/cards.ts'
import type { PostTurn } from '../db/outbox.ts'
import { lanes } from '../workflows/change.ts'

/** What is sent next: some places at once, in each a few things one after the other. */
export type Turn = { readonly cards: readonly CardTurn[]; readonly posts: readonly PostTurn[] }

/** How much may be in hand; `calm` counts the places that now get something nobody waits for. */
export type Room = { readonly free: number; readonly calmFree: number; readonly busy: ReadonlySet<string> }

// How many of one place are in hand at once: so few that something urgent is soon the next.
const perPlace = 4

const calmLane = lanes.indexOf('broadcast')

/**
 * Chooses from what is due, most urgent first: no place where something is in hand, so many places at once as are free,
 * and of those for what nobody waits for (broadcasts, summaries) only a few.
 */
export function chooseTurn(cards: readonly CardTurn[], posts: readonly PostTurn[], room: Room): Turn {
  const places = new Map<string, number>()
  let calm = 0
  const due = [...cards.map(card => ({ card, lane: card.lane })), ...posts.map(post => ({ post, lane: post.lane }))]
  const chosen = due
    .sort((one, other) => one.lane - other.lane)
    .filter(one => {
      const place = placeOf('card' in one ? one.card : one.post)
      const count = places.get(place) ?? 0
      if (room.busy.has(place) || count >= perPlace) return false
      if (count === 0) {
        if (places.size >= room.free) return false
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

/** The place that something is for: a room with all that stands in it, or an account. */
export function placeOf(due: { readonly room?: string | null; readonly account?: string | null }): string {
  return due.room ?? due.account ?? ''
}

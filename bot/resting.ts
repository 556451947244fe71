/** Cards that rest after an edit. */
export type Rest = {
  /** True if the card may be edited again. */
  readonly over: (card: Card) => boolean
  /** The card is edited now. */
  readonly begin: (card: Card) => void
  /** How long (ms) until the next of those that `over` has held back since `left` was last asked may go; 0: none. */
  readonly left: () => number
}

type Card = { readonly incident: string; readonly room: string }

const most = 2000

/**
 * Makes the rest of cards: whatever changes within so many ms after an edit is shown by one edit after them. Kept in
 * memory only, because one process at a time sends on a platform and a crash costs one edit more.
 */
export function createRest(ms: number, stopwatch: () => number): Rest {
  const until = new Map<string, number>()
  let next = Number.POSITIVE_INFINITY
  const key = ({ incident, room }: Card) => `${incident} ${room}`

  return {
    over(card) {
      const end = until.get(key(card))
      if (end === undefined) return true
      if (end <= stopwatch()) return until.delete(key(card))
      next = Math.min(next, end)
      return false
    },
    begin(card) {
      const [oldest] = until.keys()
      if (until.size >= most && oldest !== undefined) until.delete(oldest)
      until.delete(key(card))
      if (ms > 0) until.set(key(card), stopwatch() + ms)
    },
    left() {
      const end = next
      next = Number.POSITIVE_INFINITY
      return end === Number.POSITIVE_INFINITY ? 0 : Math.max(1, end - stopwatch())
    },
  }
}

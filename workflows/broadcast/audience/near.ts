/** The one of those words that is spelt most like that one, at most a third of its letters apart; null if none is. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  const most = Math.min(3, Math.floor(word.length / 3))
  let best: string | null = null
  let least = most + 1
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue
    const apart = distance(word, one)
    if (apart < least) {
      least = apart
      best = one
    }
  }
  return best
}

/** How many letters must be changed, put in, left out or swapped with their neighbour. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]
      line[at] = Math.min(
        (above[at] ?? 0) + 1,
        (line[at - 1] ?? 0) + 1,
        (above[at - 1] ?? 0) + same,
        swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = above
    above = line
  }
  return above[other.length] ?? 0
}

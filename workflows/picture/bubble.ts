import type { CountyMark } from '../drawing.ts'
import type { Spot } from './land.ts'

/** A bubble on a map: where it stands (points), how wide it is, and what it marks; `home` is the middle of its area. */
export type Bubble = { readonly mark: CountyMark; readonly home: Spot; readonly at: Spot; readonly radius: number }

const mostNumbered = 120
const rounds = 80
const furthest = 26

/**
 * Bubbles whose ground grows with their count, the largest first: `ones` is the radius of a single report where there
 * is room, `most` of the largest. Those that would cover each other move apart, but stay near their home.
 */
export function bubblesOf(
  marks: readonly { readonly mark: CountyMark; readonly home: Spot }[],
  { ones, most }: { readonly ones: number; readonly most: number },
): readonly Bubble[] {
  const largest = Math.max(1, ...marks.map(({ mark }) => sizeOf(mark)))
  const k = Math.min(ones, most / Math.sqrt(largest))
  const bubbles = marks
    .map(({ mark, home }) => ({ mark, home, at: home, radius: k * Math.sqrt(sizeOf(mark)) }))
    .toSorted((one, other) => other.radius - one.radius || (one.mark.code < other.mark.code ? -1 : 1))
  return [...apart(bubbles.slice(0, mostNumbered)), ...bubbles.slice(mostNumbered)]
}

/** A county whose reports are not told counts as two: the picture must not tell more than the words. */
function sizeOf({ count, few, untold }: CountyMark): number {
  return few || untold ? 2 : count
}

function apart(bubbles: readonly Bubble[]): Bubble[] {
  const spots = bubbles.map(({ at: [x, y], radius }) => ({ x, y, radius }))
  for (let round = 0; round < rounds; round += 1) {
    let moved = false
    spots.forEach((one, at) => {
      for (const other of spots.slice(at + 1)) moved = parted(one, other) || moved
    })
    if (!moved) break
    spots.forEach((spot, at) => {
      const [x, y] = bubbles[at]?.home ?? [spot.x, spot.y]
      const away = Math.hypot(spot.x - x, spot.y - y)
      const share = away > furthest ? furthest / away : 1
      spot.x = x + (spot.x - x) * share
      spot.y = y + (spot.y - y) * share
    })
  }
  return bubbles.map((bubble, at) => ({ ...bubble, at: [spots[at]?.x ?? 0, spots[at]?.y ?? 0] }))
}

type Round = { x: number; y: number; readonly radius: number }

function parted(one: Round, other: Round): boolean {
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const away = Math.hypot(dx, dy)
  const over = one.radius + other.radius + 1 - away
  if (over <= 0.05) return false
  // Two with one home part sideways.
  const [ux, uy] = away < 0.01 ? [1, 0] : [dx / away, dy / away]
  // The lighter one gives way.
  const share = other.radius ** 2 / (one.radius ** 2 + other.radius ** 2)
  one.x -= ux * over * share
  one.y -= uy * over * share
  other.x += ux * over * (1 - share)
  other.y += uy * over * (1 - share)
  return true
}

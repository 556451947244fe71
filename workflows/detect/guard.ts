import type { Filling } from './likelihood.ts'
import { llr } from './likelihood.ts'
import type { Zones } from './zones.ts'

/** The circles, what fills them, and per number of cases the most that may be expected in one as strong as asked. */
export type Held = { readonly circles: Zones; readonly filling: Filling; readonly most: Float64Array }

/** Cases as they were dealt: how many at which site and age in days, in `length` rows; and per window and site. */
export type Dealt = {
  readonly length: number
  readonly places: Uint32Array
  readonly ages: Uint32Array
  readonly amounts: Uint32Array
  readonly cases: readonly Float64Array[]
}

/** In which block of some middles' circles a site comes in at the earliest, and the cases that a block needs. */
export type Guard = { readonly block: Uint8Array; readonly needs: Float64Array; readonly counts: Float64Array }

/** Per number of cases c of `total`, the most that may be expected where c are as strong as `strength`; -1 for none. */
export function mostExpected(strength: number, total: number): Float64Array {
  return Float64Array.from({ length: Math.round(total) + 1 }, (_, c) => {
    if (c === 0) return -1
    let [low, high] = [0, c]
    // The ratio falls as more are expected, so that halving finds where it crosses.
    for (let step = 0; step < 60; step++) {
      const half = (low + high) / 2
      if (llr(c, half, total) >= strength) low = half
      else high = half
    }
    // What equals the observed counts as reached, whatever the last digit of a sum.
    return low * (1 + 1e-12)
  })
}

/** What is expected inside before each block of circles round a middle begins, per block and window. */
export function startsOf({ circles, filling }: Held, middle: number): Float64Array {
  const order = circles.order[middle] ?? new Uint16Array(0)
  const windows = filling.expected.length
  const starts = new Float64Array(circles.ends.length * windows)
  for (const [window, expected] of filling.expected.entries()) {
    let [sum, rank] = [0, 0]
    for (const [block, end] of circles.ends.entries()) {
      starts[block * windows + window] = sum
      for (; rank < end && rank < order.length; rank++) sum += expected[order[rank] ?? 0] ?? 0
    }
  }
  return starts
}

/** The guard of some middles together: what none of their circles can do without. */
export function guardOf(held: Held, middles: readonly number[], starts: readonly Float64Array[]): Guard {
  const { circles, filling } = held
  const windows = filling.expected.length
  const needs = new Float64Array(circles.ends.length * windows).fill(Number.POSITIVE_INFINITY)
  for (const middle of middles) {
    for (const [block] of circles.ends.entries()) {
      const site = circles.order[middle]?.[block === 0 ? 0 : (circles.ends[block - 1] ?? 0)]
      if (site === undefined) break
      for (const [window, expected] of filling.expected.entries()) {
        const cell = block * windows + window
        const least = (starts[middle]?.[cell] ?? 0) + (expected[site] ?? 0)
        needs[cell] = Math.min(needs[cell] ?? 0, fewest(held.most, least))
      }
    }
  }
  return { block: earliest(circles, middles), needs, counts: new Float64Array((circles.ends.length + 1) * windows) }
}

/**
 * Asks of every block and window with as many cases as it needs; true as soon as the answer is. `before`: the cases
 * that lie inside before the block begins.
 */
export function mayHold(
  held: Held,
  guard: Guard,
  dealt: Dealt,
  ask: (block: number, window: number, before: number) => boolean,
): boolean {
  const windows = held.filling.expected.length
  const { block, needs, counts } = guard
  counts.fill(0)
  for (let at = 0; at < dealt.length; at++) {
    const age = dealt.ages[at] ?? 0
    if (age >= windows) continue
    const cell = (block[dealt.places[at] ?? 0] ?? 0) * windows + age
    counts[cell] = (counts[cell] ?? 0) + (dealt.amounts[at] ?? 0)
  }
  for (let at = 0; at < needs.length; at += windows) {
    let younger = 0
    for (let window = 0; window < windows; window++) {
      younger += counts[at + window] ?? 0
      const before = at === 0 ? 0 : (counts[at - windows + window] ?? 0)
      // From here on the cell holds all cases inside, up to that age.
      counts[at + window] = before + younger
      if (before + younger >= (needs[at + window] ?? 0) && ask(at / windows, window, before)) return true
    }
  }
  return false
}

/** True if a circle round a middle that ends in that block is as strong as asked. */
export function reaches(
  { circles, filling, most }: Held,
  dealt: Dealt,
  zone: { middle: number; block: number; window: number; before: number; start: Float64Array | undefined },
): boolean {
  const order = circles.order[zone.middle] ?? new Uint16Array(0)
  const cases = dealt.cases[zone.window] ?? new Float64Array(0)
  const expected = filling.expected[zone.window] ?? new Float64Array(0)
  const end = Math.min(order.length, circles.ends[zone.block] ?? 0)
  let c = zone.before
  let e = zone.start?.[zone.block * filling.expected.length + zone.window] ?? 0
  for (let rank = zone.block === 0 ? 0 : (circles.ends[zone.block - 1] ?? 0); rank < end; rank++) {
    const site = order[rank] ?? 0
    c += cases[site] ?? 0
    e += expected[site] ?? 0
    if (e <= (most[c] ?? 0)) return true
  }
  return false
}

function earliest(circles: Zones, middles: readonly number[]): Uint8Array {
  const [first, ...others] = middles.map(middle => circles.block[middle] ?? new Uint8Array(circles.sites))
  if (others.length === 0) return first ?? new Uint8Array(0)
  const least = Uint8Array.from(first ?? [])
  for (const block of others) {
    for (let site = 0; site < least.length; site++) least[site] = Math.min(least[site] ?? 0, block[site] ?? 0)
  }
  return least
}

/** The fewest cases that so much expected needs, by halving; `Infinity` if not even all would do. */
function fewest(most: Float64Array, expected: number): number {
  // A breath less than summed: sums in another order may differ in the last digit, and none may be passed over.
  const least = expected * (1 - 1e-9)
  let [low, high] = [0, most.length]
  while (low < high) {
    const half = (low + high) >> 1
    if ((most[half] ?? 0) >= least) high = half
    else low = half + 1
  }
  return low < most.length ? low : Number.POSITIVE_INFINITY
}

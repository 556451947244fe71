import type { Filling } from './likelihood.ts'
import { fewest, mostExpected } from './likelihood.ts'
import { dealer, seeded } from './random.ts'
import type { Zones } from './zones.ts'

/** What is dealt out anew, how often, and what strength it is held against. */
export type Replicas = {
  readonly circles: Zones
  readonly filling: Filling
  /** What is expected per day, oldest first, and county: where a case falls is drawn from it. */
  readonly cells: readonly Float64Array[]
  readonly llr: number
  readonly replications: number
  readonly seed: number
}

/**
 * In how many replications some circle is at least as strong as `llr`, each dealing all cases out by what is expected.
 * Exact: a block of circles is passed over only where its widest holds fewer cases than its narrowest would need.
 */
export function replicas(asked: Replicas): number {
  const lanes = lanesOf(asked.filling.total)
  const held = hold(asked, lanes)
  const draw = dealer(asked.cells, seeded(asked.seed))
  const cases = asked.filling.cases.map(() => new Int32Array(asked.circles.sites))
  let above = 0
  for (let done = 0; done < asked.replications; done += lanes.count) {
    for (const window of cases) window.fill(0)
    const dealt = Math.min(lanes.count, asked.replications - done)
    for (let lane = 0; lane < dealt; lane++) deal(asked, draw, cases, 1 << (lane * lanes.bits))
    above += strongOnes(held, cases, dealt)
  }
  return above
}

/** Several replications are counted at once, each in some bits of one number, of which the highest stays free. */
type Lanes = { readonly bits: number; readonly count: number; readonly mask: number }

type Held = {
  readonly asked: Replicas
  readonly lanes: Lanes
  readonly most: Float64Array
  /** Per window, by middle and block: what is expected before it, and what makes as many as it needs fill a lane. */
  readonly starts: readonly Float64Array[]
  readonly marks: readonly Int32Array[]
}

function lanesOf(total: number): Lanes {
  const bits = Math.ceil(Math.log2(total + 1)) + 1
  if (bits > 31) throw new RangeError(`a scan takes fewer than a thousand million cases, not ${total}`)
  const count = Math.floor(32 / bits)
  return { bits, count, mask: everyLane({ bits, count }, 1 << (bits - 1)) }
}

function everyLane({ bits, count }: Pick<Lanes, 'bits' | 'count'>, value: number): number {
  let lanes = 0
  for (let lane = 0; lane < count; lane++) lanes |= value << (lane * bits)
  return lanes
}

function hold(asked: Replicas, lanes: Lanes): Held {
  const { circles, filling } = asked
  const most = mostExpected(asked.llr, filling.total)
  const full = 1 << (lanes.bits - 1)
  const cells = circles.order.length * circles.ends.length
  const starts = filling.expected.map(() => new Float64Array(cells))
  const marks = filling.expected.map(() => new Int32Array(cells))
  for (const [window, expected] of filling.expected.entries()) {
    for (const [middle, order] of circles.order.entries()) {
      let [sum, rank] = [0, 0]
      for (const [block, end] of circles.ends.entries()) {
        if (rank >= order.length) break
        const cell = middle * circles.ends.length + block
        const needed = fewest(most, sum + (expected[order[rank] ?? 0] ?? 0))
        starts[window]?.fill(sum, cell, cell + 1)
        marks[window]?.fill(needed > full ? 0 : everyLane(lanes, full - needed), cell, cell + 1)
        for (; rank < end && rank < order.length; rank++) sum += expected[order[rank] ?? 0] ?? 0
      }
    }
  }
  return { asked, lanes, most, starts, marks }
}

function deal(
  { circles, cells, filling }: Replicas,
  draw: () => number,
  cases: readonly Int32Array[],
  one: number,
): void {
  for (let left = filling.total; left > 0; left--) {
    const cell = draw()
    const site = cell % circles.sites
    for (let window = cells.length - 1 - Math.floor(cell / circles.sites); window < cases.length; window++) {
      const counts = cases[window]
      if (counts !== undefined) counts[site] = (counts[site] ?? 0) + one
    }
  }
}

/** How many of the replications that were dealt have a circle as strong as asked. */
function strongOnes(held: Held, cases: readonly Int32Array[], dealt: number): number {
  const strong = new Set<number>()
  for (const [window, counts] of cases.entries()) {
    for (let middle = 0; middle < held.asked.circles.order.length; middle++) {
      look(held, counts, window, middle, strong)
      if (strong.size === dealt) return dealt
    }
  }
  return strong.size
}

function look(held: Held, counts: Int32Array, window: number, middle: number, strong: Set<number>): void {
  const { ends } = held.asked.circles
  const order = held.asked.circles.order[middle] ?? new Uint16Array(0)
  const marks = held.marks[window] ?? counts
  const first = middle * ends.length
  const { mask } = held.lanes
  let [inside, rank] = [0, 0]
  for (let block = 0; block < ends.length && rank < order.length; block++) {
    const end = Math.min(ends[block] ?? 0, order.length)
    const before = inside
    inside = add(order, counts, rank, end, inside)
    rank = end
    const full = ((inside + (marks[first + block] ?? 0)) | 0) & mask
    if (full !== 0) exactly(held, { counts, window, middle, block, before, full }, strong)
  }
}

/** What lies at these ranks, lane by lane; four at a time, as nearly all the time of a scan is spent here. */
function add(order: Uint16Array, counts: Int32Array, from: number, end: number, sum: number): number {
  let [one, two, rank] = [sum, 0, from]
  for (; rank < end - 3; rank += 4) {
    one = (one + (counts[order[rank] ?? 0] ?? 0) + (counts[order[rank + 1] ?? 0] ?? 0)) | 0
    two = (two + (counts[order[rank + 2] ?? 0] ?? 0) + (counts[order[rank + 3] ?? 0] ?? 0)) | 0
  }
  for (; rank < end; rank++) one = (one + (counts[order[rank] ?? 0] ?? 0)) | 0
  return (one + two) | 0
}

type Block = { counts: Int32Array; window: number; middle: number; block: number; before: number; full: number }

/** Goes through a block circle by circle for the lanes that may be strong there. */
function exactly({ asked, lanes, most, starts }: Held, at: Block, strong: Set<number>): void {
  const { circles, filling } = asked
  const order = circles.order[at.middle] ?? new Uint16Array(0)
  const expected = filling.expected[at.window] ?? new Float64Array(0)
  const end = Math.min(circles.ends[at.block] ?? 0, order.length)
  for (let lane = 0; lane < lanes.count; lane++) {
    const shift = lane * lanes.bits
    const count = (packed: number) => (packed >>> shift) & ((1 << lanes.bits) - 1)
    if (strong.has(lane) || count(at.full) === 0) continue
    let cases = count(at.before)
    let sum = starts[at.window]?.[at.middle * circles.ends.length + at.block] ?? 0
    for (let rank = at.block === 0 ? 0 : (circles.ends[at.block - 1] ?? 0); rank < end; rank++) {
      const site = order[rank] ?? 0
      cases += count(at.counts[site] ?? 0)
      sum += expected[site] ?? 0
      if (sum <= (most[cases] ?? 0)) {
        strong.add(lane)
        break
      }
    }
  }
}

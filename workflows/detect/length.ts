import { poissonTail } from './chance.ts'
import type { CusumRule } from './cusum.ts'

/** Days until a CUSUM alarms, on average, from nothing and from a head start of h/2. */
export type RunLength = { readonly zero: number; readonly head: number }

// More states than this take seconds to solve; a grid so fine says nothing more.
const most = 1000

/**
 * The average run length of a count CUSUM (alarm from h on) where `mean` come a day: exact for Poisson counts, by the
 * Markov chain over its states. k and h on a grid of 1/1000 and coarse enough for 1,000 states, else a RangeError.
 */
export function runLength(rule: CusumRule, mean: number): RunLength {
  const scale = scaleOf(rule)
  const k = Math.round(rule.k * scale)
  const h = Math.round(rule.h * scale)
  if (h < 1 || h > most) throw new RangeError(`h ${rule.h} at a grid of 1/${scale} makes ${h} states, past ${most}`)
  const chances = Array.from({ length: Math.ceil((h + k) / scale) + 1 }, (_, count) => chance(count, mean))
  const rows = Array.from({ length: h }, (_, from) => row(from, { k, h, scale }, chances, mean))
  const lengths = solve(rows)
  return { zero: lengths[0] ?? Number.NaN, head: lengths[Math.floor(h / 2)] ?? Number.NaN }
}

/** The smallest h, in steps of 1/`grid`, with which `mean` a day alarm only every `days` days on average or rarer. */
export function threshold(rule: { readonly k: number; readonly days: number; readonly grid?: number }, mean: number) {
  const grid = rule.grid ?? 1
  const holds = (h: number) => runLength({ k: rule.k, h: h / grid }, mean).zero >= rule.days
  let high = 1
  while (!holds(high)) high *= 2
  let low = high / 2
  while (high - low > 1) {
    const half = Math.floor((low + high) / 2)
    if (holds(half)) high = half
    else low = half
  }
  return high / grid
}

function scaleOf(rule: CusumRule): number {
  for (const scale of [1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 500, 1000]) {
    const whole = (value: number) => Math.abs(value * scale - Math.round(value * scale)) < 1e-9
    if (whole(rule.k) && whole(rule.h / 2)) return scale
  }
  throw new RangeError(`k ${rule.k} and h ${rule.h} lie on no grid of 1/1000: round them`)
}

function chance(count: number, mean: number): number {
  return poissonTail(count, mean) - poissonTail(count + 1, mean)
}

type Grid = { readonly k: number; readonly h: number; readonly scale: number }

/** One row of (I - Q), the right-hand side 1 at its end. */
function row(from: number, { k, h, scale }: Grid, chances: readonly number[], mean: number): Float64Array {
  const cells = new Float64Array(h + 1)
  cells[from] = 1
  cells[h] = 1
  const none = Math.floor((k - from) / scale)
  if (none >= 0) cells[0] = (cells[0] ?? 0) - (1 - poissonTail(none + 1, mean))
  for (let count = Math.max(0, none + 1); from + count * scale - k < h; count++) {
    const to = from + count * scale - k
    cells[to] = (cells[to] ?? 0) - (chances[count] ?? 0)
  }
  return cells
}

function solve(rows: readonly Float64Array[]): number[] {
  const order = [...rows]
  const size = order.length
  for (let at = 0; at < size; at++) {
    let best = at
    for (let other = at + 1; other < size; other++) {
      if (Math.abs(cell(order, other, at)) > Math.abs(cell(order, best, at))) best = other
    }
    const pivot = order[best] ?? new Float64Array(0)
    order[best] = order[at] ?? pivot
    order[at] = pivot
    for (let other = at + 1; other < size; other++) {
      const line = order[other] ?? pivot
      const factor = (line[at] ?? 0) / (pivot[at] ?? 1)
      if (factor === 0) continue
      for (let column = at; column <= size; column++) line[column] = (line[column] ?? 0) - factor * (pivot[column] ?? 0)
    }
  }
  const result = new Array<number>(size).fill(0)
  for (let at = size - 1; at >= 0; at--) {
    let sum = cell(order, at, size)
    for (let column = at + 1; column < size; column++) sum -= cell(order, at, column) * (result[column] ?? 0)
    result[at] = sum / cell(order, at, at)
  }
  return result
}

function cell(rows: readonly Float64Array[], at: number, column: number): number {
  return rows[at]?.[column] ?? 0
}

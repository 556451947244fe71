/** Counts in order of time, one a day or one a week; NaN where nobody knows (the hub was off, an empty cell). */
export type Series = ArrayLike<number>

/** What one method says of one day of a series; null where it cannot say, as too little came before. */
export type Reading = {
  /** What was counted; null: not known. */
  readonly count: number | null
  /** How many were to be expected from what came before. */
  readonly expected: number | null
  /** The method's statistic (C1, p, S…); `Infinity` where a count rose over a baseline that never moved. */
  readonly value: number | null
  /** What the statistic must pass to be an alarm. */
  readonly bound: number | null
  /** The count above which (p, CUSUM: from which) this day is an alarm; null: none is, or every one is. */
  readonly upper: number | null
  readonly alarm: boolean
}

/** How days before a day are taken for its baseline: `days` steps, ending `gap` + 1 steps before it. */
export type Window = {
  readonly days: number
  readonly gap: number
  /** Days from one step to the next: 7 compares Mondays with Mondays. */
  readonly step: number
  /** With fewer known days than this there is no baseline. */
  readonly least: number
}

/** Mean and sample variance (n - 1) of a baseline, and how many known days it rests on. */
export type Baseline = { readonly n: number; readonly mean: number; readonly variance: number }

/** What comes before a method can say anything. */
export function blank(count: number | undefined): Reading {
  const known = count !== undefined && !Number.isNaN(count)
  return { count: known ? count : null, expected: null, value: null, bound: null, upper: null, alarm: false }
}

/** The baseline of day `at` (from 0), or null where fewer than `least` of its days are known. */
export function baseline(series: Series, at: number, window: Window): Baseline | null {
  let n = 0
  let sum = 0
  let squares = 0
  const last = at - (window.gap + 1) * window.step
  for (let step = 0; step < window.days; step++) {
    const count = series[last - step * window.step]
    if (count === undefined || Number.isNaN(count)) continue
    n += 1
    sum += count
    squares += count * count
  }
  if (n < window.least || n === 0) return null
  // Sums of whole numbers are exact, so that a constant series has a variance of exactly zero.
  const variance = n > 1 ? Math.max(0, (n * squares - sum * sum) / (n * (n - 1))) : 0
  return { n, mean: sum / n, variance }
}

/** Sums over each day and the `days` - 1 before it; NaN until there are as many, or where one of them is not known. */
export function sums(series: Series, days: number): Float64Array {
  return Float64Array.from({ length: series.length }, (_, at) => {
    if (at < days - 1) return Number.NaN
    let sum = 0
    for (let back = 0; back < days; back++) sum += series[at - back] ?? Number.NaN
    return sum
  })
}

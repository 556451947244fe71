import type { Reading, Series } from './series.ts'
import { blank } from './series.ts'

/** How what came together is summed up: allowance `k` a day, alarm from `h` on. */
export type CusumRule = { readonly k: number; readonly h: number }

/** How a CUSUM goes on after an alarm: on (as R's `algo.cusum` does) or from nothing. */
export type CusumEnd = 'go-on' | 'reset'

/** The allowance that finds a rise from `calm` to `raised` a day soonest: (μ1 - μ0) / (ln μ1 - ln μ0). */
export function allowance(calm: number, raised: number): number {
  return (raised - calm) / Math.log(raised / calm)
}

/** Counts summed up: S = max(0, S + Y - k), alarm from h on; an unknown day leaves S as it was. */
export function cusum(series: Series, rule: CusumRule & { readonly after?: CusumEnd }): Reading[] {
  return summed(series, { ...rule, expected: rule.k, add: count => count - rule.k, upper: left => left + rule.k })
}

/** What makes a count comparable: in standard deviations as a Poisson count has them, or as Rossi and others do. */
export type Standard = 'standard' | 'rossi'

/**
 * Standardised counts summed up: z = (x - m) / √m, or Rossi's z = (x - 3m + 2√(xm)) / (2√m), S = max(0, S + z - k), by
 * default k = 1.04 and h = 2.26, without a reset; `mean` is floored at 0.1.
 */
export function standardised(
  series: Series,
  rule: Partial<CusumRule> & { readonly mean: number; readonly form: Standard; readonly after?: CusumEnd },
): Reading[] {
  const { k = 1.04, h = 2.26, after = 'go-on' } = rule
  const m = Math.max(rule.mean, 0.1)
  const z = (x: number) =>
    rule.form === 'rossi' ? (x - 3 * m + 2 * Math.sqrt(x * m)) / (2 * Math.sqrt(m)) : (x - m) / Math.sqrt(m)
  // Rossi's z solved for the count: (√x + √m)² = 2 z √m + 4 m.
  const count = (value: number) =>
    rule.form === 'rossi'
      ? Math.max(0, Math.sqrt(Math.max(0, 2 * value * Math.sqrt(m) + 4 * m)) - Math.sqrt(m)) ** 2
      : m + value * Math.sqrt(m)
  return summed(series, { h, after, expected: m, add: x => z(x) - k, upper: left => count(left + k) })
}

/** Clustered counts (negative binomial of that `size`) summed up by how much likelier `raised` is than `calm`. */
export function negativeCusum(
  series: Series,
  rule: { readonly calm: number; readonly raised: number; readonly size: number; readonly h: number },
): Reading[] {
  const { calm, raised, size, h } = rule
  const each = Math.log((raised * (size + calm)) / (calm * (size + raised)))
  const day = size * Math.log((size + raised) / (size + calm))
  const upper = (left: number) => (left + day) / each
  return summed(series, { h, expected: calm, add: count => count * each - day, upper })
}

type Sum = {
  readonly h: number
  readonly after?: CusumEnd
  readonly expected: number
  readonly add: (count: number) => number
  /** The count with which `left`, what is missing to h, is made up. */
  readonly upper: (left: number) => number
}

function summed(series: Series, sum: Sum): Reading[] {
  let total = 0
  return Array.from({ length: series.length }, (_, at): Reading => {
    const count = series[at]
    if (count === undefined || Number.isNaN(count)) return { ...blank(count), expected: sum.expected, bound: sum.h }
    const upper = Math.max(0, sum.upper(sum.h - total))
    const value = Math.max(0, total + sum.add(count))
    const alarm = value >= sum.h
    total = alarm && sum.after === 'reset' ? 0 : value
    return { count, expected: sum.expected, value, bound: sum.h, upper, alarm }
  })
}

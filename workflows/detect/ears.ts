import { quantile } from './normal.ts'
import type { Reading, Series } from './series.ts'
import { baseline, blank, sums } from './series.ts'

/** The three methods of EARS (Early Aberration Reporting System). */
export type EarsForm = 'c1' | 'c2' | 'c3'

/** How a day is judged by EARS. */
export type EarsRule = {
  /** What the statistic must exceed: by default 3 for C1 and C2, 2 for C3. */
  readonly bound?: number
  /** The least that a standard deviation counts as: by default 1, for sparse daily counts; 0 for none. */
  readonly minSigma?: number
  /** No alarm below this count of the day: by default 3. */
  readonly atLeast?: number
  /** Compare with the days before (the default), with the same weekdays before, or the last seven days with weeks. */
  readonly season?: 'none' | 'weekday' | 'week'
}

/**
 * Reads every day of a series by EARS: C1 = (Y - m) / s over the 7 days before, C2 leaves the 2 days before out, C3
 * adds up what C2 had above 1 on three days; `upper` is the count above which the day alarms. Nothing divides by zero.
 */
export function ears(series: Series, form: EarsForm, rule: EarsRule = {}): Reading[] {
  const counts = rule.season === 'week' ? sums(series, 7) : series
  return Array.from({ length: counts.length }, (_, at) => read(counts, form, at, rule))
}

/** The same for one day of it, from 0. */
export function earsAt(series: Series, form: EarsForm, at: number, rule: EarsRule = {}): Reading {
  return read(rule.season === 'week' ? sums(series, 7) : series, form, at, rule)
}

/** The bound that a share `alpha` of calm days exceeds: 0.001 gives 3.0902, 0.05 gives 1.6449. */
export function boundOf(alpha: number): number {
  return -quantile(alpha)
}

function read(counts: Series, form: EarsForm, at: number, rule: EarsRule): Reading {
  const { bound = form === 'c3' ? 2 : 3, atLeast = 3 } = rule
  const count = counts[at] ?? Number.NaN
  const day = compare(counts, form, at, rule)
  const back = rule.season === 'week' ? 7 : 1
  if (day === null || (form === 'c3' && at < first(form, rule) + 2 * back)) return blank(count)
  const { mean, sigma, z } = day
  if (Number.isNaN(count)) return { ...blank(count), expected: mean, bound }
  const atMost = (room: number) => Math.max(mean + room * sigma, atLeast - 1)
  if (form !== 'c3') {
    const alarm = z > bound && count >= atLeast
    return { count, expected: mean, value: z, bound, upper: atMost(bound), alarm }
  }
  const carried = excess(compare(counts, form, at - back, rule)) + excess(compare(counts, form, at - 2 * back, rule))
  const value = excess(day) + carried
  // Two days that carry the alarm alone: it stands whatever this day brings, if it brings enough to count.
  const upper = carried > bound ? atLeast - 1 : atMost(bound - carried + 1)
  return { count, expected: mean, value, bound, upper, alarm: value > bound && count >= atLeast }
}

type Compared = { readonly mean: number; readonly sigma: number; readonly z: number }

function compare(counts: Series, form: EarsForm, at: number, rule: EarsRule): Compared | null {
  if (at < first(form, rule)) return null
  const before = baseline(counts, at, { days: 7, gap: gapOf(form, rule), step: stepOf(rule), least: 3 })
  if (before === null) return null
  const sigma = Math.max(Math.sqrt(before.variance), rule.minSigma ?? 1)
  return { mean: before.mean, sigma, z: score((counts[at] ?? Number.NaN) - before.mean, sigma) }
}

function first(form: EarsForm, rule: EarsRule): number {
  const start = rule.season === 'week' ? 6 : 0
  return start + (7 + gapOf(form, rule)) * stepOf(rule)
}

function stepOf(rule: EarsRule): number {
  return rule.season === undefined || rule.season === 'none' ? 1 : 7
}

// The same weekday before is seven days away: farther than the gap that keeps a rise out of its own baseline.
function gapOf(form: EarsForm, rule: EarsRule): number {
  return form !== 'c1' && stepOf(rule) === 1 ? 2 : 0
}

function excess(day: Compared | null): number {
  return day === null || Number.isNaN(day.z) ? 0 : Math.max(0, day.z - 1)
}

function score(over: number, sigma: number): number {
  if (sigma > 0) return over / sigma
  return over === 0 ? 0 : over * Number.POSITIVE_INFINITY
}

import { negativeTail, poissonTail } from './chance.ts'
import type { Baseline, Reading, Series } from './series.ts'
import { baseline, blank } from './series.ts'

/** How a day is judged by how unlikely its count is. */
export type ExceedanceRule = {
  /** `auto`: negative binomial where the baseline varies more than its mean, else Poisson. */
  readonly model: 'poisson' | 'negative-binomial' | 'auto'
  /** Alarm below this chance. */
  readonly alpha: number
  /** No alarm below this count. */
  readonly atLeast: number
  /** Days of the baseline: those from t - `gap` - `days` to t - `gap` - 1. */
  readonly days: number
  readonly gap: number
  /** Fewer known days than this make no baseline. */
  readonly least: number
  /** The least that is expected of a day: never nothing, or the first report ever would be an alarm. */
  readonly floor: number
}

/** What the rule is where nobody says otherwise: 28 days that end three days ago, p < 0.01, at least 3. */
export const exceedanceRule: ExceedanceRule = {
  ...{ model: 'poisson', alpha: 0.01, atLeast: 3 },
  ...{ days: 28, gap: 2, least: 7, floor: 0.1 },
}

/** The chance of a count or more after such a baseline, and by which model it was reckoned. */
export function chanceOf(
  count: number,
  before: Baseline,
  rule: Pick<ExceedanceRule, 'model' | 'floor'>,
): { readonly p: number; readonly mean: number; readonly model: 'poisson' | 'negative-binomial' } {
  const mean = Math.max(before.mean, rule.floor)
  const clustered = rule.model !== 'poisson' && before.variance > mean
  if (!clustered) return { p: poissonTail(count, mean), mean, model: 'poisson' }
  const size = (mean * mean) / (before.variance - mean)
  return { p: negativeTail(count, mean, size), mean, model: 'negative-binomial' }
}

/** Reads every day of a series by the chance p of so many or more; `value` is p, 1/p its recurrence in days. */
export function exceedance(series: Series, rule: Partial<ExceedanceRule> = {}): Reading[] {
  const all = { ...exceedanceRule, ...rule }
  return Array.from({ length: series.length }, (_, at) => exceedanceAt(series, at, all))
}

/** The same for one day of it, from 0. */
export function exceedanceAt(series: Series, at: number, rule: ExceedanceRule): Reading {
  const count = series[at] ?? Number.NaN
  const before = baseline(series, at, { days: rule.days, gap: rule.gap, step: 1, least: rule.least })
  if (before === null) return blank(count)
  if (Number.isNaN(count)) return { ...blank(undefined), expected: Math.max(before.mean, rule.floor) }
  const { p, mean } = chanceOf(count, before, rule)
  const alarm = p < rule.alpha && count >= rule.atLeast
  return { count, expected: mean, value: p, bound: rule.alpha, upper: firstUnlikely(mean, before, rule), alarm }
}

function firstUnlikely(mean: number, before: Baseline, rule: ExceedanceRule): number {
  let count = Math.max(rule.atLeast, Math.floor(mean))
  while (chanceOf(count, before, rule).p >= rule.alpha) count++
  return count
}

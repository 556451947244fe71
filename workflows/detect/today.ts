import { discoveries } from './chance.ts'
import type { CusumRule } from './cusum.ts'
import { allowance } from './cusum.ts'
import { earsAt } from './ears.ts'
import type { ExceedanceRule } from './exceedance.ts'
import { chanceOf, exceedanceRule } from './exceedance.ts'
import { threshold } from './length.ts'
import type { Baseline, Series } from './series.ts'
import { baseline } from './series.ts'

/** The series of one region or county and one group of kinds, by whatever key its reader gave it. */
export type Counted = { readonly key: string; readonly counts: Series }

/** What a method found on the last day of a series. */
export type Finding = {
  readonly key: string
  readonly method: 'ears-c2' | 'poisson' | 'negative-binomial' | 'cusum'
  /** That day's count; for `cusum` that of the days it sums up. */
  readonly count: number
  readonly expected: number
  readonly statistic: { readonly name: 'C2' | 'p' | 'S'; readonly value: number; readonly bound: number }
  /** The count from which the day alarms: one less would end it. */
  readonly from: number
  /** The chance of so many or more that day; null for `cusum`, which judges many days. */
  readonly p: number | null
  /** It holds among all of the day's tests (Benjamini-Hochberg): page people only then. Always for `cusum`. */
  readonly stands: boolean
}

/** How the last day of many series is judged. */
export type TodayRule = {
  /** Where a day's baseline mean is below this it is thin: Poisson or negative binomial in place of C2. */
  readonly thin: number
  /** The share of false ones among those that stand. */
  readonly q: number
  /** CUSUM: days that are summed up, and how rarely (days, on average) nothing but chance may alarm. */
  readonly slow: { readonly days: number; readonly rarely: number }
  readonly exceedance: ExceedanceRule
}

/** What the rule is where nobody says otherwise. */
export const todayRule: TodayRule = {
  ...{ thin: 1, q: 0.1, slow: { days: 14, rarely: 1000 } },
  exceedance: { ...exceedanceRule, model: 'auto' },
}

/**
 * Judges one day (by default the last) of many series: C2, where the baseline is thin by chance (Poisson, or negative
 * binomial where it is clustered), and, where that day does not stand out, CUSUM for slow rises; in the order given.
 */
export function today(panel: readonly Counted[], rule: TodayRule = todayRule, at?: number): Finding[] {
  const judged = panel.map(one => dayOf(one, at ?? one.counts.length - 1, rule))
  const stands = discoveries(
    judged.flatMap(day => (day.p === null ? [] : [day.p])),
    rule.q,
  )
  let tested = 0
  return judged.flatMap(({ p, day, slow }) => {
    const holds = p !== null && (stands[tested++] ?? false)
    if (day !== null) return [{ ...day, stands: holds }]
    return slow === null ? [] : [slow]
  })
}

type Judged = { readonly p: number | null; readonly day: Finding | null; readonly slow: Finding | null }

function dayOf({ key, counts }: Counted, at: number, rule: TodayRule): Judged {
  const count = counts[at] ?? Number.NaN
  const slow = slowRise(key, counts, at, rule)
  const before = Number.isNaN(count) ? null : baseline(counts, at, { ...rule.exceedance, step: 1 })
  if (before === null) return { p: null, day: null, slow }
  const { p, mean, model } = chanceOf(count, before, rule.exceedance)
  if (count < rule.exceedance.atLeast) return { p, day: null, slow }
  if (before.mean >= rule.thin) return { p, day: aberration(key, counts, at, p), slow }
  if (p >= rule.exceedance.alpha) return { p, day: null, slow }
  const statistic = { name: 'p', value: p, bound: rule.exceedance.alpha } as const
  const from = fewestUnlikely(before, rule.exceedance)
  return { p, day: { key, method: model, count, expected: mean, statistic, from, p, stands: false }, slow }
}

function aberration(key: string, counts: Series, at: number, p: number): Finding | null {
  const reading = earsAt(counts, 'c2', at)
  const { count, expected, value, bound, upper } = reading
  if (!reading.alarm || count === null || expected === null || value === null || bound === null) return null
  const statistic = { name: 'C2', value, bound } as const
  return { key, method: 'ears-c2', count, expected, statistic, from: Math.floor(upper ?? 0) + 1, p, stands: false }
}

function fewestUnlikely(before: Baseline, rule: ExceedanceRule): number {
  let count = rule.atLeast
  while (chanceOf(count, before, rule).p >= rule.alpha) count++
  return count
}

function slowRise(key: string, counts: Series, at: number, rule: TodayRule): Finding | null {
  const { days, rarely } = rule.slow
  const window = { days: rule.exceedance.days, gap: days - 1, step: 1, least: 14 }
  let count = 0
  for (let back = 0; back < days; back++) count += counts[at - back] || 0
  if (count < rule.exceedance.atLeast) return null
  const before = baseline(counts, at, window)
  if (before === null) return null
  const calm = Math.max(before.mean, rule.exceedance.floor)
  // Clustered counts are judged in clusters: so many times the mean as their variance is, they count as one.
  const cluster = Math.max(1, before.variance / calm)
  const plain = slowRule(calm / cluster, rarely)
  const [k, h] = [plain.k * cluster, plain.h * cluster]
  let value = 0
  let last = 0
  for (let back = days - 1; back >= 0; back--) {
    const day = counts[at - back]
    if (day === undefined || Number.isNaN(day)) continue
    last = value
    value = Math.max(0, value + day - k)
  }
  if (value < h) return null
  const statistic = { name: 'S', value, bound: h } as const
  const from = Math.max(0, Math.ceil(h + k - last))
  return { key, method: 'cusum', count, expected: calm * days, statistic, from, p: null, stands: true }
}

// Thresholds by calm mean and rarity; they are constants of mathematics, so keeping them changes no answer.
const slowRules = new Map<string, CusumRule>()

function slowRule(mean: number, rarely: number): CusumRule {
  const grid = mean < 3 ? 10 : mean < 30 ? 2 : 1
  const calm = Math.ceil(mean * grid) / grid
  const name = `${calm}/${rarely}`
  const kept = slowRules.get(name)
  if (kept !== undefined) return kept
  const k = Math.ceil(allowance(calm, calm + Math.sqrt(calm)) * grid) / grid
  const rule = { k, h: threshold({ k, days: rarely }, calm) }
  slowRules.set(name, rule)
  return rule
}

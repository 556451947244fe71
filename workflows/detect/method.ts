import type { CusumEnd } from './cusum.ts'
import { allowance, cusum, negativeCusum, standardised } from './cusum.ts'
import type { EarsRule } from './ears.ts'
import { boundOf, ears } from './ears.ts'
import { exceedance } from './exceedance.ts'
import { threshold } from './length.ts'
import type { Reading, Series } from './series.ts'

/** The methods by which one series can be judged, by the names an analyst types. */
export const methods = [
  ...(['ears-c1', 'ears-c2', 'ears-c3', 'poisson', 'negative-binomial'] as const),
  ...(['cusum', 'cusum-standard', 'cusum-rossi', 'cusum-negative-binomial'] as const),
] as const

/** One of them. */
export type Method = (typeof methods)[number]

/** What an analyst may set; each method takes what concerns it and leaves the rest. */
export type Setting = {
  readonly minSigma?: number
  readonly atLeast?: number
  readonly season?: EarsRule['season']
  /** The bound itself, or by the share of calm days above it (EARS), or the chance below which a day alarms. */
  readonly bound?: number
  readonly alpha?: number
  readonly days?: number
  readonly k?: number
  readonly h?: number
  readonly after?: CusumEnd
  /** What a calm day brings: by default the mean of all known days; and a raised one: by default calm + √calm. */
  readonly calm?: number
  readonly raised?: number
  readonly size?: number
}

/** What a method says of every day of a series, and by which figures it judged. */
export type Judgement = { readonly readings: Reading[]; readonly by: Readonly<Record<string, number | string>> }

/** Judges every day of a series by one method. @throws RangeError in words if a setting makes no sense */
export function judge(method: Method, series: Series, set: Setting = {}): Judgement {
  const { atLeast = 3 } = set
  switch (method) {
    case 'ears-c1':
    case 'ears-c2':
    case 'ears-c3': {
      const form = method === 'ears-c1' ? 'c1' : method === 'ears-c2' ? 'c2' : 'c3'
      const bound = set.bound ?? (set.alpha === undefined ? (form === 'c3' ? 2 : 3) : boundOf(set.alpha))
      const by = { bound, minSigma: set.minSigma ?? 1, atLeast, season: set.season ?? ('none' as const) }
      return { readings: ears(series, form, by), by }
    }
    case 'poisson':
    case 'negative-binomial': {
      const model = method === 'poisson' ? ('poisson' as const) : ('auto' as const)
      const by = { alpha: set.alpha ?? 0.01, atLeast, days: set.days ?? 28 }
      return { readings: exceedance(series, { ...by, model }), by }
    }
    case 'cusum': {
      const { calm, raised } = ratesOf(series, set)
      const k = set.k ?? Math.max(0.1, Math.round(allowance(calm, raised) * 10) / 10)
      const h = set.h ?? threshold({ k, days: 500 }, calm)
      const by = { k, h, calm, raised, after: set.after ?? ('go-on' as const) }
      return { readings: cusum(series, by), by }
    }
    case 'cusum-standard':
    case 'cusum-rossi': {
      const form = method === 'cusum-rossi' ? ('rossi' as const) : ('standard' as const)
      const by = { k: set.k ?? 1.04, h: set.h ?? 2.26, mean: ratesOf(series, set).calm, after: set.after ?? 'go-on' }
      return { readings: standardised(series, { ...by, form }), by }
    }
    case 'cusum-negative-binomial': {
      const by = { ...ratesOf(series, set), size: set.size ?? sizeOf(series), h: set.h ?? 3 }
      return { readings: negativeCusum(series, by), by }
    }
  }
}

function known(series: Series): number[] {
  return Array.from(series).filter(count => !Number.isNaN(count))
}

function ratesOf(series: Series, set: Setting): { calm: number; raised: number } {
  const counts = known(series)
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  const calm = Math.max(0.1, set.calm ?? mean)
  const raised = set.raised ?? calm + Math.sqrt(calm)
  if (!(raised > calm)) throw new RangeError(`raised (${raised}) must be more than calm (${calm})`)
  return { calm, raised }
}

/** The size that the series' own variance speaks for; large, which is Poisson, where it varies no more than that. */
function sizeOf(series: Series): number {
  const counts = known(series)
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  const over = squares / Math.max(1, counts.length - 1) - mean
  return over > 0 ? (mean * mean) / over : 1e6
}

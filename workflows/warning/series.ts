import type { Counted } from '../detect/today.ts'
import type { PersonId, RegionCode } from '../ids.ts'
import type { Kind } from '../taxonomy.ts'

/** Days in a row by the moments (epoch ms) at which each begins, and that of their end; and in which regions. */
export type SeriesQuery = { readonly regions: readonly RegionCode[]; readonly bounds: readonly number[] }

/** So many of a kind (null: none yet) in a county (as `countyOf` writes it; null: unknown); `day` counts from 0. */
export type SeriesCount = {
  readonly region: RegionCode
  readonly county: string | null
  readonly kind: Kind | null
  readonly day: number
  readonly count: number
  /** Taken in from elsewhere when it was long past: it tells of its day, and not of who reports here. */
  readonly imported?: true
}

/** Somebody reported from that region on that day, whatever it turned out to be. */
export type ReporterDay = { readonly region: RegionCode; readonly reporter: PersonId; readonly day: number }

/** What early warning is reckoned from, as the incidents stand now; restricted and made-up ones are in none of it. */
export interface SeriesReads {
  /** How many were reported, without what was set aside; served by the index of reports alone. */
  counts(query: SeriesQuery): Promise<readonly SeriesCount[]>
  /** Who reported on which days; not who took in what was long past. */
  reporters(query: SeriesQuery): Promise<readonly ReporterDay[]>
}

/** What one series is of: a group of kinds in a county, or (null) in a whole region. */
export type SeriesOf = { readonly region: RegionCode; readonly group: string; readonly county: string | null }

/** A series that can be judged, and what it is of. */
export type Panel = { readonly series: readonly Counted[]; readonly of: ReadonlyMap<string, SeriesOf> }

/**
 * Every series of the counts: each group of each region, and of each of its counties. Of days before `first` the hub
 * was not there: of a region those are known of which something was taken in, from the first of them to the last. Good
 * news warns of nothing.
 */
export function panelOf(
  counts: readonly SeriesCount[],
  { days, first, good }: { readonly days: number; readonly first: number; readonly good: ReadonlySet<Kind> },
): Panel {
  const of = new Map<string, SeriesOf>()
  const series = new Map<string, Float64Array>()
  const told = toldOf(counts, first)

  function add(one: SeriesOf, day: number, count: number): void {
    const key = [one.region, one.group, one.county ?? ''].join('|')
    let values = series.get(key)
    if (!values) {
      const { from, to } = told.get(one.region) ?? { from: 0, to: 0 }
      values = new Float64Array(days).fill(Number.NaN, 0, Math.min(first, days)).fill(0, from, to)
      series.set(key, values)
      of.set(key, one)
    }
    values[day] = (values[day] ?? 0) + count
  }

  for (const { region, county, kind, day, count } of counts) {
    if (kind === null || good.has(kind) || day < 0 || day >= days) continue
    const group = kind.slice(0, 2)
    add({ region, group, county: null }, day, count)
    if (county !== null) add({ region, group, county }, day, count)
  }
  return { series: [...series].map(([key, values]) => ({ key, counts: values })), of }
}

/** Of each region the days before `first` of which something is known; `to` is not among them. */
function toldOf(counts: readonly SeriesCount[], first: number): ReadonlyMap<RegionCode, { from: number; to: number }> {
  const told = new Map<RegionCode, { from: number; to: number }>()
  for (const { region, day } of counts) {
    if (day < 0 || day >= first) continue
    const { from, to } = told.get(region) ?? { from: day, to: day + 1 }
    told.set(region, { from: Math.min(from, day), to: Math.max(to, day + 1) })
  }
  return told
}

/** How many people reported from a region on a day, and usually do: the mean of the known days before, at most 28. */
export function reportersOf(
  reporters: readonly ReporterDay[],
  region: RegionCode,
  day: number,
  first = 0,
): { readonly now: number; readonly usual: number } {
  const counts = new Map<number, number>()
  for (const one of reporters) if (one.region === region) counts.set(one.day, (counts.get(one.day) ?? 0) + 1)
  const from = Math.max(first, day - usualDays)
  let sum = 0
  for (let at = from; at < day; at++) sum += counts.get(at) ?? 0
  const usual = day > from ? Math.round((sum / (day - from)) * 10) / 10 : 0
  return { now: counts.get(day) ?? 0, usual }
}

const usualDays = 28

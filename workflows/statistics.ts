import type { CountyCount, DurationCount } from './figures.ts'
import type { Credibility } from './incident.ts'
import type { Severity } from './taxonomy.ts'

/** A point of a distribution in minutes; `over: true` means "more than": too many still wait to know it. */
export type Point = { readonly minutes: number; readonly over: boolean }
/** How pressing the reports of a county are, now and a day ago, and how many stand behind it. */
export type CountyLoad = {
  readonly county: string
  readonly load: number
  readonly dayBefore: number
  readonly reports: number
}

/** Below this many, a percentile other than the median says nothing and is not shown. */
export const fewest = 5

/** How many incidents stand behind some durations. */
export function sizeOf(durations: readonly DurationCount[]): number {
  return durations.reduce((sum, duration) => sum + duration.count, 0)
}

/**
 * The time by which that share (0.5: the median) of incidents is done, by the Kaplan-Meier estimate: those still
 * waiting count for as long as they have waited, and are neither left out nor taken for done. With none waiting it
 * is the smallest value that so large a share does not exceed. If the estimate never gets so far: more than the
 * longest time seen. Null without any.
 */
export function quantile(durations: readonly DurationCount[], share: number): Point | null {
  const times = [...new Set(durations.map(duration => duration.minutes))].sort((one, other) => one - other)
  let left = sizeOf(durations)
  let waiting = 1
  for (const minutes of times) {
    const here = durations.filter(duration => duration.minutes === minutes)
    waiting *= 1 - sizeOf(here.filter(duration => duration.done)) / left
    left -= sizeOf(here)
    if (waiting <= 1 - share + rounding) return { minutes, over: false }
  }
  const longest = times.at(-1)
  return longest === undefined ? null : { minutes: longest, over: true }
}

/**
 * How many were done within `limit` minutes, of all whose time has come: who waits and still has time is in
 * neither.
 */
export function withinClock(durations: readonly DurationCount[], limit: number): { met: number; due: number } {
  const met = sizeOf(durations.filter(duration => duration.done && duration.minutes <= limit))
  return { met, due: met + sizeOf(durations.filter(duration => duration.minutes > limit)) }
}

/**
 * The load of each county, highest first: severity weight x credibility weight x 2^(-age in whole days / 3),
 * summed.
 */
export function countyLoads(counts: readonly CountyCount[]): readonly CountyLoad[] {
  const loads = new Map<string, CountyLoad>()
  for (const row of counts) {
    const sum = loads.get(row.county) ?? { county: row.county, load: 0, dayBefore: 0, reports: 0 }
    loads.set(row.county, {
      county: row.county,
      load: sum.load + weigh(row, row.day),
      dayBefore: sum.dayBefore + (row.day >= 1 ? weigh(row, row.day - 1) : 0),
      reports: sum.reports + row.count,
    })
  }
  return [...loads.values()].sort((one, other) => other.load - one.load || (one.county < other.county ? -1 : 1))
}

// Products of fractions fall short of 0.5 or 0.1 by the last bit.
const rounding = 1e-9

const severityWeight: Record<Severity, number> = { 1: 1, 2: 2, 3: 4, 4: 8, 5: 16 }
const credibilityWeight: Record<Credibility, number> = {
  unverified: 0.3,
  checking: 0.5,
  corroborated: 0.8,
  verified: 1,
  false: 0,
}

function weigh(row: CountyCount, age: number): number {
  return row.count * severityWeight[row.severity] * credibilityWeight[row.credibility] * 2 ** (-age / 3)
}

import type { Filling } from './likelihood.ts'
import { llr } from './likelihood.ts'
import { replicas } from './replicas.ts'
import type { Site, Zones } from './zones.ts'
import { zones } from './zones.ts'

/** What is scanned: per county (the same order everywhere) its middle, and cases and expected ones per day. */
export type ScanInput = {
  readonly sites: readonly Site[]
  /** One list a day, oldest first, each as long as `sites`; one list: space only. */
  readonly cases: readonly ArrayLike<number>[]
  /** As many lists as `cases`: from each county's own reporting history; scaled so that all sum up to all cases. */
  readonly expected: readonly ArrayLike<number>[]
}

/** How far is scanned, and by what chance the result is measured. */
export type ScanRule = {
  /** The largest part of what is expected that a circle may hold: 0.5, or less for sharper ones. */
  readonly share: number
  /** The longest cluster in days, back from the last; more than there are days: all of them. */
  readonly days: number
  /** How often the cases are dealt out anew. */
  readonly replications: number
  /** The same seed gives the same p. */
  readonly seed: number
  /** The least expected of a county on a day, before scaling: never nothing, or its first report were without end. */
  readonly floor: number
}

/** The most likely cluster: counties (indexes into `sites`, from the middle outwards) over the last `days`. */
export type Cluster = {
  readonly sites: readonly number[]
  readonly days: number
  readonly observed: number
  readonly expected: number
  /** The logarithm of the likelihood ratio. */
  readonly llr: number
  /** How many times likelier a case was inside than outside; `Infinity` if all were inside. */
  readonly ratio: number
  /** (1 + replications with so strong a cluster) / (1 + replications). */
  readonly p: number
}

/** What the rule is where nobody says otherwise. */
export const scanRule: ScanRule = { share: 0.5, days: 14, replications: 999, seed: 1, floor: 0.01 }

/**
 * Kulldorff's scan (Poisson): the circle of counties, over the last days, that holds most beyond what is expected, and
 * how often chance alone would have made one as strong. Null without cases, with one county, or if nothing stands out.
 */
export function scan(input: ScanInput, rule: Partial<ScanRule> = {}): Cluster | null {
  const all = { ...scanRule, ...rule }
  const cells = input.expected.map(day => Float64Array.from(day, value => (value > all.floor ? value : all.floor)))
  const filling = fill(input.cases, cells, all.days)
  if (!(filling.total > 0) || input.sites.length < 2) return null
  const circles = zones(input.sites, total(cells), all.share)
  const found = strongest(circles, filling)
  if (found === null) return null
  const { c, e } = found
  const outside = (filling.total - c) / (filling.total - e)
  const above = replicas({ circles, filling, cells, ...all, llr: found.llr })
  return {
    sites: [...(circles.order[found.middle]?.subarray(0, found.rank + 1) ?? [])],
    ...{ days: found.days, observed: c, expected: e, llr: found.llr, ratio: c / e / outside },
    p: (1 + above) / (1 + all.replications),
  }
}

function total(cells: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(cells[0]?.length ?? 0)
  for (const day of cells)
    for (let site = 0; site < sums.length; site++) sums[site] = (sums[site] ?? 0) + (day[site] ?? 0)
  return sums
}

function fill(cases: ScanInput['cases'], cells: readonly Float64Array[], days: number): Filling {
  const length = cells[0]?.length ?? 0
  const known = cases.map(day => Float64Array.from({ length }, (_, site) => Math.round(day[site] || 0)))
  const whole = (lists: readonly Float64Array[]) => total(lists).reduce((sum, value) => sum + value, 0)
  const scale = whole(known) / whole(cells)
  const back = Array.from({ length: Math.min(days, cells.length) }, (_, at) => cells.length - 1 - at)
  return {
    total: whole(known),
    cases: back.map(from => total(known.slice(from))),
    expected: back.map(from => total(cells.slice(from)).map(value => value * scale)),
  }
}

type Found = { middle: number; rank: number; days: number; c: number; e: number; llr: number }

function strongest(circles: Zones, filling: Filling): Found | null {
  let best: Found | null = null
  for (const [at, cases] of filling.cases.entries()) {
    const expected = filling.expected[at] ?? cases
    for (const [middle, order] of circles.order.entries()) {
      let [c, e] = [0, 0]
      for (let rank = 0; rank < order.length; rank++) {
        const site = order[rank] ?? 0
        const more = cases[site] ?? 0
        e += expected[site] ?? 0
        if (more === 0) continue
        c += more
        // What falls short of its expectation cannot be the strongest; a logarithm costs more than asking.
        if (c <= e) continue
        const strength = llr(c, e, filling.total)
        if (strength > (best?.llr ?? 0)) best = { middle, rank, days: at + 1, c, e, llr: strength }
      }
    }
  }
  return best
}

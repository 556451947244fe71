import type { Alarm } from '../warning.ts'

/** True if two alarms look at the same thing: the same layer, region, group and counties, on whatever day. */
export function sameSeries(one: Same, other: Same): boolean {
  return nameOf(one) === nameOf(other)
}

type Same = Pick<Alarm, 'method' | 'region' | 'group' | 'counties' | 'places' | 'rule'>

function nameOf({ method, region, group, counties, places, rule = '' }: Same): string {
  const layer = statistical.has(method) ? 'statistics' : method
  // What is silent, and what a scan finds, differs a little from day to day.
  const where = layer === 'silence' || layer === 'scan' ? [] : (places ?? counties)
  return [layer, region, group ?? '', rule, ...where].join('|')
}

const statistical = new Set<Alarm['method']>(['ears-c1', 'ears-c2', 'ears-c3', 'poisson', 'negative-binomial', 'cusum'])

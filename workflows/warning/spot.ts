import type { Finding } from '../detect/today.ts'
import type { RegionCode } from '../ids.ts'
import type { Alarm } from '../warning.ts'
import type { Panel, SeriesOf } from './series.ts'

/** A finding of the day that people are told of, and what it is of. */
export type Spot = { readonly of: SeriesOf; readonly finding: Finding }

// However wild a day is, nobody reads more than the strongest of a region.
const mostOfRegion = 8

/**
 * What stands of a day's findings: of each series one, the day's before the slow rise; of a group unusual in the
 * whole region its counties are not told apart; the most beyond what was expected first.
 */
export function spotsOf(findings: readonly Finding[], { of }: Pick<Panel, 'of'>): readonly Spot[] {
  const all = findings.flatMap(finding => {
    const known = of.get(finding.key)
    return known && finding.stands ? [{ of: known, finding }] : []
  })
  const single = [...Map.groupBy(all, spot => spot.finding.key).values()].flatMap(
    same => same.find(spot => spot.finding.method !== 'cusum') ?? same.slice(0, 1),
  )
  const whole = new Set(single.flatMap(spot => (spot.of.county === null ? [`${spot.of.region}|${spot.of.group}`] : [])))
  const apart = single.filter(({ of: own }) => own.county === null || !whole.has(`${own.region}|${own.group}`))
  const byRegion = Map.groupBy(apart.toSorted(stronger), spot => spot.of.region)
  return [...byRegion.values()].flatMap(spots => spots.slice(0, mostOfRegion))
}

/** The id of an alarm: the same for the same finding, whoever computes it. */
export function alarmId(
  region: RegionCode,
  day: string,
  method: string,
  ...more: readonly (string | null)[]
): Alarm['id'] {
  return ['W', region, day, method, ...more.flatMap(one => one ?? [])].join('-')
}

function stronger(one: Spot, other: Spot): number {
  const times = ({ finding: { count, expected } }: Spot) => count / Math.max(expected, 0.1)
  return times(other) - times(one) || (one.finding.key < other.finding.key ? -1 : 1)
}

import { countyOf } from '../figures.ts'
import type { IncidentId, RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Trigger } from '../protocol.ts'
import type { Kind, Severity, Taxonomy } from '../taxonomy.ts'
import { kindsOf } from './match.ts'

/** Which incidents may be part of the same pattern: reported then (epoch ms), there, of that kind and severity. */
export type Stretch = {
  readonly from: number
  readonly to: number
  /** Null: of any. */
  readonly region: RegionCode | null
  readonly county: string | null
  readonly kinds: readonly Kind[] | null
  readonly severity: Severity | null
}

/** What a pattern is told by. */
export type Spot = { readonly id: IncidentId; readonly county: string | null; readonly reportedAt: number }

type Count = NonNullable<Trigger['count']>

/**
 * Where to look for others that form a pattern with this one; null where there can be none: the trigger counts nothing,
 * or its county is not known yet. What only the named may know of is never counted with others.
 */
export function stretchOf(trigger: Trigger, incident: Incident, taxonomy: Taxonomy): Stretch | null {
  const { count, severity } = trigger
  if (!count || incident.visibility !== 'region') return null
  const county = countyOf(incident.place)
  if (county === null && (count.within === 'county' || count.counties > 1)) return null
  return {
    from: incident.reportedAt - count.minutes * minute,
    to: incident.reportedAt + count.minutes * minute,
    region: count.within === 'network' ? null : incident.region,
    county: count.within === 'county' ? county : null,
    kinds: kindsOf(trigger, taxonomy),
    severity,
  }
}

/**
 * Those that form the pattern with this one: as many as can be within so many minutes, oldest first; null if they are
 * too few, or of too few counties.
 */
export function clusterOf<One extends Spot>(own: One, others: readonly One[], count: Count): readonly One[] | null {
  const all = [own, ...others.filter(one => one.id !== own.id)].toSorted(
    (one, other) => one.reportedAt - other.reportedAt,
  )
  const length = count.minutes * minute
  let best: readonly One[] | null = null
  for (const { reportedAt: from } of all) {
    if (from > own.reportedAt || own.reportedAt > from + length) continue
    const within = all.filter(one => one.reportedAt >= from && one.reportedAt <= from + length)
    if (isPattern(within, count) && within.length >= (best?.length ?? 0)) best = within
  }
  return best
}

/** True if so many, of so many counties, are enough. */
export function isPattern(spots: readonly Pick<Spot, 'county'>[], { atLeast, counties }: Count): boolean {
  if (spots.length < atLeast) return false
  return counties <= 1 || new Set(spots.flatMap(one => one.county ?? [])).size >= counties
}

const minute = 60_000

import type { RegionCode } from '../ids.ts'
import type { ReporterDay, SeriesCount } from './series.ts'

/** Who or what usually reports from a region and has gone quiet; people are only counted. */
export type Silence = { readonly region: RegionCode; readonly counties: readonly string[]; readonly reporters: number }

/** How silence is told: `quiet` last days without anything, of those who reported on `often` of the `days` before. */
export type SilenceRule = { readonly quiet: number; readonly days: number; readonly often: number }

/** What is silent for two whole days (in the week of an election one), if it reported on five of the 14 days before. */
export function silenceRule(electionWeek: boolean): SilenceRule {
  return { quiet: electionWeek ? 1 : 2, days: 14, often: 5 }
}

/**
 * What has gone quiet by the end of day `last`, by region where anything has; later days, as far as there are any,
 * must be silent too. `first`: the first day that the hub was there.
 */
export function silences(
  { counts, reporters }: { readonly counts: readonly SeriesCount[]; readonly reporters: readonly ReporterDay[] },
  { last, first }: { readonly last: number; readonly first: number },
  rule: SilenceRule,
): readonly Silence[] {
  const begin = last - rule.quiet + 1
  if (begin - rule.days < first) return []
  const counties = quietOnes(
    counts.flatMap(({ region, county, day }) => (county === null ? [] : [{ region, name: county, day }])),
    begin,
    rule,
  )
  const people = quietOnes(
    reporters.map(({ region, reporter, day }) => ({ region, name: reporter as string, day })),
    begin,
    rule,
  )
  const regions = [...new Set([...counties.keys(), ...people.keys()])].toSorted()
  return regions.map(region => ({
    region,
    counties: (counties.get(region) ?? []).toSorted(),
    reporters: (people.get(region) ?? []).length,
  }))
}

type Heard = { readonly region: RegionCode; readonly name: string; readonly day: number }

function quietOnes(heard: readonly Heard[], begin: number, { days, often }: SilenceRule): Map<RegionCode, string[]> {
  const made = new Map<RegionCode, string[]>()
  for (const [, all] of Map.groupBy(heard, one => `${one.region}|${one.name}`)) {
    const [first] = all
    const before = new Set(all.flatMap(one => (one.day >= begin - days && one.day < begin ? [one.day] : [])))
    if (!first || before.size < often || all.some(one => one.day >= begin)) continue
    made.set(first.region, [...(made.get(first.region) ?? []), first.name])
  }
  return made
}

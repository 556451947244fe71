import type { Region } from '../directory.ts'
import type { CountyMark } from '../drawing.ts'
import { type Edition, leaves } from '../edition.ts'
import type { CountyCount, Figures } from '../figures.ts'
import { stateOf, stateOfFips } from '../places/states.ts'
import type { Places } from '../routing.ts'
import { countyLoads } from '../statistics.ts'
import type { Warning } from '../warning.ts'
import { hasPart, shownCounts } from '../withheld.ts'

/** The counties of a map as an edition shows them, how many reports have none, and each county's name by its code. */
export type Counties = {
  readonly marks: readonly CountyMark[]
  readonly unplaced: number
  readonly named: ReadonlyMap<string, string>
}

/**
 * What a map tells of each county: its reports within the window, the worst of them, and its load of 14 days. Beyond
 * the network one or two are "<3", and neither their load nor how severe they were is told; the public is told of no
 * severity and no alarm at all.
 */
export function countiesOf(
  given: { readonly figures: Figures; readonly edition: Edition; readonly warnings: readonly Warning[] },
  places: Places,
): Counties {
  const { figures, edition, warnings } = given
  const loads = new Map(countyLoads(figures.counties).map(each => [each.county, each]))
  const alarmed = new Set(hasPart(edition, 'alarms') ? warnings.flatMap(openIn) : [])
  const rows = [...Map.groupBy(figures.counties, row => row.county)]
    .map(([county, all]) => ({ county, code: codeOf(county, places), within: all.filter(row => row.within), all }))
    // An order that came from the counts would give back what is not told.
    .toSorted((one, other) => (one.code < other.code ? 1 : -1))
  const placed = rows.map(row => sumOf(row.within))
  const unplaced = Math.max(0, newOf(figures) - placed.reduce((sum, count) => sum + count, 0))
  // If a larger one has to be held back as well, then rather that of no county at all.
  const [, ...shown] = shownCounts([unplaced, ...placed], edition, { of: 'places' }).counts
  const marks = rows.map(({ county, code, within, all }, at): CountyMark => {
    const count = shown[at] ?? '–'
    const alarm = alarmed.has(code) || alarmed.has(county) ? { alarm: true as const } : {}
    if (count === '<3') return { code, count: 0, load: null, worst: null, few: true, ...alarm }
    if (count === '–') return { code, count: 0, load: null, worst: null, untold: true, ...alarm }
    // Of one or two in 14 days it is not told how pressing they are.
    const untold = leaves(edition) && sumOf(all) < fewest
    const load = untold ? null : Math.round((loads.get(county)?.load ?? 0) * 10) / 10
    return { code, count, load, worst: edition === 'public' ? null : worstOf(within), ...alarm }
  })
  marks.reverse()
  const named = new Map(rows.map(({ code, county }) => [code, county]))
  return { marks, unplaced: leaves(edition) ? 0 : unplaced, named }
}

/**
 * The states (`04`) or areas that regions cover, else those of the marks; empty, for the whole country, where one
 * region takes all the rest.
 */
export function statesOf(regions: readonly Region[], marks: readonly CountyMark[]): readonly string[] {
  const rules = regions.flatMap(region => region.places)
  if (rules.some(rule => rule.type === 'anywhere')) return []
  const ruled = rules.flatMap(rule => {
    if (rule.type === 'state') return stateOf(rule.state)?.fips ?? rule.state
    if (rule.type !== 'county') return []
    return stateOfFips(rule.fips)?.fips ?? rule.fips
  })
  const covered = ruled.length > 0 ? ruled : marks.map(mark => stateOfFips(mark.code)?.fips ?? mark.code)
  return [...new Set(covered)].sort()
}

const fewest = 3

function openIn({ alarms }: Warning): readonly string[] {
  return alarms.filter(alarm => alarm.state === 'open').flatMap(alarm => alarm.counties)
}

/** All that were reported in the window and have to do with load: not set aside, no good news. */
function newOf({ reported, kinds, window }: Figures): number {
  const fresh = reported.filter(row => row.period === 0 && !window.setAside.includes(row.status))
  const good = kinds.filter(row => row.period === 0 && row.kind !== null && window.positive.includes(row.kind))
  return sumOf(fresh) - sumOf(good)
}

function worstOf(rows: readonly CountyCount[]): CountyCount['severity'] | null {
  return rows.reduce<CountyCount['severity'] | null>((worst, { severity }) => {
    return worst !== null && worst >= severity ? worst : severity
  }, null)
}

// A summary of the whole country has thousands of counties, which are called the same every day.
const codes = new WeakMap<Places, Map<string, string>>()

/** The code of a county that is named as `countyOf` does; of an area of another country its own. */
function codeOf(county: string, places: Places): string {
  const known = codes.get(places) ?? new Map<string, string>()
  codes.set(places, known)
  const before = known.get(county)
  if (before !== undefined) return before
  const { confidence, fips } = places.find(county)
  const code = confidence === 'certain' && fips !== null ? fips : county.replace(/, [^,]+$/, '')
  known.set(county, code)
  return code
}

function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}

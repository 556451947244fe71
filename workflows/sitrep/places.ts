import { hasRole, type Language, onDuty, type Region, servesRegion } from '../directory.ts'
import { type Param, phrase } from '../phrase.ts'
import { type CountyLoad, countyLoads } from '../statistics.ts'
import type { Line } from '../view.ts'
import { hasPart, type ShownCount, shownCount, shownCounts } from '../withheld.ts'
import { arrow, isOutside, item, marked, regionsOf, type SitrepContext, section, total } from './context.ts'

const mostCounties = 5
const mostNames = 10
const day = 86_400_000

/** The counties under most pressure, five at most; for the public only those with three reports or more. */
export function hotSpots({ figures, edition }: SitrepContext): readonly CountyLoad[] {
  return countyLoads(figures.counties)
    .filter(({ load, reports }) => tenths(load) > 0 && (edition !== 'public' || reports >= 3))
    .slice(0, mostCounties)
}

/** The five counties under most pressure. */
export function hotSpotLines(context: SitrepContext): readonly Line[] {
  const told = context.material.former?.told
  const heading = phrase(context.edition === 'public' ? 'sitrep.hot-public' : 'sitrep.hot')
  return section(
    heading,
    hotSpots(context).map(spot => marked(spotLine(spot, context), !told?.hot.includes(spot.county), context)),
  )
}

function spotLine({ county, load, dayBefore, reports }: CountyLoad, context: SitrepContext): Line {
  const count = isOutside(context) ? told(county, reports, context) : reports
  if (context.edition === 'public') return item('sitrep.county-public', { county, count })
  // What one or two reports weigh tells what they were.
  if (typeof count === 'string') return item('sitrep.county-few', { county, count })
  return item('sitrep.county', {
    county,
    load: tenths(load),
    arrow: arrow(tenths(load), tenths(dayBefore)),
    before: tenths(dayBefore),
    reports: phrase('sitrep.reports', { count: reports }),
  })
}

/**
 * How many reports of a county are told. All counties stand in one table whose total the trend tells, with those of no
 * county, of which nobody reads how many they are.
 */
function told(county: string, reports: number, { figures, edition }: SitrepContext): ShownCount {
  const alone = shownCount(reports, edition, { of: 'places' })
  if (typeof alone === 'string') return alone
  const known = countyLoads(figures.counties).toSorted((one, other) => (one.county < other.county ? -1 : 1))
  const rest = total(figures.trend) - total(figures.counties)
  const { counts } = shownCounts([Math.max(0, rest), ...known.map(one => one.reports)], edition, { of: 'places' })
  return counts[1 + known.findIndex(one => one.county === county)] ?? '–'
}

/** Where the network does not hear or could not answer: silent regions, nobody on duty, languages nobody speaks. */
export function coverageLines(context: SitrepContext): readonly Line[] {
  const { directory, figures } = context
  if (!hasPart(context.edition, 'coverage')) return []
  const regions = regionsOf(context)
  const { now } = figures.window
  const heard = new Set(figures.lastReports.map(report => report.region))
  const silent = regions.filter(region => !heard.has(region.code) && !isRest(region))
  const deserted = regions.filter(region => onDuty(directory, region.code, now).length === 0)
  const ending = regions.filter(region => !deserted.includes(region) && dutyEnd(region, context) < now + day)
  return section(phrase('sitrep.coverage'), [
    silent.length > 0 ? item('sitrep.silent', { regions: listed(silent.map(region => region.name)) }) : null,
    deserted.length > 0 ? item('sitrep.deserted', { regions: listed(deserted.map(region => region.name)) }) : null,
    ending.length > 0
      ? item('sitrep.duty-ends', { parts: listed(ending.map(region => endOf(region, context))) })
      : null,
    ...directory.languages.map(language => languageLine(language, regions, context)),
  ])
}

function languageLine(language: Language, regions: readonly Region[], { directory }: SitrepContext): Line | null {
  const team = [...directory.people.values()].filter(
    person => person.languages.includes(language) && hasRole(person, 'responder', 'coordinator'),
  )
  const without = regions.filter(region => !team.some(person => servesRegion(person, region.code)))
  return without.length > 0
    ? item(`sitrep.no-${language}`, { regions: listed(without.map(region => region.name)) })
    : null
}

function endOf(region: Region, context: SitrepContext): Param {
  return phrase('sitrep.duty-end', { region: region.name, time: { time: dutyEnd(region, context) } })
}

/** When the last of those who are on duty for a region goes off it. */
function dutyEnd(region: Region, { directory, figures }: SitrepContext): number {
  const people = new Set(onDuty(directory, region.code, figures.window.now).map(person => person.id))
  return Math.max(0, ...directory.duty.filter(duty => people.has(duty.person)).map(duty => duty.until))
}

/** True for the region that takes what belongs nowhere else: nobody is expected to report from there. */
function isRest(region: Region): boolean {
  return region.places.some(place => place.type === 'anywhere')
}

/** A list that stays readable, whatever the number of regions. */
function listed(names: readonly Param[]): Param {
  if (names.length <= mostNames) return names
  return phrase('sitrep.and-more', { names: names.slice(0, mostNames), count: names.length - mostNames })
}

function tenths(load: number): number {
  return Math.round(load * 10) / 10
}

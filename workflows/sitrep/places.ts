import { hasRole, type Language, onDuty, type Region, servesRegion } from '../directory.ts'
import { type Param, phrase } from '../phrase.ts'
import { type CountyLoad, countyLoads } from '../statistics.ts'
import type { Line } from '../view.ts'
import { hasPart } from '../withheld.ts'
import { arrow, isOutside, item, marked, regionsOf, type SitrepContext, section } from './context.ts'

const mostCounties = 5
const mostNames = 10
const day = 86_400_000

/**
 * The counties under most pressure, five at most; beyond the network those with most reports, three or more: what one
 * or two weigh tells what they were, and so would their rank.
 */
export function hotSpots(context: SitrepContext): readonly CountyLoad[] {
  const loads = countyLoads(context.figures.counties)
  const shown = isOutside(context)
    ? loads
        .filter(one => classOf(one.reports) !== null)
        .toSorted((one, other) => {
          const apart = classes.indexOf(classOf(one.reports)) - classes.indexOf(classOf(other.reports))
          return apart || (one.county < other.county ? -1 : 1)
        })
    : loads.filter(({ load }) => tenths(load) > 0)
  return shown.slice(0, mostCounties)
}

/** The five counties under most pressure. */
export function hotSpotLines(context: SitrepContext): readonly Line[] {
  const told = context.material.former?.told
  const heading = phrase(isOutside(context) ? 'sitrep.hot-public' : 'sitrep.hot')
  return section(
    heading,
    hotSpots(context).map(spot => marked(spotLine(spot, context), !told?.hot.includes(spot.county), context)),
  )
}

function spotLine({ county, load, dayBefore, reports }: CountyLoad, context: SitrepContext): Line {
  const count = classOf(reports)
  if (isOutside(context) && count !== null) return item('sitrep.county-outside', { county, count })
  return item('sitrep.county', {
    county,
    load: tenths(load),
    arrow: arrow(tenths(load), tenths(dayBefore)),
    before: tenths(dayBefore),
    reports: phrase('sitrep.reports', { count: reports }),
  })
}

// From one day to the next an exact number would tell how many came, also where the map says "<3".
const classes: readonly (string | null)[] = ['11+', '6–10', '3–5']

/** The class of a number of reports beyond the network; null: too few. */
function classOf(reports: number): string | null {
  if (reports < 3) return null
  return reports > 10 ? '11+' : reports > 5 ? '6–10' : '3–5'
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

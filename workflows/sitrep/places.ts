import { hasRole, type Language, onDuty, type Region, servesRegion } from '../directory.ts'
import { type Param, phrase } from '../phrase.ts'
import { countyLoads } from '../statistics.ts'
import type { Line } from '../view.ts'
import { arrow, item, regionsOf, type SitrepContext, section } from './context.ts'

const mostCounties = 5
const mostNames = 10
const day = 86_400_000

/** The five counties under most pressure. */
export function hotSpotLines({ figures, beyond = false }: SitrepContext): readonly Line[] {
  const loads = countyLoads(figures.counties).filter(county => tenths(county.load) > 0)
  return section(
    phrase('sitrep.hot'),
    loads.slice(0, mostCounties).map(county =>
      item('sitrep.county', {
        county: county.county,
        load: tenths(county.load),
        arrow: arrow(tenths(county.load), tenths(county.dayBefore)),
        before: tenths(county.dayBefore),
        reports: beyond && county.reports < 3 ? '<3' : phrase('sitrep.reports', { count: county.reports }),
      }),
    ),
  )
}

/** Where the network does not hear or could not answer: silent regions, nobody on duty, languages nobody speaks. */
export function coverageLines(context: SitrepContext): readonly Line[] {
  const { directory, figures } = context
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

import type { Happening } from '../agenda.ts'
import type { LocalText } from '../broadcast.ts'
import { type Directory, type Region, regionOf } from '../directory.ts'
import { countyOf } from '../figures.ts'
import type { RegionCode } from '../ids.ts'
import { type Incident, isOpen, isWaiting } from '../incident.ts'
import { openRuns } from '../run.ts'
import { type Kind, kindInfo, type Taxonomy } from '../taxonomy.ts'
import { localTime } from '../zone.ts'
import type { CalendarDay } from './calendar.ts'
import { stateCodes } from './states.ts'

/** What somebody told the hub is to come; `state` is the report it is known from, as it stands. */
export type Told = Omit<Happening, 'name'> & { readonly name: string | null; readonly state: Incident | null }

/** Where what is to come is known from: people, reports of gatherings, the election calendar, the network's days. */
export type AgendaSources = {
  readonly told: readonly Told[]
  readonly gatherings: readonly Incident[]
  readonly calendar: readonly CalendarDay[]
  readonly directory: Pick<Directory, 'regions' | 'events' | 'zone'>
  readonly taxonomy: Taxonomy
}

type Span = { readonly from: number; readonly to: number }
type Regions = 'all' | readonly RegionCode[]

/** The kinds of what is planned and can be reported before it happens, by the taxonomy of the network. */
export function plannedKinds({ kinds }: Pick<Taxonomy, 'kinds'>): readonly Kind[] {
  return kinds.map(kind => kind.code).filter(code => /^PR-/.test(code) || code === 'ST-2')
}

/** All that falls into a time (epoch ms), of some regions and of none in particular, soonest first; at most 200. */
export function agendaOf(sources: AgendaSources, span: Span, regions: Regions): readonly Happening[] {
  const { directory, calendar } = sources
  const known = new Set(sources.told.flatMap(one => one.incident ?? []))
  const all = [
    ...sources.told.flatMap(one => toldOf(one, sources)),
    ...sources.gatherings.filter(one => !known.has(one.id)).flatMap(one => gatheringsOf(one, sources)),
    ...calendar.flatMap(day => daysOf(day, directory)),
    ...(directory.events ?? []).map(({ name, on }): Happening => {
      const entry = { on, until: on, at: null, to: null }
      const words = { en: name, es: name }
      const own = { id: `N-${on}-${name}`, kind: 'other', name: words, region: null, incident: null } as const
      return { ...own, ...hoursOf(entry, directory.zone) }
    }),
  ]
  return all
    .filter(one => one.from < span.to && Math.max(one.to, one.from + 1) > span.from)
    .filter(one => one.region === null || regions === 'all' || regions.includes(one.region))
    .toSorted((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1))
    .slice(0, most)
}

const most = 200
const hourMs = 60 * 60_000

function toldOf({ state, name, ...one }: Told, sources: AgendaSources): readonly Happening[] {
  if (one.incident === null) return name === null ? [] : [{ ...one, name: { en: name, es: name } }]
  // It ended, or was set aside; or only the named may know of it by now.
  if (!state || !isToCome(state)) return []
  return [{ ...one, region: state.region, name: name === null ? nameOf(state, sources) : { en: name, es: name } }]
}

function gatheringsOf(incident: Incident, sources: AgendaSources): readonly Happening[] {
  if (!isToCome(incident)) return []
  const times = [...new Set(openRuns(incident).flatMap(run => run.eventAt ?? []))]
  return times.map(from => ({
    ...{ id: incident.id, kind: 'rally', name: nameOf(incident, sources), region: incident.region },
    ...{ from, to: from + hourMs, allDay: false, incident: incident.id },
  }))
}

function isToCome(incident: Incident): boolean {
  const { visibility, drill } = incident
  return isOpen(incident) && !isWaiting(incident) && visibility === 'region' && drill === undefined
}

/** Its kind and county: nothing of what anybody wrote. */
function nameOf({ kind, place }: Incident, { taxonomy }: AgendaSources): LocalText {
  const info = kind === null ? null : kindInfo(taxonomy, kind)
  const county = countyOf(place)
  const named = (words: string) => [words, ...(county === null ? [] : [county])].join(', ')
  return { en: named(info?.name.en ?? 'Planned event'), es: named(info?.name.es ?? 'Acto previsto') }
}

function daysOf(day: CalendarDay, { regions, zone }: AgendaSources['directory']): readonly Happening[] {
  const { id, kind, name, states } = day
  if (states === 'all') return [{ id, kind, name, region: null, incident: null, ...hoursOf(day, zone) }]
  const whose = new Set(states.flatMap(state => regionsOf(state, regions)))
  return [...whose].map(code => {
    const own = regionOf({ regions } as Directory, code)?.zone ?? zone
    return { id: whose.size > 1 ? `${id}@${code}` : id, kind, name, region: code, incident: null, ...hoursOf(day, own) }
  })
}

/** The regions that list that state or counties of it; where none does, those that take what nobody else does. */
function regionsOf(state: string, regions: readonly Region[]): readonly RegionCode[] {
  const fips = stateCodes[state]
  const listed = regions.filter(({ places }) =>
    places.some(
      place =>
        (place.type === 'state' && place.state === state) ||
        (place.type === 'county' && fips !== undefined && place.fips.startsWith(fips)),
    ),
  )
  const taking = listed.length > 0 ? listed : regions.filter(one => one.places.some(place => place.type === 'anywhere'))
  return taking.map(one => one.code)
}

function hoursOf({ on, until, at, to }: Pick<CalendarDay, 'on' | 'until' | 'at' | 'to'>, zone: string) {
  if (at === null) return { from: momentOf(on, '00:00', zone), to: momentOf(next(until), '00:00', zone), allDay: true }
  const from = momentOf(on, at, zone)
  return { from, to: to === null ? from + hourMs : momentOf(until, to, zone), allDay: false }
}

function momentOf(date: string, at: string, zone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  return localTime({ year, month, day, hour, minute }, zone)
}

function next(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * hourMs).toISOString().slice(0, 10)
}

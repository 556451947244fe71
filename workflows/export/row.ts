import { type Directory, personNow } from '../directory.ts'
import type { Entry } from '../event.ts'
import { countyOf } from '../figures.ts'
import type { IncidentId, PersonId, RegionCode } from '../ids.ts'
import type { CurrentWords, Details, Evidence, Incident } from '../incident.ts'
import { stateOf } from '../places/states.ts'
import { sourcesOf } from '../sources.ts'
import type { KindInfo, Taxonomy } from '../taxonomy.ts'
import { type Disclosure, disclosed } from '../withheld.ts'
import { localParts } from '../zone.ts'
import type { ExportPlan } from './plan.ts'

/** An incident as the database gives it; words and timeline only where the plan asks for them. */
export type Exported = {
  readonly incident: Incident
  readonly words: CurrentWords | null
  readonly timeline: readonly Entry[] | null
}

/** A point as GeoJSON has it: longitude and latitude in degrees. */
export type LonLat = readonly [number, number]

/** What rows are made with. */
export type RowContext = {
  readonly plan: ExportPlan
  readonly taxonomy: Taxonomy
  readonly directory: Directory
  /** The middle of a county by its code; null where nobody knows it. */
  readonly centre: (fips: string) => LonLat | null
  /** Counties, as `countyOf` names them, of which too few stand in the file to be told. */
  readonly few: ReadonlySet<string>
}

/** Where it is, as near as its readers may know. */
export type RowPlace = {
  readonly state: string | null
  readonly stateName: string | null
  readonly county: string | null
  readonly fips: string | null
  /** The middle of its county, to two decimals. */
  readonly point: LonLat | null
}

/** Of a protocol that was worked through for it; times as in `Row`. */
export type RowRun = { readonly protocol: string; readonly status: string; readonly started: string }

/**
 * One incident as its readers may know it; null: not told, not known, or not so. Times are `2026-11-03T14:02:00Z`, or
 * the day alone (`2026-11-03`, by the clock of its region).
 */
export type Row = {
  readonly id: IncidentId | null
  readonly seq: number
  readonly region: RegionCode
  readonly regionName: string
  readonly zone: string
  readonly kind: string | null
  readonly kindName: string | null
  readonly kindInfo: KindInfo | null
  readonly group: string | null
  readonly severity: Incident['severity']
  readonly status: Incident['status']
  readonly verification: Incident['credibility']
  readonly mark: Incident['mark']
  readonly place: RowPlace
  /** The day on which it was, where that is known. */
  readonly occurred: string | null
  readonly reported: string
  readonly claimed: string | null
  readonly resolved: string | null
  readonly updated: string
  readonly minutesToClaim: number | null
  readonly outcome: Incident['outcome']
  readonly details: Details | null
  readonly evidence: Evidence | null
  readonly sources: number | null
  readonly claimer: string | null
  readonly joined: readonly string[]
  readonly reporter: string | null
  readonly what: string | null
  readonly where: string | null
  readonly runs: readonly RowRun[]
  readonly drill: string | null
  readonly timeline: readonly Entry[] | null
}

/** Makes rows; null for an incident of which these readers are told nothing. */
export function rowMaker(context: RowContext): (exported: Exported) => Row | null {
  const { plan, taxonomy, directory } = context
  const reader = { taxonomy, maySeeRed: plan.sealed }
  const kinds = new Map(taxonomy.kinds.map(info => [info.code, info]))
  const regions = new Map(directory.regions.map(region => [region.code, region]))
  const days = new Map<string, (at: number) => string>()
  const named = (id: PersonId) => personNow(directory, id)?.callsign ?? null

  const dayOf = (zone: string) => {
    const known = days.get(zone) ?? dayIn(zone)
    days.set(zone, known)
    return known
  }

  return ({ incident, words, timeline }) => {
    const shown = disclosed(plan.drill === null ? incident : real(incident), plan.edition, reader)
    if (!shown || !isTold(incident, plan)) return null
    const region = regions.get(incident.region)
    const zone = region?.zone ?? directory.zone
    const day = dayOf(zone)
    const time = shown.time === 'day' ? day : instant
    const kind = shown.kind === 'kind' ? incident.kind : null
    const info = kind ? (kinds.get(kind) ?? null) : null
    const { reportedAt, claimedAt, resolvedAt, updatedAt, details } = incident
    const claimed = shown.details ? claimedAt : null
    const sealed = plan.sealed && shown.words
    const hushed = incident.mark === 'RED' && !plan.sealed
    return {
      id: shown.id ? incident.id : null,
      seq: incident.seq,
      region: incident.region,
      regionName: region?.name ?? incident.region,
      zone,
      kind,
      kindName: info?.name.en ?? null,
      kindInfo: info,
      group: incident.kind?.slice(0, 2) ?? null,
      severity: incident.severity,
      status: incident.status,
      verification: incident.credibility,
      mark: incident.mark,
      place: placeOf(incident, shown, context),
      occurred: occurredOn(incident, day),
      reported: time(reportedAt),
      claimed: claimedAt === null ? null : time(claimedAt),
      resolved: resolvedAt === null ? null : time(resolvedAt),
      updated: time(updatedAt),
      minutesToClaim: claimed === null ? null : Math.max(0, Math.round((claimed - reportedAt) / 60_000)),
      outcome: hushed ? null : incident.outcome,
      details: shown.details ? details : null,
      evidence: shown.details ? incident.evidence : null,
      sources: shown.details ? sourcesOf(incident).length : null,
      claimer: shown.people && incident.claim ? named(incident.claim.by) : null,
      joined: shown.people ? incident.joined.flatMap(one => named(one) ?? []) : [],
      reporter: sealed && incident.reporter ? named(incident.reporter) : null,
      what: sealed ? (words?.what ?? null) : null,
      where: sealed && shown.place === 'exact' ? (words?.where ?? null) : null,
      runs: shown.details ? runsOf(incident, time) : [],
      drill: incident.drill ?? null,
      timeline: shown.people ? timeline : null,
    }
  }
}

/** What was made up is shown as if it were real, in a file of its own that says so. */
function real({ drill: _, ...incident }: Incident): Incident {
  return incident
}

/** What ended as no incident, and what its reporter took back, is for those who work on it; the latter for nobody. */
function isTold({ status }: Incident, { edition, format }: ExportPlan): boolean {
  if (status === 'withdrawn') return false
  const ended = status === 'duplicate' || status === 'dismissed' || status === 'unfounded'
  return !ended || (edition === 'response' && (format === 'json' || format === 'csv' || format === 'ics214'))
}

function placeOf({ place }: Incident, shown: Disclosure, { centre, few }: RowContext): RowPlace {
  if (place.state === 'asked' || place.usState === null) return nowhere
  const state = { state: place.usState, stateName: stateOf(place.usState)?.name ?? place.usState }
  const withheld = shown.place === 'region' || few.has(countyOf(place) ?? '')
  if (withheld || place.county === null) return { ...nowhere, ...state }
  const { county, fips } = place
  return { ...state, county, fips, point: fips === null ? null : centre(fips) }
}

const nowhere: RowPlace = { state: null, stateName: null, county: null, fips: null, point: null }

/** The day, as far as the report says when it was; null for one from before that day. */
function occurredOn({ details, reportedAt }: Incident, day: (at: number) => string): string | null {
  switch (details.when) {
    case 'earlier':
      return null
    case 'hour':
      return day(reportedAt - 30 * 60_000)
    default:
      return day(reportedAt)
  }
}

function runsOf({ runs = [] }: Incident, time: (at: number) => string): readonly RowRun[] {
  return runs
    .filter(run => run.status !== 'undone')
    .map(({ protocol, status, startedAt }) => ({ protocol, status, started: time(startedAt) }))
}

/** A moment in UTC, to the second: `2026-11-03T14:02:00Z`. */
export function instant(at: number): string {
  const second = Math.floor(at / 1_000)
  const [hours, minutes] = [Math.floor(second / 3_600) % 24, Math.floor(second / 60) % 60]
  return `${dateOf(Math.floor(second / 86_400))}T${two[hours]}:${two[minutes]}:${two[second % 60]}Z`
}

const dayMs = 86_400_000
const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

// Rows come in the order of time, so that a day is asked for many times in a row; a clock is far slower to ask.
const dates = new Map<number, string>()
const mostDates = 1_000

/** The date of a day, counted from the first of January 1970. */
function dateOf(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  const made = new Date(day * dayMs).toISOString().slice(0, 10)
  if (dates.size >= mostDates) dates.clear()
  dates.set(day, made)
  return made
}

/** The date by the clock of a zone. Only on the day on which clocks are changed each moment is looked up by itself. */
function dayIn(zone: string): (at: number) => string {
  const shifts = new Map<number, number | null>()
  const shiftAt = (at: number) => {
    const { year, month, day, hour, minute } = localParts(at, zone)
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000
  }
  return at => {
    const day = Math.floor(at / dayMs)
    let shift = shifts.get(day)
    if (shift === undefined) {
      const first = shiftAt(day * dayMs)
      shift = first === shiftAt((day + 1) * dayMs) ? first : null
      if (shifts.size >= mostDates) shifts.clear()
      shifts.set(day, shift)
    }
    return dateOf(Math.floor((at + (shift ?? shiftAt(at))) / dayMs))
  }
}

import { type Edition, leaves } from '../edition.ts'
import type { IncidentId, RegionCode } from '../ids.ts'
import type { Kind } from '../taxonomy.ts'

/** The forms in which incidents leave. */
export type Format = 'json' | 'csv' | 'hxl' | 'geojson' | 'acled' | 'cap' | 'ics214'

/** The forms, in the order in which they are offered. */
export const formats: readonly Format[] = ['csv', 'json', 'hxl', 'geojson', 'acled', 'cap', 'ics214']

/**
 * What is to leave: in which form, for which readers, which incidents. Times are epoch ms by when they were reported:
 * `from` belongs to it, `to` does not. Codes only, so that it can stand in logs.
 */
export type ExportPlan = {
  readonly format: Format
  readonly edition: Edition
  readonly from: number
  readonly to: number
  readonly regions: 'all' | readonly RegionCode[]
  /** Kinds (`VI-2`) or groups of them (`VI`); empty: all. */
  readonly kinds: readonly Kind[]
  /** That one alone; null: all that fit. */
  readonly incident: IncidentId | null
  /** With what lies sealed: people's words, who reported, the details of RED ones. Two people must have asked. */
  readonly sealed: boolean
  /** What was made up for that exercise, and nothing that is real; null: what is real. */
  readonly drill: string | null
}

/** Which incidents a plan asks the database for. */
export type ExportFilter = Pick<ExportPlan, 'from' | 'to' | 'regions' | 'kinds' | 'incident' | 'drill'> & {
  /** Those marked RED are left out. */
  readonly withoutRed: boolean
}

/** Which incidents a plan asks the database for. */
export function filterOf(plan: ExportPlan): ExportFilter {
  const { from, to, regions, kinds, incident, drill, edition } = plan
  return { from, to, regions, kinds, incident, drill, withoutRed: leaves(edition) }
}

/** True if whoever reads it learns what could point to a person: such a file never travels open. */
export function isIdentifiable({ edition }: Pick<ExportPlan, 'edition'>): boolean {
  return !leaves(edition)
}

/** True if a second person must agree: it leaves the network, or holds what lies sealed. */
export function needsSecond({ edition, sealed }: Pick<ExportPlan, 'edition' | 'sealed'>): boolean {
  return sealed || leaves(edition)
}

/** Why a plan makes no sense, by what is wrong with it; null if it does. */
export function whyNotPlan({ format, edition, sealed, from, to }: ExportPlan): WhyNotPlan | null {
  if (!(from < to)) return 'times'
  if (sealed && edition !== 'response') return 'sealed'
  if (format === 'ics214' && edition !== 'response') return 'log'
  return null
}

/**
 * It ends before it begins; sealed fields are for responders alone; a log of what people did stays inside the network.
 */
export type WhyNotPlan = 'times' | 'sealed' | 'log'

const endings: Readonly<Record<Format, string>> = {
  json: 'json',
  csv: 'csv',
  hxl: 'hxl.csv',
  geojson: 'geojson',
  acled: 'acled.csv',
  cap: 'cap.tar',
  ics214: 'ics214.tar',
}

const single: Partial<Record<Format, string>> = { cap: 'cap.xml', ics214: 'ics214.txt' }

const media: Readonly<Record<Format, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  hxl: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
  acled: 'text/csv; charset=utf-8',
  cap: 'application/x-tar',
  ics214: 'application/x-tar',
}

/** How the file ends: `csv`, or `cap.xml` of one incident, `cap.tar` of several. */
export function endingOf({ format, incident }: Pick<ExportPlan, 'format' | 'incident'>): string {
  return (incident && single[format]) || endings[format]
}

/** The media type of the file. */
export function mediaOf({ format, incident }: Pick<ExportPlan, 'format' | 'incident'>): string {
  if (incident && format === 'cap') return 'application/cap+xml'
  if (incident && format === 'ics214') return 'text/plain; charset=utf-8'
  return media[format]
}

/** True if each incident is a document of its own: several go as an archive of them. */
export function isApart(format: Format): boolean {
  return format === 'cap' || format === 'ics214'
}

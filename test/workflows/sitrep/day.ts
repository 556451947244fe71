import type { Language } from '../../../workflows/directory.ts'
import { leaves } from '../../../workflows/edition.ts'
import { type FigureWindow, figureWindow } from '../../../workflows/figures.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import type { Incident, Place } from '../../../workflows/incident.ts'
import type { Text } from '../../../workflows/phrase.ts'
import { noMaterial } from '../../../workflows/sitrep/material.ts'
import { buildSitrep, type Material, type SitrepOptions } from '../../../workflows/sitrep.ts'
import { say } from '../../../workflows/text/say.ts'
import type { Line, View } from '../../../workflows/view.ts'
import { countFigures } from '../count.ts'
import { everybody, incidentAfter, reported, roster, taxonomy } from '../specification.ts'

/** A minute, an hour and a day in ms. */
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** Tue 3 Nov 2026, 07:00 in Phoenix, whose zone these summaries have. */
export const now = Date.UTC(2026, 10, 3, 14)
export const zone = 'America/Phoenix'
export const maricopa: Place = { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' }
export const pima: Place = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' }

let numbers = 400
/** A report that many hours before the summary. */
export function report(hoursAgo: number, facts: Partial<Incident> = {}): Incident {
  const reportedAt = now - hoursAgo * hour
  const times = { reportedAt, poolSince: reportedAt, updatedAt: reportedAt }
  numbers += 1
  return { ...incidentAfter(reported()), id: makeIncidentId('AZ', numbers), place: maricopa, ...times, ...facts }
}

type Asked = Partial<Omit<SitrepOptions, 'material'>> & {
  readonly material?: Partial<Material>
  readonly window?: Partial<FigureWindow>
}

/** The summary of the last 24 hours of these. */
export function summary(
  incidents: readonly Incident[],
  { material = {}, window = {}, ...more }: Asked = {},
): readonly View[] {
  const cut = leaves(more.edition ?? 'response') ? ({ withoutRed: true } as const) : {}
  const asked = figureWindow({ from: now - day, to: now }, { regions: 'all', taxonomy, now, zone, ...cut })
  const figures = countFigures(incidents, { ...asked, ...window })
  const options = { directory: roster(), taxonomy, zone, region: 'all' as const, maySeeRed: false }
  return buildSitrep(figures, { ...options, ...more, material: { ...noMaterial, ...material } })
}

/** Its lines as somebody reads them; those of a table with bars. */
export function read(views: readonly View[], language: Language = 'en'): string[] {
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  const reader = { language, zone, now, person }
  const row = (cells: readonly Text[]) => `| ${cells.map(cell => say(cell, reader)).join(' | ')}`
  const text = (line: Line) => {
    if (line.type === 'table') return [line.head, ...line.rows].map(row)
    return 'text' in line ? [(line.type === 'item' ? '- ' : '') + say(line.text, reader)] : []
  }
  return views.flatMap(view => [...(view.title ? [say(view.title, reader)] : []), ...view.lines.flatMap(text)])
}

/** The lines of one part, by its heading. */
export function part(lines: readonly string[], heading: string): string[] {
  const from = lines.indexOf(heading)
  if (from < 0) return []
  const rest = lines.slice(from + 1)
  const end = rest.findIndex(line => !/^[-|]/.test(line))
  return rest.slice(0, end < 0 ? rest.length : end)
}

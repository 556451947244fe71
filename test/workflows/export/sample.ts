import type { Directory } from '../../../workflows/directory.ts'
import type { Entry } from '../../../workflows/event.ts'
import type { ExportPlan } from '../../../workflows/export/plan.ts'
import { type Exported, type LonLat, type Row, rowMaker } from '../../../workflows/export/row.ts'
import { type Heading, writerOf } from '../../../workflows/export/writer.ts'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import { network } from '../../commands/desk.ts'
import { changed, reported, type Start } from '../../contracts/incidents.ts'
import { finch, taxonomy } from '../specification.ts'

export { taxonomy }

/** 2 November 2026, 23:30 in Phoenix: in UTC it is the third already. */
export const late = Date.UTC(2026, 10, 3, 6, 30)

/** A network with a name and regions of its own. */
export const directory: Directory = { ...network(), name: 'Example <network>, & friends' }

/** All that there is, for responders, without what lies sealed. */
export const plan: ExportPlan = {
  format: 'json',
  edition: 'response',
  from: late - 86_400_000,
  to: late + 86_400_000,
  regions: 'all',
  kinds: [],
  incident: null,
  sealed: false,
  drill: null,
}

/** An incident as the database gives it. */
export function incident(id: string, start: Start = {}, more: Partial<Incident> = {}): Exported {
  const what = start.what ?? 'Two men with guns block the door, call 602-555-0134'
  const change = reported(id, { at: late, by: finch.id, kind: 'AR-2', severity: 4, ...start, what })
  const claimed = changed(change.after, [{ event: { type: 'claimed', until: late + 7_200_000 } }], {
    at: late + 12 * 60_000,
    by: finch.id,
  })
  const timeline: Entry[] = [...change.entries, ...claimed.entries]
  return {
    incident: { ...claimed.after, ...more },
    words: { what, where: 'by the library at 12 Oak Street' },
    timeline,
  }
}

/** Where the counties of the tests are. */
export const centre = (fips: string): LonLat | null =>
  fips === '04013' ? [-112.49, 33.35] : fips === '32003' ? [-115.02, 36.21] : null

/** The heading of a file with that plan. */
export function heading(wanted: Partial<ExportPlan> = {}): Heading {
  return { plan: { ...plan, ...wanted }, directory, taxonomy, at: late + 3_600_000, name: 'X-0007' }
}

/** Rows of incidents with that plan; those that are left out are not there. */
export function rowsOf(all: readonly Exported[], wanted: Partial<ExportPlan> = {}, few: readonly string[] = []): Row[] {
  const context = { plan: { ...plan, ...wanted }, taxonomy, directory, centre, few: new Set(few) }
  const make = rowMaker(context)
  return all.flatMap(one => make(one) ?? [])
}

/** A whole file, and how many rows its own counter finds in it. */
export function fileOf(
  all: readonly Exported[],
  wanted: Partial<ExportPlan> = {},
  few: readonly string[] = [],
): { readonly text: string; readonly rows: number; readonly counted: number; readonly pieces: readonly string[] } {
  const writer = writerOf(heading(wanted))
  const pieces: string[] = []
  for (const row of rowsOf(all, wanted, few)) {
    const piece = writer.row(row, pieces.length)
    if (piece !== null) pieces.push(piece)
  }
  const text = writer.head + pieces.join('') + writer.tail(pieces.length)
  // Cut where it hurts most: in the middle of everything.
  const count = writer.counter()
  let counted = 0
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 7) counted = count(bytes.subarray(at, at + 7))
  return { text, rows: pieces.length, counted, pieces }
}

/** An id as the domain has it. */
export const idOf = (text: string) => text as IncidentId

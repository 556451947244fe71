import { type Cell, csvLine, lineCounter } from './cells.ts'
import type { Row } from './row.ts'
import type { Writer } from './writer.ts'

/** The headings of the table, each with its hashtag (HXL 1.1), in their order. */
export const hxlColumns: readonly (readonly [heading: string, tag: string])[] = [
  ['Event', '#event+id'],
  ['Date of the event', '#date+occurred'],
  ['Reported', '#date+reported'],
  ['State', '#adm1+name'],
  ['State code', '#adm1+code'],
  ['County', '#adm2+name'],
  ['County code', '#adm2+code+v_fips'],
  ['Place', '#loc+name'],
  ['Latitude', '#geo+lat'],
  ['Longitude', '#geo+lon'],
  ['Kind code', '#event+type+code'],
  ['Kind', '#event+type+name'],
  ['Severity, 1 to 5', '#severity+num'],
  ['Verification', '#status+verification'],
  ['Status', '#status'],
  ['Injured', '#affected+injured'],
  ['Killed', '#affected+killed'],
  ['Group targeted', '#group+targeted'],
  ['Claimed', '#date+claimed'],
  ['Resolved', '#date+resolved'],
  ['Source', '#meta+source'],
]

/**
 * The table of humanitarian exchange: headings, a row of hashtags, then the incidents. How many were hurt is left empty
 * where it is not known; 0 is said only where the report says so.
 */
export function hxlWriter(): Writer {
  return {
    head: csvLine(hxlColumns.map(([heading]) => heading)) + csvLine(hxlColumns.map(([, tag]) => tag)),
    row: row => csvLine(cellsOf(row)),
    tail: () => '',
    counter: lineCounter(2),
  }
}

function cellsOf(row: Row): readonly Cell[] {
  const { place, details } = row
  const injuries = details?.injuries
  return [
    row.id,
    row.occurred,
    row.reported,
    place.stateName,
    place.state,
    place.county,
    place.fips,
    row.where === null ? null : row.where.trim(),
    place.point?.[1] ?? null,
    place.point?.[0] ?? null,
    row.kind ?? row.group,
    row.kindName,
    row.severity,
    row.verification,
    row.status,
    injuries === 'none' ? 0 : null,
    injuries === undefined || injuries === 'unknown' || injuries === 'dead' ? null : 0,
    null,
    row.claimed,
    row.resolved,
    source(row),
  ]
}

/** How the network knows of it. */
function source({ details }: Row): string {
  switch (details?.known) {
    case 'saw':
      return 'network mediator, eyewitness'
    case 'told-present':
      return 'network mediator, told by a witness'
    case 'told-absent':
      return 'network mediator, second hand'
    case 'online':
      return 'network mediator, online'
    case 'official':
      return 'network mediator, official source'
    default:
      return 'network mediator'
  }
}

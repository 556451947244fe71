import { type Cell, csvLine, lineCounter } from './cells.ts'
import type { Row } from './row.ts'
import type { Writer } from './writer.ts'

/** The columns of the table: names and order never change, new ones are added at the end. */
export const csvColumns = [
  ...['id', 'region', 'region_name', 'kind', 'kind_name', 'group', 'severity', 'status', 'verification', 'mark'],
  ...['state', 'county', 'fips', 'latitude', 'longitude', 'where'],
  ...['occurred', 'reported', 'claimed', 'resolved', 'updated', 'minutes_to_claim', 'outcome'],
  ...['sides', 'weapons', 'injuries', 'known', 'informed', 'sources', 'photos', 'videos', 'voices', 'documents'],
  ...['claimer', 'joined', 'protocols', 'reporter', 'what'],
] as const

/** A table that spreadsheets open as it is: UTF-8 with a byte order mark, one incident a line. */
export function csvWriter(): Writer {
  return {
    head: `\uFEFF${csvLine(csvColumns)}`,
    row: row => csvLine(cellsOf(row)),
    tail: () => '',
    counter: lineCounter(1),
  }
}

function cellsOf(row: Row): readonly Cell[] {
  const { place, details, evidence } = row
  return [
    row.id,
    row.region,
    row.regionName,
    row.kind,
    row.kindName,
    row.group,
    row.severity,
    row.status,
    row.verification,
    row.mark,
    place.state,
    place.county,
    place.fips,
    place.point?.[1] ?? null,
    place.point?.[0] ?? null,
    row.where,
    row.occurred,
    row.reported,
    row.claimed,
    row.resolved,
    row.updated,
    row.minutesToClaim,
    row.outcome,
    details?.sides ?? null,
    details?.weapons ?? null,
    details?.injuries ?? null,
    details?.known ?? null,
    details?.informed?.join(' ') ?? null,
    row.sources,
    evidence?.photo ?? null,
    evidence?.video ?? null,
    evidence?.voice ?? null,
    evidence?.document ?? null,
    row.claimer,
    row.joined.length > 0 ? row.joined.join(' ') : null,
    row.runs.length > 0 ? row.runs.map(run => run.protocol).join(' ') : null,
    row.reporter,
    row.what,
  ]
}

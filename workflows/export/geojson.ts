import { markCounter } from './cells.ts'
import { aboutOf } from './json.ts'
import type { Row } from './row.ts'
import type { Heading, Writer } from './writer.ts'

/**
 * A collection of points (RFC 7946), one incident a line: the middle of its county, never where it was. Where no county
 * may be told the geometry is null.
 */
export function geojsonWriter(heading: Heading): Writer {
  const { format: _, version, ...about } = aboutOf(heading)
  const head = { type: 'FeatureCollection', about: { ...about, version, point: 'the middle of the county' } }
  return {
    head: `${JSON.stringify(head).slice(0, -1)},"features":[`,
    row: (row, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(featureOf(row))}`,
    tail: count => `\n],"count":${count}}\n`,
    counter: markCounter('\n{'),
  }
}

function featureOf(row: Row) {
  const { id, place } = row
  return {
    type: 'Feature',
    ...(id ? { id } : {}),
    geometry: place.point ? { type: 'Point', coordinates: place.point } : null,
    properties: {
      region: row.region,
      kind: row.kind,
      kindName: row.kindName,
      group: row.group,
      severity: row.severity,
      status: row.status,
      verification: row.verification,
      state: place.state,
      county: place.county,
      fips: place.fips,
      occurred: row.occurred,
      reported: row.reported,
      claimed: row.claimed,
      resolved: row.resolved,
      outcome: row.outcome,
      ...(row.what === null ? {} : { what: row.what }),
      ...(row.where === null ? {} : { where: row.where }),
    },
  }
}

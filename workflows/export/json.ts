import { markCounter } from './cells.ts'
import { instant, type Row } from './row.ts'
import { toldOf } from './told.ts'
import type { Heading, Writer } from './writer.ts'

/** The version of the schema that `docs/export.schema.json` describes: it rises when a field changes its meaning. */
export const jsonVersion = 1

/** What figures are not; stands in every file that has room for it. */
export const caveat = 'Reports received, not a measure of all events.'

/** All that these readers may know, one incident a line, with what was asked for before them and their count behind. */
export function jsonWriter(heading: Heading): Writer {
  return {
    head: `${JSON.stringify(aboutOf(heading)).slice(0, -1)},"incidents":[`,
    row: (row, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(objectOf(row, heading))}`,
    tail: count => `\n],"count":${count}}\n`,
    counter: markCounter('\n{'),
  }
}

/** What a file of ours says of itself. */
export function aboutOf({ plan, directory, at, name }: Heading) {
  const { edition, from, to, regions, kinds, incident, sealed, drill } = plan
  return {
    format: 'trust-hub-export',
    version: jsonVersion,
    name,
    network: directory.name,
    zone: directory.zone,
    made: instant(at),
    edition,
    sealed,
    exercise: drill,
    filter: { from: instant(from), to: instant(to), regions, kinds, incident },
    note: caveat,
  }
}

function objectOf(row: Row, heading: Heading) {
  const { place, details } = row
  return {
    id: row.id,
    region: row.region,
    regionName: row.regionName,
    kind: row.kind,
    kindName: row.kindName,
    group: row.group,
    severity: row.severity,
    status: row.status,
    verification: row.verification,
    mark: row.mark,
    place: {
      state: place.state,
      county: place.county,
      fips: place.fips,
      latitude: place.point?.[1] ?? null,
      longitude: place.point?.[0] ?? null,
      where: row.where,
    },
    occurred: row.occurred,
    reported: row.reported,
    claimed: row.claimed,
    resolved: row.resolved,
    updated: row.updated,
    minutesToClaim: row.minutesToClaim,
    outcome: row.outcome,
    details: details && {
      when: details.when ?? null,
      sides: details.sides ?? null,
      weapons: details.weapons ?? null,
      injuries: details.injuries ?? null,
      known: details.known ?? null,
      informed: details.informed ?? [],
      consent: details.consent ?? [],
    },
    evidence: row.evidence && { link: 0, ...row.evidence },
    sources: row.sources,
    claimer: row.claimer,
    joined: row.joined,
    protocols: row.runs,
    reporter: row.reporter,
    what: row.what,
    timeline: row.timeline && toldOf(row, heading).map(one => ({ ...one, at: instant(one.at) })),
  }
}

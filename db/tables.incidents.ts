import type { IncidentId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { Credibility, Incident, IncidentEvent, Mark, Status, Visibility } from '../workflows/incident.ts'
import type { Kind, Severity } from '../workflows/taxonomy.ts'
import type { Columns } from './columns.ts'

/** Incidents, their timelines and words, their numbers and their files. */
export function incidentTables({ table, index, primaryKey, text, integer, boolean, timestamp, json, bytes }: Columns) {
  return {
    /** The present state; the columns besides `state` are what lists and figures ask for. */
    incidents: table(
      'incidents',
      {
        id: text().$type<IncidentId>().primaryKey(),
        version: integer().notNull(),
        region: text().$type<RegionCode>().notNull(),
        status: text().$type<Status>().notNull(),
        open: boolean().notNull(),
        severity: integer().$type<Severity>().notNull(),
        kind: text().$type<Kind>(),
        credibility: text().$type<Credibility>().notNull(),
        mark: text().$type<Mark>().notNull(),
        visibility: text().$type<Visibility>().notNull(),
        county: text(),
        reporter: text().$type<PersonId>(),
        claimer: text().$type<PersonId>(),
        reportedAt: timestamp().notNull(),
        claimedAt: timestamp(),
        resolvedAt: timestamp(),
        updatedAt: timestamp().notNull(),
        state: json<Incident>().notNull(),
      },
      row => [
        index('incidents_open').on(row.open, row.severity, row.reportedAt),
        index('incidents_reported').on(row.reportedAt),
        index('incidents_resolved').on(row.resolvedAt),
        index('incidents_claimer').on(row.claimer, row.open),
        index('incidents_reporter').on(row.reporter, row.reportedAt),
      ],
    ),
    /** What happened, without words; `hash` chains each entry to the one before, over the digest of its words. */
    timeline: table(
      'timeline',
      {
        incident: text().$type<IncidentId>().notNull(),
        seq: integer().notNull(),
        at: timestamp().notNull(),
        by: text('by_person').$type<PersonId>(),
        event: json<IncidentEvent>().notNull(),
        digest: text(),
        hash: text().notNull(),
      },
      row => [primaryKey({ columns: [row.incident, row.seq] })],
    ),
    /** People's words with their salt, sealed under the keys of the incident and of the person who wrote them. */
    words: table(
      'words',
      {
        incident: text().$type<IncidentId>().notNull(),
        seq: integer().notNull(),
        person: text().$type<PersonId>(),
        sealed: bytes().notNull(),
      },
      row => [primaryKey({ columns: [row.incident, row.seq] }), index('words_person').on(row.person)],
    ),
    /** The next free number of a region's ids. */
    numbers: table('numbers', { region: text().$type<RegionCode>().primaryKey(), next: integer().notNull() }),
    /** Attached files: what lies encrypted in the files folder, and what it belongs to. */
    files: table(
      'files',
      {
        id: text().primaryKey(),
        incident: text().$type<IncidentId>(),
        person: text().$type<PersonId>(),
        sha256: text().notNull(),
        size: integer().notNull(),
        type: text().notNull(),
        name: bytes(),
        path: text().notNull(),
        keptAt: timestamp().notNull(),
      },
      row => [index('files_incident').on(row.incident)],
    ),
  }
}

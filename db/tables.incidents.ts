import { sql } from 'drizzle-orm'
import type { IncidentEvent } from '../workflows/event.ts'
import type { IncidentId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { Credibility, Incident, Mark, Status, Visibility } from '../workflows/incident.ts'
import type { Kind, Severity } from '../workflows/taxonomy.ts'
import type { Columns } from './columns.ts'

/** Incidents, their timelines and words, and their numbers. */
export function incidentTables({
  table,
  index,
  primaryKey,
  text,
  integer,
  serial,
  boolean,
  timestamp,
  json,
  bytes,
}: Columns) {
  return {
    /** The present state; the columns besides `state` are what lists and figures ask for. */
    incidents: table(
      'incidents',
      {
        id: text().$type<IncidentId>().primaryKey(),
        version: integer().notNull(),
        region: text().$type<RegionCode>().notNull(),
        /** `waiting`: it stands at none of its own yet, because a stranger sent it and nobody has passed it on. */
        status: text().$type<Status | 'waiting'>().notNull(),
        /** Whether a region has it and it has not ended. */
        open: boolean().notNull(),
        /** Whether somebody has looked it through in triage. */
        triaged: boolean().notNull(),
        severity: integer().$type<Severity>().notNull(),
        /** 5 minus the severity, so that an index can run from the most urgent to the oldest in one direction. */
        urgency: integer().notNull(),
        kind: text().$type<Kind>(),
        credibility: text().$type<Credibility>().notNull(),
        mark: text().$type<Mark>().notNull(),
        /** `drill`: it is made up, and stands in no list, figure or queue. */
        visibility: text().$type<Visibility | 'drill'>().notNull(),
        /** Of a restricted one: the named, each between spaces. */
        allowed: text(),
        /** As `countyOf` writes it. */
        county: text(),
        /** How many independent sources stand behind it. */
        sources: integer().notNull(),
        reporter: text().$type<PersonId>(),
        claimer: text().$type<PersonId>(),
        reportedAt: timestamp().notNull(),
        claimedAt: timestamp(),
        resolvedAt: timestamp(),
        updatedAt: timestamp().notNull(),
        /** The last news of one that has ended and is not held: from here its days are counted; else null. */
        endedAt: timestamp(),
        /** How many of the steps of clearing away were taken. */
        cleared: integer().notNull(),
        /** Of one that is made up: the drill it was made up for. */
        drill: text(),
        /** Changed since the search index last took it up. */
        unindexed: boolean().notNull(),
        /**
         * The hash of the last timeline entry, and the proof that this hub wrote it: whoever has only the rows
         * cannot.
         */
        hash: text().notNull(),
        proof: text().notNull(),
        state: json<Incident>().notNull(),
      },
      row => [
        index('incidents_unindexed').on(row.reportedAt).where(sql`${row.unindexed} = true`),
        // Written with a literal, because neither engine takes a parameter for proof that a row is in the index.
        index('incidents_open').on(row.urgency, row.reportedAt, row.id).where(sql`${row.open} = true`),
        index('incidents_waiting').on(row.urgency, row.reportedAt, row.id).where(sql`${row.status} = 'waiting'`),
        index('incidents_region').on(row.region, row.reportedAt, row.id),
        // What may be the same event, newest first; holds what the first look judges by.
        index('incidents_near')
          .on(row.region, row.county, row.reportedAt, row.id, row.kind, row.severity, row.visibility)
          .where(sql`${row.open} = true`),
        index('incidents_claimer').on(row.claimer, row.reportedAt, row.id).where(sql`${row.claimer} is not null`),
        index('incidents_reporter').on(row.reporter, row.reportedAt, row.id),
        index('incidents_resolved')
          .on(row.resolvedAt, row.severity, row.status, row.region, row.reportedAt, row.visibility)
          .where(sql`${row.resolvedAt} is not null`),
        index('incidents_drill').on(row.drill, row.reportedAt).where(sql`${row.drill} is not null`),
        index('incidents_ended').on(row.cleared, row.endedAt).where(sql`${row.endedAt} is not null`),
        // Holds all that figures count by, so that counting a month does not read a month of states.
        index('incidents_reported').on(
          row.reportedAt,
          row.id,
          row.region,
          row.severity,
          row.status,
          row.kind,
          row.credibility,
          row.visibility,
          row.county,
          row.claimedAt,
          row.resolvedAt,
        ),
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
      row => [primaryKey({ columns: [row.incident, row.seq] })],
    ),
    /** Each incident that the search index holds, by the number that it has there; numbers rise with time. */
    searched: table(
      'searched',
      {
        n: serial(),
        incident: text().$type<IncidentId>().notNull().unique(),
        reportedAt: timestamp().notNull(),
      },
      row => [index('searched_reported').on(row.reportedAt)],
    ),
    /** The next free number of a region's ids. */
    numbers: table('numbers', { region: text().$type<RegionCode>().primaryKey(), next: integer().notNull() }),
  }
}

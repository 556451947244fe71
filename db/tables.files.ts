import { sql } from 'drizzle-orm'
import type { EvidenceKind } from '../workflows/evidence.ts'
import type { IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** Attached files, and those that are still to be fetched from a platform. */
export function fileTables({ table, index, text, integer, timestamp, bytes }: Columns) {
  return {
    /**
     * What lies encrypted in the files folder, and what it belongs to. Of a shredded one `record` and `match` are gone;
     * `path` stands until its bytes are removed.
     */
    files: table(
      'files',
      {
        id: text().primaryKey(),
        incident: text().$type<IncidentId>(),
        /** The incident it was sent for, before a commit made it belong there. */
        meant: text().$type<IncidentId>(),
        person: text().$type<PersonId>(),
        kind: text().$type<EvidenceKind>().notNull(),
        /** MIME, by the bytes. */
        type: text().notNull(),
        size: integer().notNull(),
        /** A keyed digest of the SHA-256: the same bytes again can be found, and a known picture cannot. */
        match: text(),
        /** SHA-256, its salt, and what is known of the file; sealed under the file's key. */
        record: bytes(),
        path: text(),
        keptAt: timestamp().notNull(),
        shreddedAt: timestamp(),
      },
      row => [
        index('files_incident').on(row.incident, row.keptAt).where(sql`${row.incident} is not null`),
        index('files_match').on(row.match).where(sql`${row.match} is not null`),
        index('files_unclaimed').on(row.keptAt).where(sql`${row.incident} is null`),
        index('files_shredded')
          .on(row.shreddedAt)
          .where(sql`${row.shreddedAt} is not null and ${row.path} is not null`),
      ],
    ),
    /** Files that a platform still has: `source` says where, sealed under the incident's key. Gone once settled. */
    fetches: table(
      'fetches',
      {
        id: text().primaryKey(),
        incident: text().$type<IncidentId>().notNull(),
        /** The entry that it came with. */
        seq: integer(),
        person: text().$type<PersonId>(),
        platform: text().$type<PlatformName>().notNull(),
        source: bytes().notNull(),
        attempts: integer().notNull(),
        createdAt: timestamp().notNull(),
        dueAt: timestamp().notNull(),
        error: text(),
      },
      row => [index('fetches_due').on(row.platform, row.dueAt), index('fetches_incident').on(row.incident)],
    ),
  }
}

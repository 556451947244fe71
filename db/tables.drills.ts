import type { WhyEnded } from '../workflows/drill.ts'
import type { IncidentId, PersonId, ProtocolId, RegionCode, RoomId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What is played to practise, and how far it has come. */
export function drillTables({ table, index, text, integer, timestamp, json, bytes }: Columns) {
  return {
    /** What is played, by whom and where; `settledAt` once all that was made up for it has come to rest. */
    drills: table(
      'drills',
      {
        id: text().primaryKey(),
        region: text().$type<RegionCode>().notNull(),
        protocol: text().$type<ProtocolId>(),
        scenario: text(),
        rooms: json<readonly RoomId[]>().notNull(),
        people: json<readonly PersonId[]>().notNull(),
        by: text('by_person').$type<PersonId>().notNull(),
        speed: integer().notNull(),
        startedAt: timestamp().notNull(),
        endsAt: timestamp().notNull(),
        endedAt: timestamp(),
        why: text().$type<WhyEnded>(),
        because: text().$type<IncidentId>(),
        settledAt: timestamp(),
        /** What happens in it and when, as it was written when it began, sealed; and how much of it was played. */
        script: bytes().notNull(),
        played: integer().notNull(),
      },
      row => [index('drills_started').on(row.startedAt)],
    ),
  }
}

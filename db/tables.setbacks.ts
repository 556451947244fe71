import { sql } from 'drizzle-orm'
import type { AccountId, IncidentId, RoomId } from '../workflows/ids.ts'
import type { Setback } from '../workflows/setback.ts'
import type { StuckItem } from '../workflows/stuck.ts'
import type { Columns } from './columns.ts'

/** What delivery gave up on and coordinators are told of, and who has seen what was sent. */
export function setbackTables({ table, index, text, integer, serial, bytes, timestamp, json }: Columns) {
  return {
    /** Each is told once: the key stays. `toldAt` is null until it stands in a notice. */
    setbacks: table(
      'setbacks',
      {
        id: serial(),
        key: text().notNull().unique(),
        kind: text().$type<Setback['kind']>().notNull(),
        room: text().$type<RoomId>(),
        account: text().$type<AccountId>(),
        incident: text().$type<IncidentId>(),
        /** What can be decided about it, where that is one thing. */
        item: json<StuckItem>(),
        reason: text(),
        at: timestamp().notNull(),
        toldAt: timestamp(),
      },
      row => [
        index('setbacks_new').on(row.id).where(sql`${row.toldAt} is null`),
        index('setbacks_told').on(row.toldAt).where(sql`${row.toldAt} is not null`),
      ],
    ),
    /**
     * Messages of platforms that tell who has received and read them: under an HMAC of the message's own id there, the
     * key that it was sent under. `people` holds short keyed digests of those counted, so that nobody counts twice.
     */
    sightings: table(
      'sightings',
      {
        message: text().primaryKey(),
        key: text().notNull(),
        sentAt: timestamp().notNull(),
        received: integer().notNull(),
        read: integer().notNull(),
        /** When somebody last received or read it. */
        at: timestamp(),
        people: bytes(),
      },
      row => [index('sightings_key').on(row.key), index('sightings_sent').on(row.sentAt)],
    ),
  }
}

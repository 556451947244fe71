import { sql } from 'drizzle-orm'
import type { PersonId, RegionCode } from '../workflows/ids.ts'
import type { Alarm, AlarmMethod } from '../workflows/warning.ts'
import type { Columns } from './columns.ts'

/** What of an alarm is only read with it. */
export type AlarmFacts = Pick<
  Alarm,
  'counties' | 'places' | 'from' | 'days' | 'rule' | 'late' | 'expected' | 'statistic' | 'reporters' | 'incidents'
>

/** Early warning: what was found, which days were looked at, and where people confirmed an alert. */
export function warningTables({
  table,
  index,
  uniqueIndex,
  primaryKey,
  text,
  integer,
  serial,
  timestamp,
  json,
  bytes,
}: Columns) {
  return {
    /** Each finding once, by its id; ids, codes and figures only, but for the sealed reason of whoever dismissed it. */
    alarms: table(
      'alarms',
      {
        id: text().primaryKey(),
        method: text().$type<AlarmMethod>().notNull(),
        region: text().$type<RegionCode>().notNull(),
        /** The group of kinds; null: all of them. */
        kinds: text(),
        day: text().notNull(),
        level: text().$type<Alarm['level']>().notNull(),
        count: integer().notNull(),
        facts: json<AlarmFacts>().notNull(),
        /** How many there were when people were last told. */
        told: integer().notNull(),
        foundAt: timestamp().notNull(),
        endsAt: timestamp().notNull(),
        answeredBy: text().$type<PersonId>(),
        answeredAt: timestamp(),
        why: bytes(),
      },
      row => [index('alarms_region').on(row.region, row.endsAt), index('alarms_found').on(row.foundAt)],
    ),
    /** The local days of a region whose series were looked at, and when. */
    computings: table(
      'computings',
      { region: text().$type<RegionCode>().notNull(), day: text().notNull(), at: timestamp().notNull() },
      row => [primaryKey({ columns: [row.region, row.day] })],
    ),
    /** Alerts that somebody confirmed, until they are taken back. */
    alerts: table(
      'alerts',
      {
        id: serial(),
        region: text().$type<RegionCode>().notNull(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
        why: bytes(),
        liftedBy: text().$type<PersonId>(),
        liftedAt: timestamp(),
        liftedFor: bytes(),
      },
      row => [uniqueIndex('alerts_standing').on(row.region).where(sql`${row.liftedAt} is null`)],
    ),
  }
}

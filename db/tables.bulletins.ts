import type { Bulletin, BulletinPlan } from '../workflows/bulletin.ts'
import type { PersonId, PlatformName } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** Summaries that were asked to leave the network, and what came of it. */
export function bulletinTables({ table, index, text, timestamp, json, bytes }: Columns) {
  return {
    bulletins: table(
      'bulletins',
      {
        /** `U-0007`. */
        id: text().primaryKey(),
        by: text('by_person').$type<PersonId>().notNull(),
        platform: text().$type<PlatformName>().notNull(),
        at: timestamp().notNull(),
        /** Codes and times only. */
        plan: json<BulletinPlan>().notNull(),
        /** The messages as they would leave, sealed. */
        views: bytes().notNull(),
        state: text().$type<Bulletin['state']>().notNull(),
        until: timestamp().notNull(),
        settledBy: text().$type<PersonId>(),
        settledAt: timestamp(),
      },
      row => [index('bulletins_at').on(row.at)],
    ),
  }
}

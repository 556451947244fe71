import type { ExportPlan } from '../workflows/export/plan.ts'
import type { ExportState } from '../workflows/export/request.ts'
import type { PersonId, PlatformName } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What was asked to leave the hub, by whom and why, and what came of it. */
export function exportTables({ table, index, text, integer, timestamp, json, bytes }: Columns) {
  return {
    exports: table(
      'exports',
      {
        /** `X-0007`. */
        id: text().primaryKey(),
        by: text('by_person').$type<PersonId>().notNull(),
        platform: text().$type<PlatformName>().notNull(),
        at: timestamp().notNull(),
        /** Codes and times only. */
        plan: json<ExportPlan>().notNull(),
        /** Why, in the words of whoever asked, sealed under their own key; empty once its time is over. */
        reason: bytes().notNull(),
        state: text().$type<ExportState>().notNull(),
        /** Until when it can be agreed to, or taken. */
        until: timestamp().notNull(),
        settledBy: text().$type<PersonId>(),
        settledAt: timestamp(),
        /** What opens the file, sealed; gone once nobody can ask for it any more. */
        secret: bytes(),
        takenAt: timestamp(),
        /** How many incidents went out with it. */
        rows: integer(),
      },
      row => [index('exports_at').on(row.at)],
    ),
  }
}

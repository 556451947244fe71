import type { PersonId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** Check-ins and reminders that come again, as far as they are no matter of the network file. */
export function recurringTables({ table, primaryKey, text, integer, timestamp }: Columns) {
  return {
    /** Each that was ever known: as what by its digest, since when, and whether it rests. */
    recurring: table('recurring', {
      name: text().primaryKey(),
      digest: text().notNull(),
      since: timestamp().notNull(),
      pausedAt: timestamp(),
      pausedBy: text().$type<PersonId>(),
    }),
    /** Who approved one as what, when it meant so many people and rooms. */
    recurringApprovals: table(
      'recurring_approvals',
      {
        name: text().notNull(),
        digest: text().notNull(),
        person: text().$type<PersonId>().notNull(),
        at: timestamp().notNull(),
        people: integer().notNull(),
        rooms: integer().notNull(),
      },
      row => [primaryKey({ columns: [row.name, row.digest, row.person] })],
    ),
  }
}

import type { PersonId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** Who is, or was, hidden from everybody. */
export function shieldTables({ table, index, text, boolean, serial, timestamp, bytes }: Columns) {
  return {
    /** Whoever is hidden, by whom and why (sealed under their own key); lifted, it stays on record. */
    shields: table(
      'shields',
      {
        id: serial(),
        person: text().$type<PersonId>().notNull(),
        /** What everybody reads in place of their call sign, which nobody else can take meanwhile. */
        alias: text().notNull(),
        /** Nothing is taken from their accounts, and nothing sent to them. */
        cut: boolean().notNull(),
        /** They are called all the same. */
        called: boolean().notNull(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
        reason: bytes(),
        liftedBy: text().$type<PersonId>(),
        liftedAt: timestamp(),
        liftedFor: bytes(),
        /** How far older messages that name them were drawn anew; null once all were. */
        cursor: text(),
        /** From when that goes on: every process knows the new name by then. */
        dueAt: timestamp().notNull(),
      },
      row => [index('shields_person').on(row.person)],
    ),
  }
}

import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What tells that two reports are of the same event, or repeat the same original. */
export function similarTables({ table, index, primaryKey, text }: Columns) {
  return {
    /** Links that came with a report, as look-up values: the same link again can be found, and no link can be read. */
    origins: table(
      'origins',
      {
        origin: text().notNull(),
        incident: text().$type<IncidentId>().notNull(),
        /** Who gave it; empty where nobody is known. */
        person: text().$type<PersonId | ''>().notNull(),
      },
      row => [
        primaryKey({ columns: [row.origin, row.incident, row.person] }),
        index('origins_incident').on(row.incident),
      ],
    ),
    /** Which cards name that other incident as alike, so that they are drawn anew when it ends. */
    likes: table(
      'likes',
      { other: text().$type<IncidentId>().notNull(), incident: text().$type<IncidentId>().notNull() },
      row => [primaryKey({ columns: [row.other, row.incident] })],
    ),
  }
}

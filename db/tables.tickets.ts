import type { BoardName } from '../workflows/board/scope.ts'
import type { ExportId } from '../workflows/export/request.ts'
import type { BroadcastId, IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** One-time links to evidence. */
export function ticketTables({ table, index, text, timestamp }: Columns) {
  return {
    /** Who may open what by a link, until when; of the link itself and of the browser only keyed digests are kept. */
    tickets: table(
      'tickets',
      {
        lookup: text().primaryKey(),
        /** Or the broadcast, the export, or `board`. */
        incident: text().$type<IncidentId | BroadcastId | ExportId | BoardName>().notNull(),
        /** The file; null for the record of all evidence. */
        item: text(),
        person: text().$type<PersonId>().notNull(),
        platform: text().$type<PlatformName>().notNull(),
        until: timestamp().notNull(),
        browser: text(),
      },
      row => [index('tickets_until').on(row.until)],
    ),
  }
}

import type { ProtocolId } from '../workflows/ids.ts'
import type { Protocol } from '../workflows/protocol.ts'
import type { Columns } from './columns.ts'

/** Wordings of protocols. */
export function protocolTables({ table, primaryKey, text, integer, timestamp, json }: Columns) {
  return {
    /** Every wording that a hub was started with, because a run may be pinned to it; never people's words. */
    protocols: table(
      'protocols',
      {
        id: text().$type<ProtocolId>().notNull(),
        rev: text().notNull(),
        version: integer().notNull(),
        body: json<Protocol>().notNull(),
        since: timestamp().notNull(),
      },
      row => [primaryKey({ columns: [row.id, row.rev] })],
    ),
  }
}

import type { Pulse } from '../workflows/pulse.ts'
import type { Columns } from './columns.ts'

/** The processes that share this database. */
export function processTables({ table, text, integer, timestamp, json }: Columns) {
  return {
    /**
     * Every process that runs, and by their ids the keys of the hub that it has, the one that it seals under first. It
     * counts as running until `until` (database time), unless it says so again.
     */
    processes: table('processes', {
      id: text().primaryKey(),
      host: text().notNull(),
      pid: integer().notNull(),
      keys: json<readonly string[]>().notNull(),
      source: text().$type<'HUB_KEY' | 'file'>().notNull(),
      until: timestamp().notNull(),
    }),
    /** How it goes with every process of the hub, as each says several times a minute; gone when it stops by itself. */
    pulses: table('pulses', {
      id: text().primaryKey(),
      host: text().notNull(),
      version: text().notNull(),
      /** In database time. */
      startedAt: timestamp().notNull(),
      at: timestamp().notNull(),
      facts: json<Pulse>().notNull(),
    }),
  }
}

import type { Former } from '../workflows/former.ts'
import type { Columns } from './columns.ts'

/** What of a former summary is only read with it. */
export type FormerFacts = Pick<Former, 'from' | 'at' | 'cells' | 'urgent' | 'hot' | 'levels'>

/** Summaries that went out: what the next of their plan is compared with; codes and counts only. */
export function summaryTables({ table, index, text, timestamp, json }: Columns) {
  return {
    summaries: table(
      'summaries',
      {
        key: text().primaryKey(),
        plan: text().notNull(),
        /** When its window ended. */
        until: timestamp().notNull(),
        facts: json<FormerFacts>().notNull(),
      },
      row => [index('summaries_plan').on(row.plan, row.until)],
    ),
  }
}

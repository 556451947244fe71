import type { Columns } from './columns.ts'

/** What was deleted for good, so that a list of it can be kept apart from every backup. */
export function erasedTables({ table, serial, text, timestamp }: Columns) {
  return {
    /** One thing a row, as `Loss` writes it: ids alone, neither names nor words. */
    erased: table('erased', { id: serial(), at: timestamp().notNull(), what: text().notNull() }),
  }
}

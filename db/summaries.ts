import { and, desc, eq, lt } from 'drizzle-orm'
import type { FormerStore } from '../workflows/former.ts'
import type { Base } from './base.ts'

const keptMs = 60 * 24 * 60 * 60_000

/** What is kept of summaries in the database. */
export function summaryStore({ database, tables: { summaries } }: Base): FormerStore {
  return {
    async last(plan, before) {
      const [row] = await database.read
        .select()
        .from(summaries)
        .where(and(eq(summaries.plan, plan), lt(summaries.until, before)))
        .orderBy(desc(summaries.until))
        .limit(1)
      return row ? { key: row.key, plan: row.plan, to: row.until, ...row.facts } : null
    },
    keep: ({ key, plan, to, from, at, cells, urgent, hot, levels }) =>
      database.transaction(async tx => {
        const facts = { from, at, cells, urgent, hot, levels }
        await tx
          .insert(summaries)
          .values({ key, plan, until: to, facts })
          .onConflictDoNothing({ target: summaries.key })
        await tx.delete(summaries).where(and(eq(summaries.plan, plan), lt(summaries.until, to - keptMs)))
      }),
  }
}

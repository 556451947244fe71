import { and, desc, eq } from 'drizzle-orm'
import type { BriefDeed, OutlookChange } from '../workflows/outlook.ts'
import type { Brief, BriefReads } from '../workflows/warning.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** Weekly briefs, and what a transaction does to them. */
export type Briefs = BriefReads & {
  /** Writes how somebody rated a region; of a week the last rating stands. */
  write(tx: Tx, change: OutlookChange, deed: BriefDeed): Promise<void>
}

/** The weekly briefs in the database. */
export function briefStore({ database: { read }, tables, seal }: Base): Briefs {
  const { briefs } = tables

  function opened({ words, ...row }: typeof briefs.$inferSelect): Brief {
    return { ...row, words: JSON.parse(seal.text(words)) as Brief['words'] }
  }

  return {
    async latest(region, limit) {
      const own = eq(briefs.region, region)
      const rows = await read.select().from(briefs).where(own).orderBy(desc(briefs.week)).limit(limit)
      return rows.map(opened)
    },
    async find(region, week) {
      const [row] = await read
        .select()
        .from(briefs)
        .where(and(eq(briefs.region, region), eq(briefs.week, week)))
      return row ? opened(row) : null
    },
    async write(tx, { by, at }, { region, week, scores, words }) {
      const set = { scores, words: seal.seal(JSON.stringify(words)), by, at }
      await tx
        .insert(briefs)
        .values({ region, week, ...set })
        .onConflictDoUpdate({ target: [briefs.region, briefs.week], set })
        .returning({ week: briefs.week })
      await addDeed(tx, tables, { at, by, what: 'brief', facts: { region, week } })
    },
  }
}

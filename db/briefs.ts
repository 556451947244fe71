import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { BriefDeed, BriefDraft, OutlookChange } from '../workflows/outlook.ts'
import type { Brief, BriefReads } from '../workflows/warning.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** Weekly briefs, and what a transaction does to them. */
export type Briefs = BriefReads & {
  /** Writes how somebody rated a region; of each indicator the last rating stands. */
  write(tx: Tx, change: OutlookChange, deed: BriefDeed): Promise<void>
}

const noWords: Brief['words'] = { likely: '', worst: '', best: '', advice: '' }

/** The weekly briefs in the database. */
export function briefStore({ database: { read }, tables, seal }: Base): Briefs {
  const { briefs } = tables
  const sealed = (words: Brief['words']) => seal.seal(JSON.stringify(words))
  const one = (region: string, week: string) => and(eq(briefs.region, region), eq(briefs.week, week))

  function opened({ words, ...row }: typeof briefs.$inferSelect): BriefDraft {
    // Empty once their time is over, or whoever wrote them is gone.
    const kept = words.length > 0 ? (JSON.parse(seal.text(words)) as Brief['words']) : noWords
    return { ...row, words: kept }
  }

  return {
    async latest(region, limit) {
      const own = and(eq(briefs.region, region), isNotNull(briefs.doneAt))
      const rows = await read.select().from(briefs).where(own).orderBy(desc(briefs.week)).limit(limit)
      return rows.map(opened)
    },
    async find(region, week) {
      const [row] = await read
        .select()
        .from(briefs)
        .where(and(one(region, week), isNotNull(briefs.doneAt)))
      return row ? opened(row) : null
    },
    async draft(region, week) {
      const [row] = await read.select().from(briefs).where(one(region, week))
      return row ? opened(row) : null
    },
    async write(tx, { by, at }, { region, week, done, ...given }) {
      // Two may begin it in the same moment: what each gave stands.
      const empty = { region, week, scores: [], words: sealed(noWords), by, at, doneAt: null }
      await tx.insert(briefs).values(empty).onConflictDoNothing().returning({ week: briefs.week })
      const [row] = await held(tx.select().from(briefs).where(one(region, week)), briefs)
      const before = row ? opened(row) : null
      const rated = new Map([...(before?.scores ?? []), ...given.scores].map(score => [score.indicator, score]))
      const words = sealed({ ...noWords, ...before?.words, ...given.words })
      const doneAt = before?.doneAt ?? (done ? at : null)
      const set = { scores: [...rated.values()], words, by, at, doneAt }
      await tx.update(briefs).set(set).where(one(region, week)).returning({ week: briefs.week })
      if (done && !before?.doneAt) await addDeed(tx, tables, { at, by, what: 'brief', facts: { region, week } })
    },
  }
}

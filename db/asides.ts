import { and, asc, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'

/** What people wrote beside incidents: why something is to leave, what a rumor says, what a region is to do. */
export type Asides = {
  /** Deletes what these people wrote so; that something was asked, rated or described stays. */
  forget(tx: Tx, people: readonly PersonId[]): Promise<void>
  /** How many such words are kept of somebody. */
  count(person: PersonId): Promise<number>
  /** Deletes those from before that moment (epoch ms); a rumor's once nobody has repeated it since. */
  clear(before: number): Promise<void>
}

const none = Buffer.alloc(0)

/** The same in the database. */
export function asidesOf({ database, tables }: Base): Asides {
  const { alarms, alerts, briefs, bulletins, deeds, exports, happenings, rumours } = tables
  const { read } = database
  const written = (column: typeof briefs.words | typeof exports.reason) => sql`length(${column}) > 0`
  // PostgreSQL keeps it as text.
  const facts = database.engine === 'postgres' ? sql`${deeds.facts}::json` : sql`${deeds.facts}`
  const rumour = sql<string>`${facts} ->> 'rumour'`
  const did = sql`${facts} ->> 'did'`
  const describes = and(eq(deeds.what, 'rumour'), sql`${did} = 'describe'`)

  /** The rumors whose description is that of one of these people: they were the last to describe it. */
  async function described(handle: Read, people: readonly PersonId[]): Promise<readonly string[]> {
    const own = await handle
      .selectDistinct({ rumour })
      .from(deeds)
      .where(and(describes, inArray(deeds.by, [...people])))
    if (own.length === 0) return []
    const names = own.map(row => row.rumour)
    const rows = await handle
      .select({ rumour, by: deeds.by })
      .from(deeds)
      .where(and(describes, inArray(rumour, names)))
      .orderBy(asc(deeds.number))
    const last = new Map(rows.map(row => [row.rumour, row.by]))
    return names.filter(name => people.some(person => person === last.get(name)))
  }

  return {
    async forget(tx, people) {
      const by = [...people]
      await tx.update(exports).set({ reason: none }).where(inArray(exports.by, by)).returning({ id: exports.id })
      await tx.update(briefs).set({ words: none }).where(inArray(briefs.by, by)).returning({ week: briefs.week })
      await tx.update(happenings).set({ name: null }).where(inArray(happenings.by, by)).returning({ id: happenings.id })
      const theirs = await described(tx, people)
      if (theirs.length === 0) return
      // What was joined gave its description to the one that stands.
      const joined = await tx
        .select({ into: rumours.joined })
        .from(rumours)
        .where(inArray(rumours.id, [...theirs]))
      const heirs = joined.flatMap(row => row.into ?? [])
      const others = new Set(
        (
          await tx
            .selectDistinct({ rumour })
            .from(deeds)
            .where(and(describes, inArray(rumour, [...heirs, ''])))
        )
          .map(row => row.rumour)
          .filter(name => !theirs.includes(name)),
      )
      const gone = [...theirs, ...heirs.filter(name => !others.has(name))]
      await tx.update(rumours).set({ about: null }).where(inArray(rumours.id, gone)).returning({ id: rumours.id })
    },
    async count(person) {
      const [reasons, rated, planned, dismissed, alerted] = await Promise.all([
        read.$count(exports, and(eq(exports.by, person), written(exports.reason))),
        read.$count(briefs, and(eq(briefs.by, person), written(briefs.words))),
        read.$count(happenings, and(eq(happenings.by, person), isNotNull(happenings.name))),
        read.$count(alarms, and(eq(alarms.answeredBy, person), isNotNull(alarms.why))),
        read.$count(alerts, or(eq(alerts.by, person), eq(alerts.liftedBy, person))),
      ])
      const own = await described(read, [person])
      const standing =
        own.length === 0 ? 0 : await read.$count(rumours, and(inArray(rumours.id, [...own]), isNotNull(rumours.about)))
      return reasons + rated + planned + dismissed + alerted + standing
    },
    async clear(before) {
      await database.transaction(async tx => {
        await tx
          .update(exports)
          .set({ reason: none })
          .where(and(lt(exports.at, before), written(exports.reason)))
          .returning({ id: exports.id })
        await tx
          .update(briefs)
          .set({ words: none })
          .where(and(lt(briefs.at, before), written(briefs.words)))
          .returning({ week: briefs.week })
        await tx
          .update(rumours)
          .set({ about: null })
          .where(and(lt(rumours.lastAt, before), isNotNull(rumours.about)))
          .returning({ id: rumours.id })
        await tx
          .update(alerts)
          .set({ why: null, liftedFor: null })
          .where(and(lt(alerts.liftedAt, before), or(isNotNull(alerts.why), isNotNull(alerts.liftedFor))))
          .returning({ id: alerts.id })
        await tx.delete(bulletins).where(lt(bulletins.at, before)).returning({ id: bulletins.id })
      })
    },
  }
}

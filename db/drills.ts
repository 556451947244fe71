import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Drill, DrillDeed, DrillId } from '../workflows/drill.ts'
import { RuleError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Base, whole } from './base.ts'
import type { Read, Tx } from './database.ts'

/** How far an exercise has come; `script` is what happens in it, as it was written when it began. */
export type DrillProgress = { readonly played: number; readonly settled: boolean; readonly script: string }

/** Exercises as they are read, and as they go on. */
export interface DrillStore {
  /** The exercise with that name, or null. */
  find(id: DrillId): Promise<Drill | null>
  /** The last exercises, the newest first. */
  latest(limit: number): Promise<readonly Drill[]>
  /** What was made up for it, in the order in which it came; at most 500. */
  incidents(id: DrillId): Promise<readonly IncidentId[]>
  /** How far it has come; null where there is none. */
  progress(id: DrillId): Promise<DrillProgress | null>
  /** So much of its script has happened; never less than was said before. */
  played(id: DrillId, count: number): Promise<void>
  /** Those that have ended and that have not come to rest yet. */
  unsettled(): Promise<readonly Drill[]>
  /** All that was made up for it has come to rest. */
  settled(id: DrillId, now: number): Promise<void>
}

/** The exercises, and what a transaction does to them. */
export type Drills = DrillStore & {
  /** The newest ones, among which all are that go on. */
  current(handle: Read): Promise<readonly Drill[]>
  /** Writes what is done to one. @throws RuleError where the region has one already */
  write(tx: Tx, deed: DrillDeed): Promise<void>
}

const mostIncidents = 500
// A region plays one at a time.
const mostCurrent = 200

/** The exercises in the database. */
export function drillStore({ database, tables, seal }: Base): Drills {
  const { drills: row, incidents, posts, timers } = tables
  const { read } = database
  const facts = factsOf(row)

  async function members(tx: Tx, id: DrillId, change: (people: Drill['people']) => Drill['people']): Promise<void> {
    const [found] = await tx.select({ people: row.people }).from(row).where(eq(row.id, id))
    if (!found) return
    await tx
      .update(row)
      .set({ people: change(found.people) })
      .where(eq(row.id, id))
      .returning({ id: row.id })
  }

  async function end(tx: Tx, { drills, why, because, at }: Extract<DrillDeed, { type: 'end' }>): Promise<void> {
    const ended = await tx
      .update(row)
      .set({ endedAt: at, why, because })
      .where(and(inArray(row.id, [...drills]), isNull(row.endedAt)))
      .returning({ id: row.id })
    if (ended.length === 0) return
    const madeUp = tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(
        inArray(
          incidents.drill,
          ended.map(one => one.id),
        ),
      )
    // Nothing that waits goes out any more, and no clock rings.
    await tx
      .update(posts)
      .set({ state: 'left', dueAt: null, error: 'its exercise is over' })
      .where(and(inArray(posts.incident, madeUp), isNotNull(posts.dueAt)))
      .returning({ id: posts.id })
    await tx
      .update(timers)
      .set({ dueAt: null })
      .where(and(inArray(timers.incident, madeUp), isNotNull(timers.dueAt)))
      .returning({ clock: timers.clock })
  }

  return {
    async find(id) {
      const [found] = await read.select(facts).from(row).where(eq(row.id, id))
      return found ?? null
    },
    latest: limit => read.select(facts).from(row).orderBy(sql`${row.startedAt} desc`).limit(limit),
    async incidents(id) {
      const rows = await read
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(eq(incidents.drill, id), isNotNull(incidents.drill)))
        .orderBy(asc(incidents.reportedAt), asc(incidents.id))
        .limit(mostIncidents)
      return rows.map(found => found.id)
    },
    async progress(id) {
      const [found] = await read.select().from(row).where(eq(row.id, id))
      if (!found) return null
      return { played: found.played, settled: found.settledAt !== null, script: seal.text(found.script) }
    },
    async played(id, count) {
      await database.transaction(tx =>
        tx
          .update(row)
          .set({ played: count })
          .where(and(eq(row.id, id), sql`${row.played} < ${whole(count)}`))
          .returning({ id: row.id }),
      )
    },
    unsettled: () =>
      read
        .select(facts)
        .from(row)
        .where(and(isNotNull(row.endedAt), isNull(row.settledAt))),
    async settled(id, now) {
      await database.transaction(tx =>
        tx.update(row).set({ settledAt: now }).where(eq(row.id, id)).returning({ id: row.id }),
      )
    },
    current: handle => handle.select(facts).from(row).orderBy(sql`${row.startedAt} desc`).limit(mostCurrent),
    async write(tx, deed) {
      switch (deed.type) {
        case 'start': {
          const { drill, script } = deed
          const [other] = await tx
            .select({ id: row.id })
            .from(row)
            .where(and(eq(row.region, drill.region), isNull(row.endedAt)))
          if (other) throw new RuleError({ key: 'drill.already', params: { region: drill.region } })
          await tx
            .insert(row)
            .values({ ...drill, script: seal.seal(script), played: 0 })
            .returning({ id: row.id })
          return
        }
        case 'join':
          return members(tx, deed.drill, people => [...people.filter(id => id !== deed.person), deed.person])
        case 'leave':
          return members(tx, deed.drill, people => people.filter(id => id !== deed.person))
        case 'end':
          return end(tx, deed)
      }
    },
  }
}

function factsOf(row: Base['tables']['drills']) {
  const { id, region, protocol, scenario, rooms, people, by, speed, startedAt, endsAt, endedAt, why, because } = row
  return { id, region, protocol, scenario, rooms, people, by, speed, startedAt, endsAt, endedAt, why, because }
}

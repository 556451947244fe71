import { and, eq, lt, sql } from 'drizzle-orm'
import { RuleError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { makeRumourId, type OutlookChange, type RumourDeed, rumourCode } from '../workflows/outlook.ts'
import { type Base, held as holding } from './base.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** A rumor as it stands in the database. */
export type RumourRow = Base['tables']['rumours']['$inferSelect']

/** What becomes of rumors and of what is filed under them, step by step, each in a transaction. */
export function filing({ tables, seal }: Pick<Base, 'tables' | 'seal'>) {
  const { rumours, heard, incidents, numbers } = tables

  /** The rumor that stands for that one now; on PostgreSQL held until the transaction ends. */
  async function standing(handle: Read, id: string): Promise<RumourRow | null> {
    let name: string | null = id
    for (let steps = 0; name !== null && steps < longestChain; steps++) {
      const [row]: RumourRow[] = await holding(handle.select().from(rumours).where(eq(rumours.id, name)), rumours)
      if (!row || row.joined === null) return row ?? null
      name = row.joined
    }
    return null
  }

  async function required(tx: Tx, id: string): Promise<RumourRow> {
    const row = await standing(tx, id)
    if (!row) throw new RuleError({ key: 'rumour.unknown', params: { words: { words: id } } })
    return row
  }

  /** The next number of a rumor, held by this transaction; `by` 0 only looks, and keeps others waiting. */
  async function numbered(tx: Tx, by: 0 | 1): Promise<number> {
    const [row] = await tx
      .insert(numbers)
      .values({ region: rumourCode, next: 1 + by })
      .onConflictDoUpdate({ target: numbers.region, set: { next: sql`${numbers.next} + ${sql.raw(String(by))}` } })
      .returning({ next: numbers.next })
    return (row?.next ?? 1 + by) - by
  }

  async function make(tx: Tx, at: number): Promise<string> {
    const id = makeRumourId(await numbered(tx, 1))
    const row = { id, state: 'new', at, lastAt: at, changedAt: at } as const
    await tx.insert(rumours).values(row).returning({ id: rumours.id })
    return id
  }

  async function put(tx: Tx, incident: IncidentId, rumour: string, at: number, byHand: boolean): Promise<void> {
    await tx
      .insert(heard)
      .values({ incident, rumour, at, byHand })
      .onConflictDoUpdate({ target: heard.incident, set: { rumour, byHand } })
      .returning({ incident: heard.incident })
    await tx
      .update(rumours)
      .set({ lastAt: at })
      .where(and(eq(rumours.id, rumour), lt(rumours.lastAt, at)))
      .returning({ id: rumours.id })
  }

  async function change(tx: Tx, id: string, values: Partial<RumourRow>): Promise<void> {
    await tx.update(rumours).set(values).where(eq(rumours.id, id)).returning({ id: rumours.id })
  }

  async function join(
    tx: Tx,
    from: RumourRow,
    into: RumourRow,
    marks: Pick<RumourRow, 'changedAt' | 'changedBy'>,
  ): Promise<void> {
    if (from.id === into.id) return
    await tx
      .update(heard)
      .set({ rumour: into.id })
      .where(eq(heard.rumour, from.id))
      .returning({ incident: heard.incident })
    await change(tx, from.id, { ...marks, joined: into.id })
    // What was known of either is known of both.
    const known = {
      about: into.about ?? from.about,
      answeredWith: into.answeredWith ?? from.answeredWith,
      state: into.state === 'new' ? from.state : into.state,
    }
    await change(tx, into.id, { ...marks, ...known, lastAt: Math.max(from.lastAt, into.lastAt) })
  }

  /** Does what somebody wants of one. @throws RuleError where it stands otherwise by now */
  async function write(tx: Tx, { by, at }: OutlookChange, deed: RumourDeed): Promise<void> {
    const marks = { changedAt: at, changedBy: by }
    switch (deed.type) {
      case 'describe':
        await change(tx, (await required(tx, deed.rumour)).id, { ...marks, about: seal.seal(deed.about) })
        break
      case 'judge': {
        const row = await required(tx, deed.rumour)
        const answeredWith = deed.with ?? row.answeredWith
        await change(tx, row.id, { ...marks, state: deed.state, answeredWith })
        break
      }
      case 'join':
        await join(tx, await required(tx, deed.rumour), await required(tx, deed.into), marks)
        break
      case 'put': {
        const [own] = await tx
          .select({ at: incidents.reportedAt })
          .from(incidents)
          .where(eq(incidents.id, deed.incident))
        const to = deed.rumour === null ? await make(tx, own?.at ?? at) : (await required(tx, deed.rumour)).id
        await put(tx, deed.incident, to, own?.at ?? at, true)
        await change(tx, to, marks)
        break
      }
    }
    await addDeed(tx, tables, { at, by, what: 'rumour', facts: factsOf(deed) })
  }

  return { standing, numbered, make, put, write }
}

const longestChain = 10

/** What the log says of it: never what anybody wrote. */
function factsOf(deed: RumourDeed): Readonly<Record<string, string>> {
  switch (deed.type) {
    case 'describe':
      return { did: deed.type, rumour: deed.rumour }
    case 'judge':
      return { did: deed.type, rumour: deed.rumour, state: deed.state, ...(deed.with ? { broadcast: deed.with } : {}) }
    case 'join':
      return { did: deed.type, rumour: deed.rumour, into: deed.into }
    case 'put':
      return { did: deed.type, incident: deed.incident, ...(deed.rumour === null ? {} : { rumour: deed.rumour }) }
  }
}

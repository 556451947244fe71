import { and, asc, eq, gt, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Told } from '../workflows/agenda/list.ts'
import { RuleError } from '../workflows/errors.ts'
import type { PersonId, RegionCode } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { type AgendaDeed, happeningCode, makeHappeningId, type OutlookChange } from '../workflows/outlook.ts'
import type { Kind } from '../workflows/taxonomy.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { random } from './key.ts'

type Span = { readonly from: number; readonly to: number }

/** What is to come, as far as people told it. */
export interface AgendaStore {
  /** What falls into that time, of those regions and of none in particular, soonest first, at most 200. */
  planned(span: Span, regions: 'all' | readonly RegionCode[]): Promise<readonly Told[]>
  /** Open incidents of these kinds, that everyone of their region may know of, newest first, at most 500. */
  gatherings(kinds: readonly Kind[], regions: 'all' | readonly RegionCode[]): Promise<readonly Incident[]>
  /** Makes somebody's link to their calendar, in place of the one before; gives its secret, which is kept nowhere. */
  link(person: PersonId, span: { readonly at: number; readonly until: number }): Promise<string>
  /** Whose link that is; null if it is none, or holds no more. */
  linked(secret: string, now: number): Promise<PersonId | null>
  /** Forgets what was over before that moment (epoch ms). */
  prune(before: number): Promise<void>
}

/** What is to come, and what a transaction does to it. */
export type Agendas = AgendaStore & {
  /** Writes what somebody says is to come, or is not. @throws RuleError where there is no such thing */
  write(tx: Tx, change: OutlookChange, deed: AgendaDeed): Promise<void>
}

const most = 200
const mostGatherings = 500
const secretBytes = 32

/** What is to come, in the database. */
export function agendaStore({ database, tables, seal }: Base): Agendas {
  const { happenings, incidents, feeds, numbers } = tables
  const { read } = database
  const lookupOf = (secret: string) => seal.hmac(`feed:${secret}`)

  async function numbered(tx: Tx): Promise<string> {
    const [row] = await tx
      .insert(numbers)
      .values({ region: happeningCode, next: 2 })
      .onConflictDoUpdate({ target: numbers.region, set: { next: sql`${numbers.next} + 1` } })
      .returning({ next: numbers.next })
    return makeHappeningId((row?.next ?? 2) - 1)
  }

  return {
    async planned({ from, to }, regions) {
      const here =
        regions === 'all' ? undefined : or(isNull(happenings.region), inArray(happenings.region, [...regions]))
      const rows = await read
        .select({ happening: happenings, state: incidents.state })
        .from(happenings)
        .leftJoin(incidents, eq(incidents.id, happenings.incident))
        // What lasts no time is there in its very moment.
        .where(and(or(gt(happenings.ends, from), gte(happenings.begins, from)), lt(happenings.begins, to), here))
        .orderBy(asc(happenings.begins), asc(happenings.id))
        .limit(most)
      return rows.map(({ happening: { begins, ends, by: _, at: __, name, ...row }, state }) => ({
        ...{ ...row, from: begins, to: ends, state },
        name: name && seal.text(name),
      }))
    },
    async gatherings(kinds, regions) {
      if (kinds.length === 0) return []
      const here = regions === 'all' ? undefined : inArray(incidents.region, [...regions])
      const rows = await read
        .select({ state: incidents.state })
        .from(incidents)
        .where(
          and(
            sql`${incidents.open} = true`,
            inArray(incidents.kind, [...kinds]),
            eq(incidents.visibility, 'region'),
            here,
          ),
        )
        .orderBy(asc(incidents.urgency), asc(incidents.reportedAt))
        .limit(mostGatherings)
      return rows.map(row => row.state)
    },
    async link(person, span) {
      const secret = random(secretBytes).toString('base64url')
      const set = { lookup: lookupOf(secret), ...span }
      await database.transaction(tx =>
        tx
          .insert(feeds)
          .values({ person, ...set })
          .onConflictDoUpdate({ target: feeds.person, set })
          .returning({ person: feeds.person }),
      )
      return secret
    },
    async linked(secret, now) {
      const own = and(eq(feeds.lookup, lookupOf(secret)), gt(feeds.until, now))
      const [row] = await read.select({ person: feeds.person }).from(feeds).where(own)
      return row?.person ?? null
    },
    async prune(before) {
      const [first] = await read
        .select({ id: happenings.id })
        .from(happenings)
        .where(lt(happenings.ends, before))
        .limit(1)
      if (!first) return
      await database.transaction(tx =>
        tx.delete(happenings).where(lt(happenings.ends, before)).returning({ id: happenings.id }),
      )
    },
    async write(tx, { by, at }, deed) {
      const facts = { did: deed.type }
      if (deed.type === 'feed') {
        await tx.delete(feeds).where(eq(feeds.person, by)).returning({ person: feeds.person })
        return addDeed(tx, tables, { at, by, what: 'agenda', facts: { did: deed.on ? 'link' : 'unlink' } })
      }
      if (deed.type === 'unplan') {
        const own = eq(happenings.id, deed.id)
        const gone = await tx.delete(happenings).where(own).returning({ id: happenings.id })
        if (gone.length === 0) throw new RuleError({ key: 'agenda.unknown', params: { words: { words: deed.id } } })
        return addDeed(tx, tables, { at, by, what: 'agenda', facts: { ...facts, id: deed.id } })
      }
      const { kind, name, region, from, to, allDay, incident } = deed
      const set = { kind, name: name === null ? null : seal.seal(name), region, begins: from, ends: to, allDay, by, at }
      const id = await numbered(tx)
      await tx
        .insert(happenings)
        .values({ id, incident, ...set })
        .onConflictDoUpdate({ target: happenings.incident, set })
        .returning({ id: happenings.id })
      await addDeed(tx, tables, { at, by, what: 'agenda', facts: { ...facts, ...(incident ? { incident } : { id }) } })
    },
  }
}

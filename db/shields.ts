import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, like, lte, ne, not, or, sql } from 'drizzle-orm'
import type { ShieldChange } from '../workflows/change.ts'
import type { Directory, Person } from '../workflows/directory.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Shield, Shielded } from '../workflows/shield.ts'
import type { Base } from './base.ts'
import type { Cards } from './cards.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import type { Recalls } from './recalls.ts'

/** Who is hidden, and the messages that still name them. */
export interface ShieldStore {
  /** Who is hidden now, newest first. */
  list(): Promise<readonly Shielded[]>
  /** Has some more cards and lines drawn anew that name whoever was hidden or shown again; true if there is more. */
  sweep(now: number): Promise<boolean>
}

/** The rows of who is hidden, and what a transaction does to them. */
export type Shields = {
  /** Everybody who is hidden now. */
  now(handle: Read): Promise<ReadonlyMap<PersonId, Shield>>
  list(): Promise<readonly Shielded[]>
  /** Hides somebody, or shows them again, with the log of it; done already, it changes nothing. */
  write(tx: Tx, change: ShieldChange): Promise<void>
  /** The incidents that somebody may still have to act on and that name that person in any way. */
  naming(tx: Tx, person: PersonId): Promise<readonly IncidentId[]>
}

/** Who is hidden, in the database; each reason lies sealed under the key of whom it is about. */
export function shieldRows({ database, tables, seal }: Base, keys: DataKeys): Shields {
  const { shields, people, duty, tickets, codes, triageLeases, incidents } = tables
  const standing = isNull(shields.liftedAt)

  async function closeDoors(tx: Tx, person: PersonId, at: number): Promise<void> {
    await tx.delete(tickets).where(eq(tickets.person, person)).returning({ until: tickets.until })
    await tx.delete(triageLeases).where(eq(triageLeases.person, person)).returning({ until: triageLeases.until })
    await tx
      .update(codes)
      .set({ until: at })
      .where(and(eq(codes.person, person), gt(codes.until, at)))
      .returning({ number: codes.number })
  }

  return {
    async now(handle) {
      const rows = await handle.select().from(shields).where(standing)
      return new Map(rows.map(({ person, alias, cut, called }) => [person, { alias, cut, called }]))
    },
    async list() {
      const { read } = database
      const rows = await read
        .select({ shield: shields, former: people.callsign })
        .from(shields)
        .leftJoin(people, eq(people.id, shields.person))
        .where(standing)
        .orderBy(desc(shields.id))
        .limit(mostListed)
      return Promise.all(
        rows.map(async ({ shield: { person, alias, cut, called, by, at, reason }, former }) => {
          const key = reason && (await keys.find(read, ofPerson(person)))
          return { person, alias, cut, called, former, by, at, reason: reason && key ? seal.text(reason, key) : null }
        }),
      )
    },
    async write(tx, change) {
      const { person, by, at, reason, type } = change
      const own = and(eq(shields.person, person), standing)
      const [already] = await tx.select({ id: shields.id }).from(shields).where(own)
      const sealed = reason === '' ? null : seal.seal(reason, await keys.person(tx, person))
      const anew = { cursor: '', dueAt: at + everywhereMs }
      if (type === 'unshield') {
        if (!already) return
        const lifted = { liftedBy: by, liftedAt: at, liftedFor: sealed, ...anew }
        await tx.update(shields).set(lifted).where(own).returning({ id: shields.id })
        return addDeed(tx, tables, { at, by, what: 'unshield', facts: { person } })
      }
      if (already) return
      const { alias, cut, called } = change
      await tx
        .insert(shields)
        .values({ person, alias, cut, called, by, at, reason: sealed, ...anew })
        .returning({ id: shields.id })
      await tx.delete(duty).where(eq(duty.person, person)).returning({ person: duty.person })
      if (cut) await closeDoors(tx, person, at)
      await addDeed(tx, tables, { at, by, what: 'shield', facts: { person, access: cut ? 'cut' : 'kept' } })
    },
    async naming(tx, person) {
      const alive = inArray(incidents.status, ['reported', 'claimed', 'resolved', 'waiting'])
      const rows = await tx
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(alive, sql`${incidents.state} like ${`%"${person}"%`}`))
        .orderBy(asc(incidents.id))
      return rows.map(row => row.id)
    },
  }
}

/** Everybody as the network sees them, those who are hidden and may still act, and the call signs that are hidden. */
export function hiding(
  everybody: readonly Person[],
  shields: ReadonlyMap<PersonId, Shield>,
): Pick<Directory, 'people' | 'hidden' | 'reserved'> {
  const seen = (person: Person) => {
    const shield = shields.get(person.id)
    return shield ? behind(person, shield) : person
  }
  const people = new Map(everybody.map(person => [person.id, seen(person)]))
  const covered = everybody.filter(person => shields.has(person.id))
  if (covered.length === 0) return { people }
  const acting = covered.flatMap((person): [PersonId, Person][] => {
    const shield = shields.get(person.id)
    return shield && !shield.cut ? [[person.id, { ...person, callsign: shield.alias, hidden: 'shielded' }]] : []
  })
  return { people, hidden: new Map(acting), reserved: covered.map(person => person.callsign) }
}

/** The same with what draws older messages anew. */
export function shieldStore(
  { database, tables }: Base,
  { rows, cards: drawn, recalls }: { rows: Shields; cards: Cards; recalls: Recalls },
): ShieldStore {
  const { shields, incidents, timeline, posts, cards, rooms } = tables
  const { read } = database

  async function step({ id, person, cursor }: typeof shields.$inferSelect, now: number): Promise<void> {
    const [incident = '', seq = '0'] = (cursor ?? '').split(' ')
    const named = sql<number>`case when ${timeline.by} = ${person} or ${timeline.event} like ${`%"${person}"%`}
      then 1 else 0 end`
    const entries = await read
      .select({ incident: timeline.incident, seq: timeline.seq, named })
      .from(timeline)
      .where(sql`(${timeline.incident}, ${timeline.seq}) > (${incident}, ${Number(seq)})`)
      .orderBy(asc(timeline.incident), asc(timeline.seq))
      .limit(stretch)
    const naming = entries.filter(entry => Number(entry.named) === 1)
    const last = entries.at(-1)
    const next = last && entries.length === stretch ? `${last.incident} ${last.seq}` : null
    await database.transaction(async tx => {
      if (naming.length > 0) await redraw(tx, naming, now)
      await tx
        .update(shields)
        .set({ cursor: next })
        .where(and(eq(shields.id, id), eq(shields.cursor, cursor ?? '')))
        .returning({ id: shields.id })
    })
  }

  // What has ended is not said anew in a room for the sake of a name: only where its message can still be edited.
  async function redraw(tx: Tx, naming: readonly Naming[], now: number): Promise<void> {
    const named = [...new Set(naming.map(entry => entry.incident))]
    const open = and(inArray(incidents.id, named), eq(incidents.open, true))
    const alive = await tx.select({ id: incidents.id }).from(incidents).where(open)
    const ended = await tx
      .select({ incident: cards.incident, room: cards.room, severity: incidents.severity })
      .from(cards)
      .innerJoin(incidents, eq(incidents.id, cards.incident))
      .innerJoin(rooms, eq(rooms.id, cards.room))
      .where(
        and(
          inArray(cards.incident, named),
          eq(incidents.open, false),
          isNotNull(cards.message),
          or(ne(rooms.platform, 'signal'), gte(cards.sentAt, now - signalMs)),
        ),
      )
    const living = alive.map(row => row.id)
    if (living.length > 0) await drawn.redraw(tx, living, now)
    if (ended.length > 0) await drawn.want(tx, ended, now)
    await lines(tx, naming, named, now)
  }

  async function lines(tx: Tx, naming: readonly Naming[], named: readonly IncidentId[], now: number): Promise<void> {
    const bound = await tx.select({ id: rooms.id, platform: rooms.platform }).from(rooms)
    const slow = bound.filter(room => room.platform === 'signal').map(room => room.id)
    const editable =
      slow.length === 0 ? undefined : or(gte(posts.sentAt, now - signalMs), not(inArray(posts.room, slow)))
    const keys = naming.flatMap(({ incident, seq }) => bound.map(room => `${incident}:${seq}:${room.id}`))
    for (let start = 0; start < keys.length; start += mostKeys) {
      const some = inArray(posts.key, keys.slice(start, start + mostKeys))
      await recalls.askPosts(tx, and(some, editable), 'renamed', now)
    }
    const digests = and(inArray(posts.incident, [...named]), like(posts.key, 'digest:%'))
    await recalls.askPosts(tx, and(digests, editable), 'renamed', now)
  }

  return {
    list: rows.list,
    async sweep(now) {
      const [row] = await read
        .select()
        .from(shields)
        .where(and(isNotNull(shields.cursor), lte(shields.dueAt, now)))
        .orderBy(asc(shields.id))
        .limit(1)
      if (row) await step(row, now)
      return row !== undefined
    },
  }
}

// No old call sign, no role, region or skill to be found by, and where it is cut no account.
function behind({ own: _, ...person }: Person, { alias, cut, called: wanted }: Shield): Person {
  const found = wanted && !cut ? {} : ({ roles: [], regions: [], skills: [], partner: null } as const)
  const gone = cut ? ({ accounts: [], blocked: true } as const) : {}
  return { ...person, callsign: alias, ...found, ...gone, hidden: cut ? 'cut' : 'shielded' }
}

type Naming = { readonly incident: IncidentId; readonly seq: number }

const mostListed = 100
const stretch = 1_000
const mostKeys = 500
// A process looks every second whether the roster has changed.
const everywhereMs = 3_000
// Signal lets a message be edited for a day after it was sent; a little is left for the way.
const signalMs = 20 * 60 * 60_000

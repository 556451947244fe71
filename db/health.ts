import { and, eq, isNotNull, isNull, lte, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { type Lane, lanes, type Post } from '../workflows/change.ts'
import type { Backlog, Queues } from '../workflows/health.ts'
import type { AccountId, PlatformName } from '../workflows/ids.ts'
import type { ProcessPulse, Pulse } from '../workflows/pulse.ts'
import { aside, type Base, databaseNow, whole } from './base.ts'
import { rows } from './database.ts'
import type { Posts } from './posts.ts'
import { stuck } from './tables.work.ts'

/** Who is served: the platforms of this hub, but not these accounts, whose people rest. */
export type Served = { readonly platforms: readonly PlatformName[]; readonly quiet: readonly AccountId[] }

/** One process that says how it goes with it. */
export type Speaker = Pick<ProcessPulse, 'id' | 'host' | 'version'> & { readonly facts: Pulse }

/** How it stands with what is to be done, and with those that do it; few queries, each bounded. */
export interface HealthStore {
  /** What waits now (epoch ms) of whatever the hub can bring to the platforms that it serves. */
  queues(served: Served, now: number): Promise<Queues>
  /** How large the database is, in bytes. */
  size(): Promise<number>
  /** The leases that somebody holds, and who. */
  leases(): Promise<readonly { readonly name: string; readonly holder: string }[]>
  /** The present moment (epoch ms) by the database's clock. */
  now(): Promise<number>
  /** Commits what a process says of itself, and forgets those unheard of for a day. @throws StoreError */
  say(speaker: Speaker): Promise<void>
  /** The process stops, and says so: nobody will miss it. */
  leave(id: string): Promise<void>
  /** What every process said of itself last, also those that went without a word. */
  pulses(): Promise<readonly ProcessPulse[]>
  /** What coordinators know by now of the hub's health, as `tell` was given it; null at the beginning. */
  told(): Promise<string | null>
  /** Puts this in its place and adds the posts, all or nothing; false if another process was first. */
  tell(before: string | null, after: string, posts: readonly Post[], now: number): Promise<boolean>
}

/** The health of the hub as the database knows it. */
export function healthStore({ database, tables }: Base, kept: Posts): HealthStore {
  const { posts, cards, accounts, rooms, timers, inbox, fetches, leases, pulses, settings } = tables
  const { read, engine } = database
  const present = databaseNow(engine)

  /** Counts one stretch of an index, from its begin, as `of`. */
  const stretch = (of: string, from: SQL, since: SQL | typeof posts.createdAt, where: SQL | undefined, order: SQL) =>
    sql`select ${sql.raw(`'${of}'`)} as of_what, count(*) as n, min(since) as oldest from
      (select ${since} as since from ${from} where ${where} order by ${order} limit ${sql.raw(String(most))}) as part`

  async function counted(parts: readonly SQL[]): Promise<ReadonlyMap<string, Backlog>> {
    type Row = { of_what: string; n: number; oldest: number | null }
    const found = await rows<Row>(read, sql.join([...parts], sql` union all `))
    return new Map(found.map(row => [row.of_what, { count: Number(row.n), oldestAt: row.oldest }]))
  }

  return {
    async queues({ platforms, quiet }, now) {
      const list = [...platforms]
      const on = (table: typeof rooms | typeof accounts) =>
        read
          .select({ id: table.id })
          .from(table)
          .where(list.length === 0 ? sql`1 = 1` : notInArray(table.platform, list))
      // A room or an account that is gone is no reason to be silent about what waits for it.
      const reached = (room: typeof posts.room | typeof cards.room) => notInArray(room, on(rooms))
      const postsHere = or(
        and(isNotNull(posts.room), reached(posts.room)),
        and(
          isNotNull(posts.account),
          notInArray(posts.account, on(accounts)),
          quiet.length === 0 ? undefined : or(eq(posts.anytime, true), notInArray(posts.account, [...quiet])),
        ),
      )
      // What a tool has put off of a broadcast waits for its hour, as the live message says.
      const notPutOff = or(sql`${aside(posts.key)} not like 'cast:%'`, lte(posts.dueAt, now - overdueMs))
      const lane = (table: typeof posts | typeof cards, at: number) => sql`${table.lane} = ${sql.raw(String(at))}`
      const [going, resting] = await Promise.all([
        counted([
          ...lanes.map((name, at) =>
            stretch(
              `posts ${name}`,
              sql`${posts}`,
              posts.createdAt,
              and(lane(posts, at), isNotNull(posts.dueAt), postsHere, notPutOff),
              sql`${posts.id}`,
            ),
          ),
          ...lanes.map((name, at) =>
            stretch(
              `cards ${name}`,
              sql`${cards}`,
              sql`coalesce(${cards.since}, ${cards.dueAt})`,
              and(lane(cards, at), isNotNull(cards.dueAt), reached(cards.room)),
              sql`${cards.dueAt}`,
            ),
          ),
          stretch(
            'timers',
            sql`${timers}`,
            sql`${timers.dueAt}`,
            and(isNotNull(timers.dueAt), lte(timers.dueAt, whole(now))),
            sql`${timers.dueAt}`,
          ),
        ]),
        counted([
          stretch('inbox', sql`${inbox}`, sql`${inbox.receivedAt}`, isNotNull(inbox.dueAt), sql`${inbox.dueAt}`),
          stretch(
            'parked',
            sql`${inbox}`,
            sql`${inbox.receivedAt}`,
            and(isNotNull(inbox.raw), isNull(inbox.dueAt)),
            sql`${inbox.receivedAt}`,
          ),
          stretch('fetches', sql`${fetches}`, sql`${fetches.createdAt}`, sql`1 = 1`, sql`${fetches.id}`),
          stretch('stuck posts', sql`${posts}`, posts.createdAt, stuck(posts.state), sql`${posts.id}`),
          stretch('stuck cards', sql`${cards}`, sql`${cards.sentAt}`, stuck(cards.state), sql`${cards.room}`),
        ]),
      ])
      const of = (name: string) => going.get(name) ?? resting.get(name) ?? { count: 0, oldestAt: null }
      const byLane = (what: string) =>
        Object.fromEntries(lanes.map(name => [name, of(`${what} ${name}`)])) as Record<Lane, Backlog>
      return {
        posts: byLane('posts'),
        cards: byLane('cards'),
        timers: of('timers'),
        inbox: of('inbox'),
        parked: of('parked'),
        fetches: of('fetches'),
        stuck: of('stuck posts').count + of('stuck cards').count,
      }
    },
    async size() {
      const asked =
        engine === 'sqlite'
          ? sql`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
          : sql`select pg_database_size(current_database()) as bytes`
      const [found] = await rows<{ bytes: number }>(read, asked)
      return Number(found?.bytes ?? 0)
    },
    async leases() {
      return read
        .select({ name: leases.name, holder: leases.holder })
        .from(leases)
        .where(sql`${leases.until} > ${present}`)
    },
    async now() {
      const [found] = await rows<{ moment: number }>(read, sql`select ${present} as moment`)
      return Number(found?.moment)
    },
    async say({ id, host, version, facts }) {
      await database.transaction(async tx => {
        await tx
          .insert(pulses)
          .values({ id, host, version, startedAt: present, at: present, facts })
          .onConflictDoUpdate({ target: pulses.id, set: { at: present, facts } })
          .returning({ id: pulses.id })
        await tx
          .delete(pulses)
          .where(sql`${pulses.at} < ${present} - ${whole(forgottenMs)}`)
          .returning({ id: pulses.id })
      })
    },
    async leave(id) {
      await database.transaction(tx => tx.delete(pulses).where(eq(pulses.id, id)).returning({ id: pulses.id }))
    },
    async pulses() {
      const { id, host, version, facts, at, startedAt } = pulses
      const ageMs = sql<number>`${present} - ${at}`.mapWith(Number)
      const startedMs = sql<number>`${present} - ${startedAt}`.mapWith(Number)
      return read.select({ id, host, version, facts, ageMs, startedMs }).from(pulses).orderBy(startedAt).limit(most)
    },
    async told() {
      const [row] = await read.select({ value: settings.value }).from(settings).where(eq(settings.key, toldKey))
      return row?.value ?? null
    },
    async tell(before, after, list, now) {
      return database.transaction(async tx => {
        const done =
          before === null
            ? await tx
                .insert(settings)
                .values({ key: toldKey, value: after })
                .onConflictDoNothing()
                .returning({ key: settings.key })
            : await tx
                .update(settings)
                .set({ value: after })
                .where(and(eq(settings.key, toldKey), eq(settings.value, before)))
                .returning({ key: settings.key })
        if (done.length === 0) return false
        await kept.add(tx, list, now)
        return true
      })
    },
  }
}

const overdueMs = 60_000
const most = 1000
const forgottenMs = 24 * 60 * 60_000
const toldKey = 'health'

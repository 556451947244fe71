import { and, asc, type Column, desc, eq, inArray, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { readBroadcastPost } from '../workflows/broadcast.ts'
import { type Destination, lanes } from '../workflows/change.ts'
import type { RoomId } from '../workflows/ids.ts'
import type { Stuck, StuckReads } from '../workflows/stuck.ts'
import { aside, type Base } from './base.ts'
import { conversationOf } from './posts.ts'
import { type SendState, stuck } from './tables.work.ts'
import { traces } from './traces.ts'

/** Reads of what did not go out, and of how it stands with what was to go somewhere. */
export function stuckReads(base: Base): StuckReads {
  const { database, tables } = base
  const { posts, cards, closedRooms } = tables

  // A broadcast may have hundreds of them: they stand under its own name.
  const noCast = sql`${aside(posts.key)} not like 'cast:%'`

  async function stuckPosts(now: number, closed: ReadonlySet<RoomId>): Promise<Stuck[]> {
    const columns = {
      id: posts.id,
      room: posts.room,
      account: posts.account,
      incident: posts.incident,
      state: posts.state,
      createdAt: posts.createdAt,
      error: posts.error,
    }
    const resting = await database.read
      .select(columns)
      .from(posts)
      .where(and(stuck(posts.state), noCast))
      .orderBy(desc(posts.id))
      .limit(mostRows)
    const tried = and(isNotNull(posts.error), tooLate(posts.lane, posts.createdAt, now))
    // While a tool is away most of what goes there was never tried. What waits for somebody's morning is not late.
    const noNight = or(isNotNull(posts.room), eq(posts.anytime, true))
    const lateOnes = or(tried, and(noNight, tooLate(posts.lane, posts.dueAt, now)))
    const late = await database.read
      .select(columns)
      .from(posts)
      .where(and(isNotNull(posts.dueAt), noCast, or(lateOnes, inArray(posts.room, [...closed]))))
      // By the order of its index, or the whole history would be looked through.
      .orderBy(asc(posts.lane), asc(posts.id))
      .limit(mostRows)
    return [...resting, ...late].flatMap((row): Stuck[] => {
      const to: Destination | null = row.room ? { room: row.room } : row.account ? { account: row.account } : null
      if (!to) return []
      const { incident, createdAt: since, error: reason, id } = row
      const plain = { to, what: 'message', incident, count: 1, since, reason } as const
      if (row.state === 'unsure') return [{ ...plain, state: 'unsure', item: { type: 'post', id } }]
      return [{ ...plain, ...together(stateOf(row.state, row.room !== null && closed.has(row.room)), to) }]
    })
  }

  async function stuckCards(now: number, closed: ReadonlySet<RoomId>): Promise<Stuck[]> {
    const late = and(
      isNotNull(cards.dueAt),
      or(tooLate(cards.lane, cards.since, now), inArray(cards.room, [...closed])),
    )
    const [resting, behind] = await Promise.all(
      [stuck(cards.state), late].map(which =>
        database.read.select().from(cards).where(which).orderBy(asc(cards.room)).limit(mostRows),
      ),
    )
    return [...(resting ?? []), ...(behind ?? [])].map((row): Stuck => {
      const { incident, room } = row
      const to = { room }
      const plain = { to, what: 'card', incident, count: 1, since: row.since ?? now, reason: row.error } as const
      if (row.state === 'unsure') return { ...plain, state: 'unsure', item: { type: 'card', incident, room } }
      return { ...plain, ...together(stateOf(row.state, closed.has(room)), to) }
    })
  }

  return {
    traces: traces(base),
    async casts() {
      const found = await database.read
        .select({ key: posts.key })
        .from(posts)
        .where(and(stuck(posts.state), sql`${aside(posts.key)} like 'cast:%'`))
        .orderBy(desc(posts.id))
        .limit(mostCasts)
      const ids = found.flatMap(({ key }) => readBroadcastPost(key)?.id ?? [])
      return [...Map.groupBy(ids, id => id)].map(([id, own]) => ({ id, count: own.length }))
    },
    async list(now) {
      const rooms = await database.read.select({ room: closedRooms.room }).from(closedRooms)
      // What is urgent is tried on and on there, and waits all the same.
      const closed = new Set(rooms.map(row => row.room))
      const found = [...(await stuckPosts(now, closed)), ...(await stuckCards(now, closed))]
      const groups = new Map<string, Stuck>()
      for (const one of found) {
        const key = one.item.type === 'all' ? `${one.state} ${conversationOf(one.to, null)}` : `${groups.size} alone`
        const before = groups.get(key)
        groups.set(key, before ? joined(before, one) : one)
      }
      return [...groups.values()].sort((one, other) => other.since - one.since)
    },
  }
}

const minute = 60_000
// What waits for longer than that is seen by coordinators: what is urgent no later than they are told that it is late.
const urgentMs = { S5: minute, S4: 2 * minute, claim: 5 * minute } as const
const lateMs = 10 * minute
const mostRows = 300
const mostCasts = 5000

function tooLate(lane: Column, at: Column, now: number): SQL | undefined {
  const urgent = Object.entries(urgentMs).map(([name, ms]) =>
    and(lte(lane, lanes.indexOf(name as keyof typeof urgentMs)), lt(at, now - ms)),
  )
  return or(...urgent, lt(at, now - lateMs))
}

function stateOf(state: SendState, closed: boolean): Exclude<Stuck['state'], 'unsure'> {
  if (state === 'failed' || state === 'parked' || state === 'kept') return state
  return closed ? 'parked' : 'waiting'
}

function together(state: Exclude<Stuck['state'], 'unsure'>, to: Destination) {
  return { state, item: { type: 'all', state, to } } as const
}

function joined(one: Stuck, other: Stuck): Stuck {
  return {
    ...one,
    what: one.what === other.what ? one.what : 'message',
    incident: one.incident === other.incident ? one.incident : null,
    count: one.count + other.count,
    since: Math.min(one.since, other.since),
    reason: one.reason ?? other.reason,
  }
}

import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Destination } from '../workflows/change.ts'
import type { IncidentId, RoomId } from '../workflows/ids.ts'
import type { Subject, Trace, TraceState } from '../workflows/trace.ts'
import type { Base } from './base.ts'
import { type SendState, stuck } from './tables.work.ts'

const most = 500
// A room's latest are looked for among so many of all.
const latest = 5_000

/** How it stands with each message and card of an incident, or for a room: what is on its way, stuck, or was sent. */
export function traces({ database, tables }: Base): (subject: Subject) => Promise<readonly Trace[]> {
  const { posts, cards, sightings, closedRooms } = tables
  const { read } = database
  const columns = {
    ...{ id: posts.id, room: posts.room, account: posts.account, incident: posts.incident, state: posts.state },
    ...{
      attempts: posts.attempts,
      createdAt: posts.createdAt,
      sentAt: posts.sentAt,
      error: posts.error,
      key: posts.key,
    },
  }

  const find = (which: SQL | undefined) =>
    read.select(columns).from(posts).where(which).orderBy(desc(posts.id)).limit(most)
  // By the order of its index, or the whole history would be looked through.
  const findGoing = (own: SQL) =>
    read
      .select(columns)
      .from(posts)
      .where(and(own, isNotNull(posts.dueAt)))
      .orderBy(asc(posts.lane), asc(posts.id))
      .limit(most)

  async function rowsOf(subject: Subject) {
    if ('incident' in subject) {
      const own = eq(posts.incident, subject.incident)
      return (await Promise.all([findGoing(own), find(and(own, isNull(posts.dueAt)))])).flat()
    }
    const own = eq(posts.room, subject.room)
    const newest = read.select({ id: posts.id }).from(posts).orderBy(desc(posts.id)).limit(1).offset(latest)
    const sent = and(own, eq(posts.state, 'sent'), gt(posts.id, sql`coalesce(${newest}, 0)`))
    const [going, resting, gone] = await Promise.all([findGoing(own), find(and(own, stuck(posts.state))), find(sent)])
    return [...going, ...resting, ...gone]
  }

  async function cardsOf(subject: Subject) {
    if ('incident' in subject) return read.select().from(cards).where(eq(cards.incident, subject.incident))
    const own = eq(cards.room, subject.room)
    const resting = read
      .select()
      .from(cards)
      .where(and(own, stuck(cards.state)))
      .limit(most)
    const going = read
      .select()
      .from(cards)
      .where(and(own, isNotNull(cards.dueAt)))
      .orderBy(asc(cards.lane), asc(cards.dueAt))
      .limit(most)
    return (await Promise.all([resting, going])).flat()
  }

  async function seenOf(keys: readonly string[]) {
    const found = new Map<string, NonNullable<Trace['seen']>>()
    for (let start = 0; start < keys.length; start += 200) {
      const rows = await read
        .select()
        .from(sightings)
        .where(inArray(sightings.key, keys.slice(start, start + 200)))
      for (const { key, received, read: opened, at } of rows) {
        const before = found.get(key)
        // In several pieces it was received when its last one was.
        found.set(key, {
          received: Math.min(received, before?.received ?? received),
          read: Math.min(opened, before?.read ?? opened),
          at: Math.max(at ?? 0, before?.at ?? 0) || null,
        })
      }
    }
    return found
  }

  return async subject => {
    const [rows, drawn, shut] = await Promise.all([rowsOf(subject), cardsOf(subject), read.select().from(closedRooms)])
    const closed = new Set(shut.map(row => row.room))
    // What is urgent is tried on and on in a closed room, and waits for it all the same.
    const here = (state: TraceState | null, room: RoomId | null) =>
      room && closed.has(room) && (state === 'waiting' || state === 'again') ? 'parked' : state
    const seen = await seenOf([...rows.map(row => row.key), ...drawn.map(cardKey)])
    const told = rows.flatMap((row): Trace[] => {
      const to = placeOf(row.room, row.account)
      const state = here(stateOf(row.state, row.attempts), row.room)
      if (!to || !state) return []
      const { incident, error: reason, id } = row
      const at = state === 'sent' ? (row.sentAt ?? row.createdAt) : row.createdAt
      return [{ what: 'message', id, to, state, incident, reason, at, seen: seen.get(row.key) ?? null }]
    })
    const shown = drawn.flatMap((row): Trace[] => {
      const behind = row.state === 'sent' && row.dueAt !== null
      const state = here(behind ? 'waiting' : stateOf(row.state, row.attempts), row.room)
      if (!state) return []
      const { incident, room, error: reason, since, sentAt } = row
      const at = state === 'sent' ? sentAt : since
      const sight = seen.get(cardKey(row)) ?? null
      return [{ what: 'card', id: null, to: { room }, state, incident, reason, at: at ?? 0, seen: sight }]
    })
    return [...shown, ...told]
  }
}

function cardKey({ incident, room, generation }: { incident: IncidentId; room: RoomId; generation: number }): string {
  return `card:${incident}:${room}:${generation}`
}

function placeOf(room: RoomId | null, account: string | null): Destination | null {
  return room ? { room } : account ? ({ account } as Destination) : null
}

/** What people call the state; null for what somebody left, of which nothing is to be said. */
function stateOf(state: SendState, attempts: number): TraceState | null {
  switch (state) {
    case 'waiting':
      return attempts > 0 ? 'again' : 'waiting'
    case 'again':
    case 'unknown':
      return 'unknown'
    case 'left':
      return null
    default:
      return state
  }
}

import { and, eq, exists, gte, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Destination, Post } from '../workflows/change.ts'
import { lanes } from '../workflows/change.ts'
import type { AccountId, RoomId } from '../workflows/ids.ts'
import type { Decided, StuckItem } from '../workflows/stuck.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { ParkedRows } from './parked.ts'
import { conversationOf, type Posts } from './posts.ts'
import { stuck } from './tables.work.ts'

/** Does what somebody decided about what is stuck; what is settled by now is left alone. */
export type Decide = (tx: Tx, decided: Decided, now: number) => Promise<void>

type Row = Base['tables']['posts']['$inferSelect']
type Set<Table extends 'posts' | 'cards'> = Partial<Base['tables'][Table]['$inferInsert']>

/** What is decided, done in the database; `release` makes due what is parked for a room. */
export function decisions(
  { database, tables }: Base,
  opened: Posts,
  parked: Pick<ParkedRows, 'decide'>,
  release: (tx: Tx, room: RoomId, now: number) => Promise<void>,
): Decide {
  const { posts, cards, closedRooms } = tables

  const move = (tx: Tx, which: SQL | undefined, set: Set<'posts'>) =>
    tx.update(posts).set(set).where(which).returning({ id: posts.id })
  const moveCards = (tx: Tx, which: SQL | undefined, set: Set<'cards'>) =>
    tx.update(cards).set(set).where(which).returning({ room: cards.room })

  const closed = (room: RoomId) =>
    database.read.select({ one: sql`1` }).from(closedRooms).where(eq(closedRooms.room, room))

  function resting(item: Extract<StuckItem, { type: 'all' }>, table: typeof posts | typeof cards) {
    const own = item.incident ? eq(table.incident, item.incident) : undefined
    const waits = and(eq(table.state, 'waiting'), isNotNull(table.dueAt))
    if (item.state === 'waiting') return and(own, waits)
    // What is urgent is tried on and on in a room that is closed; people see it with the rest.
    if (item.state === 'parked' && 'room' in item.to)
      return and(own, or(and(eq(table.state, 'parked'), stuck(table.state)), and(waits, exists(closed(item.to.room)))))
    return and(own, eq(table.state, item.state), stuck(table.state))
  }

  function postsOf(item: StuckItem): SQL | undefined | null {
    if (item.type === 'post') return and(eq(posts.id, item.id), stuck(posts.state))
    if (item.type === 'cast') return and(ofBroadcast(item), stuck(posts.state))
    if (item.type !== 'all') return null
    const place = 'room' in item.to ? eq(posts.room, item.to.room) : eq(posts.account, item.to.account)
    return and(place, resting(item, posts))
  }

  function ofBroadcast({ broadcast, states }: Extract<StuckItem, { type: 'cast' }>): SQL | undefined {
    const own = and(gte(posts.key, `cast:${broadcast}:`), lt(posts.key, `cast:${broadcast};`))
    return and(
      own,
      inArray(
        posts.state,
        states.filter(state => state !== 'waiting'),
      ),
    )
  }

  function cardsOf(item: StuckItem): SQL | undefined | null {
    if (item.type === 'card')
      return and(eq(cards.incident, item.incident), eq(cards.room, item.room), stuck(cards.state))
    return item.type === 'all' && 'room' in item.to ? and(eq(cards.room, item.to.room), resting(item, cards)) : null
  }

  async function settle(tx: Tx, { item, deed }: Decided, now: number): Promise<void> {
    const fresh = { state: 'waiting', dueAt: now, attempts: 0, error: null } as const
    const left = { state: 'left', dueAt: null, view: Buffer.alloc(0), author: null } as const
    const which = postsOf(item)
    if (which) await move(tx, which, deed === 'again' ? fresh : deed === 'leave' ? left : arrived(left, now))
    const drawn = cardsOf(item)
    const rested = { state: deed === 'arrived' ? 'sent' : 'left', dueAt: null, since: null } as const
    if (drawn) await moveCards(tx, drawn, deed === 'again' ? fresh : rested)
    if (item.type !== 'all' || !('room' in item.to) || item.incident) return
    const { room } = item.to
    await tx.delete(closedRooms).where(eq(closedRooms.room, room)).returning({ room: closedRooms.room })
    // Nobody is left to try the room, so those parked do.
    if (deed === 'leave' && item.state !== 'parked') await release(tx, room, now)
  }

  /** The same is said in another place; what waits for its own goes on waiting, what was given up is done with. */
  async function detour(tx: Tx, { item, via }: Decided, now: number): Promise<void> {
    const which = postsOf(item)
    if (!via) return
    if (via.notes.length > 0) await opened.add(tx, via.notes, now)
    if (!which) return
    const rows = await tx.select().from(posts).where(which)
    const person = 'account' in via.to && via.same
    for (const row of rows) {
      if (person && 'account' in via.to) await turn(tx, row, via.to.account, now)
      else await copy(tx, row, via, now)
    }
  }

  async function turn(tx: Tx, { id, account, first }: Row, to: AccountId, now: number): Promise<void> {
    await move(tx, and(eq(posts.id, id), eq(posts.account, account as AccountId)), {
      ...{ state: 'waiting', attempts: 0, dueAt: now, error: null, anytime: true },
      ...{ account: to, first: first ?? account, conversation: conversationOf({ account: to }, null) },
    })
  }

  async function copy(tx: Tx, row: Row, { to, lead }: NonNullable<Decided['via']>, now: number): Promise<void> {
    const keys = await opened.keysOf(tx, [row.incident])
    const view = opened.open(row.view, row.incident ? keys.get(row.incident) : undefined)
    // What people say elsewhere is looked up when it goes out, for that room alone.
    if (!view || (view.title === null && view.lines.length === 0) || (await stands(tx, row, to))) return
    const { incident, author, key } = row
    const post: Post = {
      ...{ key: `${key}>${placeOf(to)}`, to, incident, author, anytime: true, thread: false },
      lane: lanes[row.lane] ?? 'talk',
      view: { ...view, lines: [{ type: 'note', text: lead }, ...view.lines] },
    }
    await opened.add(tx, [post], now)
    if (row.state === 'failed' || row.state === 'unsure')
      await move(tx, eq(posts.id, row.id), { state: 'left', dueAt: null, author: null, view: Buffer.alloc(0) })
  }

  /** Whether the same was made for that place anyway, under the key that names it. */
  async function stands(tx: Tx, { key, room, account }: Row, to: Destination): Promise<boolean> {
    const own = room ?? account ?? ''
    if (own === '' || !key.includes(own)) return false
    const sibling = key.replace(own, placeOf(to))
    const found = await tx
      .select({ id: posts.id })
      .from(posts)
      .where(inArray(posts.key, [sibling]))
    return found.length > 0
  }

  return async (tx, decided, now) => {
    const { item, deed } = decided
    if (item.type === 'heard') return parked.decide(tx, item.id, deed, now)
    return deed === 'elsewhere' ? detour(tx, decided, now) : settle(tx, decided, now)
  }
}

function arrived<Set extends object>(left: Set, now: number) {
  return { ...left, state: 'sent', sentAt: now } as const
}

function placeOf(to: Destination): string {
  return 'room' in to ? to.room : to.account
}

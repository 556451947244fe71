import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { RosterChange } from '../workflows/change.ts'
import type { Room } from '../workflows/directory.ts'
import { RuleError } from '../workflows/errors.ts'
import type { RoomId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Wanted } from './cards.ts'
import type { Tx } from './database.ts'
import { random } from './key.ts'

type Tables = Base['tables']

// Where nobody named rooms of their own for these, they are those of coordination.
const mirrored = ['leadership', 'triage'] as const
const mostCards = 300

/**
 * Binds a room in the place of all that its address was bound to. @throws RuleError if coordination would be left
 * without a room
 */
export async function bindRoom(tx: Tx, tables: Tables, room: Room): Promise<void> {
  const before = await tx.select().from(tables.rooms)
  const mirrors = mirrored.filter(purpose => isMirror(before, purpose))
  const here = before.filter(one => one.platform === room.platform && one.address === room.address)
  const heir = here.find(one => one.purpose === room.purpose && one.region === room.region)
  if (heir) await inherit(tx, tables, heir.id, room.id)
  await take(tx, tables, here)
  await tx.insert(tables.rooms).values(room).returning({ id: tables.rooms.id })
  await mirror(tx, tables, mirrors)
}

/** Binds a room no more, and whatever else its address was bound to; gives what it was, or null. */
export async function unbindRoom(tx: Tx, tables: Tables, id: RoomId): Promise<Room | null> {
  const before = await tx.select().from(tables.rooms)
  const room = before.find(one => one.id === id)
  if (!room) return null
  const mirrors = mirrored.filter(purpose => isMirror(before, purpose))
  await take(
    tx,
    tables,
    before.filter(one => one.platform === room.platform && one.address === room.address),
  )
  await mirror(tx, tables, mirrors)
  return room
}

/** The cards that a room wants once it is bound: the open incidents of its region, the most urgent first. */
export async function cardsOnBinding(tx: Tx, { incidents }: Tables, change: RosterChange): Promise<readonly Wanted[]> {
  if (change.type !== 'bind') return []
  const { id: room, region, purpose } = change.room
  if (purpose !== 'region' || !region) return []
  const open = await tx
    .select({ incident: incidents.id, severity: incidents.severity })
    .from(incidents)
    .where(and(eq(incidents.open, true), eq(incidents.region, region), eq(incidents.visibility, 'region')))
    .orderBy(asc(incidents.urgency), asc(incidents.reportedAt))
    .limit(mostCards)
  return open.map(one => ({ ...one, room }))
}

function isMirror(rooms: readonly Room[], purpose: Room['purpose']): boolean {
  const addresses = (wanted: Room['purpose']) =>
    rooms.filter(room => room.purpose === wanted).map(room => `${room.platform} ${room.address}`)
  const coordination = new Set(addresses('coordination'))
  return addresses(purpose).every(address => coordination.has(address))
}

async function mirror(tx: Tx, { rooms }: Tables, purposes: readonly Room['purpose'][]): Promise<void> {
  const coordination = await tx.select().from(rooms).where(eq(rooms.purpose, 'coordination')).orderBy(asc(rooms.id))
  if (coordination.length === 0) throw new RuleError({ key: 'account.bind-last' })
  const copies = []
  for (const purpose of purposes) {
    const there = await tx.select().from(rooms).where(eq(rooms.purpose, purpose))
    const known = new Set(there.map(room => `${room.platform} ${room.address}`))
    const missing = coordination.filter(room => !known.has(`${room.platform} ${room.address}`))
    copies.push(...missing.map(room => ({ ...room, id: random(12).toString('base64url') as RoomId, purpose })))
  }
  if (copies.length > 0) await tx.insert(rooms).values(copies).returning({ id: rooms.id })
}

function take(tx: Tx, tables: Tables, gone: readonly Room[]): Promise<void> {
  return letRoomsGo(
    tx,
    tables,
    gone.map(room => room.id),
  )
}

/** What still is to go to a room that is bound anew goes there at once, also what waited because it was closed. */
async function inherit(tx: Tx, { posts }: Tables, from: RoomId, to: RoomId): Promise<void> {
  await tx
    .update(posts)
    .set({ room: to, conversation: sql`replace(${posts.conversation}, ${from}, ${to})` })
    .where(and(eq(posts.room, from), or(isNotNull(posts.dueAt), eq(posts.state, 'parked'))))
    .returning({ id: posts.id })
  await tx
    .update(posts)
    .set({ state: 'waiting', dueAt: 0 })
    .where(and(eq(posts.room, to), eq(posts.state, 'parked')))
    .returning({ id: posts.id })
}

/** Binds these rooms no more: nothing further is sent there for what they were. */
export async function letRoomsGo(
  tx: Tx,
  { rooms, cards, posts, closedRooms }: Tables,
  gone: readonly RoomId[],
): Promise<void> {
  const ids = [...gone]
  if (ids.length === 0) return
  await tx.delete(rooms).where(inArray(rooms.id, ids)).returning({ id: rooms.id })
  await tx.delete(cards).where(inArray(cards.room, ids)).returning({ room: cards.room })
  await tx.delete(closedRooms).where(inArray(closedRooms.room, ids)).returning({ room: closedRooms.room })
  await tx
    .delete(posts)
    .where(and(inArray(posts.room, ids), isNotNull(posts.dueAt)))
    .returning({ id: posts.id })
}

import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { ConfigError } from '../workflows/errors.ts'
import type { PersonId, RoomId } from '../workflows/ids.ts'
import type { BoundRoom } from '../workflows/network/differ.ts'
import type { NetworkUpdate } from '../workflows/network/update.ts'
import type { NetworkPerson } from '../workflows/network.ts'
import type { Base } from './base.ts'
import { cardsOnBinding, letRoomsGo } from './binding.ts'
import type { Wanted } from './cards.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import { accountLookup, addPerson, freshAccount, roomOf } from './seed.ts'

/**
 * Takes an update of the network in, all or nothing; gives the cards that new rooms want. @throws ConfigError where an
 * account is somebody else's
 */
export async function updateNetwork(
  tx: Tx,
  base: Base,
  keys: DataKeys,
  update: NetworkUpdate,
  now: number,
): Promise<readonly Wanted[]> {
  const { tables } = base
  await updateSettings(tx, base, update)
  for (const { code, name, zone, places } of update.regions) {
    const set = { name, zone, places }
    await tx
      .insert(tables.regions)
      .values({ code, ...set })
      .onConflictDoUpdate({ target: tables.regions.code, set })
      .returning({ code: tables.regions.code })
  }
  const cards: Wanted[] = []
  for (const room of update.rooms) cards.push(...(await putRoom(tx, base, room)))
  for (const person of update.people) await putPerson(tx, base, keys, person, update.gone.accounts)
  await remove(tx, base, update)
  const facts = {
    settings: Object.keys(update.settings),
    regions: update.regions.map(region => region.code),
    rooms: update.rooms.length,
    people: update.people.length,
    removed: update.gone.regions.length + update.gone.rooms.length + update.gone.people.length,
  }
  await addDeed(tx, tables, { at: now, by: null, what: 'apply', facts })
  return cards
}

async function updateSettings(tx: Tx, { tables: { settings } }: Base, update: NetworkUpdate): Promise<void> {
  if (Object.keys(update.settings).length === 0) return
  const own = eq(settings.key, 'network')
  const [row] = await tx.select().from(settings).where(own)
  const value = JSON.stringify({ ...JSON.parse(row?.value ?? '{}'), ...update.settings })
  await tx.update(settings).set({ value }).where(own).returning({ key: settings.key })
}

async function putRoom(tx: Tx, { tables }: Base, room: BoundRoom): Promise<readonly Wanted[]> {
  const { rooms } = tables
  const wanted = roomOf(room, room.purpose, room.region)
  const { name, language, red, talk } = wanted
  const changed = await tx
    .update(rooms)
    .set({ name, language, red, talk })
    .where(same(rooms, room))
    .returning({ id: rooms.id })
  if (changed.length > 0) return []
  await tx.insert(rooms).values(wanted).returning({ id: rooms.id })
  return cardsOnBinding(tx, tables, { type: 'bind', person: '' as PersonId, room: wanted })
}

async function putPerson(tx: Tx, base: Base, keys: DataKeys, person: NetworkPerson, remove: boolean): Promise<void> {
  const { tables, seal } = base
  const { people, accounts } = tables
  const { callsign, roles, regions, languages, skills = null, partner = null } = person
  const all = await tx.select({ id: people.id, callsign: people.callsign }).from(people)
  const known = all.find(one => one.callsign.toLowerCase() === callsign.toLowerCase())
  const lookups = person.accounts.map(({ platform, address }) => seal.hmac(accountLookup(platform, address)))
  const taken = lookups.length > 0 ? await tx.select().from(accounts).where(inArray(accounts.lookup, lookups)) : []
  if (taken.some(one => one.person !== known?.id))
    throw new ConfigError(`An account that the file gives ${callsign} is somebody else’s. Join or unlink it first.`)
  if (!known) return addPerson(tx, base, keys, person)
  const set = { callsign, roles, regions, languages, skills, partner, vetted: true }
  await tx.update(people).set(set).where(eq(people.id, known.id)).returning({ id: people.id })
  const key = await keys.require(tx, ofPerson(known.id))
  const fresh = person.accounts.flatMap(account => {
    const row = freshAccount(account, known.id, key, seal)
    return taken.some(one => one.lookup === row.lookup) ? [] : [row]
  })
  if (fresh.length > 0) await tx.insert(accounts).values(fresh).returning({ id: accounts.id })
  if (!remove) return
  await tx
    .delete(accounts)
    .where(and(eq(accounts.person, known.id), notInArray(accounts.lookup, lookups)))
    .returning({ id: accounts.id })
}

async function remove(tx: Tx, { tables }: Base, { gone }: NetworkUpdate): Promise<void> {
  const { regions, rooms, people, duty } = tables
  const going: RoomId[] = []
  for (const room of gone.rooms) {
    const found = await tx.select({ id: rooms.id }).from(rooms).where(same(rooms, room))
    going.push(...found.map(row => row.id))
  }
  await letRoomsGo(tx, tables, going)
  if (gone.regions.length > 0)
    await tx
      .delete(regions)
      .where(inArray(regions.code, [...gone.regions]))
      .returning({ code: regions.code })
  if (gone.people.length === 0) return
  const left = await tx
    .update(people)
    .set({ roles: [], regions: [] })
    .where(inArray(people.callsign, [...gone.people]))
    .returning({ id: people.id })
  const ids = left.map(row => row.id)
  if (ids.length > 0) await tx.delete(duty).where(inArray(duty.person, ids)).returning({ person: duty.person })
}

function same(rooms: Base['tables']['rooms'], { purpose, region, platform, address }: BoundRoom) {
  return and(
    eq(rooms.purpose, purpose),
    region === null ? isNull(rooms.region) : eq(rooms.region, region),
    eq(rooms.platform, platform),
    eq(rooms.address, address),
  )
}

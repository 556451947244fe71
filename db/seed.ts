import { randomBytes } from 'node:crypto'
import type { Room } from '../workflows/directory.ts'
import type { AccountId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Address, Network, NetworkPerson, NetworkRoom } from '../workflows/network.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** What an account is looked up by, before its HMAC. */
export function accountLookup(platform: PlatformName, address: string): string {
  return `${platform}:${address}`
}

/** Takes the network file into an empty database, all or nothing; false if one was taken before. */
export function seed(base: Base, keys: DataKeys, network: Network): Promise<boolean> {
  const { regions, people, ...facts } = network
  const { coordination, leadership, triage, ...kept } = facts
  return base.database.transaction(async tx => {
    const { tables } = base
    const [first] = await tx
      .insert(tables.settings)
      .values({ key: 'network', value: JSON.stringify(kept) })
      .onConflictDoNothing()
      .returning({ key: tables.settings.key })
    if (!first) return false
    await tx.insert(tables.settings).values({ key: 'roster', value: '1' }).returning({ key: tables.settings.key })
    const rows = regions.map(({ code, name, zone, places }) => ({ code, name, zone, places }))
    await tx.insert(tables.regions).values(rows).returning({ code: tables.regions.code })
    const rooms = [
      ...regions.flatMap(region => region.rooms.map(room => roomOf(room, 'region', region.code))),
      ...coordination.map(room => roomOf(room, 'coordination', null)),
      ...leadership.map(room => roomOf(room, 'leadership', null)),
      ...triage.map(room => roomOf(room, 'triage', null)),
    ]
    await tx.insert(tables.rooms).values(rooms).returning({ id: tables.rooms.id })
    for (const person of people) await addPerson(tx, base, keys, person)
    return true
  })
}

/** Adds somebody as the network file names them. */
export async function addPerson(tx: Tx, { tables, seal }: Base, keys: DataKeys, person: NetworkPerson): Promise<void> {
  const id = randomId<PersonId>()
  const key = await keys.make(tx, ofPerson(id))
  const { name, callsign, roles, regions, languages, accounts, skills = null, partner = null } = person
  const row = {
    id,
    callsign,
    name: name === null ? null : seal.seal(name, key),
    roles,
    regions,
    languages,
    skills,
    partner,
    vetted: true,
  }
  await tx.insert(tables.people).values(row).returning({ id: tables.people.id })
  const owned = accounts.map(account => freshAccount(account, id, key, seal))
  if (owned.length > 0) await tx.insert(tables.accounts).values(owned).returning({ id: tables.accounts.id })
}

/** The row of an account that nobody has. */
export function freshAccount({ platform, address }: Address, person: PersonId, key: Key, seal: Base['seal']) {
  return {
    id: randomId<AccountId>(),
    person,
    platform,
    lookup: seal.hmac(accountLookup(platform, address)),
    address: seal.seal(address, key),
  }
}

/** A room as the network file binds it, under an id of its own. */
export function roomOf(room: NetworkRoom, purpose: Room['purpose'], region: string | null): Room {
  const { platform, address, name, language, red, talk = null } = room
  return { id: randomId<RoomId>(), purpose, region, platform, address, name: name ?? address, language, red, talk }
}

function randomId<Id extends string>(): Id {
  return randomBytes(12).toString('base64url') as Id
}

import type { Directory, Person, Room } from '../directory.ts'
import type { AccountId, PersonId, RoomId } from '../ids.ts'
import type { Network, NetworkRoom } from '../network.ts'

/** A network as its file has it, as if it were in force; nobody is on duty, and call signs stand for ids. */
export function plannedDirectory(network: Network): Directory {
  const { name, zone, languages, strangers, red, summaries, clocks, regions, groups, people } = network
  const { broadcasts, events, hotline, polling } = network
  const common = (['coordination', 'leadership', 'triage'] as const).flatMap(purpose =>
    network[purpose].map(room => roomOf(room, purpose, null)),
  )
  return {
    ...{ name, zone, languages, strangers, red, summaries, clocks, groups, duty: [] },
    ...{ ...(broadcasts ? { broadcasts } : {}), ...(events ? { events } : {}), ...(hotline ? { hotline } : {}) },
    ...(polling ? { polling } : {}),
    regions: regions.map(({ rooms: _, ...region }) => region),
    rooms: [...regions.flatMap(({ code, rooms }) => rooms.map(room => roomOf(room, 'region', code))), ...common],
    people: new Map(people.map(person => [person.callsign as PersonId, personOf(person)])),
  }
}

function roomOf(room: NetworkRoom, purpose: Room['purpose'], region: string | null): Room {
  const { platform, address, name, language, red } = room
  const id = `${platform}:${address}:${purpose}` as RoomId
  return { id, purpose, region, platform, address, name: name ?? address, language, red, talk: room.talk ?? null }
}

function personOf(person: Network['people'][number]): Person {
  const { callsign, roles, regions, languages, accounts, skills = [], partner = null } = person
  const id = callsign as PersonId
  return {
    ...{ id, callsign, roles, regions, languages, skills, partner, vetted: true },
    accounts: accounts.map(({ platform, address }) => ({
      id: `${platform}:${address}` as AccountId,
      person: id,
      platform,
    })),
  }
}

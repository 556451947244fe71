import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { type Directory, onDuty, type Person, type Room } from '../workflows/directory.ts'
import type { PersonId, PlatformName } from '../workflows/ids.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'
import type { Away } from './platform.ts'

const minute = 60_000
const mostPeople = 100
const mostIncidents = 500
const nobody = '' as PersonId

/**
 * Says in each room of the platform, once for a gap, that what was written then has not arrived; and to those people
 * there from whom something is expected, because a message of theirs may have been a claim, a refusal or an answer.
 * Who reported what is not looked for: a message that nobody asked for could meet the wrong eyes. `now` is epoch ms.
 * @returns whether anything is new @throws StoreError
 */
export async function tellAway(platform: PlatformName, away: Away, store: Store, now: number): Promise<boolean> {
  const directory = store.roster.directory()
  const said = plainView([spanOf(away)])
  const key = `away:${platform}:${away.from}`
  const bound = directory.rooms.filter(room => room.platform === platform && isNamed(room, away))
  // One that is bound for several purposes is one room for those who sit in it.
  const rooms = new Map(bound.toReversed().map(room => [room.address, room]))
  const inRooms = [...rooms.values()].map(
    (room): Post => ({ ...post, key: `${key}:${room.id}`, to: { room: room.id }, view: said }),
  )
  const expected = away.rooms ? [] : await expectedOf(directory, store, now)
  const direct = expected.flatMap(({ accounts }) =>
    accounts
      .filter(account => account.platform === platform)
      .map((account): Post => ({ ...post, key: `${key}:${account.id}`, to: { account: account.id }, view: said })),
  )
  return (await store.outbox.add([...inRooms, ...direct], now)) > 0
}

const post = { incident: null, thread: false, lane: 'claim' } as const

function spanOf({ from, until, partly }: Away): Phrase {
  const span = { from: { time: from }, until: { time: until } }
  if (partly) return phrase('away.partly', span)
  return phrase(Math.floor(from / minute) === Math.floor(until / minute) ? 'away.moment' : 'away.gap', span)
}

function isNamed({ address }: Room, { rooms }: Away): boolean {
  return rooms === undefined || rooms.includes(address)
}

/** Whoever is on duty, has an open incident, or is asked to take one over. */
async function expectedOf(directory: Directory, store: Store, now: number): Promise<readonly Person[]> {
  const duty = directory.regions.flatMap(({ code }) => onDuty(directory, code, now))
  const taken = { regions: 'all', viewer: nobody, open: true, status: ['claimed'], limit: mostIncidents } as const
  const working = (await store.incidents.list(taken)).items.flatMap(({ claim, handover }) => [claim?.by, handover?.to])
  const found = [...duty, ...working.flatMap(id => (id && directory.people.get(id)) || [])]
  return [...new Set(found)].filter(person => !person.blocked).slice(0, mostPeople)
}

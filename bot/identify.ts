import type { Store } from '../db/store.ts'
import type { Newcomer } from '../workflows/change.ts'
import {
  type Directory,
  type Language,
  type Person,
  personAsking,
  personNow,
  type Room,
  regionOf,
  zoneOf as zoneOfPerson,
} from '../workflows/directory.ts'
import type { Actor } from '../workflows/permission.ts'
import type { Reader } from '../workflows/text/say.ts'
import { languageOf } from './groups.ts'
import { guestActor, newcomerOf } from './newcomer.ts'
import type { Origin } from './platform.ts'

/** Who did something, and in which of the network's rooms; where strangers are refused, they have no actor. */
export type Identity = {
  readonly actor: Actor | null
  readonly room: Room | null
  /** What an account of nobody reads, where its platform says so and the network speaks it. */
  readonly language?: Language
  /** Who the actor will be from their first report on, if nobody here knows them and strangers may report. */
  readonly newcomer?: Newcomer
}

/** Finds the person behind an account and the room behind an address. */
export async function identify(origin: Origin, store: Store): Promise<Identity> {
  const directory = store.roster.directory()
  const room = directory.rooms.find(each => each.platform === origin.platform && each.address === origin.room) ?? null
  const { whose } = store.roster
  const found =
    (await whose(origin.platform, origin.account)) ??
    (origin.also === undefined ? null : await whose(origin.platform, origin.also))
  const person = found && personAsking(directory, found.person)
  if (!person) {
    // An account without a person is that of somebody who was kept out and then erased.
    const language = languageOf(origin, directory)
    if (found || directory.strangers !== 'report') return { actor: null, room, ...(language && { language }) }
    const newcomer = newcomerOf(origin, room, directory)
    return { actor: guestActor(newcomer, directory), room, newcomer }
  }
  const { platform } = origin
  return { actor: actorOf(person, { account: found.account, platform }, directory), room }
}

/** A person of the roster as they ask through one of their tools. */
export function actorOf(person: Person, through: Pick<Actor, 'account' | 'platform'>, directory: Directory): Actor {
  const { id, callsign, roles, regions, vetted } = person
  const language = person.languages[0] ?? 'en'
  return { id, callsign, roles, regions, vetted, ...through, language, zone: zoneOfPerson(person, directory) }
}

/** How texts read to that person, or to a stranger in that room. */
export function readerOf(
  actor: Actor | null,
  room: Room | null,
  directory: Directory,
  now: number,
  spoken?: Language,
): Reader {
  // The roster's word, which the answered command may just have changed.
  const person = actor && directory.people.get(actor.id)
  const language = person?.languages[0] ?? actor?.language ?? spoken ?? languageIn(room, directory)
  return {
    language,
    zone: actor?.zone ?? zoneOf(room, directory),
    now,
    person: id => personNow(directory, id)?.callsign ?? null,
  }
}

/** How texts read in a person's direct conversation. */
export function personReader(person: Person, directory: Directory, now: number): Reader {
  return {
    language: person.languages[0] ?? 'en',
    zone: zoneOfPerson(person, directory),
    now,
    person: id => personNow(directory, id)?.callsign ?? null,
  }
}

/** How texts read in a room: its language, the zone of its region. */
export function roomReader(room: Room, directory: Directory, now: number): Reader {
  return readerOf(null, room, directory, now)
}

function languageIn(room: Room | null, directory: Directory): Language {
  return room?.language ?? directory.languages[0] ?? 'en'
}

function zoneOf(room: Room | null, directory: Directory): string {
  return (room?.region && regionOf(directory, room.region)?.zone) || directory.zone
}

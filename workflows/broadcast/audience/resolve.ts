import type { Audience } from '../../audience.ts'
import type { Counted, Plan, RecipientKey, Urgency } from '../../broadcast.ts'
import type { Account, Directory, Language, Person, Room } from '../../directory.ts'
import type { Drill } from '../../drill.ts'
import type { AccountId, PersonId, PlatformName, RegionCode, RoomId } from '../../ids.ts'
import type { Incident } from '../../incident.ts'
import { hasStopped } from '../../wish.ts'
import { mayCarry } from '../carry.ts'
import { dutyNow, meansPerson, meansRoom, namedIn } from './means.ts'

/**
 * Why somebody who is meant is not written to: they have no account; none on a tool that the hub is connected to; none
 * where what it is about may be read; or they wish no messages to many.
 */
export type NotReached = 'no-account' | 'no-tool' | 'red' | 'stopped'

/** One who is meant, a person once however many accounts they have. Exactly one of person and room is set. */
export type Meant = {
  readonly key: RecipientKey
  readonly person: PersonId | null
  readonly room: RoomId | null
  readonly region: RegionCode | null
  /** The one that they read first; of the languages of the words, if these were given, the one that they read best. */
  readonly language: Language
  /** Where it goes first; null: nowhere. */
  readonly platform: PlatformName | null
  readonly account: AccountId | null
  /** All of the person's accounts that may carry it, in the order in which they are tried. */
  readonly accounts: readonly Account[]
  /** Signal: nobody has written to that account before. */
  readonly first: boolean
  /** In which order they are served: 0 rooms, 1 people whom somebody has written to before, 2 the rest. */
  readonly rank: 0 | 1 | 2
  readonly state: 'waiting' | 'unreachable' | 'stopped'
  readonly why: NotReached | null
}

/** What besides the roster decides who gets it, and where. */
export type Circumstances = {
  readonly now: number
  /** What it is about: it goes only where that may be read. */
  readonly incident?: Incident | null
  /** The exercise that it belongs to: nobody else gets it. */
  readonly drill?: Pick<Drill, 'people' | 'rooms'> | null
  readonly urgency: Urgency
  /** The tools that the hub is connected to, down or not; absent: all. */
  readonly platforms?: ReadonlySet<PlatformName>
  /** True of Signal accounts that have written to the hub, or it to them; absent: of all. */
  readonly known?: (account: AccountId) => boolean
  /** The languages that there are words in; absent: every one. */
  readonly languages?: readonly Language[]
}

/**
 * Everybody whom an audience means now: rooms first, then people known on their tool, then first contacts; within
 * these by region and call sign. Strangers, people without a role, kept out or hidden are not meant by any.
 */
export function resolve(audience: Audience, directory: Directory, about: Circumstances): readonly Meant[] {
  const duty = dutyNow(directory, about.now)
  const named = namedIn(audience)
  const inDrill = about.drill ? { people: new Set(about.drill.people), rooms: new Set(about.drill.rooms) } : null
  const people: { readonly meant: Meant; readonly callsign: string }[] = []
  for (const person of directory.people.values()) {
    if (!isReader(person) || (inDrill && !inDrill.people.has(person.id))) continue
    if (!meansPerson(audience, person, duty)) continue
    people.push({ meant: meantPerson(person, named, directory, about), callsign: person.callsign })
  }
  const order = new Intl.Collator('en').compare
  people.sort(
    (one, other) =>
      one.meant.rank - other.meant.rank ||
      order(one.meant.region ?? '', other.meant.region ?? '') ||
      order(one.callsign, other.callsign),
  )
  const rooms = directory.rooms.filter(
    room => (!inDrill || inDrill.rooms.has(room.id)) && meansRoom(audience, room, directory),
  )
  return [...onePlaceEach(rooms).map(room => meantRoom(room, directory, about)), ...people.map(one => one.meant)]
}

/** The same for a plan; nobody where its audience is not set. */
export function resolvePlan(
  plan: Pick<Plan, 'audience' | 'words' | 'urgency'>,
  directory: Directory,
  about: Omit<Circumstances, 'urgency' | 'languages'>,
): readonly Meant[] {
  const languages = languagesOf(plan)
  const { audience, urgency } = plan
  return audience ? resolve(audience, directory, { ...about, urgency, languages }) : []
}

/** How many people and rooms are meant: those who can be reached and those who cannot, but not who wish none. */
export function countAudience(meant: readonly Meant[]): Counted {
  const counted = meant.filter(one => one.state !== 'stopped')
  return { people: counted.filter(one => one.person !== null).length, rooms: counted.filter(one => one.room).length }
}

/** The languages that a plan has words in, in the order of the file of words. */
export function languagesOf({ words }: Pick<Plan, 'words'>): readonly Language[] {
  return (Object.keys(words) as Language[]).filter(language => (words[language] ?? '').trim() !== '')
}

/** True for people who may get messages to many at all: vetted, with a role, neither kept out nor hidden. */
export function isReader(person: Person): boolean {
  return person.vetted && person.roles.length > 0 && !person.blocked && !person.hidden
}

function meantPerson(
  person: Person,
  named: ReturnType<typeof namedIn>,
  directory: Directory,
  about: Circumstances,
): Meant {
  const { id, accounts, languages } = person
  const running = accounts.filter(account => about.platforms?.has(account.platform) ?? true)
  const { incident } = about
  const may = incident
    ? running.filter(({ platform: through }) => mayCarry(incident, { person, through }, directory))
    : running
  const known = (account: Account) => account.platform !== 'signal' || (about.known?.(account.id) ?? true)
  const usable = inOrder(may, person, named.platforms, known)
  const [best] = usable
  const stopped = hasStopped(person, about.urgency)
  const why = stopped
    ? 'stopped'
    : best
      ? null
      : accounts.length === 0
        ? 'no-account'
        : running.length === 0
          ? 'no-tool'
          : 'red'
  const first = best !== undefined && !known(best)
  return {
    ...{ key: `p:${id}`, person: id, room: null, region: regionFor(person, named.regions) },
    language: readIn(languages, about.languages) ?? directory.languages[0] ?? 'en',
    platform: best?.platform ?? null,
    account: best?.id ?? null,
    accounts: usable,
    first,
    rank: first ? 2 : 1,
    state: stopped ? 'stopped' : best ? 'waiting' : 'unreachable',
    why,
  }
}

function meantRoom(room: Room, directory: Directory, { incident, platforms, languages }: Circumstances): Meant {
  const running = platforms?.has(room.platform) ?? true
  const may = !incident || mayCarry(incident, room, directory)
  const own = room.language ?? directory.languages[0] ?? 'en'
  return {
    ...{ key: `r:${room.id}`, person: null, room: room.id, region: room.region },
    language: readIn([own, ...directory.languages], languages) ?? own,
    platform: running && may ? room.platform : null,
    ...{ account: null, accounts: [], first: false, rank: 0 },
    state: running && may ? 'waiting' : 'unreachable',
    why: !running ? 'no-tool' : may ? null : 'red',
  }
}

/** First where they asked for, or where the audience says; then where they are known; else as the roster has them. */
function inOrder(
  accounts: readonly Account[],
  { wishes }: Person,
  asked: readonly PlatformName[],
  known: (account: Account) => boolean,
): readonly Account[] {
  const rank = ({ platform }: Account) => (asked.includes(platform) ? 0 : platform === wishes?.platform ? 1 : 2)
  if (accounts.length < 2) return accounts
  return accounts.toSorted((one, other) => rank(one) - rank(other) || Number(known(other)) - Number(known(one)))
}

function regionFor({ regions }: Person, named: readonly RegionCode[]): RegionCode | null {
  if (regions === 'all') return null
  return regions.find(code => named.includes(code)) ?? regions[0] ?? null
}

function readIn(reads: readonly Language[], languages: readonly Language[] | undefined): Language | undefined {
  return (languages && reads.find(language => languages.includes(language))) ?? reads[0]
}

// A channel may be bound for several purposes, and reads it once.
function onePlaceEach(rooms: readonly Room[]): readonly Room[] {
  return [...new Map(rooms.toReversed().map(room => [`${room.platform} ${room.address}`, room])).values()].toReversed()
}

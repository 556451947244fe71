import type { PartnerKind } from './audience.ts'
import type { Drill } from './drill.ts'
import type { Grant, Group } from './grant.ts'
import type { AccountId, PersonId, PlatformName, RegionCode, RoomId } from './ids.ts'
import type { Span } from './mask/span.ts'
import type { Limits } from './network/limits.ts'
import type { Polling } from './network/polling.ts'
import type { Retention } from './network/retention.ts'
import type { PlaceRule, SummaryPlan } from './network.ts'
import type { NetworkEvent, RecurringPlan } from './recurring.ts'
import type { ClockOverrides } from './taxonomy.ts'

/** What a person may do, from least to most; coordinators may do what responders may, responders what mediators may. */
export type Role = 'mediator' | 'responder' | 'coordinator' | 'leader' | 'admin'
/** A language the hub speaks. */
export type Language = 'en' | 'es'

/** One account of a person on one platform; its address there is sealed and opened only by delivery. */
export type Account = { readonly id: AccountId; readonly person: PersonId; readonly platform: PlatformName }

/** Hours of the day, in a person's own zone, in which only what is urgent is written to them: from 22 to 7, say. */
export type Quiet = { readonly from: number; readonly to: number }

/**
 * What somebody asked for themselves: on which tool they would rather be written to, since when (epoch ms) they wish no
 * broadcasts, but for what saves lives, and since when they want them again. Absent: nothing of the kind.
 */
export type Wishes = { readonly platform?: PlatformName; readonly stopped?: number; readonly again?: number }

/** Something that somebody was trained in: how far, by which organization, since when and until when it holds. */
export type Training = {
  readonly code: string
  readonly level: string | null
  readonly trainer: string | null
  readonly since: number | null
  readonly until: number | null
}

/** Somebody on the roster, without name or contact: those are sealed. */
export type Person = {
  readonly id: PersonId
  readonly callsign: string
  readonly roles: readonly Role[]
  readonly regions: 'all' | readonly RegionCode[]
  readonly languages: readonly Language[]
  readonly accounts: readonly Account[]
  readonly vetted: boolean
  readonly quiet?: Quiet | null
  readonly wishes?: Wishes | null
  /** Set while nothing they send is taken. */
  readonly blocked?: boolean
  /** Set while they are hidden from everybody: no list or picker has them; `cut`: and nothing they send is taken. */
  readonly hidden?: 'shielded' | 'cut'
  /** What they were trained in. */
  readonly skills?: readonly Training[]
  /** The community outside the hub's own work in which their word counts; absent: none is known. */
  readonly partner?: PartnerKind | null
  /** What they hold by themselves, where groups that they are in give them more. */
  readonly own?: Grant
}

/** A channel, group or conversation that the network has bound. */
export type Room = {
  readonly id: RoomId
  readonly purpose: 'region' | 'coordination' | 'leadership' | 'triage'
  readonly region: RegionCode | null
  readonly platform: PlatformName
  readonly address: string
  readonly name: string
  readonly language: Language | null
  readonly red: boolean
  /** How it hears what people say elsewhere; null or absent: as is usual in its tool. */
  readonly talk?: 'all' | 'digest' | null
}

/** A part of the network with its own rooms, people and clock. */
export type Region = {
  readonly code: RegionCode
  readonly name: string
  readonly zone: string
  readonly places: readonly PlaceRule[]
}

/** Somebody said they can be called until then (epoch ms). */
export type Duty = { readonly person: PersonId; readonly until: number }

/** The whole roster at one moment: small, read often, replaced when it changes. */
export type Directory = {
  readonly name: string
  readonly zone: string
  readonly languages: readonly Language[]
  readonly strangers: 'refuse' | 'report'
  /** The tools through which people may be shown the words of RED incidents. */
  readonly red: readonly PlatformName[]
  /** The summaries the network wants, and the clocks it set itself. */
  readonly summaries: readonly SummaryPlan[]
  /** Check-ins and reminders that come again, and the days that they count from; absent: none. */
  readonly broadcasts?: readonly RecurringPlan[]
  readonly events?: readonly NetworkEvent[]
  /** Where and when people vote; absent: nobody has said. */
  readonly polling?: Polling
  /** The number or name under which people get help, where words say `{hotline}`; absent: none. */
  readonly hotline?: string
  readonly clocks: ClockOverrides
  readonly regions: readonly Region[]
  readonly rooms: readonly Room[]
  readonly people: ReadonlyMap<PersonId, Person>
  /** Those who are hidden and may still act, with all that they may; nobody else is to see them so. */
  readonly hidden?: ReadonlyMap<PersonId, Person>
  /** The call signs that are hidden: nobody can take them. */
  readonly reserved?: readonly string[]
  readonly duty: readonly Duty[]
  /** The platforms' own groups that carry roles. */
  readonly groups?: readonly Group[]
  /** Whoever turned out to be somebody else here, with who that is. */
  readonly former?: ReadonlyMap<PersonId, PersonId>
  /** Where names of people on the roster stand in a text; absent where nobody's name is known. */
  readonly names?: (text: string) => readonly Span[]
  /** How long things are kept, in days; absent: as the network file has it by default. */
  readonly retention?: Retention
  /** How much may come at once; absent: as the network file has it by default. */
  readonly limits?: Limits
  /** The exercises that go on, and those that ended of late; absent: none. */
  readonly drills?: readonly Drill[]
}

/** Who that is now: the person themselves, or whom they turned out to be; null once erased. */
export function personNow({ people, former }: Pick<Directory, 'people' | 'former'>, id: PersonId): Person | null {
  return people.get(id) ?? people.get(former?.get(id) ?? id) ?? null
}

/** Somebody as they may ask and act, also where nobody sees what they may. */
export function personAsking({ people, hidden }: Pick<Directory, 'people' | 'hidden'>, id: PersonId): Person | null {
  return hidden?.get(id) ?? people.get(id) ?? null
}

/** The region with that code, or null. */
export function regionOf(directory: Directory, code: RegionCode): Region | null {
  return directory.regions.find(region => region.code === code) ?? null
}

/** The name of a region, or its code if it is gone. */
export function regionName(directory: Directory, code: RegionCode): string {
  return regionOf(directory, code)?.name ?? code
}

/** The zone in which a person lives: their first region's, else the network's. */
export function zoneOf({ regions }: Pick<Person, 'regions'>, directory: Directory): string {
  return (regions !== 'all' && regionOf(directory, regions[0] ?? '')?.zone) || directory.zone
}

/** The rooms in which a region's incidents stand. */
export function roomsOf(directory: Directory, region: RegionCode): readonly Room[] {
  return directory.rooms.filter(room => room.purpose === 'region' && room.region === region)
}

/** The rooms kept for a purpose of the whole network. */
export function roomsFor(directory: Directory, purpose: Room['purpose']): readonly Room[] {
  return directory.rooms.filter(room => room.purpose === purpose)
}

/** True if the person belongs to that region, or to all. */
export function servesRegion(person: Pick<Person, 'regions'>, region: RegionCode): boolean {
  return person.regions === 'all' || person.regions.includes(region)
}

/** Responders and coordinators of a region who are on duty now. */
export function onDuty(directory: Directory, region: RegionCode, now: number): readonly Person[] {
  return dutyPeople(directory, now).filter(
    person => servesRegion(person, region) && hasRole(person, 'responder', 'coordinator'),
  )
}

/** Coordinators who belong to that region by name. */
export function coordinatorsOf(directory: Directory, region: RegionCode): readonly Person[] {
  return people(directory).filter(
    person => hasRole(person, 'coordinator') && person.regions !== 'all' && person.regions.includes(region),
  )
}

/** Coordinators of the whole network. */
export function networkCoordinators(directory: Directory): readonly Person[] {
  return people(directory).filter(person => hasRole(person, 'coordinator') && person.regions === 'all')
}

/** Duty officers: network coordinators on duty; if none is, every network coordinator. */
export function dutyOfficers(directory: Directory, now: number): readonly Person[] {
  const duty = dutyPeople(directory, now)
  const officers = networkCoordinators(directory)
  const present = officers.filter(officer => duty.includes(officer))
  return present.length > 0 ? present : officers
}

/** Everyone who leads the network. */
export function leaders(directory: Directory): readonly Person[] {
  return people(directory).filter(person => hasRole(person, 'leader'))
}

/** True if the person holds one of these roles by name. */
export function hasRole(person: Pick<Person, 'roles'>, ...roles: readonly Role[]): boolean {
  return person.roles.some(role => roles.includes(role))
}

function people(directory: Directory): Person[] {
  return [...directory.people.values()]
}

function dutyPeople(directory: Directory, now: number): Person[] {
  return directory.duty.flatMap(duty => {
    const person = duty.until > now ? directory.people.get(duty.person) : undefined
    return person ? [person] : []
  })
}

import type { z } from 'zod'
import type { CalendarDay } from './agenda/calendar.ts'
import type { PartnerKind } from './audience.ts'
import type { Language, Role, Training } from './directory.ts'
import type { Inside } from './edition.ts'
import type { Group } from './grant.ts'
import type { PlatformName, RegionCode } from './ids.ts'
import type { BackupPlan } from './network/backup.ts'
import { crossCheck } from './network/check.ts'
import { codeProblems } from './network/codes.ts'
import type { Limits } from './network/limits.ts'
import { type Polling, pollingOf } from './network/polling.ts'
import type { Retention } from './network/retention.ts'
import { type NetworkInput, networkShape } from './network/shape.ts'
import { trainingOf } from './network/skill.ts'
import type { PlaceList } from './places/list.ts'
import { ContentError, type Problem, problemsOf, valueAt } from './problems.ts'
import { checkRecurring } from './recurring/check.ts'
import { recurringOf } from './recurring/shape.ts'
import type { NetworkEvent, RecurringPlan } from './recurring.ts'
import type { ClockOverrides } from './taxonomy.ts'
import type { Weekday } from './weekday.ts'

/** What makes a place belong to a region; of all that fit, zip beats words, then county, then state, then anywhere. */
export type PlaceRule =
  | { readonly type: 'state'; readonly state: string }
  | { readonly type: 'county'; readonly fips: string; readonly name: string | null }
  | { readonly type: 'zip'; readonly zip: string }
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'anywhere' }
/** An address on one platform: a channel, group or conversation, or a person's account. */
export type Address = { readonly platform: PlatformName; readonly address: string }
/**
 * A room as the file binds it; `red` rooms may see RED incidents, language null means the network's first, and `talk`
 * is how it hears what people say in other rooms: absent, as is usual in its tool.
 */
export type NetworkRoom = Address & {
  readonly name: string | null
  readonly language: Language | null
  readonly red: boolean
  readonly talk?: 'all' | 'digest'
}
/** A region as the file names it. */
export type NetworkRegion = {
  readonly code: RegionCode
  readonly name: string
  readonly zone: string
  readonly places: readonly PlaceRule[]
  readonly rooms: readonly NetworkRoom[]
}
/** Somebody on the roster as the file names them; `sample` people are invented. */
export type NetworkPerson = {
  /** Null for somebody who is known by a call sign alone. */
  readonly name: string | null
  readonly callsign: string
  readonly roles: readonly Role[]
  readonly regions: 'all' | readonly RegionCode[]
  readonly languages: readonly Language[]
  readonly accounts: readonly Address[]
  /** What they were trained in; absent: nothing is known. */
  readonly skills?: readonly Training[]
  /** The community outside the hub's own work in which their word counts; absent: none. */
  readonly partner?: PartnerKind
  readonly sample: boolean
}
/**
 * A summary on schedule: at an hour of its zone, daily or on that day of the week, or every so many minutes; from and
 * until are wall times. `region: each` makes one of every region by itself; `to: region` is the rooms of that region.
 */
export type SummaryPlan = {
  readonly name: string
  readonly when:
    | { readonly type: 'at'; readonly at: string; readonly on?: Weekday }
    | { readonly type: 'every'; readonly minutes: number }
  readonly zone: string
  readonly from: string | null
  readonly until: string | null
  readonly to: 'leadership' | 'coordination' | 'triage' | 'region' | RegionCode
  readonly region: 'all' | 'each' | RegionCode
  /** For whom it is cut; those that leave the network are asked for one by one. */
  readonly edition: Inside
}
/** The network file, checked; triage and leadership rooms are those of coordination if the file names none. */
export type Network = {
  /** The election calendar; absent: none. */
  readonly calendar?: readonly CalendarDay[]
  /** The places of another country; absent: those of the United States. */
  readonly places?: PlaceList
  /** The file from which maps of another country are drawn, its whole path; absent: none is. */
  readonly boundaries?: string
  readonly name: string
  readonly zone: string
  readonly languages: readonly Language[]
  /** What stands for `{hotline}` in words to many; absent: only what a broadcast says itself. */
  readonly hotline?: string
  readonly regions: readonly NetworkRegion[]
  readonly coordination: readonly NetworkRoom[]
  readonly leadership: readonly NetworkRoom[]
  readonly triage: readonly NetworkRoom[]
  readonly people: readonly NetworkPerson[]
  /** Slack user groups and Discord roles whose members hold roles. */
  readonly groups: readonly Group[]
  readonly strangers: 'refuse' | 'report'
  /** The tools through which people may be shown the words of RED incidents. */
  readonly red: readonly PlatformName[]
  readonly summaries: readonly SummaryPlan[]
  /** Check-ins and reminders that come again, and the days that they count from; absent: none. */
  readonly broadcasts?: readonly RecurringPlan[]
  readonly events?: readonly NetworkEvent[]
  /** Where and when people vote; absent: nobody has said. */
  readonly polling?: Polling
  readonly clocks: ClockOverrides
  readonly retention: Retention
  readonly limits?: Limits
  /** When and where backups are made, on this machine: it is read from the file at each start. Absent: by hand only. */
  readonly backup?: BackupPlan
}

/** The network file is wrong; `problems` holds everything that is, with paths into the file. */
export class NetworkError extends ContentError {
  override name = 'NetworkError'
}

/** Checks the network file's data; throws NetworkError with every problem at once, those between entries included. */
export function parseNetwork(data: unknown, places: PlaceList | null = null): Network {
  const read = networkShape.safeParse(data)
  const problems = read.success ? [] : problemsOf(read.error, data)
  problems.push(...codeProblems(withoutWrongValues(data, problems), places))
  problems.push(...crossCheck(withoutWrongValues(data, problems)))
  if (!read.success || problems.length > 0) throw new NetworkError(inFileOrder(problems))
  const network = toNetwork(read.data)
  const wrong = checkRecurring(network)
  if (wrong.length > 0) throw new NetworkError(wrong)
  return { ...network, ...(places ? { places } : {}) }
}

/** A copy in which whatever was refused is left out, so that the rest can still be checked against itself. */
function withoutWrongValues(data: unknown, problems: readonly Problem[]): unknown {
  const copy = { file: structuredClone(data) }
  for (const { path } of problems) {
    const steps = ['file', ...path]
    const holder = valueAt(copy, steps.slice(0, -1))
    const last = steps.at(-1) as string | number
    if (holder !== null && typeof holder === 'object') (holder as Record<string | number, unknown>)[last] = undefined
  }
  return copy.file
}

function inFileOrder(problems: readonly Problem[]): Problem[] {
  const first = [
    'network',
    'places',
    'boundaries',
    'calendar',
    'regions',
    'coordination',
    'leadership',
    'triage',
    'people',
    'groups',
    'red',
    'summaries',
    'broadcasts',
    'events',
    'polling',
    'clocks',
    'retention',
    'limits',
    'backup',
  ]
  const order = (problem: Problem) => first.indexOf(String(problem.path[0] ?? ''))
  return problems.toSorted((one, other) => order(one) - order(other))
}

function toNetwork(file: z.output<typeof networkShape>): Network {
  const { name, zone, languages, hotline } = file.network
  const coordination = file.coordination.rooms.map(toRoom)
  return {
    name,
    zone,
    languages,
    ...(hotline ? { hotline } : {}),
    regions: file.regions.map(region => ({
      ...region,
      zone: region.zone ?? zone,
      places: region.places.map(toPlace),
      rooms: region.rooms.map(toRoom),
    })),
    coordination,
    leadership: file.leadership?.rooms.map(toRoom) ?? coordination,
    triage: file.triage?.rooms.map(toRoom) ?? coordination,
    people: file.people.map(({ also, name = null, skills, partner, ...person }) => ({
      ...person,
      name,
      regions: toRegions(person.regions),
      languages: person.languages ?? languages.slice(0, 1),
      accounts: [person.accounts, ...also].flatMap(toAddresses),
      ...(skills ? { skills: skills.map(trainingOf) } : {}),
      ...(partner ? { partner } : {}),
    })),
    groups: file.groups.map(group => ({
      platform: group.slack_group === undefined ? 'discord' : 'slack',
      address: group.slack_group ?? group.discord_role ?? '',
      roles: group.roles,
      regions: toRegions(group.regions),
    })),
    strangers: file.strangers,
    red: file.red,
    summaries: file.summaries.map(plan => ({
      name: plan.name,
      when:
        plan.at === undefined
          ? { type: 'every', minutes: minutesOf(plan.every ?? '') }
          : { type: 'at', at: plan.at, ...(plan.on ? { on: plan.on } : {}) },
      zone: plan.zone ?? zone,
      from: plan.from ?? null,
      until: plan.until ?? null,
      to: plan.to,
      region: plan.region,
      edition: plan.edition ?? (plan.to === 'leadership' ? 'leadership' : 'response'),
    })),
    ...(file.broadcasts.length > 0 ? { broadcasts: file.broadcasts.map(recurringOf) } : {}),
    ...(file.events.length > 0 ? { events: file.events } : {}),
    ...(file.polling ? { polling: pollingOf(file.polling) } : {}),
    clocks: file.clocks as ClockOverrides,
    retention: file.retention,
    limits: file.limits,
    ...(file.backup ? { backup: file.backup } : {}),
  }
}

function toPlace(place: NetworkInput['regions'][number]['places'][number]): PlaceRule {
  if (place.zip !== undefined) return { type: 'zip', zip: place.zip }
  if (place.words !== undefined) return { type: 'words', words: place.words }
  if (place.county !== undefined) return { type: 'county', fips: place.county, name: place.name ?? null }
  if (place.state !== undefined) return { type: 'state', state: place.state }
  return { type: 'anywhere' }
}

function toRoom(room: NetworkInput['regions'][number]['rooms'][number]): NetworkRoom {
  const { name = null, language = null, red = false, talk, ...addresses } = room
  return { ...(toAddresses(addresses)[0] as Address), name, language, red, ...(talk ? { talk } : {}) }
}

function toAddresses(accounts: Partial<Record<PlatformName, string | undefined>>): Address[] {
  return Object.entries(accounts).flatMap(([platform, address]) =>
    address === undefined ? [] : [{ platform: platform as PlatformName, address }],
  )
}

function toRegions(regions: readonly string[]): 'all' | readonly RegionCode[] {
  return regions.includes('all') ? 'all' : regions
}

function minutesOf(every: string): number {
  return Number.parseInt(every, 10) * (every.endsWith('h') ? 60 : 1)
}

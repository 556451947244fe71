import { alertPosts, firstCalled } from './alert.ts'
import type { CardContext } from './card.ts'
import type { Post } from './change.ts'
import { type Directory, hasRole, type Person, type Room, servesRegion } from './directory.ts'
import type { PlatformName, RegionCode } from './ids.ts'
import { type CurrentWords, type Incident, isWaiting } from './incident.ts'
import { phrase } from './phrase.ts'
import { toolName } from './sight.ts'
import { plainView } from './view.ts'

/**
 * A chat tool that cannot be reached, since when (epoch ms), and why as far as it is known; `off`: it is not tried any
 * more, until somebody puts that right.
 */
export type Blackout = {
  readonly platform: PlatformName
  readonly since: number
  readonly reason: string | null
  readonly off?: true
}

const second = 1000
/** How long (ms) a tool must be away until people of its rooms are told elsewhere, by severity. */
const patience = { 5: 30 * second, 4: 120 * second } as const
/** How long (ms) it must be away until the other rooms are told. */
const saidAfter = 120 * second
const halfADay = 12 * 3600 * second

/** Whether it has been away for so long that rooms hear of it. */
export function isLong({ since }: Blackout, now: number): boolean {
  return now - since >= saidAfter
}

/** Tells the rooms of other tools, which share a region with it or are the coordinators', that it is away: once. */
export function blackoutNotices(
  blackout: Blackout,
  down: readonly PlatformName[],
  directory: Directory,
): readonly Post[] {
  const { platform, since, reason, off } = blackout
  const params = { tool: toolName(platform), time: { time: since } }
  const away = phrase('blackout.down', params)
  const because = reason ? [phrase('blackout.because', { reason: { words: reason } })] : []
  return neighbours(platform, down, directory).map(room =>
    notice(
      `blackout:${platform}:${since}`,
      room,
      // What is wrong with it is for those who can have it mended.
      room.purpose === 'coordination'
        ? [away, ...because, phrase(off ? 'blackout.off' : 'blackout.todo')]
        : [away, phrase('blackout.waits')],
    ),
  )
}

/** Tells the same rooms that it is back: once. */
export function backNotices({ platform, since }: Blackout, now: number, directory: Directory): readonly Post[] {
  // Whoever read of it today needs no date.
  const at = (time: number) => (now - since < halfADay ? { time } : { date: time })
  const said = phrase('blackout.back', { tool: toolName(platform), from: at(since), until: at(now) })
  return neighbours(platform, [platform], directory).map(room => notice(`back:${platform}:${since}`, room, [said]))
}

/** Whether people are told of such an incident elsewhere, while its card cannot be seen on a tool that is away. */
export function isForOthers(incident: Incident, blackout: Blackout, now: number): boolean {
  const { severity, status, visibility } = incident
  if (severity < 4 || status !== 'reported' || visibility !== 'region' || isWaiting(incident)) return false
  return now - blackout.since >= (severity === 5 ? patience[5] : patience[4])
}

/**
 * What goes to people who would have seen the card in a room of that tool: a direct message with Claim and Cannot on
 * every account of theirs on another tool, once for each of them and that incident. Whoever is called anyway is.
 */
export function blackoutAlerts(
  { platform, since }: Blackout,
  down: readonly PlatformName[],
  known: { readonly incident: Incident; readonly words: CurrentWords },
  context: Omit<CardContext, 'language'>,
  now: number,
): readonly Post[] {
  const { directory } = context
  const { incident, words } = known
  const called = new Set(firstCalled(incident, directory, now).map(person => person.id))
  const people = [...directory.people.values()].filter(
    person => isOfRoom(person, incident.region) && on(person, platform) && !called.has(person.id),
  )
  const reached = new Set(
    people.flatMap(person => person.accounts.filter(own => !down.includes(own.platform)).map(own => own.id)),
  )
  const line = phrase('blackout.alert', { tool: toolName(platform), time: { time: since } })
  return alertPosts(people, { key: 'blackout', line }, incident, words, context).filter(
    ({ to }) => 'account' in to && reached.has(to.account),
  )
}

function isOfRoom(person: Person, region: RegionCode): boolean {
  return servesRegion(person, region) && hasRole(person, 'responder', 'coordinator') && !person.blocked
}

function on({ accounts }: Person, platform: PlatformName): boolean {
  return accounts.some(own => own.platform === platform)
}

function neighbours(platform: PlatformName, down: readonly PlatformName[], { rooms }: Directory): readonly Room[] {
  const regions = new Set(rooms.flatMap(room => (room.platform === platform && room.region ? [room.region] : [])))
  const found = rooms.filter(room => {
    if (room.platform === platform || down.includes(room.platform)) return false
    return room.purpose === 'coordination' || (room.region !== null && regions.has(room.region))
  })
  // One that is bound for several purposes is one room for those who sit in it; coordinators read the most.
  const first = found.toSorted((one, other) => Number(isTheirs(other)) - Number(isTheirs(one)))
  const once = new Set(
    Map.groupBy(first, room => `${room.platform} ${room.address}`)
      .values()
      .map(([room]) => room),
  )
  return found.filter(room => once.has(room))
}

const isTheirs = ({ purpose }: Room) => purpose === 'coordination'

function notice(key: string, room: Room, lines: Parameters<typeof plainView>[0]): Post {
  const to = { room: room.id }
  return { key: `${key}:${room.id}`, to, incident: null, thread: false, lane: 'claim', view: plainView(lines) }
}

import { coordinatorsOf, type Directory, networkCoordinators, type Person, type Room } from './directory.ts'
import type { IncidentId, PlatformName } from './ids.ts'
import { type Incident, isOpen, isWaiting, kinOf } from './incident.ts'
import { type Actor, maySee } from './permission.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Known } from './ports.ts'

/**
 * What of an incident may be shown: `nothing`, not even that there is one; `exists`, its id and whose it is now;
 * `bare`, id, county, severity and kind; `own`, that and the words the viewer wrote; `whole`.
 */
export type Sight = 'nothing' | 'exists' | 'bare' | 'own' | 'whole'

/** Who looks: a room, or a person through one of their tools, whose operator reads along. */
export type Viewer = Room | { readonly person: Someone; readonly through: PlatformName }

type Someone = Pick<Person, 'id' | 'roles' | 'regions'>
type Trust = Pick<Directory, 'red' | 'people'>

/** The one rule of marks: what this viewer may see of this incident as it stands. */
export function sight(incident: Incident, viewer: Viewer, network: Trust): Sight {
  return 'purpose' in viewer ? ofRoom(incident, viewer) : ofPerson(incident, viewer.person, viewer.through, network)
}

/** What whoever asks may see of it where they ask. */
export function actorSight(incident: Incident, actor: Actor, network: Trust): Sight {
  return ofPerson(incident, actor, actor.platform, network)
}

/** True if words of RED incidents may be shown to people through that tool. */
export function trusted(platform: PlatformName, { red }: Pick<Trust, 'red'>): boolean {
  return red.includes(platform)
}

/**
 * The incident as that viewer may know it: without the ids of others, merged or alike, that they may not see, and of
 * those alike that have ended. `known.kin`
 * holds those others; one that is not there is not shown.
 */
export function asSeen(
  { incident, kin = [] }: Pick<Known, 'incident' | 'kin'>,
  viewer: Viewer,
  network: Trust,
): Incident {
  if (kinOf(incident).length === 0) return incident
  const seen = new Set(kin.filter(one => sight(one, viewer, network) !== 'nothing').map(one => one.id))
  const stands = new Set(kin.filter(isOpen).map(one => one.id))
  const { mergedInto } = incident
  return {
    ...incident,
    merged: incident.merged.filter(id => seen.has(id)),
    ...(incident.like ? { like: incident.like.filter(id => seen.has(id) && stands.has(id)) } : {}),
    mergedInto: mergedInto && seen.has(mergedInto) ? mergedInto : null,
  }
}

/** The ids of others that an incident names and this viewer may not hear of. */
export function unseenKin(
  known: Pick<Known, 'incident' | 'kin'>,
  viewer: Viewer,
  network: Trust,
): readonly IncidentId[] {
  const seen = new Set(kinOf(asSeen(known, viewer, network)))
  return kinOf(known.incident).filter(id => !seen.has(id))
}

/** Where a person who sees only the bare facts here finds the rest: their tools that may carry it, else whom to ask. */
export function whereElse(incident: Incident, person: Pick<Person, 'id'>, directory: Directory): Phrase {
  const accounts = directory.people.get(person.id)?.accounts ?? []
  const tools = [...new Set(accounts.map(account => account.platform))].filter(name => trusted(name, directory))
  if (tools.length > 0) return phrase('sight.elsewhere', { tools: tools.map(toolName) })
  const region = coordinatorsOf(directory, incident.region)
  const asked = (region.length > 0 ? region : networkCoordinators(directory)).filter(({ id }) => id !== person.id)
  return asked.length > 0
    ? phrase('sight.ask', { people: asked.slice(0, mostNamed).map(({ id }) => ({ person: id })) })
    : phrase('sight.nowhere')
}

/**
 * How a room is told where the details of a RED incident are: one by one here, where this tool may carry them; in the
 * rooms of its region that may; else with a coordinator.
 */
export function redNote(
  incident: Incident,
  { platform }: Pick<Room, 'platform'>,
  { red, rooms }: Pick<Directory, 'red' | 'rooms'>,
): Phrase {
  if (trusted(platform, { red }) && isOpen(incident)) return phrase('sight.red-more')
  const carry = rooms.filter(room => room.red && room.region === incident.region && room.platform !== 'workspace')
  const tools = [...new Set(carry.map(room => room.platform))].filter(name => trusted(name, { red }))
  return tools.length > 0 ? phrase('sight.red', { tools: tools.map(toolName) }) : phrase('sight.red-ask')
}

const mostNamed = 3

function ofRoom(incident: Incident, room: Room): Sight {
  if (incident.visibility === 'restricted') return 'nothing'
  // What nobody has checked is known only where reports are checked.
  if (isWaiting(incident) && (room.purpose === 'region' || room.purpose === 'leadership')) return 'nothing'
  if (room.purpose === 'region' && room.region !== incident.region) return 'exists'
  return incident.mark === 'RED' && !room.red ? 'bare' : 'whole'
}

function ofPerson(incident: Incident, person: Someone, through: PlatformName, network: Trust): Sight {
  if (!maySee(person, incident)) return 'nothing'
  if (incident.mark !== 'RED' || trusted(through, network)) return 'whole'
  return incident.reporter === person.id && reportedThrough(incident, network) === through ? 'own' : 'bare'
}

// The tool that they wrote it in has it already.
function reportedThrough({ reporter, account }: Incident, { people }: Trust): PlatformName | null {
  const accounts = (reporter && people.get(reporter)?.accounts) || []
  return accounts.find(one => one.id === account)?.platform ?? null
}

/** The name of a tool as people know it. */
export function toolName(platform: PlatformName): Phrase {
  return phrase(`sight.tool-${platform}`)
}

import type { RegionCode } from '../ids.ts'
import type { Network, NetworkPerson, NetworkRegion } from '../network.ts'
import { type BoundRoom, boundRooms, type Difference, keyOf, settings } from './differ.ts'

/** What is to be taken into the database of a network: whole things, in the place of what they were, and what goes. */
export type NetworkUpdate = {
  /** Settings by their names, groups among them. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly regions: readonly NetworkRegion[]
  readonly rooms: readonly BoundRoom[]
  readonly people: readonly NetworkPerson[]
  readonly gone: {
    readonly regions: readonly RegionCode[]
    readonly rooms: readonly BoundRoom[]
    /** By call sign: they stay known, without a role. */
    readonly people: readonly string[]
    /** Whether accounts that the file does not name are taken off the people above. */
    readonly accounts: boolean
  }
}

/** The update that does away with these differences; `remove`: things of the database may go. */
export function updateOf(
  chosen: readonly Difference[],
  file: Network,
  present: Network,
  remove: boolean,
): NetworkUpdate {
  const put = new Set(chosen.filter(one => one.type !== 'remove').map(one => one.key))
  const gone = new Set(remove ? chosen.filter(one => one.type === 'remove').map(one => one.key) : [])
  return {
    settings: {
      ...Object.fromEntries(settings.filter(name => put.has(`setting ${name}`)).map(name => [name, file[name]])),
      ...groupsOf(put, gone, file, present),
    },
    regions: file.regions.filter(region => put.has(keyOf.region(region))),
    rooms: boundRooms(file).filter(room => put.has(keyOf.room(room))),
    people: file.people.filter(person => put.has(keyOf.person(person))),
    gone: {
      regions: present.regions.filter(region => gone.has(keyOf.region(region))).map(region => region.code),
      rooms: boundRooms(present).filter(room => gone.has(keyOf.room(room))),
      people: present.people.filter(person => gone.has(keyOf.person(person))).map(person => person.callsign),
      accounts: remove,
    },
  }
}

function groupsOf(put: ReadonlySet<string>, gone: ReadonlySet<string>, file: Network, present: Network) {
  const key = ({ platform, address }: Network['groups'][number]) => `group ${platform} ${address}`
  const changed = file.groups.filter(group => put.has(key(group)))
  const kept = present.groups.filter(group => !put.has(key(group)) && !gone.has(key(group)))
  return changed.length === 0 && kept.length === present.groups.length ? {} : { groups: [...kept, ...changed] }
}

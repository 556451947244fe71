import type { Network, NetworkPerson, NetworkRegion, NetworkRoom } from '../network.ts'
import { fold } from '../words.ts'

/** What parts of a network can differ, and be taken in one by one. */
export const areas = ['settings', 'regions', 'rooms', 'people', 'groups'] as const
/** One of them. */
export type Area = (typeof areas)[number]

/** One thing that is otherwise in the file than in the database: only there, only here, or in these fields. */
export type Difference = {
  readonly area: Area
  /** The same for the same thing in both. */
  readonly key: string
  /** As people call it; no account, no name of a person. */
  readonly label: string
  readonly type: 'add' | 'remove' | 'change'
  readonly fields: readonly string[]
}

/** A room with what it is bound as. */
export type BoundRoom = NetworkRoom & {
  readonly purpose: 'region' | 'coordination' | 'leadership' | 'triage'
  readonly region: string | null
}

/** Settings are compared, and taken in, one by one under these names. */
export const settings = [
  ...(['name', 'zone', 'languages', 'strangers', 'red', 'summaries', 'clocks', 'retention', 'limits'] as const),
  ...(['broadcasts', 'events', 'polling', 'hotline'] as const),
] as const

/** How a network file differs from the network as it stands, in the order of the file's parts. */
export function differences(file: Network, present: Network): readonly Difference[] {
  const wanted = itemsOf(file)
  const stands = itemsOf(present)
  const named = (item: Item) => ({ area: item.area, key: item.key, label: item.label })
  const found = [...wanted.values()].flatMap((item): Difference[] => {
    const own = stands.get(item.key)
    if (!own) return [{ ...named(item), type: 'add', fields: [] }]
    const fields = Object.keys(item.facts).filter(
      field => JSON.stringify(item.facts[field]) !== JSON.stringify(own.facts[field]),
    )
    return fields.length > 0 ? [{ ...named(item), type: 'change', fields }] : []
  })
  const gone = [...stands.values()].filter(item => !wanted.has(item.key))
  const all = [...found, ...gone.map((item): Difference => ({ ...named(item), type: 'remove', fields: [] }))]
  return areas.flatMap(area => all.filter(one => one.area === area))
}

/** Every room of a network with what it is bound as, each as often as it is bound. */
export function boundRooms({ regions, coordination, leadership, triage }: Network): readonly BoundRoom[] {
  const kept = { coordination, leadership, triage }
  return [
    ...regions.flatMap(({ code, rooms }) => rooms.map(room => ({ ...room, purpose: 'region', region: code }) as const)),
    ...(['coordination', 'leadership', 'triage'] as const).flatMap(purpose =>
      kept[purpose].map(room => ({ ...room, purpose, region: null })),
    ),
  ]
}

/** What tells a room, a region and a person apart. */
export const keyOf = {
  region: ({ code }: Pick<NetworkRegion, 'code'>) => `region ${code}`,
  room: ({ purpose, region, platform, address }: Pick<BoundRoom, 'purpose' | 'region' | 'platform' | 'address'>) =>
    `room ${purpose} ${region ?? ''} ${platform} ${address}`,
  person: ({ callsign }: Pick<NetworkPerson, 'callsign'>) => `person ${fold(callsign)}`,
}

type Item = Pick<Difference, 'area' | 'key' | 'label'> & { readonly facts: Readonly<Record<string, unknown>> }

function itemsOf(network: Network): ReadonlyMap<string, Item> {
  const items: readonly Item[] = [
    ...settings.map(
      (name): Item => ({
        area: 'settings',
        key: `setting ${name}`,
        label: name,
        facts: { value: network[name] ?? null },
      }),
    ),
    ...network.regions.map((region): Item => {
      const { code, name, zone, places } = region
      return { area: 'regions', key: keyOf.region(region), label: code, facts: { name, zone, places } }
    }),
    ...boundRooms(network).map((room): Item => {
      const { name, platform, address, language, red, talk = null, purpose, region } = room
      const label = `${region ?? purpose}: ${name ?? 'a room without a name'} (${platform})`
      // A room without a name was given its address for one.
      const facts = { name: name ?? address, language, red, talk }
      return { area: 'rooms', key: keyOf.room(room), label, facts }
    }),
    ...network.people.map((person): Item => {
      const { callsign, roles, regions, languages, skills = [], partner = null } = person
      const accounts = person.accounts.map(({ platform, address }) => `${platform} ${address}`).sort()
      const facts = { callsign, roles, regions, languages, skills, partner, accounts }
      return { area: 'people', key: keyOf.person(person), label: callsign, facts }
    }),
    ...network.groups.map(({ platform, address, roles, regions }): Item => {
      const label = `${platform} ${address}`
      return { area: 'groups', key: `group ${label}`, label, facts: { roles, regions } }
    }),
  ]
  return new Map(items.map(item => [item.key, item]))
}

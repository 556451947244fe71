import type { Problem } from '../problems.ts'
import { fieldName } from '../problems.ts'
import { fold } from '../words.ts'
import type { NetworkInput } from './shape.ts'

type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T
type File = Partly<NetworkInput>
type Rooms = Partly<NetworkInput['coordination']['rooms']>
type Path = Problem['path']
type Found = { readonly key: string; readonly path: Path; readonly said: string }

const platforms = ['slack', 'discord', 'signal', 'workspace'] as const

/** What entries of the network file say against each other; `data` must lack the fields already refused. */
export function crossCheck(data: unknown): Problem[] {
  if (data === null || typeof data !== 'object') return []
  const file = data as File
  return [
    ...twice(codes(file), 'is the code of another region too'),
    ...twice(places(file), 'belongs to another region too'),
    ...twice(rooms(file), 'is bound as a room twice'),
    ...twice(callsigns(file), 'is the call sign of somebody else too'),
    ...twice(accounts(file), 'is the account of somebody else too'),
    ...twice(groups(file), 'is listed twice'),
    ...twice(summaries(file), 'is the name of another summary too'),
    ...withoutAnywhere(file),
    ...unknownRegions(file),
  ]
}

function codes(file: File): Found[] {
  return each(file.regions, (region, at) => found(region.code, ['regions', at, 'code']))
}

function places(file: File): Found[] {
  return each(file.regions, (region, at) =>
    each(region.places, (place, index) => {
      const path: Path = ['regions', at, 'places', index]
      const { state, county, zip, words, anywhere } = place
      return [
        ...found(state && `state ${state}`, [...path, 'state']),
        ...found(county && `county ${county}`, [...path, 'county']),
        ...found(zip && `ZIP ${zip}`, [...path, 'zip']),
        ...found(anywhere && 'anywhere', [...path, 'anywhere']),
        ...each(words, (word, step) => found(`words ${fold(word)}`, [...path, 'words', step], `"${word}"`)),
      ]
    }),
  )
}

function rooms(file: File): Found[] {
  const held: [Path, Rooms | undefined][] = [
    ...each(file.regions, (region, at): [Path, Rooms | undefined][] => [[['regions', at, 'rooms'], region.rooms]]),
    [['coordination', 'rooms'], file.coordination?.rooms],
    [['leadership', 'rooms'], file.leadership?.rooms],
    [['triage', 'rooms'], file.triage?.rooms],
  ]
  return held.flatMap(([path, list]) => each(list, (room, index) => addresses(room, [...path, index])))
}

function callsigns(file: File): Found[] {
  return each(file.people, (person, at) =>
    found(person.callsign && fold(person.callsign), ['people', at, 'callsign'], person.callsign),
  )
}

function accounts(file: File): Found[] {
  return each(file.people, (person, at) => [
    ...addresses(person.accounts ?? {}, ['people', at, 'accounts']),
    ...each(person.also, (more, index) => addresses(more, ['people', at, 'also', index])),
  ])
}

function groups(file: File): Found[] {
  return each(file.groups, (group, at) => [
    ...found(group.slack_group, ['groups', at, 'slack_group']),
    ...found(group.discord_role, ['groups', at, 'discord_role']),
  ])
}

function summaries(file: File): Found[] {
  return each(file.summaries, (plan, at) => found(plan.name, ['summaries', at, 'name']))
}

function withoutAnywhere(file: File): Problem[] {
  if (!Array.isArray(file.regions)) return []
  if (places(file).some(place => place.key === 'anywhere')) return []
  return [
    {
      path: ['regions'],
      message: 'no region takes what belongs nowhere else',
      allowed: 'Give one region the place { anywhere: true }',
    },
  ]
}

function unknownRegions(file: File): Problem[] {
  const known = codes(file).map(code => code.key)
  const fixed = ['all', 'each', 'region', 'leadership', 'coordination', 'triage']
  const named: Found[] = [
    ...each(file.people, (person, at) => listed(person.regions, ['people', at, 'regions'])),
    ...each(file.groups, (group, at) => listed(group.regions, ['groups', at, 'regions'])),
    ...each(file.summaries, (plan, at) => [
      ...found(plan.to, ['summaries', at, 'to']),
      ...found(plan.region, ['summaries', at, 'region']),
    ]),
  ]
  return named
    .filter(({ key }) => !known.includes(key) && !fixed.includes(key))
    .map(({ key, path }) => ({ path, message: `no region has the code "${key}"`, allowed: `Use ${known.join(', ')}` }))
}

function listed(regions: unknown, path: Path): Found[] {
  if (!Array.isArray(regions)) return []
  return each(regions as readonly string[], (code, index) => found(code, [...path, index]))
}

function addresses(held: Partly<Record<(typeof platforms)[number], string | undefined>>, path: Path): Found[] {
  return platforms.flatMap(platform => {
    const address = held[platform]
    return address === undefined
      ? []
      : [{ key: `${platform} ${address.toLowerCase()}`, path: [...path, platform], said: `${platform} ${address}` }]
  })
}

function found(key: string | undefined, path: Path, said = key): Found[] {
  return key === undefined ? [] : [{ key, path, said: said ?? key }]
}

function each<Item, Out>(
  list: readonly (Item | undefined)[] | undefined,
  read: (item: NonNullable<Item>, index: number) => readonly Out[],
): Out[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item, index) => (item === undefined || item === null ? [] : read(item, index)))
}

function twice(all: readonly Found[], message: string): Problem[] {
  const first = new Map<string, Path>()
  return all.flatMap(({ key, path, said }) => {
    const earlier = first.get(key)
    if (earlier) return [{ path, message: `${said} ${message}`, allowed: `It stands first at ${fieldName(earlier)}` }]
    first.set(key, path)
    return []
  })
}

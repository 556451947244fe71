import type { PlatformName } from '../ids.ts'
import type { Address, Network, NetworkRoom, PlaceRule } from '../network.ts'
import { writtenRecurring } from '../recurring/shape.ts'
import { writtenPolling } from './polling.ts'
import { writtenSkill } from './skill.ts'

/** The files that a network file names beside itself: of places and borders of another country, of election days. */
export type NamedFiles = Partial<Readonly<Record<'places' | 'boundaries' | 'calendar', string>>>

/** A network as the network file says it: what seeds an equal one; with the files that it names. */
export function writtenNetwork(network: Network, files: NamedFiles | null): Record<string, unknown> {
  const { coordination, leadership, triage, groups, summaries, clocks, strangers, red, retention } = network
  const { limits, backup, broadcasts, events, hotline, polling } = network
  const rooms = (list: readonly NetworkRoom[]) => ({ rooms: list.map(writtenRoom) })
  // Where nobody named rooms of their own for these, they are those of coordination.
  const own = (list: readonly NetworkRoom[]) => JSON.stringify(places(list)) !== JSON.stringify(places(coordination))
  const places = (list: readonly NetworkRoom[]) => list.map(room => `${room.platform} ${room.address}`).sort()
  return {
    network: {
      ...{ name: network.name, zone: network.zone, languages: network.languages },
      ...(hotline ? { hotline } : {}),
    },
    ...Object.fromEntries(Object.entries(files ?? {}).map(([name, file]) => [name, { file }])),
    regions: network.regions.map(({ code, name, zone, places, rooms }) => ({
      ...{ code, name, zone, places: places.flatMap(writtenPlace) },
      rooms: rooms.map(writtenRoom),
    })),
    coordination: rooms(coordination),
    ...(leadership.length > 0 && own(leadership) ? { leadership: rooms(leadership) } : {}),
    ...(triage.length > 0 && own(triage) ? { triage: rooms(triage) } : {}),
    people: network.people.map(
      ({ name, callsign, roles, regions, languages, accounts, skills = [], partner, sample }) => ({
        ...(name === null ? {} : { name }),
        ...{ callsign, roles, regions, languages },
        ...writtenAccounts(accounts),
        ...(skills.length > 0 ? { skills: skills.map(writtenSkill) } : {}),
        ...(partner ? { partner } : {}),
        ...(sample ? { sample } : {}),
      }),
    ),
    groups: groups.map(({ platform, address, roles, regions }) => ({
      [platform === 'slack' ? 'slack_group' : 'discord_role']: address,
      ...{ roles, regions },
    })),
    strangers,
    red,
    summaries: summaries.map(({ name, when, zone, from, until, to, region, edition }) => ({
      name,
      ...(when.type === 'at' ? { at: when.at } : { every: `${when.minutes}m` }),
      ...(when.type === 'at' && when.on ? { on: when.on } : {}),
      ...{ zone, to, region, edition },
      ...(from ? { from } : {}),
      ...(until ? { until } : {}),
    })),
    ...(broadcasts ? { broadcasts: broadcasts.map(writtenRecurring) } : {}),
    ...(events ? { events } : {}),
    ...(polling ? { polling: writtenPolling(polling) } : {}),
    clocks,
    retention,
    ...(limits ? { limits } : {}),
    ...(backup ? { backup } : {}),
  }
}

function writtenPlace(place: PlaceRule): readonly Record<string, unknown>[] {
  switch (place.type) {
    case 'state':
      return [{ state: place.state }]
    case 'county':
      return [{ county: place.fips, ...(place.name ? { name: place.name } : {}) }]
    case 'zip':
      return [{ zip: place.zip }]
    case 'words':
      return [{ words: place.words }]
    case 'anywhere':
      return [{ anywhere: true }]
  }
}

function writtenRoom({ platform, address, name, language, red, talk }: NetworkRoom): Record<string, unknown> {
  return {
    [platform]: address,
    ...(name && name !== address ? { name } : {}),
    ...(language ? { language } : {}),
    ...(red ? { red } : {}),
    ...(talk ? { talk } : {}),
  }
}

/** The first account on each tool, and the others. */
function writtenAccounts(accounts: readonly Address[]): Record<string, unknown> {
  const first: Partial<Record<PlatformName, string>> = {}
  const also: Record<string, string>[] = []
  for (const { platform, address } of accounts) {
    if (first[platform] === undefined) first[platform] = address
    else also.push({ [platform]: address })
  }
  return { accounts: first, ...(also.length > 0 ? { also } : {}) }
}

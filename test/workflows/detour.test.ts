import { describe, expect, test } from 'vitest'
import { decideDetour, detour } from '../../workflows/detour.ts'
import type { Directory, Person, Role, Room } from '../../workflows/directory.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RoomId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { ToolState } from '../../workflows/ports.ts'
import type { Stuck } from '../../workflows/stuck.ts'

const room = (id: string, platform: PlatformName, more: Partial<Room> = {}): Room => ({
  ...{ id: id as RoomId, platform, name: id, address: id, purpose: 'region', region: 'AZ', language: null, red: false },
  ...more,
})
const person = (id: string, role: Role, regions: Person['regions'], ...tools: PlatformName[]): Person => ({
  ...{ id: id as PersonId, callsign: id, roles: [role], regions, languages: ['en'], vetted: true },
  accounts: tools.map(platform => ({ id: `${id}-${platform}` as AccountId, person: id as PersonId, platform })),
})
const people = [
  person('heron', 'mediator', ['AZ'], 'slack', 'discord', 'signal'),
  person('owl', 'coordinator', ['AZ'], 'slack', 'signal'),
  person('eagle', 'coordinator', 'all', 'discord'),
]
const directory = {
  rooms: [room('az-slack', 'slack'), room('az-discord', 'discord'), room('nv-slack', 'slack', { region: 'NV' })],
  people: new Map(people.map(one => [one.id, one])),
} as unknown as Directory
const tools = (...up: PlatformName[]): ToolState[] =>
  (['slack', 'discord', 'signal'] as const).map(platform => ({
    ...{ platform, since: 0, problem: null },
    state: up.includes(platform) ? 'up' : 'down',
  }))
const incident = { id: 'AZ-0001', reporter: 'heron', contact: 'yes', seq: 4 } as unknown as Incident
const account = (id: string) => ({ account: id as AccountId })
const at = (id: string) => ({ room: id as RoomId })
const where = (connections: ToolState[], about: Incident | null = incident) => ({
  directory,
  connections,
  incident: about,
})

describe('another way', () => {
  test('to a person is their next account on another tool that works', () => {
    const all = tools('slack', 'discord', 'signal')
    expect(detour(account('heron-slack'), where(all))).toEqual(account('heron-discord'))
    expect(detour(account('heron-signal'), where(all))).toEqual(account('heron-slack'))
    expect(detour(account('heron-slack'), where(tools('slack', 'signal')))).toEqual(account('heron-signal'))
    expect(detour(account('heron-slack'), where(tools('slack')))).toBeNull()
    expect(detour(account('gone'), where(all))).toBeNull()
  })

  test('to a reporter is only one if they said that they may be written to', () => {
    const all = tools('slack', 'discord', 'signal')
    for (const contact of ['no', 'after'] as const) {
      expect(detour(account('heron-slack'), where(all, { ...incident, contact }))).toBeNull()
      expect(detour(account('owl-slack'), where(all, { ...incident, contact }))).toEqual(account('owl-signal'))
    }
  })

  test('for a room is one of the same region on another tool, else a coordinator of it, else one of the network', () => {
    expect(detour(at('az-slack'), where(tools('slack', 'discord', 'signal')))).toEqual(at('az-discord'))
    expect(detour(at('az-slack'), where(tools('slack', 'signal')))).toEqual(account('owl-signal'))
    expect(detour(at('nv-slack'), where(tools('slack', 'discord')))).toEqual(account('eagle-discord'))
    expect(detour(at('nv-slack'), where(tools('slack', 'signal')))).toBeNull()
  })

  test('for a card says that it is there to be opened, and nothing of what it shows', () => {
    const stuck = {
      ...{ state: 'parked', to: at('az-slack'), what: 'card', incident: 'AZ-0001' as IncidentId, count: 1, since: 0 },
      ...{ reason: null, item: { type: 'all', state: 'parked', to: at('az-slack') } },
    } as Stuck
    const { via } = decideDetour(stuck, at('az-discord'), where(tools('slack', 'discord')))
    expect(via).toMatchObject({ to: at('az-discord'), same: false })
    expect(via?.notes).toMatchObject([{ to: at('az-discord'), incident: 'AZ-0001', thread: false }])
    expect(via?.notes[0]?.view.buttons.map(one => one.id)).toEqual(['incident:AZ-0001'])
  })
})

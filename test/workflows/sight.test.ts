import { describe, expect, test } from 'vitest'
import { personCard } from '../../workflows/card.ts'
import type { Account, Directory, Person, Room } from '../../workflows/directory.ts'
import type { AccountId, IncidentId, PlatformName, RoomId } from '../../workflows/ids.ts'
import { type Incident, kinOf } from '../../workflows/incident.ts'
import { asSeen, type Sight, sight, unseenKin, whereElse } from '../../workflows/sight.ts'
import { say } from '../../workflows/text/say.ts'
import {
  another,
  at,
  by,
  crane,
  eagle,
  everybody,
  finch,
  heron,
  incidentAfter,
  owl,
  reported,
  robin,
  roster,
  taxonomy,
} from './specification.ts'

const base = roster()
const account = (person: Person, platform: PlatformName): Account => ({
  id: `${person.id}@${platform}` as AccountId,
  person: person.id,
  platform,
})
const tools = new Map<string, readonly PlatformName[]>([
  [finch.id, ['slack', 'signal']],
  [heron.id, ['slack', 'discord']],
])
const people = new Map(
  [...base.people].map(([id, one]) => [
    id,
    { ...one, accounts: (tools.get(id) ?? ['slack']).map(name => account(one, name)) },
  ]),
)
const network: Directory = { ...base, people, red: ['signal'] }
const from = (name: PlatformName) => ({ account: `${heron.id}@${name}` as AccountId })

const open = incidentAfter(reported(from('slack')))
const red = incidentAfter(reported({ ...from('slack'), mark: 'RED' }))
const restricted = incidentAfter(reported({ visibility: 'restricted', allowed: [crane.id] }))
const room: Room = {
  ...{ id: 'az' as RoomId, purpose: 'region', region: 'AZ', platform: 'slack', address: 'az', name: 'az' },
  ...{ language: null, red: false },
}

const through = (incident: Incident, person: { id: string }, name: PlatformName): Sight =>
  sight(incident, { person: people.get(person.id as never) as Person, through: name }, network)

describe('what a person may see', () => {
  test('is decided by role and region for what is not RED, whatever the tool', () => {
    for (const name of ['slack', 'discord', 'signal', 'workspace'] as const) {
      expect([finch, crane, owl, eagle, heron].map(person => through(open, person, name))).toEqual(
        Array(5).fill('whole'),
      )
      expect(through(open, robin, name)).toBe('nothing')
    }
  })

  test('of what is RED is bare, but through a tool that the network trusts with it', () => {
    expect(through(red, finch, 'slack')).toBe('bare')
    expect(through(red, finch, 'discord')).toBe('bare')
    expect(through(red, finch, 'workspace')).toBe('bare')
    expect(through(red, finch, 'signal')).toBe('whole')
    expect(through(red, robin, 'signal')).toBe('nothing')
  })

  test('of their own RED report is what they wrote, in the tool they wrote it in', () => {
    expect(through(red, heron, 'slack')).toBe('own')
    expect(through(red, heron, 'discord')).toBe('bare')
    expect(through(red, heron, 'signal')).toBe('whole')
  })

  test('of a restricted one is nothing, unless they are named or reported it', () => {
    expect([finch, owl, eagle].map(person => through(restricted, person, 'signal'))).toEqual(Array(3).fill('nothing'))
    expect(through(restricted, crane, 'slack')).toBe('whole')
    expect(through(restricted, heron, 'slack')).toBe('whole')
  })
})

describe('what a room may see', () => {
  const inRoom = (incident: Incident, more: Partial<Room> = {}) => sight(incident, { ...room, ...more }, network)

  test('is whole in its region, bare where RED may not stand, and only that it exists elsewhere', () => {
    expect(inRoom(open)).toBe('whole')
    expect(inRoom(red)).toBe('bare')
    expect(inRoom(red, { red: true })).toBe('whole')
    expect(inRoom(open, { region: 'NV' })).toBe('exists')
    expect(inRoom(red, { region: 'NV', red: true })).toBe('exists')
  })

  test('of a restricted one is nothing, and so is what nobody has checked, but for those who check', () => {
    expect(inRoom(restricted, { red: true })).toBe('nothing')
    expect(inRoom({ ...open, triage: 'waiting' })).toBe('nothing')
    expect(inRoom({ ...open, triage: 'waiting' }, { purpose: 'triage', region: null })).toBe('whole')
  })
})

describe('the ids of others on an incident', () => {
  const hidden = another('AZ-0500' as IncidentId, reported({ visibility: 'restricted', allowed: [crane.id] }))
  const shown = another('AZ-0501' as IncidentId, reported())
  const incident: Incident = { ...open, merged: [hidden.id, shown.id], mergedInto: hidden.id, like: [hidden.id] }
  const known = { incident, kin: [hidden, shown] }

  test('are those that the viewer may know of', () => {
    const seen = asSeen(known, { person: finch, through: 'signal' }, network)
    expect(kinOf(seen)).toEqual([shown.id])
    expect(asSeen(known, { person: crane, through: 'signal' }, network)).toEqual(incident)
    expect(unseenKin(known, room, network)).toEqual([hidden.id])
  })

  test('are left out where nobody looked them up', () => {
    expect(kinOf(asSeen({ incident }, room, network))).toEqual([])
  })
})

describe('a RED incident for one person', () => {
  const words = { what: 'They threaten Ana Ruiz', where: 'behind the library' }
  const read = (person: (typeof everybody)[number], seen: Exclude<Sight, 'nothing'>, language: 'en' | 'es' = 'en') => {
    const context = { directory: network, taxonomy, language, now: at(1) }
    const view = personCard({ incident: red, words }, person, seen, context)
    const named = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
    const reader = { language, zone: 'UTC', now: at(1), person: named }
    const lines = view.lines.flatMap(line => ('text' in line ? [say(line.text, reader)] : []))
    return [...(view.title ? [say(view.title, reader)] : []), ...lines, ...view.buttons.map(one => one.id)].join('\n')
  }

  test('says where the details are: in their own tool, else with a coordinator', () => {
    expect(read(finch, 'bare')).toContain('Open it in Signal.')
    expect(read(crane, 'bare', 'es')).toMatch(/aquí no se muestran los detalles/)
    const asked = say(whereElse(red, heron, network), {
      ...{ language: 'en', zone: 'UTC', now: 0 },
      person: id => everybody.find(one => one.id === id)?.callsign ?? null,
    })
    expect(asked).toBe(`Marked RED: its details are not shown here. Ask a coordinator: ${crane.callsign}.`)
  })

  test('holds no words, place below the county or reporter, and can be claimed', () => {
    const bare = read(finch, 'bare')
    expect(bare).not.toMatch(new RegExp(`Ana|threaten|library|${heron.callsign}`))
    expect(bare).toMatch(/AZ-0412[\s\S]*Maricopa County[\s\S]*claim:AZ-0412/)
  })

  test('shows the reporter what they wrote, but not a place that others have corrected', () => {
    expect(read(heron, 'own')).toContain('behind the library: They threaten Ana Ruiz')
    const moved = by(finch, 2, { type: 'placed', region: 'AZ', place: red.place }, { where: 'at the clinic' })
    const corrected = incidentAfter(reported({ ...from('slack'), mark: 'RED' }), moved)
    const context = { directory: network, taxonomy, language: 'en', now: at(1) } as const
    const view = personCard({ incident: corrected, words: { ...words, where: 'at the clinic' } }, heron, 'own', context)
    expect(JSON.stringify(view)).not.toContain('clinic')
  })
})

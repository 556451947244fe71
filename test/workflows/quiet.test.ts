import { describe, expect, it } from 'vitest'
import { firstCalled } from '../../workflows/alert.ts'
import type { Person } from '../../workflows/directory.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { isQuiet, quietPeople, quietText, readQuiet } from '../../workflows/quiet.ts'
import { crane, id, incidentAfter, owl, reported, roster, stork } from './specification.ts'

const directory = {
  ...roster([]),
  regions: [
    { code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [] },
    { code: 'NY', name: 'New York', zone: 'America/New_York', places: [] },
  ],
}
const night = { from: 22, to: 7 }
const inNewYork = { quiet: night, regions: ['NY'] }

describe('quiet hours', () => {
  it.each([
    ['22-7', night],
    ['22:00 - 07:00', night],
    ['22 to 7', night],
    ['22 a 7', night],
    ['0-6', { from: 0, to: 6 }],
    ['7-7', null],
    ['25-7', null],
    ['at night', null],
    ['', null],
  ])('"%s" is read as people mean it', (words, hours) => {
    expect(readQuiet(words)).toEqual(hours)
  })

  it('are shown as a clock shows them', () => {
    expect(quietText(night)).toBe('22:00-07:00')
  })

  it('go by the clock on the wall where the person lives, also in the nights when clocks are changed', () => {
    const quiet = (iso: string) => isQuiet(inNewYork, directory, Date.parse(iso))
    // Clocks go back on 1 November 2026: 07:00 comes an hour later in UTC than the day before.
    expect(quiet('2026-10-31T10:59:00Z')).toBe(true)
    expect(quiet('2026-10-31T11:00:00Z')).toBe(false)
    expect(quiet('2026-11-01T11:59:00Z')).toBe(true)
    expect(quiet('2026-11-01T12:00:00Z')).toBe(false)
    // And forward on 8 March 2026.
    expect(quiet('2026-03-08T10:59:00Z')).toBe(true)
    expect(quiet('2026-03-08T11:00:00Z')).toBe(false)
    expect(quiet('2026-03-09T02:00:00Z')).toBe(true)
    expect(quiet('2026-03-09T01:59:00Z')).toBe(false)
  })

  it('may lie within one day, and are nobody’s who set none', () => {
    const noon = { quiet: { from: 12, to: 14 }, regions: ['AZ'] }
    expect(isQuiet(noon, directory, Date.UTC(2026, 5, 1, 20))).toBe(true)
    expect(isQuiet(noon, directory, Date.UTC(2026, 5, 1, 21))).toBe(false)
    expect(isQuiet({ quiet: null, regions: ['AZ'] }, directory, 0)).toBe(false)
    expect(quietPeople(directory, 0)).toEqual([])
  })
})

describe('a call for an S4 when nobody is on duty', () => {
  const at = Date.UTC(2026, 10, 3, 8)
  const asleep = (...people: readonly { id: PersonId }[]) => ({
    ...directory,
    people: new Map<PersonId, Person>(
      [...directory.people].map(([key, person]) => [
        key,
        people.some(one => one.id === key) ? { ...person, quiet: { from: 0, to: 6 } } : person,
      ]),
    ),
  })
  const second = { ...crane, id: 'crane-2' as PersonId, languages: ['en'] as const, accounts: [] }

  it('goes to the coordinators who are awake; if none is, to all of them', () => {
    const incident = incidentAfter(reported({ id }))
    const two = (people: ReturnType<typeof asleep>) => ({
      ...people,
      people: new Map([...people.people, [second.id, second]]),
    })
    const called = (network: typeof directory) => firstCalled(incident, network, at).map(person => person.id)
    expect(called(two(asleep()))).toEqual([crane.id, second.id])
    expect(called(two(asleep(crane)))).toEqual([second.id])
    expect(called(asleep(crane, owl, stork))).toEqual([crane.id])
  })

  it('goes to those on duty whatever hour they set', () => {
    const network = { ...asleep(crane), duty: [{ person: crane.id, until: at + 60_000 }] }
    expect(firstCalled(incidentAfter(reported({ id })), network, at).map(person => person.id)).toEqual([crane.id])
  })
})

import { describe, expect, test } from 'vitest'
import { parseCalendar } from '../../../workflows/agenda/calendar.ts'
import { agendaOf } from '../../../workflows/agenda/list.ts'
import { ContentError } from '../../../workflows/problems.ts'
import type { Taxonomy } from '../../../workflows/taxonomy.ts'

const polls = { kind: 'poll', states: ['AZ'], on: '2026-11-03', at: '06:00', to: '19:00', name: { en: 'Polls' } }
const read = (...days: readonly object[]) => parseCalendar({ version: 1, days })
const problems = (day: object) => {
  try {
    read(day)
    return []
  } catch (error) {
    return error instanceof ContentError ? error.problems.map(one => `${one.path.join('.')}: ${one.message}`) : [error]
  }
}

const directory = {
  zone: 'America/New_York',
  regions: [
    { code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [{ type: 'state', state: 'AZ' }] },
    { code: 'DET', name: 'Detroit', zone: 'America/Detroit', places: [{ type: 'county', fips: '26163', name: null }] },
    { code: 'US', name: 'Everywhere else', zone: 'America/New_York', places: [{ type: 'anywhere' }] },
  ],
} as const
const week = { from: Date.UTC(2026, 9, 26), to: Date.UTC(2026, 10, 9) }
const agenda = (days: readonly object[], regions: 'all' | readonly string[] = 'all', span = week) =>
  agendaOf({ told: [], gatherings: [], calendar: read(...days), directory, taxonomy: {} as Taxonomy }, span, regions)

describe('the election calendar', () => {
  test('falls into the regions that list a state or counties of it, else into those that take anywhere', () => {
    const of = (state: string) => agenda([{ ...polls, states: [state] }]).map(one => one.region)
    expect([of('AZ'), of('MI'), of('WY')]).toEqual([['AZ'], ['DET'], ['US']])
    expect(agenda([{ ...polls, states: ['AZ', 'MI'] }]).map(one => one.id)).toEqual([
      expect.stringMatching(/@DET$/),
      expect.stringMatching(/@AZ$/),
    ])
    expect(agenda([{ ...polls, states: undefined }], ['AZ'])).toMatchObject([{ region: null }])
    expect(agenda([polls], ['US'])).toEqual([])
  })

  test('is by the clock of each region, also on the night when clocks change', () => {
    const [arizona] = agenda([polls])
    expect([arizona?.from, arizona?.to]).toEqual([Date.UTC(2026, 10, 3, 13), Date.UTC(2026, 10, 4, 2)])
    // On 1 November the night is an hour longer in Detroit.
    const [detroit] = agenda([{ states: ['MI'], on: '2026-11-01', name: 'Vigil' }])
    expect([detroit?.from, detroit?.to]).toEqual([Date.UTC(2026, 10, 1, 4), Date.UTC(2026, 10, 2, 5)])
    expect(detroit).toMatchObject({ allDay: true, kind: 'other', name: { en: 'Vigil', es: 'Vigil' } })
  })

  test('is there in every moment that it lasts, and no longer', () => {
    const day = { on: '2026-11-03', until: '2026-11-04', name: 'Count' }
    const at = (from: number, to = from + 1) => agenda([day], 'all', { from, to }).length
    expect([at(Date.UTC(2026, 10, 3, 5)), at(Date.UTC(2026, 10, 5, 4))]).toEqual([1, 1])
    expect([at(Date.UTC(2026, 10, 3, 4)), at(Date.UTC(2026, 10, 5, 5))]).toEqual([0, 0])
  })

  test('keeps its names, however its file is sorted', () => {
    const other = { on: '2026-11-11', name: 'Holiday' }
    const names = (days: readonly object[]) =>
      read(...days)
        .map(one => one.id)
        .toSorted()
    expect(names([polls, other, polls])).toEqual(names([other, polls, polls]))
    expect(new Set(names([polls, polls])).size).toBe(2)
  })

  test('is refused with the field and what is allowed', () => {
    expect(problems({ ...polls, on: '2026-02-30' })).toEqual(['days.0.on: is no date'])
    expect(problems({ ...polls, at: undefined })).toEqual(['days.0: has an end but no beginning'])
    expect(problems({ ...polls, to: '05:00' })).toEqual(['days.0: ends before it begins'])
    expect(problems({ ...polls, until: '2026-11-02' })).toContain('days.0: ends before it begins')
    expect(problems({ ...polls, states: ['Arizona'] })).toHaveLength(1)
    expect(problems({ ...polls, name: {} })).toHaveLength(1)
    expect(problems({ ...polls, hour: 1 })).toHaveLength(1)
    expect(problems(polls)).toEqual([])
  })
})

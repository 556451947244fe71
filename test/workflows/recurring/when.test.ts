import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastWindow, nextWindow } from '../../../workflows/recurring/when.ts'
import type { RecurringDays } from '../../../workflows/recurring.ts'
import { localParts, localTime } from '../../../workflows/zone.ts'

const hour = 60 * 60_000
const zones = ['America/Phoenix', 'America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu', 'Australia/Lord_Howe']
const events = [{ name: 'election day', on: '2026-11-03' }]
const weekly = (days: readonly number[], weeks = 1): RecurringDays => ({ type: 'weekly', days, weeks })
const planned = (days: RecurringDays, at = '18:00', from: string | null = null, until: string | null = null) => ({
  ...{ name: 'check-in', days, at, from, until },
})
const local = (text: string, zone: string) => {
  const [year = 0, month = 1, day = 1, hours = 0, minute = 0] = text.split(/\D/).map(Number)
  return localTime({ year, month, day, hour: hours, minute }, zone)
}

describe('a weekly check-in', () => {
  const mondays = planned(weekly([1]))

  test('comes on its day by the clock of each zone', () => {
    const now = local('2026-10-05 21:30', 'America/New_York')
    expect(lastWindow(mondays, [], 'America/New_York', now)).toMatchObject({
      key: 'check-in@2026-10-05:America/New_York',
      dueAt: local('2026-10-05 18:00', 'America/New_York'),
      until: local('2026-10-06 06:00', 'America/New_York'),
    })
    expect(lastWindow(mondays, [], 'America/Phoenix', now)?.dueAt).toBe(local('2026-10-05 18:00', 'America/Phoenix'))
    // In Honolulu it is still afternoon: the last one was a week ago, the next is today.
    expect(lastWindow(mondays, [], 'Pacific/Honolulu', now)?.date).toBe('2026-09-28')
    expect(nextWindow(mondays, [], 'Pacific/Honolulu', now)?.date).toBe('2026-10-05')
  })

  test('comes every other week counted from its first day, and not before or after its days', () => {
    const plan = planned(weekly([1], 2), '18:00', '2026-09-07', '2026-10-31')
    const dates = []
    for (let at = local('2026-09-01 00:00', zones[0] ?? ''); ; ) {
      const next = nextWindow(plan, [], zones[0] ?? '', at)
      if (!next) break
      dates.push(next.date)
      at = next.dueAt
    }
    expect(dates).toEqual(['2026-09-07', '2026-09-21', '2026-10-05', '2026-10-19'])
    expect(lastWindow(plan, [], zones[0] ?? '', local('2027-01-01 00:00', zones[0] ?? ''))?.date).toBe('2026-10-19')
    expect(lastWindow(plan, [], zones[0] ?? '', local('2026-09-06 00:00', zones[0] ?? ''))).toBeNull()
  })

  test('comes exactly once on each of its days, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('00', '30'),
        fc.integer({ min: 0, max: 300 }),
        (zone, hours, minutes, start) => {
          const plan = planned(weekly([0, 1, 2, 3, 4, 5, 6]), `${String(hours).padStart(2, '0')}:${minutes}`)
          const begin = local('2026-01-10 12:00', zone) + start * 24 * hour
          const seen = new Map<string, number>()
          for (let at = begin; at < begin + 6 * 24 * hour; at += hour / 2) {
            const window = lastWindow(plan, [], zone, at)
            if (!window) continue
            expect(window.dueAt).toBeLessThanOrEqual(at)
            expect(seen.get(window.key) ?? window.dueAt).toBe(window.dueAt)
            seen.set(window.key, window.dueAt)
          }
          const dates = [...seen.keys()].map(key => key.split('@')[1])
          expect(new Set(dates).size).toBe(seen.size)
          expect(seen.size).toBeGreaterThanOrEqual(6)
          expect(seen.size).toBeLessThanOrEqual(7)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('at an hour that comes twice it comes at the first, and a skipped one right after the gap', () => {
    const daily = planned(weekly([0, 1, 2, 3, 4, 5, 6]), '01:30')
    const zone = 'America/New_York'
    const twice = local('2026-11-01 12:00', zone)
    expect(lastWindow(daily, [], zone, twice)?.dueAt).toBe(Date.UTC(2026, 10, 1, 5, 30))
    expect(lastWindow(daily, [], zone, Date.UTC(2026, 10, 1, 6, 30))?.key).toBe(`check-in@2026-11-01:${zone}`)
    const skipped = lastWindow({ ...daily, at: '02:30' }, [], zone, local('2026-03-08 12:00', zone))
    expect(localParts(skipped?.dueAt ?? 0, zone)).toMatchObject({ day: 8, hour: 3, minute: 30 })
  })
})

describe('before an event', () => {
  test('it comes so many days before, once, and is over when the day begins', () => {
    const eve = planned({ type: 'before', event: 'election day', days: 1 }, '18:00')
    const zone = 'America/Phoenix'
    expect(lastWindow(eve, events, zone, local('2026-11-02 17:59', zone))).toBeNull()
    expect(nextWindow(eve, events, zone, local('2026-11-02 17:59', zone))?.dueAt).toBe(local('2026-11-02 18:00', zone))
    const window = lastWindow(eve, events, zone, local('2027-05-01 00:00', zone))
    expect(window).toMatchObject({ date: '2026-11-02', until: local('2026-11-03 00:00', zone) })
    expect(nextWindow(eve, events, zone, local('2026-11-02 18:00', zone))).toBeNull()
    expect(lastWindow(eve, [], zone, local('2027-05-01 00:00', zone))).toBeNull()
  })
})

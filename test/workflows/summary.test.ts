import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueWindow, earlierWindows, isLate, nextDue, type Schedule, windowAt } from '../../workflows/summary.ts'
import { localParts, localTime } from '../../workflows/zone.ts'

const minute = 60_000
const hour = 60 * minute
const daily = (at: string, zone: string): Schedule => ({
  name: 'daily',
  zone,
  when: { type: 'at', at },
  from: null,
  until: null,
})
const electionDay: Schedule = {
  name: 'election-day',
  zone: 'America/New_York',
  when: { type: 'every', minutes: 60 },
  from: '2026-11-03T06:00',
  until: '2026-11-04T02:00',
}
const newYork = (text: string) => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/\D/).map(Number)
  return localTime({ year, month, day, hour, minute }, 'America/New_York')
}
/** The days on which each zone changes its clocks; where none does, those of its neighbours. */
const american = ['2026-03-08', '2026-11-01']
const days: Record<string, string[]> = {
  'America/New_York': american,
  'America/Phoenix': american,
  'America/Detroit': american,
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
  'Asia/Kolkata': ['2026-06-15'],
}
const zones = Object.keys(days)

describe('a daily summary', () => {
  const morning = daily('07:00', 'America/New_York')

  test('covers the local day up to its hour and is named by the local date', () => {
    const window = dueWindow(morning, newYork('2026-11-03T07:00'))
    expect(window).toEqual({
      key: 'summary:daily:2026-11-03',
      from: newYork('2026-11-02T07:00'),
      to: newYork('2026-11-03T07:00'),
      dueAt: newYork('2026-11-03T07:00'),
    })
  })

  test('is not due a moment before its hour', () => {
    expect(dueWindow(morning, newYork('2026-11-03T07:00') - 1)?.key).toBe('summary:daily:2026-11-02')
    expect(nextDue(morning, newYork('2026-11-03T07:00') - 1)).toBe(newYork('2026-11-03T07:00'))
    expect(nextDue(morning, newYork('2026-11-03T07:00'))).toBe(newYork('2026-11-04T07:00'))
  })

  test('spans 25 hours in autumn and 23 in spring', () => {
    const length = (at: string) => {
      const window = dueWindow(morning, newYork(at))
      return window && (window.to - window.from) / hour
    }
    expect(length('2026-11-01T07:00')).toBe(25)
    expect(length('2026-03-08T07:00')).toBe(23)
  })

  test('after downtime only the latest window is due, late, and those before it can be told', () => {
    const now = newYork('2026-11-03T09:30')
    const window = dueWindow(morning, now)
    if (!window) throw new Error('nothing is due')
    expect(window.key).toBe('summary:daily:2026-11-03')
    expect(isLate(window, now)).toBe(true)
    const earlier = [...earlierWindows(morning, window, newYork('2026-10-31T00:00'))]
    expect(earlier.map(missed => missed.key)).toEqual([
      'summary:daily:2026-11-02',
      'summary:daily:2026-11-01',
      'summary:daily:2026-10-31',
    ])
  })

  test('nothing is due that fell due before the hub first started', () => {
    expect(dueWindow(morning, newYork('2026-11-03T09:30'), newYork('2026-11-03T08:00'))).toBeNull()
    const first = dueWindow(morning, newYork('2026-11-04T07:01'), newYork('2026-11-03T08:00'))
    expect(first?.key).toBe('summary:daily:2026-11-04')
    expect(first && [...earlierWindows(morning, first, newYork('2026-11-03T08:00'))]).toEqual([])
  })

  test('is late only after more than five minutes', () => {
    const window = { dueAt: newYork('2026-11-03T07:00') }
    expect(isLate(window, window.dueAt + 5 * minute)).toBe(false)
    expect(isLate(window, window.dueAt + 5 * minute + 1)).toBe(true)
  })

  test('keeps to its beginning and its end', () => {
    const short = { ...morning, from: '2026-11-02T00:00', until: '2026-11-03T07:00' }
    expect(dueWindow(short, newYork('2026-11-02T06:59'))).toBeNull()
    expect(nextDue(short, newYork('2026-10-01T00:00'))).toBe(newYork('2026-11-02T07:00'))
    expect(dueWindow(short, newYork('2026-12-24T12:00'))?.key).toBe('summary:daily:2026-11-03')
    expect(nextDue(short, newYork('2026-11-03T07:00'))).toBeNull()
  })
})

describe('a summary every hour between two times', () => {
  test('is due at the first hour, then every hour, and at the last', () => {
    expect(dueWindow(electionDay, newYork('2026-11-03T05:59'))).toBeNull()
    expect(dueWindow(electionDay, newYork('2026-11-03T06:00'))).toMatchObject({
      key: 'summary:election-day:2026-11-03T11:00Z',
      from: newYork('2026-11-03T05:00'),
    })
    expect(dueWindow(electionDay, newYork('2026-11-05T12:00'))?.dueAt).toBe(newYork('2026-11-04T02:00'))
    expect(nextDue(electionDay, newYork('2026-11-04T01:59'))).toBe(newYork('2026-11-04T02:00'))
    expect(nextDue(electionDay, newYork('2026-11-04T02:00'))).toBeNull()
  })

  test('the running window ends with the next due time', () => {
    expect(windowAt(electionDay, newYork('2026-11-03T13:20'))).toMatchObject({
      from: newYork('2026-11-03T13:00'),
      dueAt: newYork('2026-11-03T14:00'),
    })
    expect(windowAt(electionDay, newYork('2026-11-03T04:00'))).toBeNull()
    expect(windowAt(electionDay, newYork('2026-11-04T02:00'))).toBeNull()
  })

  test('earlier windows end with the first of the schedule', () => {
    const window = dueWindow(electionDay, newYork('2026-11-03T09:10'))
    expect(window && [...earlierWindows(electionDay, window)].map(missed => missed.dueAt)).toEqual(
      ['08', '07', '06'].map(hour => newYork(`2026-11-03T${hour}:00`)),
    )
  })

  test('without a beginning it falls on the full hour', () => {
    const hourly = { ...electionDay, from: null, until: null }
    expect(nextDue(hourly, newYork('2026-07-04T13:20'))).toBe(newYork('2026-07-04T14:00'))
  })
})

describe('looking every minute, each window is posted exactly once', () => {
  test.each(zones)('daily in %s, at every hour that a change of clocks may touch', zone => {
    for (const at of ['00:00', '01:30', '02:00', '02:30', '03:00', '07:00'])
      for (const day of days[zone] ?? []) {
        const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
        const start = localTime({ year, month, day: date, hour: 0, minute: 0 }, zone)
        const end = localTime({ year, month, day: date + 1, hour: 0, minute: 0 }, zone)
        const posted = simulate(daily(at, zone), start, end)
        expect(posted, `${at} on ${day}`).toEqual([`summary:daily:${day}`])
      }
  })

  test('hourly through the doubled hour and the gap', () => {
    const hourly = { ...electionDay, from: null, until: null }
    expect(simulate(hourly, newYork('2026-11-01T00:00'), newYork('2026-11-02T00:00'))).toHaveLength(25)
    expect(simulate(hourly, newYork('2026-03-08T00:00'), newYork('2026-03-09T00:00'))).toHaveLength(23)
  })
})

describe('at any moment in any zone', () => {
  const moments = fc
    .integer({ min: Date.UTC(2025, 0) / minute, max: Date.UTC(2032, 0) / minute })
    .map(at => at * minute)
  const times = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)

  test('the due window is the last, windows join without gap, and the key is the local date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), times, moments, (zone, at, now) => {
        const schedule = daily(at, zone)
        const window = dueWindow(schedule, now)
        const next = nextDue(schedule, now)
        if (!window || next === null) throw new Error('a daily summary has no end')
        expect(window.dueAt).toBeLessThanOrEqual(now)
        expect(next).toBeGreaterThan(now)
        const after = dueWindow(schedule, next)
        expect(after?.from).toBe(window.dueAt)
        expect(after?.dueAt).toBe(next)
        expect(windowAt(schedule, now)).toEqual(after)
        const { year, month, day } = localParts(window.dueAt, zone)
        expect(window.key).toBe(`summary:daily:${new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)}`)
      }),
    )
  })

  test('however often one looks, posted and skipped windows together are all windows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        moments,
        fc.array(fc.integer({ min: 1, max: 5 * 24 * 60 }), { minLength: 1, maxLength: 30 }),
        (zone, start, steps) => {
          const schedule = daily('02:30', zone)
          const seen: string[] = []
          let now = start
          for (const step of steps) {
            now += step * minute
            const window = dueWindow(schedule, now, start)
            if (!window || seen.includes(window.key)) continue
            const missed: string[] = []
            for (const { key } of earlierWindows(schedule, window, start)) {
              if (seen.includes(key)) break
              missed.unshift(key)
            }
            seen.push(...missed, window.key)
          }
          const last = dueWindow(schedule, now, start)
          const all = last ? [last, ...earlierWindows(schedule, last, start)].map(window => window.key) : []
          expect(seen).toEqual(all.reverse())
        },
      ),
    )
  })

  test('a weekly one falls on its day of the week, in the hour of its zone, across both changes of the clocks', () => {
    const weekly: Schedule = { ...daily('08:00', 'America/New_York'), when: { type: 'at', at: '08:00', on: 'monday' } }
    const first = dueWindow(weekly, newYork('2026-03-06T12:00'))
    expect(first?.key).toBe('summary:daily:2026-03-02')
    const spring = dueWindow(weekly, newYork('2026-03-09T08:00'))
    expect(spring).toMatchObject({ key: 'summary:daily:2026-03-09', dueAt: newYork('2026-03-09T08:00') })
    expect((spring?.to ?? 0) - (spring?.from ?? 0)).toBe(7 * 24 * 60 * minute - 60 * minute)
    expect(dueWindow(weekly, newYork('2026-03-16T07:59'))?.key).toBe('summary:daily:2026-03-09')
    const autumn = dueWindow(weekly, newYork('2026-11-02T08:00'))
    expect((autumn?.to ?? 0) - (autumn?.from ?? 0)).toBe(7 * 24 * 60 * minute + 60 * minute)
    expect(nextDue(weekly, newYork('2026-11-02T08:00'))).toBe(newYork('2026-11-09T08:00'))
  })
})

/** Looks every minute as the scheduler does, and posts what is due and not yet posted. */
function simulate(schedule: Schedule, from: number, to: number): string[] {
  const posted: string[] = []
  const before = dueWindow(schedule, from - 1)?.key
  for (let now = from; now < to; now += minute) {
    const key = dueWindow(schedule, now)?.key
    if (key && key !== before && posted.at(-1) !== key) posted.push(key)
  }
  return posted
}

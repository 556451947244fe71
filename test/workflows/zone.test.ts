import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDate, formatMinutes, formatTime, localParts, localTime, zoneName } from '../../workflows/zone.ts'

const zones = [
  'America/New_York',
  'America/Phoenix',
  'America/Detroit',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'UTC',
]
const minute = 60_000
const moments = fc.integer({ min: Date.UTC(2020, 0) / minute, max: Date.UTC(2040, 0) / minute }).map(at => at * minute)

const phoenix = { zone: 'America/Phoenix', now: Date.UTC(2026, 10, 3, 22, 0) }
const english = { ...phoenix, language: 'en' } as const
const spanish = { ...phoenix, language: 'es' } as const

test('a time of today is the clock alone, in 24 hours', () => {
  expect(formatTime(Date.UTC(2026, 10, 3, 21, 2), english)).toBe('14:02')
  expect(formatTime(Date.UTC(2026, 10, 3, 7, 0), english)).toBe('00:00')
})

test('a time of another local day names the day, in the language of the reader', () => {
  expect(formatTime(Date.UTC(2026, 10, 3, 6, 59), english)).toBe('Mon 2 Nov 23:59')
  expect(formatTime(Date.UTC(2026, 10, 4, 21, 2), spanish)).toBe('mié 4 nov 14:02')
})

test('a date always names the day, and the year when it is another', () => {
  expect(formatDate(Date.UTC(2026, 10, 3, 21, 2), english)).toBe('Tue 3 Nov 14:02')
  expect(formatDate(Date.UTC(2026, 10, 3, 21, 2), spanish)).toBe('mar 3 nov 14:02')
  expect(formatDate(Date.UTC(2027, 0, 20, 17, 0), english)).toBe('Wed 20 Jan 2027 10:00')
  expect(formatDate(Date.UTC(2026, 8, 11, 12, 0), spanish)).toBe('vie 11 sept 05:00')
})

test.each([
  [-3, '0 min', '0 min'],
  [0.4, '0 min', '0 min'],
  [45, '45 min', '45 min'],
  [59.6, '1 h', '1 h'],
  [150, '2 h 30 min', '2 h 30 min'],
  [1439.6, '1 day', '1 día'],
  [1440, '1 day', '1 día'],
  [1620, '1 day 3 h', '1 día 3 h'],
  [2870, '2 days', '2 días'],
  [4320, '3 days', '3 días'],
  [6000, '4 days 4 h', '4 días 4 h'],
])('%s minutes read "%s" and "%s"', (minutes, en, es) => {
  expect(formatMinutes(minutes, 'en')).toBe(en)
  expect(formatMinutes(minutes, 'es')).toBe(es)
})

test('a zone is named as its people name it, in summer and in winter', () => {
  const [winter, summer] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)]
  expect(zoneName('America/Phoenix', winter, 'en')).toBe('MST')
  expect(zoneName('America/New_York', winter, 'es')).toBe('EST')
  expect(zoneName('America/New_York', summer, 'en')).toBe('EDT')
  expect(zoneName('Europe/Berlin', winter, 'es')).toBe('CET')
  expect(zoneName('Asia/Kolkata', winter, 'en')).toBe('GMT+5:30')
})

test('a time that spring skips moves on by the gap', () => {
  const skipped = localTime({ year: 2026, month: 3, day: 8, hour: 2, minute: 30 }, 'America/New_York')
  expect(skipped).toBe(Date.UTC(2026, 2, 8, 7, 30))
  expect(localParts(skipped, 'America/New_York')).toMatchObject({ hour: 3, minute: 30 })
})

test('a time that autumn doubles is its first', () => {
  const doubled = { year: 2026, month: 11, day: 1, hour: 1, minute: 30 }
  expect(localTime(doubled, 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30))
  expect(localTime({ ...doubled, month: 4, day: 5, hour: 1, minute: 45 }, 'Australia/Lord_Howe')).toBe(
    Date.UTC(2026, 3, 4, 14, 45),
  )
})

test('the wall clock agrees with Intl at every moment', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), moments, (zone, at) => {
      const { year, month, day, hour, minute } = localParts(at, zone)
      const shown = new Date(at).toLocaleString('sv-SE', { timeZone: zone })
      const two = (part: number) => String(part).padStart(2, '0')
      expect(shown).toBe(`${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:00`)
    }),
  )
})

test('the wall time of a moment leads back to it, or in autumn to its first showing at most an hour before', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), moments, (zone, at) => {
      const back = localTime(localParts(at, zone), zone)
      expect(localParts(back, zone)).toEqual(localParts(at, zone))
      expect(at - back).toBeGreaterThanOrEqual(0)
      expect(at - back).toBeLessThanOrEqual(60 * minute)
    }),
  )
})

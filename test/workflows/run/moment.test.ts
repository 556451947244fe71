import { expect, test } from 'vitest'
import { readMoment } from '../../../workflows/run/moment.ts'

// Tuesday 3 November 2026, 07:10 in Phoenix, which is seven hours behind UTC all year.
const reader = { language: 'en', zone: 'America/Phoenix', now: Date.UTC(2026, 10, 3, 14, 10) } as const
const utc = (day: number, hour: number, minute = 0, month = 10, year = 2026) => Date.UTC(year, month, day, hour, minute)

test.each([
  ['18:00', utc(4, 1)],
  ['6 pm', utc(4, 1)],
  ['6:30pm', utc(4, 1, 30)],
  ['at 18h00', utc(4, 1)],
  // It is past seven by now.
  ['7:00', utc(4, 14)],
  ['tomorrow 18:00', utc(5, 1)],
  ['mañana a las 18:00', utc(5, 1)],
  ['friday 9:30', utc(6, 16, 30)],
  // On a Tuesday the next one is meant.
  ['tuesday 9:30', utc(10, 16, 30)],
  ['nov 5 18:00', utc(6, 1)],
  ['5 nov 18:00', utc(6, 1)],
  ['el 5 de noviembre a las 18:00', utc(6, 1)],
  ['tue 3 nov 18:00', utc(4, 1)],
  ['2026-11-05 18:00', utc(6, 1)],
  ['11/5 18:00', utc(6, 1)],
  // A date that is over is next year's.
  ['mar 2 12:00', utc(2, 19, 0, 2, 2027)],
])('“%s” is a moment', (words, at) => {
  expect(readMoment(words, reader)).toBe(at)
})

test('in Spanish the day comes before the month', () => {
  expect(readMoment('5/11 18:00', { ...reader, language: 'es' })).toBe(utc(6, 1))
})

test.each(['soon', '', '25:00', 'nov 31 18:00', 'the 5th', '18', 'blue 18:00', '13 pm', '18:75'])(
  '“%s” is none',
  words => {
    expect(readMoment(words, reader)).toBeNull()
  },
)

test('a clock that is put forward meanwhile does not move it', () => {
  const eve = { language: 'en', zone: 'America/New_York', now: Date.UTC(2026, 2, 7, 20) } as const
  // 18:00 on the day on which summer time begins is four hours behind UTC.
  expect(readMoment('tomorrow 18:00', eve)).toBe(Date.UTC(2026, 2, 8, 22))
})

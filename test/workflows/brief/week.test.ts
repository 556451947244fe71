import { describe, expect, test } from 'vitest'
import { briefDue } from '../../../workflows/brief/due.ts'
import { isWeek, momentIn, weekAfter, weekOf } from '../../../workflows/brief/week.ts'
import { parseIndicators, readScore, writeScore } from '../../../workflows/indicator.ts'

const zone = 'America/New_York'
const hour = 60 * 60_000

describe('a week', () => {
  test('begins on its Monday by the clock of the region', () => {
    // Sunday 23:59 and Monday 00:00 in New York.
    expect(weekOf(Date.UTC(2026, 10, 2, 4, 59), zone)).toBe('2026-10-26')
    expect(weekOf(Date.UTC(2026, 10, 2, 5), zone)).toBe('2026-11-02')
    expect(weekOf(Date.UTC(2026, 10, 2, 5), 'America/Phoenix')).toBe('2026-10-26')
    expect([weekAfter('2026-12-28', 1), weekAfter('2026-11-02', -1)]).toEqual(['2027-01-04', '2026-10-26'])
    expect(['2026-11-02', '2026-11-03', '2026-13-01', 'x'].map(isWeek)).toEqual([true, false, false, false])
  })

  test('has its hours across the night when clocks change', () => {
    expect(momentIn('2026-10-26', 6, 17, zone)).toBe(Date.UTC(2026, 10, 1, 22))
    expect(momentIn('2026-10-26', 4, 10, zone)).toBe(Date.UTC(2026, 9, 30, 14))
  })
})

describe('what is due about a brief', () => {
  test('is a reminder on Friday, the last one on Sunday, and the brief itself on Monday, each for a time', () => {
    const due = (now: number) => briefDue(now, zone).map(one => `${one.type} ${one.week}`)
    const friday = Date.UTC(2026, 9, 30, 14)
    expect(due(friday - 1)).toEqual(['post 2026-10-19'])
    expect(due(friday)).toEqual(['remind 2026-10-26', 'post 2026-10-19'])
    expect(due(friday + 36 * hour)).toEqual([])
    const sunday = Date.UTC(2026, 10, 1, 22)
    expect(due(sunday)).toEqual(['last 2026-10-26'])
    const monday = Date.UTC(2026, 10, 2, 13)
    expect([due(monday - 1), due(monday)]).toEqual([[], ['post 2026-10-26']])
    // A day of downtime later it is still worth having.
    expect(due(monday + 24 * hour)).toEqual(['post 2026-10-26'])
  })
})

describe('what a brief rates', () => {
  const one = { id: 'rules', layer: 'structural', name: { en: 'Rules', es: 'Reglas' } }
  const read = (...indicators: readonly object[]) => parseIndicators({ version: 1, indicators })

  test('is checked: each id once, names in both languages that fit a label', () => {
    expect(read(one)).toMatchObject([{ id: 'rules', protective: false }])
    expect(() => read(one, one)).toThrow('the id rules stands twice')
    expect(() => read({ ...one, name: { en: 'Rules' } })).toThrow('es')
    expect(() => read({ ...one, name: { en: 'x'.repeat(46), es: 'y' } })).toThrow('name.en')
    expect(() => read({ ...one, layer: 'other' })).toThrow('layer')
    expect(() => read()).toThrow()
  })

  test('is rated by a number and where it goes, and by nothing else', () => {
    const score = { indicator: 'rules', value: 2, trend: 'rising' } as const
    expect(readScore('rules', writeScore(score))).toEqual(score)
    for (const wrong of ['', '4.rising', '2', '2.up', 'rising.2', '-1.steady'])
      expect(readScore('rules', wrong)).toBeNull()
  })
})

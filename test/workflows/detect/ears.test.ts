import { describe, expect, it } from 'vitest'
import type { EarsForm, EarsRule } from '../../../workflows/detect/ears.ts'
import { boundOf, ears, earsAt } from '../../../workflows/detect/ears.ts'
import { agona, newport } from './published.ts'

/** The R package's way: no floor under the deviation, no least count. */
const plain = { minSigma: 0, atLeast: 0 }

/** Alarms by the week of 2011, which begins after eleven weeks of 2010. */
function weeks(form: EarsForm, rule: EarsRule): number[] {
  return ears(newport, form, rule).flatMap((day, at) => (day.alarm && at >= 11 ? [at - 10] : []))
}

function alarms(form: EarsForm, rule: EarsRule): number[] {
  return ears(agona, form, rule).flatMap((day, at) => (day.alarm ? [at + 1] : []))
}

function near(values: readonly (number | null | undefined)[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of expected.entries()) expect(values[at]).toBeCloseTo(value, 6)
}

describe('Salmonella Newport, Germany 2011', () => {
  it('has the first four upper bounds that the R package tests (C1, α 0.05), and the next two', () => {
    const bounds = ears(newport, 'c1', { ...plain, bound: boundOf(0.05) }).slice(11, 17)
    near(
      bounds.map(day => day.upper),
      [3.278854, 3.278854, 3.436517, 3.855617, 3.855617, 3.855617],
    )
  })

  it('has the first four bounds of C2', () => {
    near(
      ears(newport, 'c2', { ...plain, bound: boundOf(0.05) })
        .slice(11, 15)
        .map(day => day.upper),
      [4.915356, 3.615565, 3.278854, 3.278854],
    )
  })

  it.each([
    ['c1', 0.05, [31, 35, 43, 44, 45, 46]],
    ['c2', 0.05, [15, 16, 31, 35, 44, 45, 46, 47]],
    ['c1', 0.001, [31, 44, 45]],
    ['c2', 0.001, [31, 44, 45, 46, 47]],
  ] as const)('%s at α %d alarms in the weeks known', (form, alpha, expected) => {
    expect(weeks(form, { ...plain, bound: boundOf(alpha) })).toEqual(expected)
  })

  it.each([
    ['c1', [31, 44, 45]],
    ['c2', [31, 44, 45, 46, 47]],
    ['c3', [31, 32, 33, 44, 45, 46, 47, 48, 49]],
  ] as const)('%s with the classical bounds and a floor of 0.5', (form, expected) => {
    expect(weeks(form, { minSigma: 0.5, atLeast: 0 })).toEqual(expected)
  })

  it('has the statistics of the outbreak', () => {
    const outbreak = (form: EarsForm, minSigma: number) =>
      ears(newport, form, { minSigma, atLeast: 0 })
        .slice(53, 58)
        .map(day => day.value)
    near(outbreak('c2', 0), [0.439155, 3.655631, 44.298738, 38.426388, 4.69825])
    near(outbreak('c3', 0.5), [0, 2.655631, 45.954368, 83.380756, 84.423375])
  })
})

describe('Salmonella Agona, 312 weeks', () => {
  it('is the series that was published', () => {
    expect(agona).toHaveLength(312)
    expect(agona.reduce((sum, count) => sum + count, 0)).toBe(897)
    expect([Math.max(...agona), agona.indexOf(17)]).toEqual([17, 81])
  })

  it('has the bounds of C1 for t = 8 to 15', () => {
    near(
      ears(agona, 'c1', { ...plain, bound: boundOf(0.001) })
        .slice(7, 15)
        .map(day => day.upper),
      [6.881218, 7.917344, 7.917344, 5.908784, 5.720408, 6.552509, 6.322591, 6.24111],
    )
  })

  const c2 = [21, 36, 47, 63, 80, 81, 82, 111, 128, 144, 145, 192, 193, 210, 211, 233, 264, 283, 284, 285]
  it.each([
    ['c1', 0, [21, 30, 36, 62, 75, 80, 82, 111, 128, 191, 192, 210, 232, 283, 284, 294]],
    ['c2', 0, c2],
    ['c1', 1, [21, 30, 36, 62, 75, 80, 82, 111, 128, 192, 210, 232, 284, 294]],
    ['c2', 1, c2.filter(at => at !== 193 && at !== 211)],
  ] as const)('%s with minSigma %d alarms at the days known', (form, minSigma, expected) => {
    expect(alarms(form, { minSigma, atLeast: 0, bound: boundOf(0.001) })).toEqual(expected)
  })

  it('has the C3 of t = 20 to 24', () => {
    near(
      ears(agona, 'c3', { minSigma: 1, atLeast: 0 })
        .slice(19, 24)
        .map(day => day.value),
      [0.155493, 3.236809, 4.379666, 4.379666, 1.142857],
    )
  })
})

describe('the normal bound', () => {
  it.each([
    [0.001, 3.0902323],
    [0.025, 1.959964],
    [0.05, 1.6448536],
    [0.5, 0],
    [1e-12, 7.0344838],
    [0.9, -1.2815516],
  ])('of α %d', (alpha, z) => {
    expect(boundOf(alpha)).toBeCloseTo(z, 6)
  })

  it('refuses what is no share', () => {
    expect(() => boundOf(0)).toThrow(RangeError)
    expect(() => boundOf(Number.NaN)).toThrow(RangeError)
  })
})

describe('a series that is hard to judge', () => {
  it.each([
    ['c1', 8],
    ['c2', 10],
    ['c3', 12],
  ] as const)('%s says nothing before day %d', (form, first) => {
    const readings = ears(
      Array.from({ length: 20 }, (_, at) => at % 3),
      form,
    )
    expect(readings.findIndex(day => day.value !== null) + 1).toBe(first)
    expect(readings.slice(0, first - 1).every(day => !day.alarm && day.expected === null)).toBe(true)
  })

  it.each(['c1', 'c2', 'c3'] as const)('%s of nothing at all, of one day, and of zeros alarms never', form => {
    expect(ears([], form)).toEqual([])
    expect(ears([7], form)).toHaveLength(1)
    for (const minSigma of [0, 1]) {
      const readings = ears(new Array(30).fill(0), form, { minSigma, atLeast: 0 })
      expect(readings.some(day => day.alarm || Number.isNaN(day.value))).toBe(false)
      expect(readings.at(-1)).toMatchObject({ count: 0, expected: 0, value: 0, alarm: false })
    }
  })

  it('divides by no zero where a constant series moves: with a floor it is judged, without one any rise alarms', () => {
    const series = [...new Array(12).fill(4), 5, 4, 4]
    expect(ears(series, 'c1')[12]).toMatchObject({ value: 1, upper: 7, alarm: false })
    expect(ears(series, 'c1', plain)[12]).toMatchObject({ value: Number.POSITIVE_INFINITY, upper: 4, alarm: true })
    expect(ears([...new Array(12).fill(4), 3], 'c1', plain)[12]).toMatchObject({ alarm: false })
    expect(ears(series, 'c3', plain)[14]?.value).toBe(Number.POSITIVE_INFINITY)
  })

  it('asks for more than three reports, however calm it was', () => {
    expect(ears([...new Array(10).fill(0), 2], 'c2').at(-1)).toMatchObject({ value: 2, alarm: false })
    expect(ears([...new Array(10).fill(0), 2], 'c2', { minSigma: 0.5 }).at(-1)).toMatchObject({ alarm: false })
    expect(ears([...new Array(10).fill(0), 4], 'c2').at(-1)).toMatchObject({ value: 4, upper: 3, alarm: true })
  })

  it('alarms above the bound, not at it', () => {
    expect(ears([...new Array(10).fill(0), 3], 'c2').at(-1)).toMatchObject({ value: 3, bound: 3, alarm: false })
  })

  it('has for every day a count above which it alarms, and alarms exactly above it', () => {
    for (const form of ['c1', 'c2', 'c3'] as const) {
      for (let at = 12; at < 120; at++) {
        const { upper } = earsAt(agona, form, at)
        const withCount = (count: number) => earsAt([...agona.slice(0, at), count], form, at).alarm
        expect([withCount(Math.floor(upper ?? 0)), withCount(Math.floor(upper ?? 0) + 1)]).toEqual([false, true])
      }
    }
  })

  it('leaves days out that nobody knows, and says nothing with fewer than three', () => {
    const gap = Number.NaN
    const some = [1, gap, 3, gap, 2, gap, gap, gap, gap, 9]
    expect(earsAt(some, 'c2', 9)).toMatchObject({ expected: 2, alarm: true })
    expect(earsAt([1, gap, gap, gap, 2, gap, gap, gap, gap, 9], 'c2', 9)).toMatchObject({ count: 9, value: null })
    expect(earsAt([...new Array(10).fill(1), gap], 'c2', 10)).toMatchObject({ count: null, expected: 1, alarm: false })
  })

  it('compares with the same weekday where asked: a busy Monday is none, and hides no Tuesday', () => {
    const series = Array.from({ length: 70 }, (_, at) => (at % 7 === 0 ? 12 : 1))
    expect(earsAt(series, 'c2', 63, { season: 'weekday' })).toMatchObject({ count: 12, expected: 12, alarm: false })
    expect(earsAt(series, 'c3', 63, { season: 'weekday' })).toMatchObject({ count: 12, expected: 12, alarm: false })
    const tuesday = [...series.slice(0, 64), 8]
    expect(earsAt(tuesday, 'c2', 64).alarm).toBe(false)
    expect(earsAt(tuesday, 'c2', 64, { season: 'weekday' })).toMatchObject({ expected: 1, value: 7, alarm: true })
  })

  it('compares weeks with weeks where asked', () => {
    const series = Array.from({ length: 70 }, (_, at) => (at % 7 === 0 ? 12 : 1) + (at >= 63 ? 1 : 0))
    expect(earsAt(series, 'c1', 62, { season: 'week' })).toMatchObject({ count: 18, expected: 18, alarm: false })
    expect(earsAt(series, 'c1', 69, { season: 'week' })).toMatchObject({ count: 25, expected: 18, alarm: true })
    expect(earsAt(series, 'c1', 54, { season: 'week' }).value).toBeNull()
    expect(earsAt(series, 'c1', 55, { season: 'week' }).value).not.toBeNull()
  })
})

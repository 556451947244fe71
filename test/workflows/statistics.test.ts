import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CountyCount, DurationCount } from '../../workflows/figures.ts'
import { countyLoads, quantile, withinClock } from '../../workflows/statistics.ts'

const done = (minutes: number, count = 1): DurationCount => ({ severity: 4, minutes, done: true, count })
const waiting = (minutes: number, count = 1): DurationCount => ({ severity: 4, minutes, done: false, count })
const exactly = (minutes: number) => ({ minutes, over: false })
const moreThan = (minutes: number) => ({ minutes, over: true })

describe('the time by which a share is done', () => {
  test('is the middle value when nobody waits', () => {
    expect(quantile([done(3), done(1), done(8)], 0.5)).toEqual(exactly(3))
    expect(quantile([done(1), done(2), done(3), done(4)], 0.5)).toEqual(exactly(2))
    expect(
      quantile(
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(minutes => done(minutes)),
        0.9,
      ),
    ).toEqual(exactly(9))
  })

  // Five in all: of 5 still waiting at minute 2 one is done (4/5 left), of 4 at minute 4 two (2/5 left), then one drops
  // out unseen at 5, and the last is done at 9 (nothing left).
  test('counts those who wait for as long as they have waited', () => {
    const five = [done(2), done(4, 2), waiting(5), done(9)]
    expect(quantile(five, 0.2)).toEqual(exactly(2))
    expect(quantile(five, 0.5)).toEqual(exactly(4))
    expect(quantile(five, 0.9)).toEqual(exactly(9))
  })

  // At minute 10 the one that waits is still at risk: 1/2 is left, not nothing.
  test('takes one who has waited just as long for one who might still have been done', () => {
    expect(quantile([done(10), waiting(10)], 0.5)).toEqual(exactly(10))
    expect(quantile([done(10), waiting(10)], 0.9)).toEqual(moreThan(10))
  })

  test('is more than the longest seen while too many wait', () => {
    expect(quantile([done(2), done(4, 2), waiting(5), waiting(9)], 0.9)).toEqual(moreThan(9))
    expect(quantile([waiting(7), waiting(90, 3)], 0.5)).toEqual(moreThan(90))
  })

  test('is nothing of nothing', () => {
    expect(quantile([], 0.5)).toBeNull()
  })

  const minutes = fc.integer({ min: 1, max: 500 })
  test('agrees with sorting when nobody waits', () => {
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 1, maxLength: 60 }), fc.constantFrom(0.5, 0.9), (all, share) => {
        const sorted = all.toSorted((one, other) => one - other)
        const place = Math.ceil(share * all.length - 1e-9) - 1
        expect(
          quantile(
            all.map(one => done(one)),
            share,
          ),
        ).toEqual(exactly(sorted[place] ?? 0))
      }),
    )
  })

  test('never gets shorter because some still wait', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(minutes, fc.boolean()), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9),
        (all, share) => {
          const seen = quantile(
            all.map(([time, over]) => (over ? waiting(time) : done(time))),
            share,
          )
          const asIfDone = quantile(
            all.map(([time]) => done(time)),
            share,
          )
          expect(seen?.minutes).toBeGreaterThanOrEqual(asIfDone?.minutes ?? 0)
        },
      ),
    )
  })
})

test('a claim clock is met, missed, or not yet due', () => {
  expect(withinClock([done(4), done(10), done(11), waiting(3), waiting(40)], 10)).toEqual({ met: 2, due: 4 })
  expect(withinClock([waiting(3)], 10)).toEqual({ met: 0, due: 0 })
})

describe('the load of a county', () => {
  const row = (county: string, more: Partial<CountyCount>): CountyCount => ({
    county,
    severity: 3,
    credibility: 'verified',
    day: 0,
    within: true,
    count: 1,
    ...more,
  })

  // 8 x 0.3 today, and 4 x 1 halved after three days; a day ago there was no first, and the second was two days old.
  test('weighs severity, credibility and age', () => {
    const [load] = countyLoads([row('A', { severity: 4, credibility: 'unverified' }), row('A', { day: 3 })])
    expect(load).toMatchObject({ county: 'A', reports: 2 })
    expect(load?.load).toBeCloseTo(4.4, 10)
    expect(load?.dayBefore).toBeCloseTo(2.5198420998, 9)
  })

  test.each([
    [1, 'verified', 1],
    [2, 'verified', 2],
    [3, 'corroborated', 3.2],
    [4, 'checking', 4],
    [5, 'unverified', 4.8],
    [5, 'false', 0],
  ] as const)('S%i %s weighs %f', (severity, credibility, weight) => {
    expect(countyLoads([row('A', { severity, credibility })])[0]?.load).toBeCloseTo(weight, 10)
  })

  test('is listed highest first', () => {
    const loads = countyLoads([row('B', {}), row('A', { count: 2 }), row('C', { severity: 5 }), row('B', {})])
    expect(loads.map(load => load.county)).toEqual(['C', 'A', 'B'])
  })
})

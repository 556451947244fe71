import { describe, expect, it } from 'vitest'
import { llr } from '../../../workflows/detect/likelihood.ts'
import { dealer, seeded } from '../../../workflows/detect/random.ts'
import type { ScanInput } from '../../../workflows/detect/scan.ts'
import { scan } from '../../../workflows/detect/scan.ts'
import { pennsylvania } from './published.ts'

describe('the likelihood ratio', () => {
  it.each([
    [12, 5, 40, 4.257605],
    [5, 1.2, 20, 3.748482],
  ])('of %d where %d are expected of %d', (c, e, total, expected) => {
    expect(llr(c, e, total)).toBeCloseTo(expected, 6)
  })

  it('is nothing where no more came than expected, and finite where all lie inside', () => {
    expect([llr(5, 5, 20), llr(3, 5, 20), llr(0, 0, 20)]).toEqual([0, 0, 0])
    expect(llr(20, 4, 20)).toBeCloseTo(20 * Math.log(5), 12)
  })
})

describe('lung cancer in Pennsylvania', () => {
  const input = {
    sites: pennsylvania,
    cases: [pennsylvania.map(county => county.cases)],
    expected: [pennsylvania.map(county => county.people)],
  }

  it('is the table that was published', () => {
    expect(pennsylvania).toHaveLength(67)
    expect(pennsylvania.reduce((sum, county) => sum + county.cases, 0)).toBe(10_279)
    expect(pennsylvania.reduce((sum, county) => sum + county.people, 0)).toBe(12_281_054)
  })

  it('has the seven counties round Washington as its most likely cluster', () => {
    const cluster = scan(input)
    const names = cluster?.sites.map(site => pennsylvania[site]?.name)
    expect(names?.[0]).toBe('washington')
    expect(names?.toSorted()).toEqual([
      ...['allegheny', 'beaver', 'butler', 'fayette', 'greene', 'washington', 'westmoreland'],
    ])
    expect(cluster?.observed).toBe(2359)
    expect(cluster?.expected).toBeCloseTo(2008.2229, 4)
    expect(cluster?.llr).toBeCloseTo(36.538616, 6)
    expect(cluster?.p).toBe(0.001)
  })
})

/** Six by six counties, a degree apart, where one comes a day. */
const grid = Array.from({ length: 36 }, (_, at) => ({ lon: -100 + (at % 6), lat: 40 + Math.floor(at / 6) }))
const even = new Array<number>(36).fill(1)
const day = (...busy: number[]) => even.map((_, at) => (busy.includes(at) ? 5 : at % 3 === 0 ? 1 : 0))

/** The same by every circle and window there is, without passing over any. */
function plainly(input: ScanInput, share: number, strength: number, replications: number, seed: number): number {
  const days = input.cases.length
  const [sites, all] = [input.sites.length, input.cases.flatMap(one => [...Array.from(one)])]
  const total = all.reduce((sum, count) => sum + count, 0)
  const weight = input.expected.flatMap(one => [...Array.from(one)])
  const scale = total / weight.reduce((sum, count) => sum + count, 0)
  const unit = ({ lon, lat }: { lon: number; lat: number }) => {
    const [x, y] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180]
    return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)]
  }
  const far = (a: number[], b: number[]) =>
    Math.round(a.reduce((sum, x, at) => sum + (x - (b[at] ?? 0)) ** 2, 0) * 2 ** 34)
  const points = input.sites.map(unit)
  const orders = points.map(middle =>
    [...points.keys()].sort((a, b) => far(points[a] ?? [], middle) - far(points[b] ?? [], middle) || a - b),
  )
  const best = (cases: readonly number[]) => {
    let most = 0
    for (const order of orders) {
      for (let window = 1; window <= days; window++) {
        let [c, e, whole] = [0, 0, 0]
        for (const site of order) {
          for (let at = 0; at < days; at++) {
            whole += (weight[at * sites + site] ?? 0) * scale
            if (at < days - window) continue
            c += cases[at * sites + site] ?? 0
            e += (weight[at * sites + site] ?? 0) * scale
          }
          if (whole > total * share * (1 + 1e-12)) break
          most = Math.max(most, llr(c, e, total))
        }
      }
    }
    return most
  }
  expect(best(all)).toBeCloseTo(strength, 9)
  const draw = dealer(input.expected, seeded(seed))
  let above = 0
  for (let done = 0; done < replications; done++) {
    const dealt = new Array<number>(all.length).fill(0)
    for (let left = 0; left < total; left++) {
      const cell = draw()
      dealt[cell] = (dealt[cell] ?? 0) + 1
    }
    if (best(dealt) >= strength * (1 - 1e-12)) above += 1
  }
  return (1 + above) / (1 + replications)
}

describe('the scan', () => {
  it.each([
    ['of one day', { sites: grid, cases: [day(7, 8)], expected: [even] }],
    ['of nothing but chance', { sites: grid, cases: [day(20)], expected: [even.map((_, at) => 1 + (at % 4))] }],
    [
      'of five days',
      { sites: grid, cases: [day(), day(3), day(), day(14, 15), day(14)], expected: [even, even, even, even, even] },
    ],
    ['of the last of two days', { sites: grid, cases: [day(1, 30), day(13)], expected: [even, even.map(() => 2)] }],
  ])('passes nothing over: %s', (_, input) => {
    const rule = { share: 0.4, replications: 99, seed: 7 }
    const cluster = scan(input, rule)
    expect(cluster?.p).toBe(plainly(input, rule.share, cluster?.llr ?? 0, rule.replications, rule.seed))
  })

  it('finds where and since when it began', () => {
    const calm = day()
    const cases = [calm, calm, calm, calm, day(14, 15), day(14, 15, 20)]
    const cluster = scan({ sites: grid, cases, expected: cases.map(() => even) }, { replications: 99 })
    expect(cluster).toMatchObject({ days: 2, p: 0.01 })
    expect(cluster?.sites).toEqual(expect.arrayContaining([14, 15]))
    expect(cluster?.sites.length).toBeLessThan(8)
    expect(cluster?.ratio).toBeGreaterThan(2)
  })

  it('says the same for the same seed, and need not for another', () => {
    const input = { sites: grid, cases: [day(20)], expected: [even] }
    const chances = [1, 1, 2, 3, 4].map(seed => scan(input, { seed, replications: 199 })?.p)
    expect(chances[1]).toBe(chances[0])
    expect(new Set(chances).size).toBeGreaterThan(1)
  })

  it('gives back nothing where there is nothing: no cases, one county, all as expected', () => {
    const none = even.map(() => 0)
    expect(scan({ sites: grid, cases: [none], expected: [even] })).toBeNull()
    expect(scan({ sites: [], cases: [[]], expected: [[]] })).toBeNull()
    expect(scan({ sites: [], cases: [], expected: [] })).toBeNull()
    expect(scan({ sites: grid.slice(0, 1), cases: [[9]], expected: [[1]] })).toBeNull()
    expect(scan({ sites: grid, cases: [even], expected: [even] })).toBeNull()
  })

  it('stands counties that never reported before, unknown figures and a county that is half of all', () => {
    const silent = even.map((_, at) => (at < 30 ? 0 : 1))
    const first = scan({ sites: grid, cases: [day(2)], expected: [silent] }, { replications: 19 })
    expect(Number.isFinite(first?.llr)).toBe(true)
    const gap = day(2).map((count, at) => (at === 5 ? Number.NaN : count))
    expect(scan({ sites: grid, cases: [gap], expected: [even] }, { replications: 19 })?.sites).toContain(2)
    const huge = even.map((_, at) => (at === 9 ? 1000 : 1))
    const cases = even.map((_, at) => (at === 9 ? 970 : at === 10 ? 29 : 0))
    expect(scan({ sites: grid, cases: [cases], expected: [huge] }, { replications: 19 })?.sites).toEqual([10])
  })
})

describe('chance from a seed', () => {
  it('deals by weight', () => {
    const draw = dealer(
      [
        [1, 0],
        [3, 6],
      ],
      seeded(1),
    )
    const counts = [0, 0, 0, 0]
    for (let left = 100_000; left > 0; left--) {
      const cell = draw()
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    expect(counts[1]).toBe(0)
    for (const [cell, share] of [
      [0, 0.1],
      [2, 0.3],
      [3, 0.6],
    ] as const) {
      expect((counts[cell] ?? 0) / 100_000).toBeCloseTo(share, 2)
    }
  })

  it('is even, and repeats itself only with its seed', () => {
    const [one, other] = [seeded(1), seeded(2)]
    const values = Array.from({ length: 10_000 }, () => one())
    expect(values.reduce((sum, value) => sum + value, 0) / 10_000).toBeCloseTo(0.5, 1)
    expect(values.every(value => value >= 0 && value < 1)).toBe(true)
    expect(new Set(values).size).toBeGreaterThan(9990)
    expect(other()).not.toBe(values[0])
    expect(seeded(2 ** 40 + 1)()).not.toBe(seeded(1)())
  })
})

import { describe, expect, it } from 'vitest'
import { seeded } from '../../../workflows/detect/random.ts'
import { today, todayRule } from '../../../workflows/detect/today.ts'

const weeks = (count: number, days = 60) => new Array<number>(days).fill(count)

describe('the day of many series', () => {
  it('judges a thin baseline by chance, a fuller one by C2', () => {
    const found = today([
      { key: 'thin', counts: [...weeks(0), 4] },
      { key: 'full', counts: [...weeks(4), 12] },
      { key: 'calm', counts: [...weeks(4), 5] },
    ])
    expect(found.filter(one => one.method !== 'cusum')).toMatchObject([
      { key: 'thin', method: 'poisson', count: 4, expected: 0.1, statistic: { name: 'p', bound: 0.01 }, from: 3 },
      {
        key: 'full',
        method: 'ears-c2',
        count: 12,
        expected: 4,
        statistic: { name: 'C2', value: 8, bound: 3 },
        from: 8,
      },
    ])
  })

  it('takes a thin baseline that comes in bursts for a clustered one', () => {
    const bursts = Array.from({ length: 60 }, (_, at) => (at % 14 === 2 ? 6 : 0))
    const [found] = today([{ key: 'a', counts: [...bursts, 12] }])
    expect(found).toMatchObject({ method: 'negative-binomial' })
    expect(today([{ key: 'a', counts: [...bursts, 4] }])).toEqual([])
  })

  it('lets stand what holds among all tests of the day: of many, a small surprise does not', () => {
    const surprise = { key: 'surprise', counts: [...weeks(2), 7] }
    const others = Array.from({ length: 500 }, (_, at) => ({ key: `${at}`, counts: [...weeks(2), 2] }))
    expect(today([surprise])[0]).toMatchObject({ method: 'ears-c2', stands: true })
    expect(today([surprise, ...others])).toMatchObject([{ key: 'surprise', stands: false }])
    const shock = { key: 'shock', counts: [...weeks(2), 16] }
    expect(today([shock, ...others])).toMatchObject([{ key: 'shock', stands: true }])
  })

  it('finds a slow rise that no single day shows', () => {
    const counts = [...weeks(1), ...new Array(14).fill(2)]
    const found = today([{ key: 'rise', counts }])
    expect(found).toMatchObject([{ key: 'rise', method: 'cusum', count: 28, expected: 14, p: null, stands: true }])
    const { value = 0, bound = 0 } = found[0]?.statistic ?? {}
    expect(value).toBeGreaterThanOrEqual(bound)
  })

  it('names the count from which a slow rise alarms', () => {
    const before = [...weeks(1), ...new Array(13).fill(2)]
    const from = today([{ key: 'rise', counts: [...before, 2] }]).find(one => one.method === 'cusum')?.from ?? 0
    const rises = (count: number) =>
      today([{ key: 'rise', counts: [...before, count] }]).some(one => one.method === 'cusum')
    expect(rises(from)).toBe(true)
    if (from > 0) expect(rises(from - 1)).toBe(false)
  })

  it('can be asked of an earlier day', () => {
    const counts = [...weeks(4), 12, 4, 4]
    expect(today([{ key: 'a', counts }]).some(one => one.method === 'ears-c2')).toBe(false)
    expect(today([{ key: 'a', counts }], todayRule, 60).some(one => one.method === 'ears-c2')).toBe(true)
  })

  it('stays calm with nothing, zeros, short, constant and unknown series', () => {
    expect(today([])).toEqual([])
    const series = [
      [],
      [0],
      [5],
      weeks(0),
      weeks(7),
      weeks(1, 9),
      [...weeks(3), Number.NaN],
      new Array(40).fill(Number.NaN),
    ]
    expect(today(series.map((counts, at) => ({ key: `${at}`, counts })))).toEqual([])
  })

  it('lets few of many calm series stand, day after day', () => {
    const chance = seeded(11)
    const poisson = (mean: number) => {
      let [count, product] = [0, chance()]
      for (const limit = Math.exp(-mean); product > limit; product *= chance()) count += 1
      return count
    }
    const panel = Array.from({ length: 900 }, (_, at) => {
      const mean = [0.05, 0.5, 3][at % 3] ?? 1
      return { key: `${at}`, counts: Array.from({ length: 75 }, () => poisson(mean)) }
    })
    let [paged, rises] = [0, 0]
    for (let at = 60; at < 75; at++) {
      const found = today(panel, todayRule, at)
      paged += found.filter(one => one.method !== 'cusum' && one.stands).length
      rises += found.filter(one => one.method === 'cusum').length
    }
    expect(paged).toBeLessThan(8)
    expect(rises / (900 * 15)).toBeLessThan(0.02)
  })
})

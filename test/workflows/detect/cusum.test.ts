import { describe, expect, it } from 'vitest'
import { allowance, cusum, negativeCusum, standardised } from '../../../workflows/detect/cusum.ts'
import { runLength, threshold } from '../../../workflows/detect/length.ts'
import { agona } from './published.ts'

describe('CUSUM of counts', () => {
  it.each([
    [2, 4, 2.88539],
    [1, 2, 1 / Math.LN2],
    [0.5, 1.5, 0.910239],
  ])('allows for a rise from %d to %d', (calm, raised, k) => {
    expect(allowance(calm, raised)).toBeCloseTo(k, 6)
  })

  const worked = [1, 3, 2, 5, 4, 0, 2, 6, 7, 1]
  it('adds up the worked example, and alarms at h, not only above', () => {
    const readings = cusum(worked, { k: 3, h: 7 })
    expect(readings.map(day => day.value)).toEqual([0, 0, 0, 2, 3, 0, 0, 3, 7, 5])
    expect(readings.map(day => day.alarm).indexOf(true)).toBe(8)
  })

  it('says from which count on a day alarms', () => {
    expect(cusum(worked, { k: 3, h: 7 }).map(day => day.upper)).toEqual([10, 10, 10, 10, 8, 7, 10, 10, 7, 3])
  })

  it('begins anew after an alarm where asked', () => {
    expect(cusum(worked, { k: 3, h: 3, after: 'reset' }).map(day => day.value)).toEqual([0, 0, 0, 2, 3, 0, 0, 3, 4, 0])
  })

  it('keeps what it has over a day that nobody knows', () => {
    const readings = cusum([5, Number.NaN, 5], { k: 3, h: 4 })
    expect(readings.map(day => [day.value, day.alarm])).toEqual([
      [2, false],
      [null, false],
      [4, true],
    ])
  })
})

describe('average run length', () => {
  it.each([
    [10, 3, 2.4, 548.3623, 513.6719],
    [10, 3, 4, 10.1766, 6.0412],
    [5, 3, 2, 188.4914, 181.4496],
    [5, 3, 4, 5.2021, 3.8426],
    [3, 2, 1, 151.6116, 148.1637],
    [4, 2, 1, 537.6983, 520.1646],
  ])('h %d, k %d where %d come a day', (h, k, mean, zero, head) => {
    const length = runLength({ h, k }, mean)
    expect(length.zero).toBeCloseTo(zero, 4)
    expect(length.head).toBeCloseTo(head, 4)
  })

  it('takes decimals, and refuses what lies on no grid', () => {
    expect(runLength({ k: 1.5, h: 2.5 }, 1).zero).toBeGreaterThan(runLength({ k: 1.5, h: 2 }, 1).zero)
    expect(() => runLength({ k: Math.PI, h: 3 }, 1)).toThrow('round them')
    expect(() => runLength({ k: 3, h: 5000 }, 1)).toThrow('past 1000')
  })

  it('finds the smallest bound that alarms so rarely', () => {
    for (const [k, mean] of [
      [0.3, 0.1],
      [2, 1],
      [2.9, 2],
      [12, 10],
    ] as const) {
      const h = threshold({ k, days: 500 }, mean)
      expect(runLength({ k, h }, mean).zero).toBeGreaterThanOrEqual(500)
      if (h > 1) expect(runLength({ k, h: h - 1 }, mean).zero).toBeLessThan(500)
    }
  })
})

describe('standardised CUSUM of Salmonella Agona, weeks 209 to 312', () => {
  const mean = agona.slice(0, 208).reduce((sum, count) => sum + count, 0) / 208
  const of = (form: 'standard' | 'rossi') => standardised(agona.slice(208), { mean, form })
  const weeks = (form: 'standard' | 'rossi') => of(form).flatMap((day, at) => (day.alarm ? [at + 209] : []))
  const most = (form: 'standard' | 'rossi') => Math.max(...of(form).map(day => day.value ?? 0))

  it('is compared with the mean of the first four years', () => {
    expect(mean).toBeCloseTo(2.841346, 6)
  })

  it('alarms as Rossi and others have it', () => {
    expect(weeks('rossi')).toEqual([250, 264, 265, 266, 294, 295, 296, 297])
    expect(most('rossi')).toBeCloseTo(4.696462, 6)
  })

  it('alarms in standard deviations', () => {
    const expected = [242, 245, 246, 247, 248, 249, 250, 263, 264, 265, 266, 285, 294, 295, 296, 297, 298, 299]
    expect(weeks('standard')).toEqual(expected)
    expect(most('standard')).toBeCloseTo(5.949112, 6)
  })

  it.each(['standard', 'rossi'] as const)('says from which count on a week alarms (%s)', form => {
    for (const [at, day] of of(form).entries()) {
      const last = (count: number) => standardised([...agona.slice(208, 208 + at), count], { mean, form }).at(-1)
      expect(last((day.upper ?? 0) + 1e-6)?.alarm).toBe(true)
      if ((day.upper ?? 0) > 0) expect(last((day.upper ?? 0) - 1e-6)?.alarm).toBe(false)
    }
  })

  it('divides by no zero where nothing ever came', () => {
    const readings = standardised([0, 0, 1, 0], { mean: 0, form: 'rossi' })
    expect(readings.every(day => Number.isFinite(day.value))).toBe(true)
  })
})

describe('CUSUM of clustered counts', () => {
  it('adds up log-likelihood ratios: worked by hand for μ 1 to 2, size 2', () => {
    const [each, day] = [Math.log((2 * 3) / (1 * 4)), 2 * Math.log(4 / 3)]
    const readings = negativeCusum([0, 3, 4, 0], { calm: 1, raised: 2, size: 2, h: 1.5 })
    const values = [0, 3 * each - day, 7 * each - 2 * day, 7 * each - 3 * day]
    for (const [at, value] of values.entries()) expect(readings[at]?.value).toBeCloseTo(value, 12)
    expect(readings.map(reading => reading.alarm)).toEqual([false, false, true, false])
  })

  it('takes single bursts more calmly than the Poisson one', () => {
    const rule = { calm: 1, raised: 2, h: 2 }
    const clustered = negativeCusum([7], { ...rule, size: 0.5 })[0]?.value ?? 0
    const single = negativeCusum([7], { ...rule, size: 1e6 })[0]?.value ?? 0
    expect(clustered).toBeLessThan(single)
    expect(single).toBeCloseTo(7 * Math.log(2) - 1, 4)
  })
})

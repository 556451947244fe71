import { describe, expect, it } from 'vitest'
import { poissonTail } from '../../../workflows/detect/chance.ts'
import { exceedance, exceedanceAt, exceedanceRule } from '../../../workflows/detect/exceedance.ts'

const month = (count: number) => new Array<number>(30).fill(count)

describe('how unlikely a day is', () => {
  it('is judged against 28 days that end three days ago', () => {
    const series = [99, 99, ...new Array(28).fill(3), 50, 50, 9]
    const reading = exceedanceAt(series, 32, exceedanceRule)
    expect(reading.expected).toBe(3)
    expect(reading.value).toBeCloseTo(0.00380299, 8)
    expect(reading).toMatchObject({ count: 9, bound: 0.01, upper: 9, alarm: true })
  })

  it('expects never nothing, so that a first report is no alarm, and three are', () => {
    const day = (count: number) => exceedance([...month(0), count]).at(-1)
    expect(day(1)).toMatchObject({ expected: 0.1, alarm: false })
    expect(day(2)).toMatchObject({ alarm: false })
    expect(day(3)?.value).toBeCloseTo(poissonTail(3, 0.1), 12)
    expect(day(3)).toMatchObject({ upper: 3, alarm: true })
  })

  it('takes bursts for what they are where asked', () => {
    const bursts = Array.from({ length: 30 }, (_, at) => (at % 7 === 0 ? 7 : 0))
    const [poisson] = exceedance([...bursts, 5]).slice(-1)
    const [clustered] = exceedance([...bursts, 5], { model: 'negative-binomial' }).slice(-1)
    const [auto] = exceedance([...bursts, 5], { model: 'auto' }).slice(-1)
    expect(poisson?.alarm).toBe(true)
    expect(clustered?.alarm).toBe(false)
    expect(auto).toEqual(clustered)
    expect(clustered?.upper).toBeGreaterThan(poisson?.upper ?? 99)
  })

  it('is Poisson where the baseline varies no more than its mean', () => {
    const [auto] = exceedance([...month(2), 6], { model: 'auto' }).slice(-1)
    expect(auto?.value).toBeCloseTo(poissonTail(6, 2), 12)
  })

  it('says nothing before a week is known, and leaves unknown days out', () => {
    const readings = exceedance(new Array(12).fill(1))
    expect(readings.map(day => day.value !== null).indexOf(true)).toBe(9)
    const gaps = month(1).map((count, at) => (at % 2 === 0 ? Number.NaN : count))
    expect(exceedance([...gaps, 5]).at(-1)).toMatchObject({ expected: 1, alarm: true })
    expect(exceedance([...month(1), Number.NaN]).at(-1)).toMatchObject({ count: null, value: null, expected: 1 })
    expect(exceedance([])).toEqual([])
  })

  it('alarms exactly from the count it names', () => {
    for (const model of ['poisson', 'negative-binomial'] as const) {
      const before = Array.from({ length: 30 }, (_, at) => (at * 7) % 5)
      const upper = exceedance([...before, 0], { model }).at(-1)?.upper ?? 0
      const alarm = (count: number) => exceedance([...before, count], { model }).at(-1)?.alarm
      expect([alarm(upper - 1), alarm(upper)]).toEqual([false, true])
    }
  })
})

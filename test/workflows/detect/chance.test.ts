import { describe, expect, it } from 'vitest'
import { discoveries, negativeTail, poissonTail } from '../../../workflows/detect/chance.ts'

describe('the chance of so many or more', () => {
  it.each([
    [5, 1.5, 0.01857594],
    [9, 3, 0.00380299],
    [3, 0.5, 0.01438768],
    [12, 5.2, 0.0073105],
  ])('Poisson: %d where %d are expected', (least, mean, p) => {
    expect(poissonTail(least, mean)).toBeCloseTo(p, 8)
  })

  it.each([
    [5, 1.5, 2, 0.05576758],
    [9, 3, 2, 0.0463574],
    [12, 5.2, 4, 0.05409116],
  ])('negative binomial: %d where %d are expected, size %d', (least, mean, size, p) => {
    expect(negativeTail(least, mean, size)).toBeCloseTo(p, 8)
  })

  it('is certain for none, impossible where none can be, and never outside 0 to 1', () => {
    expect([poissonTail(0, 3), poissonTail(0, 0), negativeTail(0, 0, 1)]).toEqual([1, 1, 1])
    expect([poissonTail(1, 0), negativeTail(1, 0, 1)]).toEqual([0, 0])
    for (const mean of [1e-9, 0.1, 1, 50, 1e4]) {
      for (const least of [1, 2, 49, 51, 9900, 2e4]) {
        for (const p of [poissonTail(least, mean), negativeTail(least, mean, 0.3)]) {
          expect(p >= 0 && p <= 1).toBe(true)
        }
      }
    }
  })

  it('keeps what is very small: e^-1 / 20! and what follows', () => {
    const factorial = Array.from({ length: 20 }, (_, at) => at + 1).reduce((product, next) => product * next, 1)
    const following = 1 + 1 / 21 + 1 / (21 * 22) + 1 / (21 * 22 * 23) + 1 / (21 * 22 * 23 * 24)
    expect(poissonTail(20, 1) / ((Math.exp(-1) / factorial) * following)).toBeCloseTo(1, 6)
    expect(poissonTail(1, 1e-12) / 1e-12).toBeCloseTo(1, 9)
  })

  it('nears Poisson as clusters dissolve', () => {
    expect(negativeTail(9, 3, 1e7)).toBeCloseTo(poissonTail(9, 3), 6)
  })

  it('falls with every further one', () => {
    const tails = Array.from({ length: 60 }, (_, least) => poissonTail(least, 20))
    expect(tails.every((p, at) => at === 0 || p < (tails[at - 1] ?? 0))).toBe(true)
  })
})

describe('many tests on one day (Benjamini-Hochberg)', () => {
  it('keeps those of their 1995 paper: four of fifteen at 0.05', () => {
    const paper = [
      ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459],
      ...[0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
    ]
    expect(discoveries(paper, 0.05).map(Number)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('keeps one above its own step if a later one is below its own', () => {
    expect(discoveries([0.06, 0.2, 0.065], 0.1)).toEqual([true, false, true])
    expect(discoveries([0.2, 0.5], 0.1)).toEqual([false, false])
    expect(discoveries([])).toEqual([])
  })

  it('keeps equal ones together, in any order', () => {
    expect(discoveries([1, 0.01, 0.01, 1], 0.1)).toEqual([false, true, true, false])
  })
})

import { describe, expect, it } from 'vitest'
import { lateBy } from '../../../workflows/report/course.ts'

const minute = 60_000

describe('how late something was', () => {
  it('is never "in time" once it was said to be overdue', () => {
    expect(lateBy({ at: 40_000, due: 0 })).toBe(1)
    expect(lateBy({ at: 2 * minute, due: 0 })).toBe(2)
    expect(lateBy({ at: 2 * minute + 1, due: 0 })).toBe(3)
  })

  it('is nothing in time, and unknown without an hour', () => {
    expect(lateBy({ at: minute, due: minute })).toBe(0)
    expect(lateBy({ at: 0, due: minute })).toBe(0)
    expect(lateBy({ at: null, due: minute })).toBeNull()
    expect(lateBy({ at: minute, due: null })).toBeNull()
  })
})

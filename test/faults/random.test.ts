import { expect, test } from 'vitest'
import { ground } from '../house.ts'
import { faultRun } from './run.ts'

test('random work on a platform that stumbles, killed again and again: nothing lost, nothing doubled', async () => {
  const at = ground()
  try {
    const { problems, reports } = await faultRun(7, at, rounds => rounds >= 4)
    expect(problems).toEqual([])
    expect(reports).toBeGreaterThan(5)
  } finally {
    at.leave()
  }
})

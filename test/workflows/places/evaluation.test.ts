import { describe, expect, it } from 'vitest'
import { loadGazetteer } from '../../../db/places.ts'
import { localities, score, without } from '../../bench/localities.ts'

const data = loadGazetteer()

describe('thousands of localities, written as people write them', () => {
  it.each([1, 7])('are answered, rightly, and hardly ever wrongly without a question (seed %i)', seed => {
    const { answered, rightWhenAnswered, silentlyWrong, wrong } = score(data, localities(data, 4000, seed))
    const misses = wrong.map(({ said, answer }) => `${said.text} (${said.home}): ${answer.fips}, not ${said.fips}`)
    expect({ answered, rightWhenAnswered, silentlyWrong }, misses.join('\n')).toEqual({
      answered: expect.toSatisfy(share => share >= 0.85),
      rightWhenAnswered: expect.toSatisfy(share => share >= 0.97),
      silentlyWrong: expect.toSatisfy(share => share <= 0.01),
    })
  })

  it('stay right where the gazetteer lacks every eighth name', () => {
    const { rightWhenAnswered, silentlyWrong } = score(without(data, 8), localities(data, 4000, 3))
    expect(rightWhenAnswered).toBeGreaterThanOrEqual(0.97)
    expect(silentlyWrong).toBeLessThanOrEqual(0.01)
  })

  it('are the same for each seed', () => {
    expect(localities(data, 50, 5)).toEqual(localities(data, 50, 5))
    expect(localities(data, 50, 5)).not.toEqual(localities(data, 50, 6))
  })
})

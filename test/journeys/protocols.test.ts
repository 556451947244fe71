import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'
import { begin, handOver, playOn, readingOf, reportOf, type Story } from './protocols.ts'

let house: House

eachHouse(opened => {
  house = opened
})

const stories: readonly Story[] = [
  { protocol: 'P1', refused: 'G2' },
  { protocol: 'P2', refused: 'G4' },
  { protocol: 'P3', refused: 'G5', skipped: '7', answers: { harm: 'yes', reach: 'crossing', truth: 'wrong' } },
  { protocol: 'P4', refused: 'G4' },
  { protocol: 'P5', refused: 'G2', event: '12:00' },
  { protocol: 'P6', refused: 'G5' },
  { protocol: 'P7', refused: 'G4' },
  { protocol: 'P8', refused: 'G6' },
]

describe('a protocol is worked through to its report', () => {
  test.each(stories)(
    '$protocol: overdue up to leadership, handed over, a gate says no, a step is skipped',
    async story => {
      await begin(house, story)
      await house.pass(120)
      await handOver(house, story)
      await playOn(house, story)
      const { run } = await readingOf(house, story.protocol)
      expect(run.status).toBe('done')
      const { text, csv } = await reportOf(house, story)
      expect(text).toContain(`Report: ${story.protocol}`)
      expect(text).toContain('Still not done: called')
      expect(text).toContain('Took the lead from Magpie')
      expect(text).toMatch(new RegExp(`${story.refused} [^\\n]*: no`))
      expect(text).toContain('Skipped')
      expect(text).toContain('nobody could be reached')
      expect(text).toContain('All steps are done')
      expect(text).toContain('Lessons: #after-change')
      expect(text).toMatch(/late · Owl/)
      const rows = csv.split('\r\n')
      expect(rows[0]).toBe('\uFEFFTime due,Time done,Minutes late,Step,Role,Who,What,Gate answers,Note')
      expect(csv).toContain(`${story.protocol}.C4`)
    },
  )

  test.each(stories)('$protocol can be stopped, with the reason for all to read', async story => {
    await begin(house, story)
    expect(
      readAnswer(await house.type('magpie', `/protocol stop ${story.protocol} AZ-0001 it was a drill of the police`)),
    ).toContain(story.protocol)
    const { text } = await reportOf(house, story)
    expect(text).toContain('Stopped')
    expect(text).toContain('it was a drill of the police')
    expect((await house.room('az-response')).join('\n')).not.toContain('Overdue')
  })
})

import { expect, test } from 'vitest'
import { skillShape, trainingOf, writtenSkill } from '../../../workflows/network/skill.ts'

const read = (written: unknown) => trainingOf(skillShape.parse(written))

test('a skill may be its code alone, or say how far, by whom and until when it holds, that day included', () => {
  expect(read('first-aid')).toEqual({ code: 'first-aid', level: null, trainer: null, since: null, until: null })
  const whole = {
    skill: 'interposition',
    level: 'lead',
    trainer: 'UCP course',
    since: '2026-06-01',
    until: '2027-05-31',
  }
  expect(read(whole)).toEqual({
    ...{ code: 'interposition', level: 'lead', trainer: 'UCP course' },
    since: Date.UTC(2026, 5, 1),
    until: Date.UTC(2027, 5, 1),
  })
  for (const one of ['first-aid', whole, { skill: 'dialogue', until: '2028-02-29' }]) {
    expect(writtenSkill(read(one))).toEqual(one)
  }
})

test.each(['juggling', { skill: 'presence', until: '2027-02-30' }, { skill: 'presence', expires: '2027-01-01' }])(
  '%j is refused',
  written => {
    expect(skillShape.safeParse(written).success).toBe(false)
  },
)

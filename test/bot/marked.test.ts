import { expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import type { House } from '../house.ts'

let house: House

eachHouse(async opened => {
  house = opened
  for (const what of ['Maria was hit at the polls', 'A woman was hit'])
    await house.fill('heron', '/report', { what, where: 'Phoenix, AZ', danger: 'soon', contact: 'no' })
})

test('what is part of something that is marked RED afterwards shows its words no more', async () => {
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  expect((await house.room('az-response')).join('\n')).toContain('Maria')
  await house.type('magpie', '/mark AZ-0002 red it names a victim')
  expect((await house.room('az-response')).join('\n')).not.toContain('Maria')
})

test('what becomes part of something RED shows its words no more', async () => {
  await house.type('magpie', '/mark AZ-0002 red it names a victim')
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  expect((await house.room('az-response')).join('\n')).not.toContain('Maria')
})

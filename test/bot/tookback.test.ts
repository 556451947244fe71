import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const seen = { what: 'Men with rifles near the library', where: 'Maricopa County, AZ', contact: 'yes' }

let house: House
eachHouse(opened => {
  house = opened
})

describe.each([
  ['that stays as a safety note', 'hurt'],
  ['that is gone as a whole', 'no'],
])('whoever took a report back %s', (_, danger) => {
  test('hears when they ask again, typed or by a button of the old receipt', async () => {
    await house.fill('heron', '/report', { ...seen, danger })
    await house.type('heron', '/withdraw AZ-0001')
    await house.pass(2)
    expect(readAnswer(await house.type('heron', '/withdraw AZ-0001'))).toMatch(/You took AZ-0001 back at 09:00/)
    for (const name of ['details', 'sources', 'place', 'withdraw']) {
      expect(readAnswer(await house.press('heron', `${name}:AZ-0001`))).toContain('You took AZ-0001 back at 09:00')
    }
    expect(readAnswer(await house.type('wren', '/withdraw AZ-0001'))).not.toContain('You took')
    expect(readAnswer(await house.type('cactus-wren', '/withdraw AZ-0001'))).toContain('No conozco')
  })
})

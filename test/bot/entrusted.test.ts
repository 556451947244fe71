import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const plain = { what: 'Two groups shout', where: 'Maricopa County, AZ', contact: 'yes' }

let house: House
eachHouse(opened => {
  house = opened
})

describe('an incident that is restricted to somebody who is erased', () => {
  test('goes to its keepers, who are called, so that it is not lost to everybody', async () => {
    await house.fill('heron', '/report', { ...plain, danger: 'now' })
    await house.type('magpie', '/mark AZ-0001 restricted')
    expect(readAnswer(await house.type('owl', '/incident AZ-0001'))).toContain('I know no incident')
    await house.press('magpie', 'erase:confirm')
    for (let rounds = 0; rounds < 200 && (await house.clearer.run()); rounds += 1) await house.settle()
    expect((await house.direct('owl')).join('\n')).toContain('AZ-0001')
    expect(readAnswer(await house.type('owl', '/incident AZ-0001'))).toContain('Two groups shout')
    expect((await house.room('coordination')).join('\n')).not.toContain('is free again')
    expect(readAnswer(await house.type('finch', '/incident AZ-0001'))).toContain('I know no incident')
  })

  test('stays with the coordinators that are left', async () => {
    await house.fill('heron', '/report', { ...plain, danger: 'now' })
    await house.type('magpie', '/mark AZ-0001 restricted')
    await house.type('magpie', '/mark AZ-0001 restricted add Crane')
    await house.press('magpie', 'erase:confirm')
    expect(await house.direct('owl')).toEqual([])
    expect(readAnswer(await house.type('crane', '/incident AZ-0001'))).toContain('Two groups shout')
  })
})

test('a report that somebody had leased in triage is free as soon as they are erased', async () => {
  await house.fill('passer-by', '/report', { ...plain, danger: 'hurt' })
  for (const who of ['finch', 'wren']) await house.type(who, '/duty on')
  await house.type('finch', '/triage')
  expect(readAnswer(await house.type('wren', '/triage'))).toContain('alguien lo está revisando')
  await house.press('finch', 'erase:confirm')
  expect(readAnswer(await house.type('wren', '/triage'))).toContain('AZ-0001')
})

test('erasing oneself does not end a block', async () => {
  await house.fill('passer-by', '/report', { ...plain, danger: 'no' })
  const [guest] = [...house.store.roster.directory().people.values()].filter(one => !one.vetted)
  await house.type('magpie', `/triage block ${guest?.callsign} floods us`)
  await house.press('passer-by', 'erase:confirm')
  expect(house.store.roster.directory().people.has(guest?.id as never)).toBe(false)
  const refused = readAnswer(await house.type('passer-by', '/report two groups shout'))
  expect(refused).toContain('not on this network')
  expect(await house.store.roster.whose('workspace', 'passer-by')).toMatchObject({ person: guest?.id })
})

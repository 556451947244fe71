import { expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { buttonsOf, type House, readAnswer } from '../house.ts'

let house: House
eachHouse(opened => {
  house = opened
})

async function begun(what: string): Promise<string> {
  const seen = { what, where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
  const id = /AZ-\d{4}/.exec(readAnswer(await house.fill('heron', '/report', seen)))?.[0] ?? ''
  expect(readAnswer(await house.type('magpie', `/protocol start P1 ${id}`))).toContain(`started on ${id}`)
  return id
}

const steps = async (id: string) => (await house.store.incidents.find(id as never))?.incident.runs?.[0]?.steps ?? {}

test('of two incidents with the same protocol the one that is named is meant, wherever it stands in the line', async () => {
  const [one, other] = [await begun('Men with rifles'), await begun('A man with a knife')]
  for (const line of [`P1.8 done ${other}`, `P1.6 ${other} mine`, `${other} P1.4 done`]) {
    expect(readAnswer(await house.type('finch', `/step ${line}`)), line).toContain(
      `P1.${/P1\.(\d)/.exec(line)?.[1]} is`,
    )
  }
  expect(Object.keys(await steps(other)).sort()).toEqual(['4', '6', '8'])
  expect(await steps(one)).toEqual({})
})

test('a line with words that does not say of which incident can be copied, and its words are not typed again', async () => {
  const one = await begun('Men with rifles')
  await begun('A man with a knife')
  const which = readAnswer(await house.type('finch', '/step P1.8 skip it speaks of AZ-0002'))
  expect(which).toContain(`Or copy your line with the incident in front: ${one} P1.8 skip it speaks of AZ-0002`)
  await house.type('finch', `/step ${one} P1.8 skip it speaks of AZ-0002`)
  expect((await steps(one))['8']?.state).toBe('skipped')
})

test('what was pressed or typed on an incident that was merged leads to where its protocol goes on', async () => {
  const one = await begun('Men with rifles')
  const seen = { what: 'Rifles', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
  const other = /AZ-\d{4}/.exec(readAnswer(await house.fill('wren', '/report', seen)))?.[0] ?? ''
  await house.type('magpie', `/merge ${one} ${other}`)
  const stale = await house.press('finch', `step:${one}:P1.8.0.done`)
  expect(readAnswer(stale)).toContain(`${one} is part of ${other} now, and P1 goes on there.`)
  const { step = '' } = buttonsOf(stale)
  expect(readAnswer(await house.press('finch', step))).toContain('P1.8 is done.')
  expect((await steps(other))['8']?.state).toBe('done')
  const typed = readAnswer(await house.type('finch', `/step ${one} P1.3 skip quiet`))
  expect(typed).toContain(`${other} P1.3 skip quiet`)
})

test('while an incident is resolved its last steps are still found by their name', async () => {
  const id = await begun('Men with rifles')
  await house.type('finch', `/claim ${id}`)
  await house.fill('finch', `/resolve ${id}`, { outcome: 'calmed' })
  await house.pass(3)
  expect(readAnswer(await house.type('wren', '/step P1.4 done'))).toContain('P1.4')
  expect((await steps(id))['4']?.state).toBe('done')
})

test('a protocol that was started anew is meant by its name; what was pressed of the first one is not', async () => {
  const id = await begun('Men with rifles')
  await house.type('magpie', `/protocol stop P1 ${id} started too early`)
  expect(readAnswer(await house.type('magpie', `/protocol start P1 ${id}`))).toContain('P1-2 ')
  expect(readAnswer(await house.press('finch', `step:${id}:P1.8.0.done`))).toMatch(/P1 (?:on|is)/)
  expect(readAnswer(await house.type('finch', '/step P1.8 done'))).toContain('P1-2.8 is done.')
  expect(readAnswer(await house.type('finch', `/step ${id} P1.6 mine`))).toContain('P1-2.6 is yours')
})

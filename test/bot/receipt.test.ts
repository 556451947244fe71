import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import type { House } from '../house.ts'

const seen = { what: 'Men with rifles near the library', danger: 'hurt', contact: 'yes' }

let house: House
eachHouse(opened => {
  house = opened
})

/** The message in which the report was received, as it stands in Heron's conversation. */
async function receipt(): Promise<string> {
  await house.settle()
  return (await house.direct('heron'))[0] ?? ''
}

describe('the receipt in the conversation', () => {
  test('waits for the place no more once that was given', async () => {
    await house.fill('heron', '/report', { ...seen, where: 'by the river' })
    expect(await receipt()).toContain('Until its place is known')
    await house.write('heron', 'Maricopa County, AZ', null)
    expect(await receipt()).not.toContain('Until its place is known')
    expect(await receipt()).toMatch(/US-0001, Maricopa County.*Heron.*\[Withdraw\]/s)
  })

  test('says that it was taken back, without a call sign or buttons of the report', async () => {
    await house.fill('heron', '/report', { ...seen, where: 'Maricopa County, AZ' })
    expect(await receipt()).toMatch(/Received as AZ-0001.*Heron.*\[Withdraw\]/s)
    await house.type('heron', '/withdraw AZ-0001')
    expect(await receipt()).toContain('You took AZ-0001 back.')
    expect(await receipt()).not.toMatch(/Heron|Withdraw|Change place|details|Received/)
    expect(await house.direct('heron')).toHaveLength(1)
  })
})

import { expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const seen = {
  what: 'Two groups shouting at the drop box',
  where: 'Maricopa County, AZ',
  danger: 'soon',
  contact: 'yes',
}

let house: House

eachHouse(opened => {
  house = opened
})

async function twoReportsOfTheSame(contact: string): Promise<void> {
  expect(readAnswer(await house.fill('thrasher', '/report', seen))).toContain('AZ-0001')
  expect(readAnswer(await house.fill('heron', '/report', { ...seen, contact }))).toContain('AZ-0002')
  expect(readAnswer(await house.type('finch', '/merge AZ-0002 into AZ-0001'))).toContain('part of AZ-0001')
}

test('whoever filed a report that was merged hears once how it ended, after the minute of undo', async () => {
  await twoReportsOfTheSame('yes')
  await house.type('finch', '/resolve AZ-0001 calmed')
  expect((await house.direct('heron')).join('\n')).not.toContain('is closed')
  await house.pass(3)
  const closed = (await house.direct('heron')).filter(message => message.includes('is closed'))
  expect(closed).toEqual([expect.stringContaining('AZ-0002 is closed. Calm was restored by people on site.')])
})

test.each(['after', 'no'])('they hear nothing where they allowed "%s"', async contact => {
  await twoReportsOfTheSame(contact)
  await house.type('finch', '/resolve AZ-0001 calmed')
  await house.pass(3)
  expect((await house.direct('heron')).join('\n')).not.toContain('is closed')
})

test('of what turned out a threat they hear nothing by themselves', async () => {
  await twoReportsOfTheSame('yes')
  await house.type('finch', '/update AZ-0001 kind: TH-1')
  await house.type('finch', '/resolve AZ-0001 supported')
  await house.pass(3)
  expect((await house.direct('heron')).join('\n')).not.toContain('is closed')
})

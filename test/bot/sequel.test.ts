import { expect, test } from 'vitest'
import { StoreError } from '../../workflows/errors.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const report = { what: 'Two groups shout', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

let house: House
eachHouse(opened => {
  house = opened
})

test('what was done is not told as "NOT received" where the next of the batch cannot be read', async () => {
  await house.fill('heron', '/report', report)
  await house.type('finch', '/duty on')
  await house.type('finch', '/triage')
  Object.assign(house.store.triage, { take: () => Promise.reject(new StoreError('broken', 'none', 'the disk fails')) })
  const said = readAnswer(await house.type('finch', '/triage no AZ-0001'))
  expect(said).not.toContain('NOT received')
  expect(said).toContain('AZ-0001')
  expect((await house.store.incidents.find('AZ-0001' as never))?.incident.status).toBe('dismissed')
})

test('a name that could not be shown is said to have been opened, and can be asked for again', async () => {
  await house.fill('heron', '/report', report)
  Object.assign(house.store.held, {
    identity: () => Promise.reject(new StoreError('broken', 'none', 'the disk fails')),
  })
  const said = readAnswer(await house.type('magpie', '/incident AZ-0001 reveal Somebody follows them'))
  expect(said).toContain('You opened the name of who reported AZ-0001')
  const timeline = await house.store.incidents.timeline('AZ-0001' as never, 50)
  expect(timeline.at(-1)?.event.type).toBe('revealed')
})

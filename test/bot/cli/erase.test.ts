import { expect, test } from 'vitest'
import { erasePerson } from '../../../bot/cli/erase.ts'
import { showRetention } from '../../../bot/cli/retention.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import type { IncidentId } from '../../../workflows/ids.ts'
import { eachHouse } from '../../each.ts'
import type { House } from '../../house.ts'

let house: House
let printed: string[] = []
const print = (...lines: readonly string[]) => void printed.push(...lines)

eachHouse(opened => {
  printed = []
  house = opened
})

const report = { what: 'Two groups shout', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
const erase = (callsign: string, sure: boolean) =>
  erasePerson(house.store, callsign, { sure, now: house.clock(), taxonomy: loadTaxonomy(), print })

test('whoever runs the hub reads what would go before anybody is erased, and then erases them', async () => {
  await house.fill('heron', '/report', report)
  await house.type('finch', '/claim AZ-0001')
  expect(await erase('heron', false)).toBe(false)
  expect(printed.join('\n')).toMatch(/Heron: name, 1 accounts, the words of 1 reports/)
  expect((await house.store.incidents.find('AZ-0001' as IncidentId))?.words.what).toBe(report.what)
  expect(await erase('heron', true)).toBe(true)
  expect(await erase('FINCH', true)).toBe(true)
  const known = await house.store.incidents.find('AZ-0001' as IncidentId)
  expect(known?.words.what).toBeNull()
  expect(known?.incident).toMatchObject({ reporter: null, status: 'reported', claim: null })
  await expect(erase('heron', true)).rejects.toThrow('Nobody on the roster is called heron')
  await house.settle()
  expect((await house.room('az-response')).join('\n')).not.toMatch(/shout|Heron|Finch/)
})

test('whoever runs the hub reads how long what is kept, and nothing is touched', async () => {
  await house.fill('heron', '/report', report)
  await house.type('finch', '/dismiss AZ-0001 a parade')
  await house.pass(2)
  house.skip(15 * 24 * 60)
  await showRetention(house.store, house.clock(), print)
  expect(printed.find(line => line.startsWith('noise'))).toMatch(/14 days\s+1/)
  expect((await house.store.incidents.find('AZ-0001' as IncidentId))?.words.what).toBe(report.what)
})

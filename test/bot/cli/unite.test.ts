import { expect, test } from 'vitest'
import { showDeeds } from '../../../bot/cli/deeds.ts'
import { unite } from '../../../bot/cli/unite.ts'
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

const join = (one: string, other: string, sure: boolean) =>
  unite(house.store, [one, other], { sure, now: house.clock(), print })

test('two on the roster who are one go on as one, with all that either had', async () => {
  const report = { what: 'Two groups shout', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
  await house.fill('heron', '/report', report)
  await house.type('wren', '/claim AZ-0001')
  await house.type('wren', '/duty on')
  expect(await join('finch', 'wren', false)).toBe(false)
  expect(printed.join('\n')).toMatch(/Wren would be Finch: 1 account.*\nRoles then: responder · AZ/s)
  expect(await join('Finch', 'WREN', true)).toBe(true)
  const finch = [...house.store.roster.directory().people.values()].find(one => one.callsign === 'Finch')
  expect(finch?.accounts).toHaveLength(2)
  const known = await house.store.incidents.find('AZ-0001' as IncidentId)
  expect(known?.incident.claim?.by).toBe(finch?.id)
  expect(house.store.roster.directory().duty).toMatchObject([{ person: finch?.id }])
  await house.type('wren', '/resolve AZ-0001 calmed down')
  const card = await house.card('az-response', 'AZ-0001')
  expect(JSON.stringify(card.body)).toContain('Finch')
  const findings = []
  for await (const finding of house.store.audit.verify()) findings.push(finding)
  expect(findings).toEqual([])
  printed = []
  await showDeeds(house.store, print)
  expect(printed[0]).toMatch(/the terminal · two people are one · former Finch, present Finch/)
  await expect(join('finch', 'wren', true)).rejects.toThrow('Nobody is called wren')
})

test('roles that would give more together than apart are not put together', async () => {
  await join('finch', 'magpie', false)
  expect(printed.join('\n')).toContain('Finch')
  printed = []
  await join('magpie', 'osprey', false)
  expect(printed.join('\n')).toContain('Roles then: coordinator, responder · AZ, GA')
})

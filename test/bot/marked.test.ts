import { expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const seen = { where: 'Phoenix, AZ', danger: 'soon', contact: 'no' }

let house: House

eachHouse(async opened => {
  house = opened
  for (const what of ['Maria was hit at the polls', 'A woman was hit'])
    await house.fill('heron', '/report', { ...seen, what })
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

const rooms = async () => {
  const all = house.store.roster.directory().rooms.map(room => house.room(room.address))
  return (await Promise.all(all)).flat().join('\n')
}
const stands = async (id: string) => (await house.store.incidents.find(id as never))?.incident
const calls = async (id: string, who: 'finch' | 'magpie' | 'cactus-wren') =>
  readAnswer(await house.type(who, `/incident ${id}`))

test('what is part of something that is restricted afterwards is shown in no room, and to none but the named', async () => {
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  expect(await rooms()).toContain('Maria')
  expect(await calls('AZ-0001', 'finch')).toContain('Maria')
  await house.type('magpie', '/mark AZ-0002 restricted')
  expect(await rooms()).not.toContain('Maria')
  expect(await calls('AZ-0001', 'finch')).toContain('I know no incident')
  expect(await calls('AZ-0001', 'magpie')).toContain('Maria')
  await house.type('magpie', '/mark AZ-0002 restricted add Finch')
  expect(await calls('AZ-0001', 'finch')).toContain('Maria')
  expect(await rooms()).not.toContain('Maria')
})

test('what is part of a part is restricted with it, too', async () => {
  await house.fill('heron', '/report', { ...seen, what: 'People say a woman was hit' })
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  await house.type('finch', '/merge AZ-0002 AZ-0003')
  expect(await rooms()).toContain('Maria')
  await house.type('magpie', '/mark AZ-0003 restricted')
  expect(await rooms()).not.toContain('Maria')
  expect((await stands('AZ-0001'))?.allowed).toEqual((await stands('AZ-0003'))?.allowed)
})

test('what was restricted alone stays with those who were named for it', async () => {
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  await house.type('magpie', '/mark AZ-0001 restricted')
  const named = (await stands('AZ-0001'))?.allowed
  await house.type('magpie', '/mark AZ-0002 restricted add Finch')
  expect((await stands('AZ-0001'))?.allowed).toEqual(named)
})

test('opening the whole again opens none of its parts; each is opened by itself', async () => {
  await house.type('finch', '/merge AZ-0001 AZ-0002')
  await house.type('magpie', '/mark AZ-0002 restricted')
  await house.type('magpie', '/mark AZ-0002 open it was no secret')
  expect(await rooms()).not.toContain('Maria')
  await house.type('magpie', '/mark AZ-0001 open it was no secret')
  expect(await calls('AZ-0001', 'finch')).toContain('Maria')
})

test('a merge that is taken back leaves it restricted, and with nobody who may not see it', async () => {
  await house.type('finch', '/claim AZ-0001')
  await house.type('magpie', '/merge AZ-0001 AZ-0002')
  await house.type('magpie', '/mark AZ-0002 restricted')
  await house.press('magpie', 'separate:AZ-0001')
  expect(await stands('AZ-0001')).toMatchObject({ mergedInto: null, status: 'reported', visibility: 'restricted' })
  expect(await rooms()).not.toContain('Maria')
})

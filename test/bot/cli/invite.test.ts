import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { adminCodeText, firstAdminCode } from '../../../bot/admin.ts'
import { endInvite, listInvites, makeInvite } from '../../../bot/cli/invite.ts'
import { eachHouse } from '../../each.ts'
import { type House, noon, openHouse, readAnswer } from '../../house.ts'

let house: House
let printed: string[] = []
const print = (...lines: readonly string[]) => void printed.push(...lines)
const day = 24 * 60 * 60_000
const asked = { roles: ['responder'], regions: ['AZ'], uses: 2, life: 7 * day } as const

eachHouse(
  opened => {
    printed = []
    house = opened
  },
  at =>
    openHouse(at, noon, {
      adjust: network => ({ ...network, people: network.people.filter(one => !one.roles.includes('admin')) }),
    }),
)

const writes = async (words: string, account = 'uuid-new') =>
  readAnswer(
    await house.send({
      ...{ platform: 'signal', key: randomUUID(), account, room: null, message: null, at: house.clock() },
      ...{ type: 'message', words, files: [] },
    }),
  )

test('a code made at the terminal lets people in, is listed without itself, and is ended', async () => {
  await makeInvite(house.store, asked, house.clock(), print)
  const text = printed.join('\n')
  expect(text).toMatch(/Invitation 1: responder · AZ · used 0 of 2 · until 2026-10-26 12:00/)
  const code = /(?:\w{4}-){2}\w{4}/.exec(text)?.[0] ?? ''
  expect(await writes(code)).toContain('You are: responder. Regions: Arizona.')
  printed = []
  await listInvites(house.store, house.clock(), print)
  expect(printed).toEqual(['1: responder · AZ · used 1 of 2 · until 2026-10-26 12:00 · by the terminal'])
  await endInvite(house.store, '1', house.clock(), print)
  await expect(endInvite(house.store, '1', house.clock(), print)).rejects.toThrow('No invitation 1 holds now')
  expect(await writes(code, 'uuid-late')).toContain('This invitation does not work')
  await house.settle()
  expect((await house.room('coordination')).join('\n')).toContain('the hub made invitation 1 for 2 people')
})

test('what cannot be is refused with what to say instead', async () => {
  const make = (more: Partial<Parameters<typeof makeInvite>[1]>) =>
    makeInvite(house.store, { ...asked, ...more }, house.clock(), print)
  await expect(make({ regions: ['XX'] })).rejects.toThrow('I do not know the region XX')
  await expect(make({ roles: [] })).rejects.toThrow('hub invite --role responder --region AZ')
  await expect(make({ roles: ['admin'] })).rejects.toThrow('is for one person')
  await expect(make({ uses: 101 })).rejects.toThrow('At most 100 people')
})

test('a network without an administrator gets a code for the first one, once', async () => {
  const code = (await firstAdminCode(house.store, house.clock())) ?? ''
  expect(adminCodeText(code)).toContain(code)
  expect(await firstAdminCode(house.store, house.clock())).toBeNull()
  expect(await writes(code)).toContain('You are: admin. Regions: all.')
  expect(await firstAdminCode(house.store, house.clock() + 10 * day)).toBeNull()
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTurnstile } from '../../bot/turnstile.ts'
import type { LeaseStore } from '../../db/leases.ts'
import { type Ground, ground, type House, noon, openHouse } from '../house.ts'

let at: Ground
let house: House
let leases: LeaseStore

beforeEach(async () => {
  at = ground()
  house = await openHouse(at, noon)
  const { hold, release, bury, seize } = house.store.leases
  leases = { hold, release, bury, seize, ms: 300, shared: true }
})

afterEach(async () => {
  await house.close()
  at.leave()
})

const turnstile = (holder: string, of = leases) => createTurnstile({ leases: of, name: 'wire', holder })

test('two processes never do at once what one at a time may do, and both get through', async () => {
  const [one, other] = [turnstile('one'), turnstile('other')]
  let inside = 0
  let most = 0
  const work = async () => {
    inside += 1
    most = Math.max(most, inside)
    await new Promise(resolve => setImmediate(resolve))
    inside -= 1
  }
  const line = async (pass: typeof one) => {
    for (let turn = 0; turn < 5; turn++) await pass(work)
  }
  await Promise.all([line(one), line(other)])
  expect([inside, most]).toEqual([0, 1])
})

test('who goes in again keeps the others out, however late the database hears that they had left', async () => {
  const late = async (name: string, holder: string) => {
    await new Promise(resolve => setTimeout(resolve, 30))
    await leases.release(name, holder)
  }
  const [one, other] = [turnstile('one', { ...leases, release: late }), turnstile('other')]
  const inside = new Set<string>()
  const together: string[] = []
  const work = (who: string) => async () => {
    if (inside.size > 0) together.push(who)
    inside.add(who)
    await new Promise(resolve => setTimeout(resolve, 100))
    inside.delete(who)
  }
  await one(work('one'))
  await Promise.all([one(work('one')), new Promise(done => setTimeout(done, 50)).then(() => other(work('other')))])
  expect(together).toEqual([])
})

test('work that fails lets the next one in', async () => {
  await expect(turnstile('one')(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turnstile('other')(async () => 'in')).toBe('in')
})

test('a database that does not answer keeps nobody from speaking', async () => {
  const away = { ...leases, hold: () => Promise.reject(new Error('away')), release: async () => {} }
  expect(await turnstile('one', away)(async () => 'said')).toBe('said')
})

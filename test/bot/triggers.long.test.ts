import { expect, test } from 'vitest'
import type { Kind } from '../../workflows/taxonomy.ts'
import { keep, reported } from '../contracts/incidents.ts'
import { eachHouse } from '../each.ts'
import type { House } from '../house.ts'

const many = 2_000
const minute = 60_000
const day = 24 * 60 * minute

let house: House
eachHouse(opened => {
  house = opened
})

/** So many reports of a kind, from a time (epoch ms) on, so far apart. */
async function put(count: number, kind: Kind, from: number, apart: number, first = 1): Promise<void> {
  const group = 50
  for (let start = 0; start < count; start += group) {
    const changes = Array.from({ length: Math.min(group, count - start) }, (_, one) =>
      reported(`AZ-${String(first + start + one).padStart(4, '0')}`, {
        ...{ kind, at: from + (start + one) * apart, what: `Report ${start + one} of something at the polls` },
      }),
    )
    await keep(house.store, null, ...changes)
  }
}

async function look(): Promise<number> {
  const begun = performance.now()
  while (await house.schedule.runIndex()) {}
  while (await house.schedule.runClocks()) {}
  return performance.now() - begun
}

const told = async () => (await house.direct('magpie')).filter(message => message.startsWith('Start P'))

test('2,000 reports in an hour are no flood of questions', async () => {
  await put(many, 'VO-1', house.clock() - 60 * minute, (60 * minute) / many)
  await look()
  await house.settle()
  const open = await house.store.proposals.open('all')
  expect(open.length).toBeGreaterThan(0)
  expect(open.length).toBeLessThanOrEqual(3)
  expect((await told()).length).toBeLessThanOrEqual(12)
  // What is found to be alike afterwards is looked at once more, and changes nothing.
  await look()
  expect(await house.store.looks.due(house.clock(), 10)).toEqual([])
  expect(await house.store.proposals.open('all')).toHaveLength(open.length)
}, 180_000)

test('2,000 that each would start something by themselves are no flood either', async () => {
  await put(many, 'AR-2', house.clock() - 60 * minute, (60 * minute) / many)
  await look()
  await house.settle()
  expect((await house.store.proposals.open('all')).length).toBeLessThanOrEqual(3)
  expect((await told()).length).toBeLessThanOrEqual(15)
}, 180_000)

test('looking at what is new takes no longer, however long the history', async () => {
  const now = house.clock()
  await put(3, 'VO-1', now - 3 * minute, minute)
  await look()
  const between = (from: number) => ({ from, to: now, region: 'AZ', county: null, kinds: ['VO-1'], severity: null })
  const read = async () => {
    const begun = performance.now()
    for (let round = 0; round < 50; round++) {
      expect(await house.store.proposals.matching(between(now - 120 * minute), 100)).toHaveLength(3)
    }
    return performance.now() - begun
  }
  await read()
  const before = await read()
  await put(many, 'VO-1', now - 400 * day, (390 * day) / many, 5_000)
  const after = await read()
  expect(after).toBeLessThan(before * 3 + 20)
}, 180_000)

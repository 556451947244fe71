import { describe, expect, test } from 'vitest'
import { beginOf, dayAfter } from '../../workflows/warning/days.ts'
import { keep, reported, type Start } from '../contracts/incidents.ts'
import { eachHouse } from '../each.ts'
import { type House, openHouse } from '../house.ts'

const hour = 60 * 60_000
const phoenix = 'America/Phoenix'
const today = '2026-10-20'

let house: House
let number = 0
eachHouse(
  opened => {
    house = opened
    number = 0
  },
  ground => openHouse(ground, Date.UTC(2026, 8, 1, 16)),
)

async function reports(day: string, count: number, more: Start = {}) {
  const ids: string[] = []
  const people = [...house.store.roster.directory().people.keys()]
  for (let one = 0; one < count; one++) {
    number += 1
    const id = `AZ-${String(number).padStart(4, '0')}`
    const at = beginOf(day, phoenix) + 12 * hour + one
    const change = reported(id, { at, by: people[one % 3] ?? null, kind: 'AR-1', severity: 3, ...more })
    await keep(house.store, null, change)
    ids.push(id)
  }
  return ids
}

/** Six on a day where one each second day is usual, and the morning after it. */
async function unusual() {
  for (let back = 42; back > 0; back -= 2) await reports(dayAfter(today, -back), 1)
  const ids = await reports(today, 6)
  house.skip((beginOf(dayAfter(today, 1), phoenix) + 6 * hour - house.clock()) / 60_000)
  await house.schedule.runSummaries()
  await house.settle()
  expect(await open()).toEqual(['poisson'])
  return ids as [string, ...string[]]
}

const standing = async () => (await house.store.warnings.at(house.clock()).standing(['AZ']))[0]
const open = async () => ((await standing())?.alarms ?? []).flatMap(one => (one.method === 'rule' ? [] : [one.method]))

describe('a rule', () => {
  test('warns no region that its reports were moved out of', async () => {
    house.skip((beginOf(today, phoenix) + 13 * hour - house.clock()) / 60_000)
    const ids = await reports(today, 3, { kind: 'VO-2' })
    await house.type('owl', `/update ${ids[2]} kind: VO-3`)
    await house.pass(1)
    expect((await standing())?.alarms.map(one => one.rule)).toEqual(['cluster'])
    await house.type('owl', `/update ${ids[0]} place: Atlanta, Fulton County, GA`)
    await house.pass(2)
    expect((await standing())?.alarms).toEqual([])
  })
})

describe('what was found in a day', () => {
  test('stands no more once most of its reports were moved, merged or set aside', async () => {
    const ids = await unusual()
    await house.type('owl', `/dismiss ${ids[0]} not ours`)
    await house.pass(1)
    expect(await open()).toEqual(['poisson'])
    await house.type('owl', `/merge ${ids[1]} into ${ids[2]}`)
    await house.type('owl', `/update ${ids[3]} place: Atlanta, Fulton County, GA`)
    await house.pass(1)
    expect(await open()).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { createSummaries } from '../../bot/summaries.ts'
import type { HubBody } from '../../bot/workspace/body.ts'
import type { PracticeMessage } from '../../workflows/delivery.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import { type Ground, ground, type House, openHouse } from '../house.ts'
import { daily, hourly, local, look, planned, posted, weekly } from './plans.ts'

let where: Ground
let house: House

beforeEach(() => {
  where = ground()
})
afterEach(async () => {
  await house.close()
  where.leave()
})

describe('a summary in its room', () => {
  test('comes with its picture, the rest of it in the thread beneath', async () => {
    house = await openHouse(where, undefined, { adjust: planned([daily]) })
    await house.fill('heron', '/report', {
      what: 'Men with rifles at the library',
      where: 'Maricopa County, AZ',
      danger: 'hurt',
      contact: 'yes',
    })
    house.skip(19 * 60)
    await look(house)
    const [first, ...more] = await posted(house, 'leadership')
    expect(more).toEqual([])
    const body = first?.message.body as HubBody
    expect(body.picture?.alt).toMatch(/Maricopa/)
    expect(body.buttons).toEqual([])
    expect(first?.text).toContain('AZ-0001')
    const thread = await house.thread(first?.message as PracticeMessage)
    expect(thread.length).toBeGreaterThan(0)
    expect(thread.at(-1)).toMatch(/not a count of all events/i)
  })

  test('of a plan that is new has skipped nothing; what the hub was away for is told of', async () => {
    house = await openHouse(where, Date.UTC(2026, 9, 19, 0), { adjust: planned([]) })
    const { store, clock } = house
    const since = clock()
    const places = listedPlaces({ name: 'nowhere', places: [] })
    const summaries = createSummaries({ store, plans: [daily], taxonomy: loadTaxonomy(), places, since, clock })
    const read = async () => {
      await summaries.run()
      await house.settle()
      return (await posted(house, 'leadership')).at(-1)?.text
    }
    house.skip(5 * 24 * 60 + 12 * 60)
    expect(await read()).not.toContain('skipped')
    house.skip(3 * 24 * 60)
    expect(await read()).toContain('2 summaries before it were skipped')
  })

  test('of a plan that has ended comes late for a day, and then to no room that is new', async () => {
    house = await openHouse(where, Date.UTC(2026, 9, 19, 0), { adjust: planned([]) })
    const { store, clock } = house
    const [since, places] = [clock(), listedPlaces({ name: 'nowhere', places: [] })]
    const summaries = createSummaries({ store, plans: [hourly], taxonomy: loadTaxonomy(), places, since, clock })
    // The night of 1 November is over at 11:00 UTC.
    house.skip((13 * 24 + 30) * 60)
    expect([await summaries.overdue(), await summaries.run()]).toMatchObject([{ count: 1 }, expect.any(Number)])
    const others = createSummaries({
      ...{ store, plans: [{ ...hourly, name: 'other' }], taxonomy: loadTaxonomy(), places, since, clock },
    })
    house.skip(6 * 60)
    expect([await others.overdue(), await others.run()]).toMatchObject([{ count: 0 }, 0])
  })

  test('leads to the incidents it lists, for whoever may open them', async () => {
    house = await openHouse(where, undefined, { adjust: planned([daily]) })
    await house.fill('heron', '/report', {
      what: 'Men with rifles at the library',
      where: 'Maricopa County, AZ',
      danger: 'hurt',
      contact: 'yes',
    })
    house.skip(19 * 60)
    await look(house)
    const [first] = await posted(house, 'leadership')
    expect(JSON.stringify(first?.message.body)).toContain('"id":"incident:AZ-0001"')
  })

  test('that is of each region goes to its own rooms, in the hour of its own zone', async () => {
    house = await openHouse(where, Date.UTC(2026, 9, 19, 0), { adjust: planned([weekly]) })
    for (let passed = 0; passed < 24 * 4; passed++) {
      house.skip(15)
      await look(house)
    }
    const arizona = (await posted(house, 'az-response')).map(one => local(one.at, 'America/Phoenix'))
    const michigan = (await posted(house, 'mi-response')).map(one => local(one.at, 'America/Detroit'))
    expect(arizona).toEqual(['2026-10-19 08:00'])
    expect(michigan).toEqual(['2026-10-19 08:00'])
  })
})

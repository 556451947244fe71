import { expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { takeIn } from '../../bot/importing.ts'
import { asThemselves } from '../../workflows/shield.ts'
import { beginOf, dayAfter } from '../../workflows/warning/days.ts'
import { keep, reported } from '../contracts/incidents.ts'
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
  ground => openHouse(ground, Date.UTC(2026, 7, 1, 16)),
)

const county = (name: string, fips: string, usState = 'AZ') =>
  ({ state: 'found', county: `${name} County`, fips, usState }) as const

/** A report of that day, filed then; by one of three. */
async function filed(day: string, region: string, place: ReturnType<typeof county>) {
  number += 1
  const people = [...house.store.roster.directory().people.keys()]
  const at = beginOf(day, phoenix) + 12 * hour
  const id = `${region}-${String(9000 + number)}`
  await keep(house.store, null, reported(id, { at, by: people[number % 3] ?? null, kind: 'VO-1', severity: 2, place }))
}

/** A partner's rows: so many a day in a county, of some days before today. */
async function given(days: readonly number[], each: number, place: ReturnType<typeof county>, open = false) {
  const directory = house.store.roster.directory()
  const [person] = [...directory.people.values()]
  const actor = person ? asThemselves(person.id, directory) : null
  if (!actor) throw new Error('the sample network has people')
  const rows = days.flatMap(back =>
    Array.from({ length: each }, (_, one) => ({
      number: one + 2,
      draft: {
        ...{ key: `import:P=${back}.${one}`, what: `Row ${back} ${one}`, where: 'Mesa, AZ' },
        ...({ kind: 'VO-1', kindSaid: true } as const),
        severity: open ? (5 as const) : (2 as const),
        at: beginOf(dayAfter(today, -back), phoenix) + 12 * hour + one,
      },
      placed: { region: 'AZ', place, spots: [] },
    })),
  )
  const tools = {
    ...{ store: house.store, taxonomy: loadTaxonomy(), actor, source: 'P', now: house.clock, notify: false },
    ...{ endedBefore: open ? 0 : house.clock() - 2 * 24 * hour, pause: async () => {} },
  }
  expect((await takeIn(rows, tools)).filed).toBe(rows.length)
}

async function morning(day: string) {
  house.skip((beginOf(day, phoenix) + 6.5 * hour - house.clock()) / 60_000)
  await house.schedule.runSummaries()
  await house.settle()
  const standing = await house.store.warnings.at(house.clock()).standing('all')
  return standing.flatMap(one => one.alarms.map(alarm => alarm.id))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test("a partner's list of days long past raises no alarm: nobody went quiet, and no other county stands out", async () => {
  const fulton = county('Fulton', '13121', 'GA')
  const dekalb = county('DeKalb', '13089', 'GA')
  for (let back = 60; back >= 0; back -= 2) {
    await filed(dayAfter(today, -back), 'GA', fulton)
    await filed(dayAfter(today, -back), 'GA', dekalb)
  }
  house.skip((beginOf(dayAfter(today, 1), phoenix) + 1 * hour - house.clock()) / 60_000)
  await given(range(4, 70), 12, county('Maricopa', '04013'))
  expect(await morning(dayAfter(today, 1))).toEqual([])
  expect(await morning(dayAfter(today, 2))).toEqual([])
})

test('history of one region says nothing of another, whose reports count from the first day of the hub', async () => {
  const begun = '2026-08-01'
  const back = (day: string) => Math.round((Date.parse(today) - Date.parse(day)) / (24 * hour))
  house.skip(8 * 24 * 60)
  await given(range(back(begun) + 2, back(begun) + 60), 1, county('Maricopa', '04013'))
  for (let day = 1; day <= 8; day++) {
    for (let each = 0; each < 3; each++) await filed(dayAfter(begun, day), 'GA', county('Fulton', '13121', 'GA'))
  }
  expect(await morning(dayAfter(begun, 9))).toEqual([])
})

test('critical reports of last month that are left open warn of nothing today', async () => {
  house.skip((beginOf(today, phoenix) + 12 * hour - house.clock()) / 60_000)
  await given(range(20, 24), 1, county('Maricopa', '04013'), true)
  await house.pass(12)
  const standing = await house.store.warnings.at(house.clock()).standing(['AZ'])
  expect(standing).toMatchObject([{ level: 'green', alarms: [] }])
})

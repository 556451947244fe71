import { describe, expect, test } from 'vitest'
import { beginOf, dayAfter, dayOf } from '../../workflows/warning/days.ts'
import { keep, reported, type Start } from '../contracts/incidents.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, openHouse, readAnswer } from '../house.ts'

const hour = 60 * 60_000
const phoenix = 'America/Phoenix'
// The hub first starts on 1 September; the story is told on 20 October.
const start = Date.UTC(2026, 8, 1, 16)
const today = '2026-10-20'

let house: House
let at: Ground
let number = 0
eachHouse(
  (opened, ground) => {
    house = opened
    at = ground
    number = 0
  },
  ground => openHouse(ground, start),
)

/** So many reports of a kind on a local day, at noon of Phoenix. */
async function reports(day: string, count: number, more: Start = {}) {
  const noonThen = beginOf(day, phoenix) + 12 * hour
  for (let one = 0; one < count; one++) {
    number += 1
    const id = `AZ-${String(number).padStart(4, '0')}`
    const by = people()[one % 3] ?? null
    await keep(house.store, null, reported(id, { at: noonThen + one, by, kind: 'AR-1', severity: 3, ...more }))
  }
}

const people = () => [...house.store.roster.directory().people.keys()]

/** One report each second day, for six weeks: what is usual. */
async function usual() {
  for (let back = 42; back > 0; back -= 2) await reports(dayAfter(today, -back), 1)
}

async function morning(day: string, one = house) {
  const six = beginOf(day, phoenix) + 6 * hour
  one.skip((six - one.clock()) / 60_000)
  await one.schedule.runSummaries()
  await one.settle()
}

const room = async () => (await house.room('coordination')).filter(said => said.startsWith('Early warning'))
const az = async (one = house) => (await one.store.warnings.at(one.clock()).standing(['AZ']))[0]

describe('the morning after an unusual day', () => {
  test('coordinators are told once: count, expected, reporters against usual, method, and what ends it', async () => {
    await usual()
    await reports(today, 6)
    await morning(dayAfter(today, 1))
    const [told, ...more] = await room()
    expect(more).toEqual([])
    expect(told?.split('\n')).toEqual([
      'Early warning for Arizona: watch',
      'More reports than usual: Armed presence, Arizona',
      expect.stringMatching(/^6 reports received on Tue 20 Oct; about 0\.5 were to be expected\.$/),
      '3 people reported that day, usually 0.5.',
      'Possible reporting effect: far more or fewer people reported than usual, so the figures may show that instead.',
      expect.stringMatching(/^Found by how rare it would be by chance \(.*\): chance less than 0\.001, limit 0.01\.$/),
      expect.stringMatching(/^It ends .*23 Oct 03:00.* if no day has \d or more again\.$/),
      '[Dismiss] [Confirm alert]',
    ])
    await house.pass(3)
    expect((await room()).filter(said => said.includes('More reports than usual'))).toHaveLength(1)
    const [alarm] = (await az())?.alarms.filter(one => one.method === 'poisson') ?? []
    expect(alarm).toMatchObject({ level: 'watch', counties: [], group: 'AR', day: today, count: 6 })
  })

  test('another process, and the same started again, compute nothing twice', async () => {
    await usual()
    await reports(today, 6)
    const other = await openHouse(at, house.clock())
    await Promise.all([morning(dayAfter(today, 1)), morning(dayAfter(today, 1), other)])
    await house.close()
    const again = await openHouse(at, beginOf(dayAfter(today, 1), phoenix) + 7 * hour)
    house = again
    await again.schedule.runSummaries()
    await again.settle()
    expect(await room()).toHaveLength(1)
    expect((await az(again))?.alarms).toHaveLength(1)
  })

  test('after days without a hub each day is looked at, and what comes late says so', async () => {
    await usual()
    await reports(today, 6)
    await reports(dayAfter(today, -2), 7)
    house.skip((beginOf(dayAfter(today, 1), phoenix) + 9 * hour - house.clock()) / 60_000)
    await house.schedule.runSummaries()
    await house.settle()
    const [told] = await room()
    expect(told).toMatch(/This should have come at .*; I was away\./)
    const found = await house.store.warnings.at(house.clock()).found({ from: 0, to: house.clock() + 1 }, ['AZ'])
    expect(found.map(alarm => [alarm.day, alarm.state]).toSorted()).toContainEqual([dayAfter(today, -2), 'over'])
    expect(found.some(alarm => alarm.day === today && alarm.state === 'open')).toBe(true)
  })
})

describe('what warns of nothing', () => {
  test('an empty network, a constant series, restricted reports, exercises and good news', async () => {
    for (let back = 42; back >= 0; back--) await reports(dayAfter(today, -back), 2, { kind: 'VO-1' })
    await reports(today, 9, { visibility: 'restricted', allowed: [] })
    await reports(today, 9, { drill: 'D-1' } as Start)
    await reports(today, 9, { kind: 'PO-1', severity: 1 })
    await reports(today, 9, { kind: null })
    await morning(dayAfter(today, 1))
    expect(await room()).toEqual([])
    expect(await az()).toMatchObject({ level: 'green', alarms: [] })
    expect(dayOf(house.clock(), phoenix)).toBe(dayAfter(today, 1))
  })
})

describe('the scan of the whole network', () => {
  const place = (county: string, fips: string) => ({
    place: { state: 'found', county: `${county} County`, fips, usState: 'AZ' } as const,
  })
  const usualOf = async (county: string, fips: string) => {
    for (let back = 56; back > 14; back -= 3) await reports(dayAfter(today, -back), 1, place(county, fips))
  }

  test('finds neighboring counties that report more than usual, once, with the chance of that', async () => {
    const all = [
      ['Maricopa', '04013'],
      ['Pinal', '04021'],
      ['Pima', '04019'],
      ['Coconino', '04005'],
    ] as const
    for (const [county, fips] of all) await usualOf(county, fips)
    for (let back = 4; back >= 0; back--) {
      await reports(dayAfter(today, -back), 1, { ...place('Maricopa', '04013'), kind: 'VO-1' })
      await reports(dayAfter(today, -back), 1, { ...place('Pinal', '04021'), kind: 'HA-1' })
    }
    await morning(dayAfter(today, 1))
    const alarms = (await az())?.alarms.filter(alarm => alarm.method === 'scan') ?? []
    expect(alarms).toMatchObject([
      {
        group: null,
        day: today,
        count: 10,
        counties: expect.arrayContaining(['04013', '04021']),
        statistic: { name: 'p' },
      },
    ])
    expect(alarms[0]?.statistic?.value).toBeLessThan(0.05)
    expect(alarms[0]?.counties).toHaveLength(2)
    const said = (await room()).filter(one => one.includes('Reports cluster in neighboring counties'))
    expect(said).toHaveLength(1)
    expect(alarms[0]?.days).toBe(5)
    expect(said[0]).toMatch(/10 reports received in the 5 days up to Tue 20 Oct; about [\d.]+ were to be expected\./)
    await morning(dayAfter(today, 2))
    const next = (await az())?.alarms.filter(alarm => alarm.method === 'scan') ?? []
    expect(next.map(alarm => alarm.day)).toEqual([dayAfter(today, 1)])
    expect((await room()).filter(one => one.includes('cluster'))).toHaveLength(1)
  })
})

describe('an alarm over open reports of S3 and above', () => {
  test('proposes the protocol that is for them, once', async () => {
    await usual()
    await reports(today, 6)
    await morning(dayAfter(today, 1))
    const asked = (await house.direct('magpie')).filter(said => said.startsWith('Start P1'))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('Early warning found something unusual, with 6 open reports like these: /warning.')
    await house.schedule.runSummaries()
    expect(
      (await house.store.proposals.open('all')).map(one => [one.protocol, one.trigger, one.incidents.length]),
    ).toEqual([['P1', '+alarm', 6]])
  })
})

describe('silence', () => {
  test('of a county and of people who usually report is counted, and nobody is named', async () => {
    for (let back = 20; back > 2; back--) await reports(dayAfter(today, -back), 1)
    await morning(dayAfter(today, 1))
    const alarms = (await az())?.alarms.map(alarm => [alarm.rule, alarm.count, alarm.counties])
    expect(alarms).toEqual([
      ['counties', 1, ['04013']],
      ['reporters', 1, []],
    ])
    const [told] = await room()
    expect(told).toContain('1 county that usually reports has gone quiet, Maricopa County, Arizona')
    expect(told).toContain('1 person who usually reports has gone quiet, Arizona')
    for (const { callsign } of house.store.roster.directory().people.values()) expect(told).not.toContain(callsign)
    // Somebody reports again: the next morning finds less.
    await reports(dayAfter(today, 1), 1)
    await morning(dayAfter(today, 2))
    expect((await room()).filter(one => one.includes('quiet'))).toHaveLength(1)
  })

  test('is not told of the days when the hub itself was away', async () => {
    for (let back = 20; back > 2; back--) await reports(dayAfter(today, -back), 1)
    house.skip((beginOf(dayAfter(today, 1), phoenix) + 9 * hour - house.clock()) / 60_000)
    await house.schedule.runSummaries()
    expect((await az())?.alarms).toEqual([])
  })
})

describe('/warning', () => {
  const warned = async () => {
    await usual()
    await reports(today, 6)
    await morning(dayAfter(today, 1))
    return (await az())?.alarms[0]?.id ?? ''
  }

  test('shows every region of whoever asks, the tensest first, and why', async () => {
    const id = await warned()
    expect(id).toBe('W-AZ-2026-10-20-poisson-AR')
    const lines = readAnswer(await house.type('magpie', '/warning')).split('\n')
    expect(lines).toEqual([
      'Early warning',
      expect.stringMatching(/^Arizona: watch, since /),
      'More reports than usual: Armed presence, Arizona',
      'Georgia: green',
      'Alarms measure reports, not events. What was not reported is in no figure.',
    ])
    const region = readAnswer(await house.type('finch', '/warning AZ'))
    expect(region).toContain('Something unusual was reported. Please look at it.')
    expect(region).toContain('6 reports received on Tue 20 Oct; about 0.5 were to be expected.')
    expect(region).not.toContain('[Confirm alert]')
    const alarm = readAnswer(await house.type('magpie', `/warning ${id.toLowerCase()}`))
    expect(alarm).toContain('AZ-0027')
    expect(alarm).toContain('[Dismiss] [Whole region]')
    expect(readAnswer(await house.type('heron', '/warning'))).toContain('response teams')
    expect(readAnswer(await house.type('magpie', '/warning ZZ'))).toMatch(/^I know no region or alarm ZZ/)
    expect(readAnswer(await house.type('osprey', '/warning AZ'))).toMatch(/^I know no region or alarm AZ/)
  })

  test('in Spanish it says the same', async () => {
    await warned()
    const said = readAnswer(await house.type('wren', '/warning AZ'))
    expect(said).toContain('Alerta temprana de Arizona')
    expect(said).toContain('6 reportes recibidos el mar 20 oct; se esperaban alrededor de 0,5.')
    expect(said).toMatch(/Termina el vie 23 oct 00:00 si ningún día vuelve a tener 4 o más\./)
    expect(said).not.toMatch(/[{}]/)
  })

  test('an alarm is dismissed with a reason, once, and the coordinators hear of it', async () => {
    const id = await warned()
    expect(readAnswer(await house.press('finch', `weigh::dismiss.${id}`))).toMatch(/^Only coordinators and leaders/)
    const opened = await house.press('magpie', `weigh::dismiss.${id}`)
    if (opened.reply.type !== 'form') throw new Error(readAnswer(opened))
    expect(readAnswer(opened)).toBe('Decide on a warning\nMore reports than usual: Armed presence, Arizona')
    const { form } = opened.reply
    expect(readAnswer(await house.submit('magpie', form, { why: '' }))).toContain('why: Please fill')
    expect(readAnswer(await house.submit('magpie', form, { why: 'The gun show is in town' }))).toMatch(/^Dismissed/)
    await house.settle()
    const told = (await house.room('coordination')).at(-1)
    expect(told).toMatch(/^Magpie dismissed an alarm in Arizona: More reports .*\nThe gun show is in town$/)
    expect(await az()).toMatchObject({ level: 'green' })
    const again = readAnswer(await house.type('owl', `/warning dismiss ${id} twice`))
    expect(again).toMatch(/^Magpie dismissed this alarm already/)
    const shown = readAnswer(await house.type('owl', `/warning ${id}`))
    expect(shown).toContain('The gun show is in town')
    expect(shown).not.toContain('[Dismiss]')
  })

  test('an alert is confirmed by a person with a reason, told to leaders, and taken back', async () => {
    await warned()
    expect(readAnswer(await house.type('finch', '/warning alert AZ now'))).toMatch(/^Only coordinators/)
    const said = readAnswer(await house.type('magpie', '/warning alert AZ two sites at once'))
    expect(said).toMatch(/^Arizona is on alert\..*\/warning calm AZ and why\.$/)
    expect(await az()).toMatchObject({ level: 'alert' })
    expect((await house.room('leadership')).at(-1)).toBe('Magpie has put Arizona on alert. Because:\ntwo sites at once')
    expect((await house.direct('eagle')).at(-1)).toContain('has put Arizona on alert')
    expect(readAnswer(await house.type('owl', '/warning alert AZ me too'))).toMatch(
      /^Magpie put Arizona on alert already/,
    )
    const region = readAnswer(await house.type('owl', '/warning AZ'))
    expect(region).toContain('Magpie confirmed the alert at')
    expect(region).toContain('[Take the alert back]')
    expect(readAnswer(await house.type('owl', '/warning calm AZ both are over'))).toMatch(/is taken back/)
    expect(readAnswer(await house.type('owl', '/warning calm AZ again'))).toBe('No alert stands in Arizona.')
    expect(await az()).toMatchObject({ level: 'watch', alert: null })
  })
})

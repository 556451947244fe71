import { describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { pollingOf, pollingShape, writtenPolling } from '../../workflows/network/polling.ts'
import { nearPolling } from '../../workflows/warning/polling.ts'
import { eachHouse } from '../each.ts'
import { ground, type House, noon, openHouse, readAnswer } from '../house.ts'

let house: House
let filed = 0
eachHouse(
  opened => {
    house = opened
    filed = 0
  },
  ground => openHouse(ground, noon),
)

const maricopa = 'Maricopa County, AZ'
const told = [
  'Two men stand by the drop box and film cars.',
  'A truck circles the lot and honks at people.',
  'Somebody writes down the plates of volunteers.',
  'A woman was told to go home or else.',
  'Men in vests ask people in line for names.',
  'A man follows voters back to their cars.',
]
const reporters = ['heron', 'cactus-wren', 'finch', 'wren']

/** Files a report and says what kind it is; gives its id. */
async function report(kind: string, { where = maricopa, danger = 'soon', what = '', by = '' } = {}) {
  const who = by || (reporters[filed % reporters.length] ?? 'heron')
  const said = what || (told[filed % told.length] ?? '')
  filed += 1
  const answer = readAnswer(await house.fill(who, '/report', { what: said, where, danger, contact: 'yes' }))
  const id = /[A-Z]{2}-\d{4}/.exec(answer)?.[0] as IncidentId
  house.skip(1)
  await house.type('owl', `/update ${id} kind: ${kind}`)
  return id
}

async function now(): Promise<void> {
  await house.settle()
  while (await house.schedule.runClocks()) {}
  await house.schedule.runSummaries()
  await house.settle()
}

const az = async () => (await house.store.warnings.at(house.clock()).standing(['AZ']))[0]
const rules = async () => ((await az())?.alarms ?? []).map(alarm => [alarm.rule, alarm.count, alarm.level])
const room = async () => (await house.room('coordination')).filter(said => said.startsWith('Early warning'))

describe('three reports of one group in one county within a day', () => {
  test('are told to coordinators once, with all they need, and again once they have doubled', async () => {
    for (let one = 0; one < 2; one++) await report('VO-2')
    await now()
    expect(await rules()).toEqual([])
    await report('VO-3')
    await now()
    expect(await rules()).toEqual([['cluster', 3, 'watch']])
    expect((await room()).map(said => said.split('\n'))).toEqual([
      [
        'Early warning for Arizona: watch',
        'Several reports within a day: Voting and counting, Maricopa County, Arizona',
        '3 reports received so far.',
        '3 people reported that day, usually 0.',
        expect.stringMatching(/^Possible reporting effect/),
        'Found by a rule of the network.',
        expect.stringMatching(/^It ends .* if nothing like it is found again\.$/),
        '[Dismiss] [Confirm alert]',
      ],
    ])
    await report('VO-2')
    await now()
    expect(await rules()).toEqual([['cluster', 4, 'watch']])
    expect(await room()).toHaveLength(1)
    for (let one = 0; one < 2; one++) await report('VO-2')
    await now()
    expect(await room()).toHaveLength(2)
    expect((await room()).at(-1)).toContain('It has grown: 6 by now.')
  })

  test('count no more once they are found to be nothing, and a dismissed one is not raised by the same again', async () => {
    const ids = [await report('VO-2'), await report('VO-2'), await report('VO-2')]
    await now()
    const [alarm] = (await az())?.alarms ?? []
    await house.type('magpie', `/warning dismiss ${alarm?.id} all of one party`)
    await house.type('finch', `/update ${ids[0]} kind: VO-3`)
    await now()
    expect(await rules()).toEqual([])
    const others = [await report('VO-2'), await report('VO-2'), await report('VO-2')]
    await now()
    expect((await az())?.alarms[0]?.incidents.toSorted()).toEqual(others.toSorted())
    await house.type('owl', `/dismiss ${others[0]} not ours`)
    await now()
    expect(await rules()).toEqual([])
  })

  test('of different groups or counties, or only for information, are no cluster', async () => {
    await report('VO-2')
    await report('HA-1')
    await report('VO-2', { where: 'Pima County, AZ' })
    for (let one = 0; one < 3; one++) await report('PR-1', { danger: 'none' })
    for (let one = 0; one < 3; one++) await report('PO-1', { danger: 'none' })
    await now()
    expect(await rules()).toEqual([])
  })
})

describe('a critical report', () => {
  test('makes the region a warning at once, without a second call, until it has ended', async () => {
    const id = await report('VI-2', { danger: 'now' })
    await house.type('owl', `/update ${id} severity: S5 shots fired`)
    await now()
    expect(await rules()).toEqual([['critical', 1, 'warning']])
    expect(await room()).toEqual([])
    await house.type('finch', `/claim ${id}`)
    await house.fill('finch', `/resolve ${id}`, { outcome: 'calmed', note: 'Over' })
    await now()
    expect(await az()).toMatchObject({ level: 'green' })
  })
})

describe('an S4 that nobody claims', () => {
  test('is a warning after ten minutes, until somebody has it', async () => {
    const id = await report('AR-2', { danger: 'now' })
    await now()
    const severity = (await house.store.incidents.find(id))?.incident.severity
    expect(severity).toBeGreaterThanOrEqual(4)
    await house.pass(12)
    expect((await rules()).map(([rule]) => rule)).toContain('unclaimed')
    await house.type('finch', `/claim ${id}`)
    await now()
    expect((await rules()).map(([rule]) => rule)).not.toContain('unclaimed')
  })
})

describe('the same words from two counties within six hours', () => {
  test('warn both regions; who is asked about a protocol for them is not told besides', async () => {
    const what = 'They say the ballots of the mail truck were burned behind the depot last night.'
    await report('SP-3', { what, where: maricopa })
    await report('SP-3', { what, where: 'Fulton County, GA', by: 'thrasher' })
    await now()
    const standing = await house.store.warnings.at(house.clock()).standing(['AZ', 'GA'])
    expect(standing.map(one => one.alarms.map(alarm => [alarm.rule, alarm.counties]))).toEqual([
      [['rumour', ['04013', '13121']]],
      [['rumour', ['04013', '13121']]],
    ])
    expect(await room()).toEqual([])
    expect((await house.room('coordination')).at(-1)).toMatch(/^Start P3/)
    const shown = readAnswer(await house.type('magpie', '/warning GA'))
    expect(shown).toContain('The same words from several counties within 6 h')
    expect(shown).not.toContain('ballots')
  })
})

describe('armed people where people vote', () => {
  test('warn at once while people vote there, by the name of the place or within a mile of it', async () => {
    const polling = {
      ...{ days: ['2026-10-19'], from: '06:00', until: '20:00' },
      places: [{ name: 'Burton Barr Library', also: [], point: { latitude: 33.4626, longitude: -112.074 } }],
    }
    await house.close()
    const other = ground()
    house = await openHouse(other, noon, { adjust: network => ({ ...network, polling }) })
    await report('AR-1', { where: 'by the Burton Barr Library, Maricopa County, AZ' })
    await report('AR-1', { where: 'Pima County, AZ' })
    await now()
    expect(await rules()).toEqual([['polling', 1, 'warning']])
    expect((await room()).at(-1)).toContain('Armed people near a polling place, Maricopa County, Arizona')
    await house.close()
    other.leave()
  })

  test('by the point that a report names, and by the clock of the region', () => {
    const polling = pollingOf({
      ...{ days: ['2026-11-03'], from: '06:00', until: '20:00' },
      places: [{ name: 'Burton Barr Library', also: [], at: '33.4626, -112.0740' }],
    })
    const seven = Date.UTC(2026, 10, 3, 14)
    const near = (text: string, at = seven) => nearPolling(text, at, 'America/Phoenix', polling)
    expect([near('33.4700, -112.0740'), near('33.4800, -112.0740')]).toEqual([true, false])
    expect([near('at burton barr LIBRARY'), near('at the library')]).toEqual([true, false])
    expect(near('Burton Barr Library', seven - 2 * 60 * 60_000)).toBe(false)
    expect(near('Burton Barr Library', seven + 24 * 60 * 60_000)).toBe(false)
    expect(nearPolling('Burton Barr Library', seven, 'America/Phoenix', undefined)).toBe(false)
    expect(pollingOf(pollingShape.parse(writtenPolling(polling)))).toEqual(polling)
  })
})

describe('threats to our own people', () => {
  test('count in no level, as few may know of them; who may know of two within a week is told so', async () => {
    const own = 'He wrote to our volunteer that he knows where she lives.'
    const first = await report('TH-4', { what: own, danger: 'now' })
    await house.type('owl', `/mark ${first} restricted add Magpie`)
    await now()
    const told = async (who: string) =>
      (await house.direct(who)).filter(said => said.startsWith('Threats to our own people: 2'))
    expect(await told('magpie')).toEqual([])
    const second = await report('TH-4', { what: 'A car waits before the home of one of us.', danger: 'now' })
    await house.type('owl', `/mark ${second} restricted add Magpie`)
    await now()
    const states = await Promise.all([first, second].map(id => house.store.incidents.find(id)))
    expect(states.map(one => one?.incident.visibility)).toEqual(['restricted', 'restricted'])
    const [said, ...more] = await told('magpie')
    expect(more).toEqual([])
    expect(said).toContain(first)
    expect(said).toContain(second)
    for (const who of ['finch', 'wren', 'osprey', 'crane']) expect(await told(who)).toEqual([])
    await house.pass(11)
    expect(await rules()).toEqual([])
    expect(await room()).toEqual([])
  })
})

describe('an exercise', () => {
  test('warns of nothing', async () => {
    await house.type('magpie', '/drill P1 AZ')
    await house.pass(5)
    expect(await rules()).toEqual([])
    expect(await room()).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Network, NetworkPerson } from '../../workflows/network.ts'
import type { RecurringPlan } from '../../workflows/recurring.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'

let at: Ground
let house: House

const checkIn: RecurringPlan = {
  name: 'weekly check-in',
  days: { type: 'weekly', days: [1], weeks: 1 },
  at: '18:00',
  from: null,
  until: null,
  audience: 'mediators',
  words: { en: 'All well with you?', es: '¿Todo bien con usted?' },
  message: null,
  answer: { type: 'got-it' },
  urgency: 'routine',
  quiet: 'keep',
  trial: false,
  listAfter: 24,
}
const events = [{ name: 'election day', on: '2026-11-03' }]
const withPlans =
  (...broadcasts: readonly RecurringPlan[]) =>
  (network: Network): Network => ({ ...network, broadcasts, events })

beforeEach(() => {
  at = ground()
})
afterEach(async () => {
  for (const close of at.standing) await close()
  at.leave()
})

const open = async (...plans: readonly RecurringPlan[]) => {
  house = await openHouse(at, undefined, { adjust: withPlans(...plans) })
  await house.pass(1)
}
const direct = async (who: string) => (await house.direct(who)).join('\n\n')
const times = (text: string, part: string) => text.split(part).length - 1

/** The newest button of that label that somebody has in their direct conversation. */
async function button(who: string, label: string): Promise<string> {
  const all = await house.store.practice.list(`direct:${who}`, 200)
  const buttons = all.flatMap(({ body }) => (body as { buttons?: { id: string; label: string }[] }).buttons ?? [])
  const found = buttons.findLast(one => one.label === label)
  if (!found) throw new Error(`${who} has no button ${label}`)
  return found.id
}

async function inRoom(address: string, label: string): Promise<string | undefined> {
  const all = await house.store.practice.list(address, 200)
  const buttons = all.flatMap(({ body }) => (body as { buttons?: { id: string; label: string }[] }).buttons ?? [])
  return buttons.findLast(one => one.label === label)?.id
}

async function approved(): Promise<void> {
  for (const who of ['owl', 'eagle']) await house.press(who, await button(who, 'Approve'))
}

describe('a check-in that comes again', () => {
  test('is approved once by two, on a press each, and then goes out by the clock of each region', async () => {
    await open(checkIn)
    const asked = await direct('eagle')
    expect(asked).toContain('Comes again: weekly check-in')
    expect(asked).toContain('When: Monday at 18:00, by the clock of each region.')
    expect(asked).toContain('All well with you?')
    const first = await house.press('owl', await button('owl', 'Approve'))
    expect(readAnswer(first)).toContain('One more person is needed')
    expect(readAnswer(await house.press('owl', await button('owl', 'Approve'), null, 'again'))).toContain(
      'You approved it',
    )
    expect(readAnswer(await house.press('eagle', await button('eagle', 'Approve')))).toContain('by itself from now on')
    house.skip(5 * 60 + 56)
    await house.pass(1)
    expect(await direct('thrasher')).not.toContain('All well')
    await house.pass(4)
    expect(await direct('thrasher')).toContain('All well with you?')
    expect(await direct('tanager')).toContain('¿Todo bien con usted?')
    expect(await direct('finch')).not.toContain('All well')
    expect(await direct('heron')).not.toContain('All well')
    house.skip(2 * 60 + 55)
    await house.pass(6)
    expect(times(await direct('heron'), 'All well with you?')).toBe(1)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(1)
  })

  test('goes out once, however often the hub is started again, and a week later again', async () => {
    await open(checkIn)
    await approved()
    house.skip(6 * 60 + 1)
    await house.pass(1)
    const later = house.clock()
    await house.close()
    house = await openHouse(at, later, { adjust: withPlans(checkIn) })
    await house.pass(3)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(1)
    house.skip(7 * 24 * 60)
    await house.pass(2)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(2)
  })

  test('late it says so, and too late the coordinators are told instead', async () => {
    await open(checkIn)
    await approved()
    house.skip(8 * 60)
    await house.pass(2)
    expect(await direct('thrasher')).toMatch(/\(This comes late\. It was due at 18:00\.\)\s+All well with you\?/)
    house.skip(7 * 24 * 60 + 12 * 60)
    await house.pass(2)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(1)
    const coordination = (await house.room('coordination')).join('\n')
    expect(coordination).toContain('was not sent: the hub was away until it was too late')
  })

  test('that nobody has approved waits, says so, and goes out once they do', async () => {
    await open(checkIn)
    house.skip(6 * 60 + 5)
    await house.pass(1)
    expect(await direct('thrasher')).not.toContain('All well')
    expect((await house.room('coordination')).join('\n')).toContain('is not approved. It goes out if it is approved')
    await approved()
    await house.pass(2)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(1)
  })

  test('rests while somebody wants it to, and what came due meanwhile is not made up for', async () => {
    await open(checkIn)
    await approved()
    const seen = await house.type('owl', '/broadcast recurring weekly check-in pause')
    expect(readAnswer(seen)).toContain('It rests.')
    house.skip(6 * 60 + 5)
    await house.pass(1)
    expect(readAnswer(await house.type('eagle', '/broadcast recurring'))).toContain('It rests: Owl')
    await house.type('eagle', '/broadcast recurring weekly check-in resume')
    await house.pass(2)
    expect(await direct('thrasher')).not.toContain('All well')
    house.skip(7 * 24 * 60)
    await house.pass(1)
    expect(await direct('thrasher')).toContain('All well')
  })

  test('reaches nobody who wrote STOP, and after a day the others who are silent are listed by region', async () => {
    await open(checkIn)
    await approved()
    expect(readAnswer(await house.write('robin', 'STOP', null))).toContain('I send you no more broadcasts')
    house.skip(6 * 60 + 5)
    await house.pass(1)
    expect(await direct('robin')).not.toContain('All well')
    await house.press('tanager', await button('tanager', 'Recibido'))
    house.skip(3 * 60)
    await house.pass(2)
    house.skip(24 * 60)
    await house.pass(3)
    const told = (await house.room('coordination')).find(one => one.includes('who has not answered')) ?? ''
    expect(told).toContain('Georgia: Thrasher')
    expect(told).toContain('Arizona: Cactus Wren, Heron')
    expect(told).not.toContain('Robin')
    expect(told).not.toContain('Tanager')
  })

  test('changed words are another question, and are asked anew', async () => {
    await open(checkIn)
    await approved()
    const { store } = house
    const words = { en: 'Are you well?' }
    const update = { regions: [], rooms: [], people: [], gone: { regions: [], rooms: [], people: [], accounts: false } }
    await store.roster.update({ ...update, settings: { broadcasts: [{ ...checkIn, words }] } }, house.clock())
    await house.pass(1)
    expect(await direct('eagle')).toContain('Are you well?')
    house.skip(6 * 60)
    await house.pass(1)
    expect(await direct('thrasher')).not.toContain('well?')
  })
})

describe('what has been approved', () => {
  const mediator = (callsign: string): NetworkPerson => ({
    ...{ name: null, callsign, roles: ['mediator'], regions: ['GA'], languages: ['en'], sample: true },
    accounts: [{ platform: 'workspace', address: callsign.toLowerCase() }],
  })
  const nothing = { settings: {}, regions: [], rooms: [], people: [] }
  const gone = { regions: [], rooms: [], people: [], accounts: false }

  test('waits once it means over a tenth more people, until it is approved for them', async () => {
    await open(checkIn)
    await approved()
    await house.store.roster.update({ ...nothing, people: [mediator('Junco')], gone }, house.clock())
    await house.pass(1)
    expect(await direct('eagle')).toContain('goes to over a tenth more people than was approved: now 9 people')
    house.skip(6 * 60)
    await house.pass(1)
    expect(await direct('thrasher')).not.toContain('All well')
    await approved()
    await house.pass(2)
    expect(times(await direct('thrasher'), 'All well with you?')).toBe(1)
  })

  test('waits for somebody else once one of the two is on the roster no more', async () => {
    await open(checkIn)
    await approved()
    await house.store.roster.update({ ...nothing, gone: { ...gone, people: ['Owl'] } }, house.clock())
    await house.pass(1)
    const asked = (await house.room('coordination')).join('\n')
    expect(asked).toContain('Somebody who approved this broadcast may no longer do so')
    await house.press('jay', (await inRoom('coordination', 'Approve')) ?? '')
    house.skip(6 * 60)
    await house.pass(2)
    expect(await direct('thrasher')).toContain('All well')
  })

  test('cannot go out without its prepared message, which is told when it is found', async () => {
    await open({ ...checkIn, words: {}, message: 'not-there' as never })
    const told = (await house.room('coordination')).join('\n')
    expect(told).toContain('"weekly check-in" is in the network file and cannot go out as it is.')
    expect(told).toContain('The prepared message not-there has no approved version.')
    expect(readAnswer(await house.type('eagle', '/broadcast recurring'))).toContain('It cannot go out as it is.')
  })
})

describe('a trial before an event', () => {
  test('goes to each account, and what is not proven is listed', async () => {
    const trial: RecurringPlan = {
      ...{ ...checkIn, name: 'trial', audience: 'AZ mediators', trial: true, listAfter: 2 },
      ...{
        days: { type: 'before', event: 'election day', days: 7 },
        at: '12:00',
        words: { en: 'A trial. Press the button.' },
      },
    }
    await open(trial)
    const asked = await direct('eagle')
    expect(asked).toContain('7 days before election day at 12:00')
    expect(asked).toContain('each account of everybody')
    await approved()
    // To noon of 27 October in Phoenix, which is 15:00 in New York.
    house.skip(8 * 24 * 60 + 3 * 60)
    await house.pass(2)
    expect(await direct('heron')).toContain('A trial. Press the button.')
    await house.press('heron', await button('heron', 'Got it'))
    house.skip(2 * 60)
    await house.pass(3)
    const told = (await house.room('coordination')).find(one => one.includes('not proven')) ?? ''
    expect(told).toContain('Of 2 accounts 1 is not proven.')
    expect(told).toContain('Arizona: Cactus Wren')
  })
})

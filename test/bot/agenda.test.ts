import ical from 'node-ical'
import { describe, expect, test } from 'vitest'
import type { Network } from '../../workflows/network.ts'
import { eachHouse } from '../each.ts'
import { type House, openHouse, readAnswer } from '../house.ts'

let house: House
// The day before the election, noon in New York.
const eve = Date.UTC(2026, 10, 2, 17)
const events = [{ name: 'Vigil week', on: '2026-11-03' }]
eachHouse(
  opened => {
    house = opened
  },
  ground => openHouse(ground, eve, { adjust: (network: Network) => ({ ...network, events }) }),
)

const type = async (who: string, line: string) => readAnswer(await house.type(who, line))
const linesOf = async (who: string, line: string) => (await type(who, line)).split('\n')

async function report(what: string, kind: string, where = 'Maricopa County, AZ'): Promise<string> {
  const answer = readAnswer(await house.fill('heron', '/report', { what, where, danger: 'no', contact: 'yes' }))
  const id = /[A-Z]{2}-\d{4}/.exec(answer)?.[0] ?? ''
  await house.type('owl', `/update ${id} kind: ${kind}`)
  return id
}

async function adds(who: string, values: Record<string, string>): Promise<string> {
  const opened = await house.press(who, 'plan')
  if (opened.reply.type !== 'form') return readAnswer(opened)
  return readAnswer(await house.submit(who, opened.reply.form, { ...opened.reply.form.values, ...values }))
}

/** The address of somebody's calendar, below where the pages are served. */
async function linkOf(who: string): Promise<string> {
  const { reply } = await house.type(who, '/agenda link')
  const line = reply.type === 'view' ? reply.view.lines.find(one => one.type === 'link') : undefined
  return line?.type === 'link' ? new URL(line.url).pathname : ''
}

describe('what is to come', () => {
  test('is known from the election calendar by state, the days of the network, and what people told', async () => {
    expect(await linesOf('magpie', '/agenda AZ')).toEqual([
      'The next 3 days',
      'Tue 3 Nov, all day · Election day · everywhere',
      'Tue 3 Nov, all day · Vigil week · everywhere',
      'Tue 3 Nov 06:00 to 19:00 · Polls are open · Arizona',
      'Tue 3 Nov 19:00 to Wed 4 Nov 12:00 · Votes are counted · Arizona',
      'As far as this network knows. Dates are moved: check with the election office.',
      '[Add something] [For my calendar]',
    ])
    expect(await adds('magpie', { name: 'The case is heard', kind: 'court', region: 'AZ', from: 'wed 9:00' })).toBe(
      'It is on the calendar.',
    )
    expect(await linesOf('finch', '/agenda az 3d')).toContain('Wed 4 Nov 09:00 · The case is heard · Arizona')
    expect(await type('swift', '/agenda 3d')).not.toContain('case')
    // By the clock of whoever reads it.
    expect(await type('owl', '/agenda')).toContain('Tue 3 Nov 08:00 to 21:00 · Polls are open · Arizona')
  })

  test('is a reported gathering once somebody of its team says when, told by kind and county, until it ends', async () => {
    const id = await report('They plan a march to the courthouse, Jane Roe leads it.', 'PR-1')
    const line = `Wed 4 Nov 18:00 · Peaceful gathering, Maricopa County, AZ · Arizona · ${id}`
    expect(await type('magpie', '/agenda')).not.toContain(id)
    expect(await type('finch', `/agenda ${id} wed 18:00`)).toBe(`${id} is on the calendar: Wed 4 Nov 18:00.`)
    expect(await linesOf('magpie', '/agenda')).toContain(line)
    // Said again, it is moved.
    await type('finch', `/agenda ${id} wed 19:30`)
    expect((await type('magpie', '/agenda')).split(id)).toHaveLength(2)
    expect(await type('magpie', '/agenda')).toContain('Wed 4 Nov 19:30')
    expect(await type('swift', `/agenda ${id} wed 18:00`)).toContain(`I know no incident ${id}`)
    expect(await type('finch', `/agenda ${id} some day`)).toContain('I could not read that time.')
    await house.type('finch', `/claim ${id}`)
    await house.type('finch', `/resolve ${id} calmed it was called off`)
    expect(await type('magpie', '/agenda')).not.toContain(id)
    expect(await type('finch', `/agenda ${id} wed 18:00`)).toBe(`${id} has ended, so nothing of it is to come.`)
  })

  test('is what only the named may know of in no calendar', async () => {
    const id = await report('They plan a march.', 'PR-1')
    await type('finch', `/agenda ${id} wed 18:00`)
    await type('magpie', `/mark ${id} restricted add Magpie`)
    expect(await type('magpie', '/agenda')).not.toContain(id)
    expect(await house.store.agenda.gatherings(['PR-1'], 'all')).toEqual([])
  })

  test('is changed by coordinators of that region, in words that name nobody', async () => {
    const court = { name: 'The case is heard', kind: 'court', region: 'AZ', from: 'wed 9:00', to: '2h' }
    expect(await adds('finch', court)).toMatch(/^Only coordinators/)
    expect(await adds('magpie', { ...court, region: 'WI' })).toContain('Only coordinators of that region')
    expect(await adds('magpie', { ...court, name: 'Call 602-555-0134' })).toContain('leave names, numbers')
    expect(await adds('magpie', { ...court, from: 'mon 9:00 2020' })).toContain('I could not read that time')
    expect(await adds('magpie', { ...court, to: '8:00' })).toBe('It is on the calendar.')
    expect(await adds('magpie', court)).toBe('It is on the calendar.')
    expect(await type('bluebird', '/agenda off E-0001')).toContain('Nothing on the calendar has the number')
    expect(await type('magpie', '/agenda off e1')).toBe('E-0001 is off the calendar.')
    expect(await type('magpie', '/agenda off e1')).toContain('Nothing on the calendar has the number')
    expect(await type('magpie', '/agenda az')).toContain('Wed 4 Nov 09:00 to 11:00 · The case is heard')
    expect(await type('magpie', '/agenda 400d')).toContain('at most 60 days')
  })
})

describe('somebody’s own calendar', () => {
  test('holds the next 72 hours for any calendar program, and nothing that may not lie outside the network', async () => {
    const id = await report('They plan a march to the courthouse, Jane Roe leads it.', 'PR-1')
    const red = await report('A rally near the mosque.', 'PR-2', 'Pima County, AZ')
    for (const one of [id, red]) await type('finch', `/agenda ${one} wed 18:00`)
    await type('magpie', `/mark ${red} red it names people`)
    await adds('magpie', { name: 'Sentinel words', kind: 'court', region: 'AZ', from: 'wed 9:00' })
    const base = await house.serve()
    const path = await linkOf('magpie')
    expect(path).toMatch(/^\/calendar\/[\w-]{43}\.ics$/)
    const answer = await fetch(base + path)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const text = await answer.text()
    for (const secret of ['Jane', 'courthouse', 'mosque', 'Sentinel', id, red, 'Pima'])
      expect(text).not.toContain(secret)
    const found = Object.values(ical.sync.parseICS(text)).flatMap(one => (one?.type === 'VEVENT' ? [one] : []))
    const brief = found.map(one => [one.summary, one.datetype, one.start.toISOString(), one.end?.toISOString()])
    expect(brief).toContainEqual([
      'Polls are open',
      'date-time',
      '2026-11-03T13:00:00.000Z',
      '2026-11-04T02:00:00.000Z',
    ])
    expect(found.find(one => one.summary === 'Election day')).toMatchObject({
      datetype: 'date',
      location: 'Everywhere',
    })
    expect(text).toContain('DTSTART;VALUE=DATE:20261103')
    expect(text).toContain('DTEND;VALUE=DATE:20261104')
    // By the day, and without its number.
    expect(found.find(one => one.summary === 'Peaceful gathering, Maricopa County, AZ')).toMatchObject({
      datetype: 'date',
    })
    expect(found.find(one => one.summary === 'Court')).toMatchObject({ datetype: 'date-time' })
    // The same event keeps its name from one look to the next.
    const again = await (await fetch(base + path)).text()
    const uids = (ics: string) => [...ics.matchAll(/^UID:(.*)$/gm)].map(match => match[1])
    expect(uids(again)).toEqual(uids(text))
    expect(new Set(uids(text)).size).toBe(found.length)
  })

  test('is one link a person, which a new one ends, and the end of their part in it', async () => {
    const base = await house.serve()
    const first = await linkOf('magpie')
    const other = await linkOf('finch')
    const second = await linkOf('magpie')
    const status = async (path: string) => (await fetch(base + path)).status
    expect([await status(first), await status(second), await status(other)]).toEqual([404, 200, 200])
    expect(await type('finch', '/agenda link off')).toBe('Your calendar address works no more.')
    expect([await status(second), await status(other)]).toEqual([200, 404])
    house.skip(91 * 24 * 60)
    expect(await status(second)).toBe(404)
    expect(await status(`/calendar/${'a'.repeat(43)}.ics`)).toBe(404)
    expect(house.logged()).not.toContain(first.slice(10, 50))
  })
})

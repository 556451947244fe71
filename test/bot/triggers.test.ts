import { describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { createTriggers } from '../../bot/triggers.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Trigger } from '../../workflows/protocol.ts'
import { openRuns } from '../../workflows/run.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, noon, openHouse, readAnswer } from '../house.ts'

let house: House
let at: Ground
const openTo = (ground: Ground, start = noon) =>
  openHouse(ground, start, { adjust: network => ({ ...network, strangers: 'report' }) })
eachHouse(
  (opened, ground) => {
    house = opened
    at = ground
    filed = 0
  },
  ground => openTo(ground),
)

const maricopa = 'Maricopa County, AZ'
const intimidation = [
  'A man yells at voters in the line.',
  'Two people film cars near the drop box.',
  'Men in vests stand close to the entrance and ask for names.',
  'Somebody writes down plates.',
  'A woman is told to go home.',
  'A truck circles the lot.',
]
const reporters = ['heron', 'cactus-wren', 'finch', 'wren']
let filed = 0

/** Files a report and says what kind it is; gives its id. */
async function report(what: string, kind: string | null, { where = maricopa, danger = 'soon', by = '' } = {}) {
  const who = by || (reporters[filed++ % reporters.length] ?? 'heron')
  const answer = readAnswer(await house.fill(who, '/report', { what, where, danger, contact: 'yes' }))
  const id = /[A-Z]{2}-\d{4}/.exec(answer)?.[0] as IncidentId
  house.skip(1)
  if (kind) await house.type('owl', `/update ${id} kind: ${kind}`)
  return id
}

const reports = async (count: number, from = 0) => {
  const ids: IncidentId[] = []
  for (let one = from; one < from + count; one++) ids.push(await report(intimidation[one] ?? '', 'VO-1'))
  return ids
}

/** Lets everything that is due now happen. */
async function now(one = house): Promise<void> {
  await one.settle()
  while (await one.schedule.runClocks()) {}
  await one.settle()
}

const open = () => house.store.proposals.open('all')
const first = async () => (await open())[0] ?? (await house.store.proposals.find('P1-1'))
const asked = async (who: string) => (await house.direct(who)).filter(message => message.startsWith('Start P'))
const runsOf = async (id: IncidentId) => openRuns((await house.store.incidents.find(id))?.incident ?? {})

describe('three reports of intimidation in one county within two hours', () => {
  test('are proposed to the coordinators of the region, in their room and directly, by id and one line each', async () => {
    const ids = await reports(3)
    await now()
    const [told, ...more] = await asked('magpie')
    expect(more).toEqual([])
    expect(told?.split('\n')).toEqual([
      `Start P1 (Armed people at a polling place) for ${ids[2]}?`,
      '3 reports like this within 2 h, in Maricopa County, Arizona.',
      expect.stringMatching(/^S3 MODERATE · AZ-0003 · Voter intimidation or harassment, \d\d:\d\d$/),
      expect.stringContaining('AZ-0001'),
      expect.stringContaining('AZ-0002'),
      '[Start P1 for AZ-0003] [Not now] [Open]',
    ])
    expect(told).not.toContain('yells')
    expect((await house.room('coordination')).at(-1)).toMatch(/^Start P1 .* for AZ-0003\?/)
    for (const who of ['finch', 'owl', 'crane', 'eagle']) expect(await asked(who)).toEqual([])
  })

  test('are begun with one press, which the card and the room of the coordinators show', async () => {
    const [, , last] = await reports(3)
    await now()
    const id = (await first())?.id
    const said = readAnswer(await house.press('magpie', `propose:${last}:start.${id}`))
    expect(said).toMatch(/^P1 has begun for AZ-0003.*\n\[Undo the start\]$/)
    await now()
    expect(await runsOf(last as IncidentId)).toMatchObject([{ protocol: 'P1', status: 'running' }])
    expect((await house.room('az-response')).at(-1)).toContain('Protocol P1, step 1 of')
    expect((await house.room('coordination')).at(-1)).toMatch(/^Magpie started P1 \(.*\) for AZ-0003\.$/)
    expect(await house.store.proposals.find(id ?? '')).toMatchObject({ state: 'started', dueAt: null })
    expect(readAnswer(await house.press('owl', `propose:${last}:start.${id}`))).toBe(
      'P1 is running for AZ-0003 already.',
    )
    expect(readAnswer(await house.press('owl', `propose:${last}:not.${id}`))).toContain('Magpie has started P1')
    expect(readAnswer(await house.press('magpie', `propose:${last}:undo.${id}`))).toContain('is undone')
    expect(await runsOf(last as IncidentId)).toEqual([])
    await house.pass(30)
    expect((await open()).filter(one => one.trigger !== 'unclaimed')).toEqual([])
  })

  test('are two reports too few, and three of more than two hours', async () => {
    await reports(2)
    await now()
    house.skip(121)
    await reports(1, 2)
    await now()
    expect(await open()).toEqual([])
  })

  test('are asked about once, however often they change, whatever process asks', async () => {
    const ids = await reports(3)
    await now()
    for (const id of ids) await house.type('finch', `/update ${id} more of the same`)
    await house.pass(3)
    await house.close()
    house = await openTo(at, house.clock())
    for (const id of ids) await house.type('finch', `/update ${id} and again`)
    await house.pass(3)
    expect(await open()).toHaveLength(1)
    expect(await asked('magpie')).toHaveLength(1)
  })

  test('are found by the next process where one died before it looked, by one of two that look at once', async () => {
    const ids = await reports(3)
    await house.settle()
    await house.close()
    house = await openTo(at, house.clock())
    const log = { warn: (error: unknown) => expect(error).toBe(null) }
    const told = { store: house.store, taxonomy: loadTaxonomy(), clock: house.clock, wake: () => {}, log }
    const both = [1, 2].map(() => createTriggers({ ...told, pause: async () => {} }))
    await Promise.all(both.map(one => one.run()))
    await house.pass(1)
    expect((await open())[0]?.incidents.toSorted()).toEqual(ids)
    expect(await asked('magpie')).toHaveLength(1)
  })

  test('after "not now" are asked about again only when as many more came; why is one press', async () => {
    const ids = await reports(3)
    await now()
    const id = (await first())?.id
    const said = readAnswer(await house.press('magpie', `propose:${ids[2]}:not.${id}`))
    expect(said).toContain('[Already handled] [Not the same thing] [Wait for more facts] [Another reason]')
    expect(readAnswer(await house.press('magpie', `propose:${ids[2]}:why.${id}.apart`))).toBe('Thank you, noted.')
    expect((await house.room('coordination')).slice(-2)).toEqual([
      'Magpie says: not P1 for AZ-0003 now.',
      'Magpie on P1 for AZ-0003: not the same thing.',
    ])
    expect(readAnswer(await house.press('owl', `propose:${ids[2]}:not.${id}`))).toContain('Magpie said not now')
    await reports(2, 3)
    await now()
    expect(await open()).toEqual([])
    await reports(1, 5)
    await now()
    expect((await open())[0]).toMatchObject({ id: expect.not.stringMatching(`^${id}$`), incidents: { length: 6 } })
  })

  test('and more that come meanwhile join the question, which is asked anew once they have doubled', async () => {
    await reports(3)
    await now()
    await reports(2, 3)
    await now()
    expect(await asked('magpie')).toHaveLength(1)
    await reports(1, 5)
    await now()
    expect((await asked('magpie')).at(-1)).toContain('It has grown: 6 reports match by now.')
    expect(await open()).toMatchObject([{ incidents: { length: 6 } }])
  })

  test('that were merged are one', async () => {
    const ids = await reports(3)
    await house.type('magpie', `/merge ${ids[0]} ${ids[1]}`)
    await now()
    expect(await open()).toEqual([])
  })

  test('count though one of them was resolved meanwhile', async () => {
    const ids = await reports(3)
    await house.fill('magpie', `/resolve ${ids[0]}`, { outcome: 'calmed', note: 'They left' })
    await now()
    expect(await open()).toHaveLength(1)
  })

  test('are none if one of them was no incident', async () => {
    const ids = await reports(3)
    await house.type('magpie', `/dismiss ${ids[0]}`)
    await now()
    expect(await open()).toEqual([])
  })

  test('of strangers count only once they were checked, and until then are told of beside the others', async () => {
    for (let count = 0; count < 3; count++) {
      const values = {
        what: 'Men are harassing voters near the polls.',
        where: maricopa,
        danger: 'soon',
        contact: 'yes',
      }
      await house.fill('stranger', '/report', values)
    }
    await now()
    expect(await open()).toEqual([])
    await reports(3)
    await now()
    expect((await asked('magpie'))[0]).toContain('3 reports like this wait to be checked and are not counted: /triage.')
    expect(await open()).toMatchObject([{ incidents: { length: 3 } }])
  })
})

describe('an unanswered proposal', () => {
  test('stands in the list of protocols, for those who may know of it', async () => {
    await reports(3)
    await now()
    const list = readAnswer(await house.type('magpie', '/protocol list'))
    expect(list).toMatch(/1 protocol proposed\nP1 \(Armed people at a polling place\) for AZ-0003, since /)
    for (const who of ['finch', 'crane'])
      expect(readAnswer(await house.type(who, '/protocol list'))).not.toContain('proposed')
  })

  test('climbs to the duty officer and to leadership, late rather than never, each once', async () => {
    await reports(3)
    await now()
    await house.pass(14)
    expect(await asked('owl')).toEqual([])
    await house.pass(1)
    expect((await asked('owl')).at(-1)).toMatch(/Nobody has answered since .*, so I ask the duty officer\./)
    house.skip(50)
    await house.pass(5)
    const [told, ...more] = await asked('eagle')
    expect(more).toEqual([])
    expect(told).toContain('I was away')
    expect(told).toContain('so I ask leadership.')
    expect(told).toContain('Please reach a coordinator: Magpie.')
    expect(told).toMatch(/\n\[Open\]$/)
    expect((await house.room('leadership')).filter(message => message.startsWith('Start P1'))).toHaveLength(1)
    expect(await asked('owl')).toHaveLength(1)
  })

  test('is over once what it was about has ended, or somebody began the protocol by hand', async () => {
    const ids = await reports(3)
    await now()
    await house.type('magpie', `/protocol start P1 ${ids[2]}`)
    await now()
    expect(await open()).toEqual([])
    await house.pass(20)
    expect(await asked('owl')).toEqual([])
  })

  test('goes on about what its incident was merged into', async () => {
    const ids = await reports(3)
    await now()
    const id = (await first())?.id
    await house.type('magpie', `/merge ${ids[2]} ${ids[0]}`)
    const said = readAnswer(await house.press('magpie', `propose:${ids[2]}:start.${id}`))
    expect(said).toContain('AZ-0003 is part of AZ-0001 now.')
    expect(said).toContain('[Start P1 for AZ-0001]')
    await house.pass(15)
    expect((await asked('owl')).at(-1)).toContain('for AZ-0001?')
  })
})

describe('who hears of a proposal', () => {
  test('of a restricted incident are the named alone; no room, and nobody else at any level', async () => {
    const id = await report('They wrote to our volunteer: we know where you live.', 'TH-4', { danger: 'now' })
    await house.type('magpie', `/mark ${id} restricted`)
    await now()
    const made = (await open()).find(one => one.about === id)
    expect(made?.protocol).toBe('P7')
    await house.pass(60)
    for (const room of ['coordination', 'leadership', 'az-response', 'triage'])
      expect((await house.room(room)).filter(message => message.startsWith('Start P7'))).toEqual([])
    expect(await asked('eagle')).toEqual([])
    expect((await asked('magpie')).filter(message => message.startsWith('Start P7')).length).toBeGreaterThan(0)
  })

  test('read nothing of the words of a RED one, and coordinators elsewhere nothing at all', async () => {
    const id = await report('I will burn the house of the clerk.', 'TH-1')
    await now()
    const told = (await asked('magpie')).find(message => message.includes(id))
    expect(told).toMatch(/^Start P4/)
    expect(told).not.toContain('burn')
    expect(await asked('crane')).toEqual([])
    expect(readAnswer(await house.press('crane', `propose:${id}:open.${(await first())?.id}`))).toContain('I know no')
    expect(readAnswer(await house.press('finch', `propose:${id}:start.${(await first())?.id}`))).not.toContain('begun')
    expect(await runsOf(id)).toEqual([])
  })
})

describe('a protocol about an event', () => {
  test('asks for its hour first, and is answered by its start', async () => {
    const id = await report('Two marches will meet on the square tonight.', 'PR-2')
    await now()
    expect((await open()).map(one => one.protocol)).toEqual(['P5'])
    const { reply } = await house.press('magpie', `protocol:${id}:start.P5`)
    if (reply.type !== 'form') throw new Error('no hour was asked for')
    expect((await asked('magpie')).at(-1)).toContain(`[Start P5 for ${id}]`)
    await house.submit('magpie', reply.form, { when: '2026-10-19 20:00' })
    await now()
    expect(await runsOf(id)).toMatchObject([{ protocol: 'P5' }])
    expect(await open()).toEqual([])
  })
})

describe('what nobody has claimed', () => {
  test('for ten minutes at S4 is proposed then, not before, and not if somebody has it', async () => {
    const id = await report('Armed men stand by the drop box.', 'AR-1', { danger: 'now' })
    const other = await report('Armed men on the square.', 'AR-1', { danger: 'now' })
    expect((await house.store.incidents.find(id))?.incident.severity).toBeGreaterThanOrEqual(4)
    await house.type('finch', `/claim ${other}`)
    await house.pass(7)
    expect((await open()).map(one => one.trigger)).toEqual([])
    await house.pass(1)
    expect(await open()).toMatchObject([{ trigger: 'unclaimed', about: id, incidents: [id] }])
    expect((await asked('magpie')).at(-1)).toContain(`Nobody has claimed ${id} for 10 min.`)
  })

  test('is not proposed again where people have stopped the protocol: they know of it', async () => {
    const id = await report('Armed men stand by the drop box.', 'AR-1', { danger: 'now' })
    await house.type('magpie', `/protocol start P1 ${id}`)
    await house.type('magpie', `/protocol stop ${id} It was a parade`)
    expect((await house.store.incidents.find(id))?.incident.runs).toMatchObject([{ status: 'stopped' }])
    await house.pass(30)
    expect(await open()).toEqual([])
  })
})

describe('the same rumor from two counties', () => {
  const rumor = 'They say that ballots marked with felt pens are thrown away, not counted.'
  const again = 'People post: votes marked with a felt pen will not be counted and are thrown away!'

  test('is told by its words, in either language, and said to be no more than that', async () => {
    const one = await report(rumor, 'SP-3', { danger: 'no' })
    const other = await report(again, 'SP-3', { where: 'Pima County, AZ', danger: 'no' })
    await now()
    const made = (await open()).find(each => each.trigger === 'two-counties')
    expect(made?.incidents.toSorted()).toEqual([one, other].toSorted())
    expect((await asked('magpie')).join('\n')).toContain('I only compared words')
  })

  test('is not another rumor of another county', async () => {
    await report(rumor, 'SP-3', { danger: 'no' })
    await report('Somebody says the school gym is closed because of a gas leak.', 'SP-3', {
      where: 'Pima County, AZ',
      danger: 'no',
    })
    await now()
    expect((await open()).filter(each => each.trigger === 'two-counties')).toEqual([])
  })
})

describe('a protocol that says so', () => {
  const itself = () => {
    const taxonomy = loadTaxonomy()
    const trigger: Trigger = {
      ...{ id: 'itself', kinds: ['TH-3'], severity: null, regions: [], words: null, count: null },
      ...{ unclaimed: null, start: 'itself' },
    }
    const current = taxonomy.protocols.current.map(one => ({ ...one, triggers: one.id === 'P2' ? [trigger] : [] }))
    const { store, clock } = house
    const find = taxonomy.protocols.find
    return createTriggers({
      ...{
        store,
        clock,
        wake: () => {},
        pause: async () => {},
        log: { warn: (error: unknown) => expect(error).toBe(null) },
      },
      taxonomy: { ...taxonomy, protocols: { current, find } },
    })
  }

  test('starts by itself, says so, and is undone by a coordinator within a minute', async () => {
    const id = await report('Somebody sprayed a slur on the mosque and threatens the imam.', 'TH-3')
    await itself().run()
    await house.settle()
    expect(await runsOf(id)).toMatchObject([{ protocol: 'P2', startedBy: null }])
    const told = (await house.direct('magpie')).find(message => message.startsWith('I started P2'))
    expect(told).toMatch(/\[Undo the start\] \[Open\]$/)
    expect((await house.room('coordination')).some(message => message.startsWith('I started P2'))).toBe(true)
    await itself().run()
    expect(await runsOf(id)).toHaveLength(1)
    const made = await house.store.proposals.find('P2-1')
    expect(readAnswer(await house.press('magpie', `propose:${id}:undo.${made?.id}`))).toContain('is undone')
    expect(await runsOf(id)).toEqual([])
    await itself().run()
    expect(await runsOf(id)).toEqual([])
  })

  test('asks where the kind is only guessed', async () => {
    const id = await report('Somebody threatens the imam because of his religion.', null)
    const { incident } = (await house.store.incidents.find(id)) ?? {}
    if (incident?.kind !== 'TH-3') return expect(incident?.kind).not.toBe('TH-3')
    await itself().run()
    expect(await runsOf(id)).toEqual([])
    expect(await open()).toHaveLength(1)
  })
})

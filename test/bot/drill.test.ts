import { describe, expect, test } from 'vitest'
import type { PracticeMessage } from '../../workflows/delivery.ts'
import { type Drill, isDrillId } from '../../workflows/drill.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { buttonsOf, type Ground, type House, noon, openHouse, readAnswer, readMessage } from '../house.ts'

let house: House
let at: Ground

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

const madeUp = 'DRILL-0001' as IncidentId
const grave = { what: 'Men with guns at the door', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
const inside = ['az-response', 'az-signal', 'direct:magpie', 'direct:finch', 'direct:wren']

/** Everything that was ever shown, but for what people wrote themselves. */
async function everything(): Promise<readonly PracticeMessage[]> {
  return house.store.practice.since(0, 5000)
}

/** What the hub said of an exercise. */
async function said(): Promise<readonly { readonly room: string; readonly text: string }[]> {
  const all = await everything()
  return all
    .map(message => ({ room: message.room, text: readMessage(message) }))
    .filter(({ text }) => /EXERCISE|SIMULACRO|DRILL-\d/.test(text))
}

async function begin(words = 'start P1 in AZ'): Promise<void> {
  await house.type('finch', '/duty on 8h')
  expect(readAnswer(await house.type('magpie', `/drill ${words}`))).toMatch(
    /^EXERCISE in Arizona begins now\. 2 people/,
  )
  await house.pass(1)
}

describe('a protocol is played on something made up', () => {
  test('its rooms and people hear of it, and its card carries the checklist', async () => {
    await begin()
    const room = await house.room('az-response')
    expect(room[0]).toMatch(/^EXERCISE in Arizona begins: P1\. Magpie leads it\.\n.*\/report is real/)
    expect(room[0]).toContain('[Join the drill]')
    expect(readMessage(await house.card('az-response', madeUp))).toMatch(/^EXERCISE .*DRILL-0001/)
    expect(readMessage(await house.card('az-response', madeUp))).toContain('P1')
    expect((await house.room('az-signal'))[0]).toMatch(/^SIMULACRO en Arizona/)
    const known = await house.store.incidents.find(madeUp)
    expect(known?.incident).toMatchObject({ region: 'AZ', severity: 4, triage: 'done', visibility: 'region' })
    expect(known?.incident.runs).toHaveLength(1)
  })

  test('every message of it begins with the word, whatever is done with it', async () => {
    await begin()
    const card = await house.card('az-response', madeUp)
    await house.type('finch', `/claim ${madeUp}`)
    await house.write('finch', 'I am on my way to call them', 'az-response', card)
    await house.type('finch', `/update ${madeUp} kind: AR-2`)
    await house.type('finch', `/update ${madeUp} S5 they fire into the air`)
    await house.type('finch', `/handover ${madeUp} Magpie please take it`)
    await house.type('magpie', `/accept ${madeUp}`)
    await house.type('magpie', `/escalate ${madeUp} more of them`)
    await house.pass(45)
    await house.type('magpie', `/resolve ${madeUp} calmed they left`)
    await house.pass(5)
    const all = await said()
    expect(all.length).toBeGreaterThan(10)
    for (const { text } of all) expect(text).toMatch(/^(?:EXERCISE|SIMULACRO) /)
  })

  test('nothing of it reaches anybody outside; its leader gets what would have', async () => {
    await begin()
    await house.pass(60)
    const rooms = new Set((await said()).map(one => one.room))
    expect([...rooms].filter(room => !inside.includes(room))).toEqual([])
    const told = await house.direct('magpie')
    expect(told.some(text => /Would have gone to: .*Owl/.test(text))).toBe(true)
  })

  test('answers and refusals begin with it too', async () => {
    await begin()
    const answers = [
      await house.type('finch', `/claim ${madeUp}`),
      await house.type('finch', `/claim ${madeUp}`),
      await house.type('finch', '/claim DRILL 1'),
      await house.type('finch', `/incident ${madeUp}`),
      await house.type('wren', `/claim ${madeUp}`),
      await house.type('finch', '/drill status'),
      await house.type('finch', '/drill nonsense'),
    ]
    for (const answer of answers) expect(readAnswer(answer)).toMatch(/^(?:EXERCISE|SIMULACRO) /)
    const form = await house.type('finch', `/handover ${madeUp}`)
    expect(readAnswer(form)).toMatch(/^EXERCISE/)
  })

  test('whoever is in it does its steps as they would real ones, by their name alone, and reads the word first', async () => {
    await begin()
    const answers = [
      await house.type('finch', '/step P1.8 mine'),
      await house.type('finch', '/step P1.8'),
      await house.type('finch', '/step P1.8 done'),
      await house.type('finch', '/step P1.8 done'),
      await house.type('magpie', '/step P1.4 mine'),
      await house.type('finch', '/step P1.4 mine'),
    ]
    for (const answer of answers) expect(readAnswer(answer)).toMatch(/^EXERCISE /)
    const known = await house.store.incidents.find(madeUp)
    expect(known?.incident.runs?.[0]?.steps['8']?.state).toBe('done')
    expect(readAnswer(await house.type('wren', '/step P1.4 done'))).toContain('P1 no está en curso')
  })

  test('whoever is not in it may not act on it, until they join; and not any more once they left', async () => {
    await begin()
    expect(readAnswer(await house.type('wren', `/claim ${madeUp}`))).toContain('/drill join')
    expect(readAnswer(await house.type('wren', '/drill join'))).toMatch(/^SIMULACRO Usted está/)
    expect((await house.type('wren', `/claim ${madeUp}`)).reply.type).toBe('view')
    await house.type('wren', '/drill leave')
    expect((await house.type('wren', `/update ${madeUp} news`)).reply.type).toBe('refused')
    expect(readAnswer(await house.type('magpie', '/drill leave'))).toContain('/drill stop')
  })

  test('it stands in no list, figure, search or queue, and is joined with nothing real', async () => {
    await begin()
    await house.fill('heron', '/report', { ...grave, danger: 'soon' })
    await house.settle()
    for (const line of ['/incidents', '/incidents open', '/incidents all', '/incidents practise', '/triage'])
      expect(readAnswer(await house.type('magpie', line))).not.toContain('DRILL')
    // Their own steps are their own; each line says what it is.
    const mine = readAnswer(await house.type('magpie', '/mine')).split('\n')
    for (const line of mine.filter(one => one.includes('DRILL'))) expect(line).toMatch(/^EXERCISE /)
    const sitrep = readAnswer(await house.type('owl', '/sitrep'))
    expect(sitrep).not.toMatch(/DRILL|EXERCISE/)
    expect(readAnswer(await house.type('magpie', `/merge ${madeUp} AZ-0001`))).toContain('made up')
    expect(readAnswer(await house.type('magpie', `/merge AZ-0001 ${madeUp}`))).toContain('made up')
    const known = await house.store.incidents.find('AZ-0001' as IncidentId)
    expect(known?.incident.like ?? []).toEqual([])
  })
})

describe('it ends', () => {
  test('by its leader: nothing more comes, and what was made up is closed', async () => {
    await begin()
    await house.type('magpie', '/drill stop')
    await house.pass(1)
    const before = await said()
    await house.pass(120)
    const after = await said()
    expect(after.map(one => one.text)).toEqual(before.map(one => one.text))
    const known = await house.store.incidents.find(madeUp)
    expect(known?.incident.status).toBe('closed')
    expect(known?.incident.runs?.map(run => run.status)).toEqual(['stopped'])
    expect((await house.room('az-response')).at(-1)).toMatch(/^EXERCISE stopped by Magpie/)
    expect(readAnswer(await house.type('finch', `/claim ${madeUp}`))).toMatch(/^EXERCISE .*over/)
  })

  test('by a real S4, at once: it says so, and what waited is dropped', async () => {
    await begin()
    await house.only('finch', `/claim ${madeUp}`)
    await house.ask('heron', '/report', grave)
    await house.settle()
    await house.pass(1)
    const room = await house.room('az-response')
    expect(room.some(text => text.startsWith('EXERCISE stopped: AZ-0001 is real.'))).toBe(true)
    expect(room.at(-1)).toMatch(/^(?!EXERCISE).*AZ-0001/)
    const thread = await house.thread(await house.card('az-response', madeUp))
    expect(thread.some(text => text.includes('is on it'))).toBe(false)
    expect((await house.store.timers.next()) ?? 0).toBeGreaterThan(0)
    const known = await house.store.incidents.find(madeUp)
    expect(known?.incident.runs?.map(run => run.status)).toEqual(['stopped'])
    expect(readAnswer(await house.type('magpie', '/drill start P1 in AZ'))).toContain('AZ-0001')
  })

  test('by a real S4 that comes in the very moment in which it begins', async () => {
    await house.ask('heron', '/report', grave)
    // Whoever began it, in another process, had looked just before.
    const magpie = [...house.store.roster.directory().people.values()].find(one => one.callsign === 'Magpie')
    if (!magpie) throw new Error('nobody leads it')
    const now = house.clock()
    const rooms = house.store.roster.directory().rooms.filter(one => one.region === 'AZ')
    const drill: Drill = {
      ...{ id: 'az-late', region: 'AZ', protocol: 'P1', scenario: null, rooms: rooms.map(one => one.id), speed: 1 },
      ...{ people: [magpie.id], by: magpie.id, startedAt: now, endsAt: now + 600_000 },
      ...{ endedAt: null, why: null, because: null },
    }
    const roster = { type: 'drill', do: { type: 'start', drill, script: '[]' } } as const
    await house.store.transaction(tx =>
      tx.commit({ key: null, person: magpie.id, now, answer: { type: 'nothing' }, incidents: [], roster }),
    )
    await house.settle()
    await house.pass(1)
    expect(house.store.roster.directory().drills?.[0]).toMatchObject({ why: 'real', because: 'AZ-0001' })
    const room = await house.room('az-response')
    expect(room.some(text => text.startsWith('EXERCISE stopped: AZ-0001 is real.'))).toBe(true)
  })

  test('by a real one that becomes grave, not by what is made up', async () => {
    await begin()
    await house.fill('heron', '/report', { ...grave, danger: 'soon' })
    await house.type('finch', `/update ${madeUp} S5 worse`)
    expect(house.store.roster.directory().drills?.[0]?.endedAt).toBeNull()
    await house.type('finch', '/update AZ-0001 S4 worse')
    expect(house.store.roster.directory().drills?.[0]).toMatchObject({ why: 'real', because: 'AZ-0001' })
  })

  test('by itself, when its time is over', async () => {
    await begin()
    await house.pass(241)
    expect(house.store.roster.directory().drills?.[0]).toMatchObject({ why: 'over' })
  })
})

describe('a day that is rehearsed', () => {
  test('happens at its hours, at its speed, each thing once, also when the hub was away', async () => {
    await house.type('finch', '/duty on 8h')
    await house.type('magpie', '/drill run election-day in AZ 12x')
    await house.pass(5)
    const early = (await house.store.drills.incidents(house.store.roster.directory().drills?.[0]?.id ?? '')).length
    expect(early).toBe(1)
    // At 07:30 of its day he tells more.
    await house.close()
    const again = await openHouse(at, noon + 20 * 60_000)
    house = again
    await house.pass(1)
    const [drill] = house.store.roster.directory().drills ?? []
    const ids = await house.store.drills.incidents(drill?.id ?? '')
    // Everything up to 11:12: the camera, the machine, the armed men.
    expect(ids).toHaveLength(3)
    expect(ids.every(isDrillId)).toBe(true)
    const armed = await house.store.incidents.timeline(ids[2] as IncidentId, 100)
    expect(armed.filter(({ event }) => event.type === 'added')).toHaveLength(2)
    expect(armed.filter(({ event }) => event.type === 'run' && event.on.type === 'started')).toHaveLength(1)
    await house.pass(75)
    expect(await house.store.drills.incidents(drill?.id ?? '')).toHaveLength(6)
    expect(house.store.roster.directory().drills?.[0]).toMatchObject({ why: 'over' })
  })

  test('its report says step by step and person by person how it went', async () => {
    await begin()
    await house.type('finch', `/claim ${madeUp}`)
    await house.pass(30)
    await house.type('magpie', '/drill stop')
    await house.pass(1)
    const answer = await house.type('magpie', '/drill report')
    expect(readAnswer(answer)).toMatch(/^EXERCISE timing report: Arizona, protocol P1/)
    const view = answer.reply.type === 'view' ? answer.reply.view : null
    const tables = view?.lines.filter(line => line.type === 'table') ?? []
    expect(tables.length).toBeGreaterThanOrEqual(1)
    expect(tables[0]?.type === 'table' && tables[0].rows.length).toBeGreaterThan(2)
  })
})

test('only coordinators of the region begin one, one at a time, in a room that there is', async () => {
  expect(readAnswer(await house.type('finch', '/drill start P1 in AZ'))).toContain('Only coordinators of Arizona')
  expect(readAnswer(await house.type('magpie', '/drill start P77 in AZ'))).toContain('P77')
  expect(readAnswer(await house.type('magpie', '/drill start P1 in AZ room nowhere'))).toContain('nowhere')
  expect(readAnswer(await house.type('magpie', '/drill start P1 in AZ room arizona response'))).toContain('begins now')
  expect(house.store.roster.directory().drills?.[0]?.rooms).toHaveLength(1)
  expect(readAnswer(await house.type('owl', '/drill start P1 in AZ'))).toContain('already')
})

test('the buttons of its messages join and stop it', async () => {
  await begin()
  const [button] = Object.values(buttonsOf(await house.type('magpie', '/drill status')))
  expect(button).toMatch(/^drill:/)
})

test('what a crash left half done is not done twice, and what cannot go on stops nothing real', async () => {
  await house.type('finch', '/duty on 8h')
  await house.type('magpie', '/drill run election-day in AZ 12x')
  await house.pass(14)
  const [drill] = house.store.roster.directory().drills ?? []
  const before = await house.store.drills.incidents(drill?.id ?? '')
  // As if nothing of it had been noted down, once.
  const { progress } = house.store.drills
  house.store.drills.progress = async id => {
    house.store.drills.progress = progress
    const found = await progress(id)
    return found && { ...found, played: 0 }
  }
  await house.pass(1)
  expect(await house.store.drills.incidents(drill?.id ?? '')).toEqual(before)
  house.store.drills.progress = async () => {
    throw new Error('a mistake of the program')
  }
  await house.fill('heron', '/report', { ...grave, danger: 'soon' })
  await house.pass(3)
  expect(house.logged()).toContain('an exercise could not go on')
  expect(readMessage(await house.card('az-response', 'AZ-0001'))).toContain('Nobody is on it')
})

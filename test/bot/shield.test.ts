import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { buttonsOf, type House, readAnswer } from '../house.ts'

let house: House

eachHouse(opened => {
  house = opened
})

const where = 'Maricopa County, AZ, library'
const filed = { what: 'Three men with rifles', where, danger: 'hurt', contact: 'yes' }
const personOf = (callsign: string) =>
  [...house.store.roster.directory().people.values()].find(person => person.callsign === callsign)
const said = async (line: string, who: string) => readAnswer(await house.type(who, line))

/** Finch has AZ-0001, helps with AZ-0002 and is on duty. */
async function atWork(): Promise<void> {
  await house.type('finch', '/duty on')
  await house.fill('heron', '/report', filed)
  await house.fill('heron', '/report', { ...filed, what: 'Shouting at the fire station', where: 'Pima County, AZ' })
  await house.type('finch', '/claim AZ-0001')
  await house.type('wren', '/claim AZ-0002')
  await house.type('finch', '/join AZ-0002')
  await house.settle()
}

/** Everything is drawn anew that named somebody otherwise. */
async function mended(): Promise<void> {
  house.skip(1)
  for (let rounds = 0; rounds < 50 && (await house.clearer.run()); rounds += 1) await house.settle()
  await house.settle()
}

async function everyRoom(): Promise<string> {
  const addresses = house.store.roster.directory().rooms.map(room => room.address)
  const rooms = await Promise.all(addresses.map(address => house.room(address)))
  const cards = (await Promise.all(addresses.map(address => house.store.practice.list(address, 200)))).flat()
  const threads = await Promise.all(cards.map(card => house.thread(card)))
  return [...rooms, ...threads].flat().join('\n')
}

describe('somebody who is threatened', () => {
  test('is hidden everywhere at once: cards, threads, lists and pickers name somebody else', async () => {
    await atWork()
    expect(await everyRoom()).toContain('Finch')
    const answer = await said('/shield Finch a car waits outside the house', 'magpie')
    const [, alias = ''] = /Finch is hidden\. Everybody reads (\S+) now/.exec(answer) ?? []
    expect(alias).not.toBe('')
    await house.settle()
    await mended()

    const rooms = await everyRoom()
    expect(rooms).not.toContain('Finch')
    expect(rooms).toContain(alias)
    const lists = [
      await said('/incidents', 'wren'),
      await said('/incident AZ-0001', 'magpie'),
      await said('/incident AZ-0002', 'wren'),
      await said('/duty', 'magpie'),
      await said('/sitrep', 'owl'),
      await said('/shield list', 'owl'),
      await said('/handover AZ-0002 Fin', 'wren'),
    ].join('\n')
    expect(lists).not.toContain('Finch')
    const picker = await house.only('wren', '/handover AZ-0002')
    expect(picker.reply.type).toBe('form')
    expect(JSON.stringify(picker.reply)).not.toContain(personOf(alias)?.id)
    expect(await said('/incidents Finch', 'magpie')).not.toContain('AZ-')
  })

  test('gives back what they had, is off duty and is told of nothing; rooms hear only that it was given back', async () => {
    await atWork()
    const before = (await house.direct('finch')).length
    await house.type('magpie', '/shield Finch a car waits outside')
    await house.settle()
    const { incident } = (await house.store.incidents.find('AZ-0001' as never)) ?? {}
    expect(incident).toMatchObject({ status: 'reported', claim: null })
    expect((await house.store.incidents.find('AZ-0002' as never))?.incident.joined).toEqual([])
    expect(house.store.roster.directory().duty).toEqual([])
    const rooms = await everyRoom()
    expect(rooms).toContain('gave it back. Nobody is on it now.')
    expect(rooms).not.toMatch(/hidden|car waits/)
    expect((await house.direct('finch')).slice(before).join('\n')).toContain('For your safety you are hidden now')
    await house.fill('heron', '/report', { ...filed, what: 'Fire at the door' })
    expect((await house.direct('finch')).slice(before)).toHaveLength(1)
  })

  test('leaves the checklist too: their role and steps are open to others, and the card names somebody else', async () => {
    await atWork()
    await house.type('magpie', '/protocol start P1 AZ-0001')
    await house.press('finch', 'run:AZ-0001:P1.take-VE')
    await house.type('finch', '/step P1.2 mine')
    const parts = async () => {
      const { runs = [] } = (await house.store.incidents.find('AZ-0001' as never))?.incident ?? {}
      return JSON.stringify([runs[0]?.roles, runs[0]?.steps])
    }
    const finch = personOf('Finch')?.id ?? ''
    expect((await parts()).split(finch)).toHaveLength(3)
    await house.type('magpie', '/shield Finch a car waits outside')
    expect(await parts()).not.toContain(finch)
    await mended()
    expect(await everyRoom()).not.toContain('Finch')
    expect(await said('/mine', 'finch')).not.toContain('P1.2')
  })

  test('is named to duty officers alone, with who did it and why, and is shown again by one with a reason', async () => {
    await atWork()
    await house.type('magpie', '/shield Finch a car waits outside')
    await house.settle()
    const told = (await house.direct('owl')).at(-1) ?? ''
    expect(told).toMatch(/Magpie has hidden Finch, who reads \S+ everywhere now\. .*a car waits outside/)
    expect(told).toContain('2 incidents that they had or helped with are free again.')
    expect((await house.direct('wren')).join('\n')).not.toContain('hidden')
    expect(await said('/shield off Finch it is over', 'magpie')).toContain('Only a duty officer')
    expect(await said('/shield off Finch', 'owl')).toContain('Say why')
    expect(await said('/shield off', 'owl')).toContain('1 person is hidden')
    expect(await said('/shield off Finch the car is gone', 'owl')).toContain('Finch is shown again')
    await mended()
    expect(await everyRoom()).toContain('Finch')
    expect(personOf('Finch')).toMatchObject({ roles: ['responder'], regions: ['AZ'] })
    const deeds = (await house.store.deeds.latest(10)).filter(({ what }) => what.endsWith('shield'))
    expect(deeds.map(({ what, by }) => [what, personOf('Owl')?.id === by])).toEqual([
      ['unshield', true],
      ['shield', false],
    ])
  })

  test('works on unseen where their access stays, and can do nothing at all where it is cut', async () => {
    await atWork()
    await house.type('finch', '/shield me')
    expect(await said('/claim AZ-0001', 'finch')).toContain('AZ-0001')
    expect(await said('/whoami callsign Hawk', 'finch')).toContain('your call sign rests')
    await house.type('owl', '/shield off Finch')
    expect(await said('/shield off Finch all is well', 'owl')).toContain('shown again')
    await house.type('magpie', '/shield Finch cut the phone was taken')
    const before = (await house.direct('finch')).length
    for (const line of ['/mine', '/whoami', '/erase', '/hub', '/incident AZ-0001', '/shield list']) {
      expect(await said(line, 'finch')).toContain('This account rests.')
    }
    expect(readAnswer(await house.press('finch', 'claim:AZ-0001'))).toContain('This account rests.')
    expect(readAnswer(await house.write('finch', 'help', null))).toContain('This account rests.')
    expect((await house.direct('finch')).slice(before).join('')).not.toContain('AZ-')
    expect(await everyRoom()).not.toContain('help')
  })

  test('cannot be hidden by whoever does not coordinate them, nor twice, nor without a reason', async () => {
    expect(await said('/shield Finch because', 'heron')).toContain('Coordinators of their region')
    expect(await said('/shield Finch because', 'crane')).not.toContain('is hidden.')
    expect(await said('/shield Finch', 'magpie')).toContain('Say why')
    await house.type('magpie', '/shield Finch a threat')
    expect(await said('/shield Finch a threat', 'magpie')).toContain('I know nobody called')
    expect(await said('/shield me', 'finch')).toContain('You are hidden already')
  })

  test('is picked from a form by a coordinator, and shown again by one press and a reason', async () => {
    const answer = await house.fill('magpie', '/shield', {
      who: personOf('Finch')?.id ?? '',
      how: 'cut',
      why: 'a threat',
    })
    expect(readAnswer(answer)).toContain('Finch is hidden.')
    const list = await house.type('owl', '/shield list')
    const id = JSON.stringify(list.reply).match(/"(unshield::[^"]+)"/)?.[1] ?? ''
    const form = await house.press('owl', id)
    if (form.reply.type !== 'form') throw new Error(readAnswer(form))
    expect(readAnswer(await house.submit('owl', form.reply.form, { why: 'it is over' }))).toContain(
      'Finch is shown again',
    )
    expect(buttonsOf(list)).toEqual({})
  })
})

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, noon, openHouse, readAnswer } from '../house.ts'

describe('strangers and triage, through the whole hub', () => {
  let at: Ground
  let house: House

  eachHouse(
    async (opened, ground) => {
      house = opened
      at = ground
      await house.type('finch', '/duty on')
    },
    at => openHouse(at, noon, { adjust: network => ({ ...network, strangers: 'report' }) }),
  )

  const values = (what: string, danger = 'soon', contact = 'yes') => ({
    what,
    where: 'Phoenix, Arizona',
    danger,
    contact,
  })
  const report = (who: string, what: string, danger?: string, contact?: string) =>
    house.fill(who, '/report', values(what, danger, contact))
  const find = async (id: string) => (await house.store.incidents.find(id as never))?.incident
  const says = async (who: string, line: string) => readAnswer(await house.type(who, line))
  const press = async (who: string, answer: Answer, label: string | RegExp) => house.press(who, buttonOf(answer, label))

  function buttonOf(answer: Answer, label: string | RegExp): string {
    const text = readAnswer(answer)
    const { reply } = answer
    const all =
      reply.type === 'view'
        ? [
            ...reply.view.buttons,
            ...reply.view.lines.flatMap(line => (line.type === 'item' && line.button ? [line.button] : [])),
          ]
        : []
    const id = all.find(button => (typeof label === 'string' ? button.id.startsWith(label) : label.test(button.id)))?.id
    if (!id) throw new Error(`no button ${label} in: ${text}\n${all.map(button => button.id).join('\n')}`)
    return id
  }

  test('a passer-by reports, hears who reads it first, and is known by a call sign alone', async () => {
    expect(readAnswer(await house.write('passer-by', 'hello', null))).toContain('To report what you see')
    expect(await says('passer-by', '/incidents')).toContain('You can report here')
    expect(await says('passer-by', '/whoami')).toContain('nothing of you yet')
    expect(readAnswer(await report('passer-by', 'Men with rifles at the door', 'hurt'))).toContain(
      'a person who checks first',
    )
    const [person] = [...house.store.roster.directory().people.values()].filter(one => !one.vetted)
    expect(person?.callsign).toMatch(/^Guest-\d+$/)
    const self = await says('passer-by', '/whoami')
    expect(self).toContain(person?.callsign)
    expect(self).toMatch(/You are not on the roster\. You can report/)
    expect(self).not.toMatch(/on duty|Regions:/)
    expect(readAnswer(await house.write('passer-by', 'They are still there', null))).toContain('Added to AZ-0001')
    expect(await says('passer-by', '/withdraw AZ-0001')).toContain('AZ-0001')
  })

  test('nobody but those on duty hears of it, until it is passed on', async () => {
    await report('passer-by', 'SENTINEL men with rifles', 'hurt')
    const everywhere = async () => {
      const rooms = house.store.roster.directory().rooms.filter(room => room.purpose !== 'triage')
      const said = await Promise.all(rooms.map(room => house.room(room.address)))
      const people = ['wren', 'magpie', 'heron', 'eagle', 'owl']
      return [...said, ...(await Promise.all(people.map(who => house.direct(who))))].flat().join('\n')
    }
    expect(await everywhere()).toBe('')
    expect((await house.room('triage')).join('\n')).toContain('wait to be checked')
    expect((await house.room('triage')).join('\n')).not.toContain('SENTINEL')
    const [alert = ''] = await house.direct('finch')
    expect(alert).toContain('not checked yet')
    expect(alert).toContain('[Pass on] [Not an incident] [Open]')
    expect(await says('eagle', '/sitrep')).toContain('1 report from outside the network waits')
    expect(await says('wren', '/incidents')).not.toContain('AZ-0001')
    expect(await says('eagle', '/incident AZ-0001')).not.toContain('SENTINEL')
    await says('finch', '/triage pass AZ-0001')
    expect((await house.room('az-response')).join('\n')).toContain('SENTINEL')
    expect((await house.direct('passer-by')).join('\n')).toContain('Arizona response team has it now')
  })

  test('an S4 that nobody looks at climbs to coordinators and to the triage room', async () => {
    await report('passer-by', 'Men with rifles', 'hurt')
    await house.pass(25)
    expect((await house.direct('magpie')).join('\n')).toContain('AZ-0001')
    expect((await house.room('triage')).join('\n')).toContain('AZ-0001')
    expect((await house.room('az-response')).join('\n')).not.toContain('AZ-0001')
    expect((await house.room('coordination')).join('\n')).not.toContain('AZ-0001')
  })

  test('who goes on duty hears what already waits, the most severe first, and can take it at once', async () => {
    await report('passer-by', 'SENTINEL men with rifles', 'hurt')
    await report('heron', 'Shots at the door', 'now', 'no')
    await report('heron', 'A loud crowd', 'soon', 'no')
    const on = await house.type('finch', '/duty on 9h')
    expect(readAnswer(on)).toMatch(/These already wait[^\n]*\nS5[^\n]*AZ-0002[^\n]*\nS4[^\n]*AZ-0001[^\n]*not checked/)
    expect(readAnswer(on)).not.toMatch(/AZ-0003|SENTINEL/)
    expect(readAnswer(on)).toContain('[Claim AZ-0002] [Off duty]')
    await press('finch', on, 'claim:AZ-0002')
    await press('finch', on, 'triage:AZ-0001:open')
    const later = await says('wren', '/duty on')
    expect(later).toContain('AZ-0001')
    expect(later).not.toContain('AZ-0002')
    expect(await says('wren', '/triage no AZ-0001')).toContain('Finch')
  })

  test('passing on, taken back within the minute, leaves no clock running and blanks the card', async () => {
    await report('passer-by', 'SENTINEL men', 'soon')
    const opened = await house.type('finch', '/triage next')
    const passed = await press('finch', opened, 'triage:AZ-0001:pass')
    expect(readAnswer(passed)).toContain('AZ-0001 is passed on')
    await press('finch', passed, 'triage:AZ-0001:unpass')
    expect(await find('AZ-0001')).toMatchObject({ triage: 'waiting' })
    expect((await house.room('az-response')).join('\n')).not.toContain('SENTINEL')
    await house.pass(40)
    expect((await house.direct('magpie')).join('\n')).not.toContain('AZ-0001')
    expect(readAnswer(await house.type('finch', '/triage pass AZ-0001'))).toContain('AZ-0001 is passed on')
  })

  test('two who look through the queue never have the same report', async () => {
    for (let index = 0; index < 3; index++) await report('heron', `Shouting at door ${index}`)
    expect(await says('finch', '/triage')).toContain('3 are yours until')
    expect(await says('magpie', '/triage')).toContain('somebody is looking at each of them')
    expect(await says('magpie', '/triage no AZ-0001')).toContain('Finch is looking at AZ-0001')
    await house.pass(6)
    expect(await says('magpie', '/triage no AZ-0001')).toContain('set aside')
    expect(await says('finch', '/triage no AZ-0001')).toContain('no longer waits')
  })

  test('kind, severity, region and place are put right one press each, and it stays in hand', async () => {
    await report('passer-by', 'Loud music', 'soon')
    let answer = await house.type('finch', '/triage next')
    answer = await press('finch', answer, 'triage:AZ-0001:kind')
    answer = await press('finch', answer, /kind\..*\.g-AR/)
    answer = await press('finch', answer, /kind\..*\.AR-1/)
    expect(readAnswer(answer)).toMatch(/AZ-0001 is now: Armed group[\s\S]*\[Pass on\]/)
    answer = await press('finch', answer, 'triage:AZ-0001:grade')
    answer = await press('finch', answer, /grade\..*\.S2/)
    expect(readAnswer(answer)).toContain('AZ-0001 is now S2')
    expect(readAnswer(await house.type('finch', '/triage place AZ-0001 Tucson'))).toContain('Pima County')
    answer = await press('finch', await house.type('finch', '/triage AZ-0001'), 'triage:AZ-0001:region')
    await press('finch', answer, /region\..*\.GA/)
    expect(await find('AZ-0001')).toMatchObject({ region: 'GA', severity: 2, kind: 'AR-1', triage: 'waiting' })
  })

  test('many at once: shown with their count first, judged as they stand, taken back as one', async () => {
    for (const danger of ['no', 'no', 'hurt'] as const) await report('passer-by', 'Spam', danger, 'no')
    await report('heron', 'Real', 'soon')
    const item = await house.type('finch', '/triage AZ-0001')
    const shown = await press('finch', item, 'triage::many.no.from')
    expect(readAnswer(item)).toContain('[2 of 3 of this sender]')
    expect(readAnswer(shown)).toContain('2 reports will be set aside as not an incident.')
    expect(readAnswer(shown)).toContain('AZ-0003 is S4: look at it by itself.')
    expect(readAnswer(shown)).toContain('[Set 2 aside]')
    expect(await find('AZ-0001')).toMatchObject({ status: 'reported' })
    await says('finch', '/triage pass AZ-0002')
    const done = await press('finch', shown, 'triage::sure')
    expect(readAnswer(done)).toContain('1 report is set aside as not an incident.')
    expect(readAnswer(done)).toContain('AZ-0003 is S4: look at it by itself.')
    expect(await find('AZ-0003')).toMatchObject({ status: 'reported', triage: 'waiting' })
    expect(readAnswer(done)).toContain('1 had changed meanwhile')
    const back = await press('finch', done, 'triage::back')
    expect(readAnswer(back)).toContain('1 report is back in the queue.')
    expect((await find('AZ-0001'))?.status).toBe('reported')
    expect(await find('AZ-0002')).toMatchObject({ triage: 'done' })
    const again = await press('finch', await press('finch', item, 'triage::many.no.like'), 'triage::sure')
    await house.pass(2)
    expect(readAnswer(await press('finch', again, 'triage::back'))).toContain('The minute to undo is over')
  })

  test('what is grave, or borne out by others, is never set aside along with the rest', async () => {
    await report('heron', 'Loud music', 'no', 'no')
    await report('heron', 'Loud shouting', 'no', 'no')
    const shown = await press('finch', await house.type('finch', '/triage'), 'triage::many.no.batch')
    expect(readAnswer(shown)).toContain('[Set 2 aside]')
    await says('finch', '/verify AZ-0001 corroborated the clerk')
    const done = await press('finch', shown, 'triage::sure')
    expect(readAnswer(done)).toContain('1 report is set aside')
    expect(readAnswer(done)).toContain('AZ-0001 is corroborated: look at it by itself.')
    expect(await find('AZ-0001')).toMatchObject({ status: 'reported' })
    await report('heron', 'Attack', 'now', 'no')
    await report('heron', 'Another attack', 'now', 'no')
    await report('heron', 'A parked van', 'no', 'no')
    await house.pass(6)
    const list = await house.type('finch', '/triage')
    expect(readAnswer(list)).toContain('[1 of 4: not an incident]')
  })

  test('several are ticked in a form, and nothing is done before it was shown', async () => {
    for (let index = 0; index < 3; index++) await report('heron', `Shouting at door ${index}`)
    await house.type('finch', '/triage')
    const opened = await house.only('finch', '/several')
    if (opened.reply.type !== 'form') throw new Error('no form')
    const { form } = opened.reply.form
    expect(Object.keys(form.fields)).toEqual(['what', 'which'])
    const boxes = form.fields.which && 'choices' in form.fields.which ? form.fields.which.choices : []
    expect(boxes).toHaveLength(3)
    const which = boxes.slice(0, 2).map(box => box.value)
    const shown = await house.submit('finch', opened.reply.form, { what: 'pass', which })
    expect(readAnswer(shown)).toContain('2 reports will be passed on')
    expect(readAnswer(await press('finch', shown, 'triage::sure'))).toContain('2 reports are passed on.')
    expect((await Promise.all(['AZ-0001', 'AZ-0002', 'AZ-0003'].map(find))).map(one => one?.triage)).toEqual([
      'done',
      'done',
      'fresh',
    ])
  })

  test('who sends too many is asked for patience, and loses no words', async () => {
    for (let index = 0; index < 3; index++) await report('passer-by', `Noise ${index}`)
    const refused = await report('passer-by', 'The fourth one')
    expect(readAnswer(refused)).toMatch(/many reports in a short time[\s\S]*12:10/)
    const form = refused.reply.type === 'form' ? refused.reply.form : null
    expect([form?.notice, form?.errors.what?.key]).toEqual([null, 'triage.patience-stranger'])
    expect(await find('AZ-0004')).toBeUndefined()
    const opened = await house.only('passer-by', '/report')
    expect(opened.reply.type === 'form' && opened.reply.form.values.what).toBe('The fourth one')
    await house.pass(11)
    expect(readAnswer(await report('passer-by', 'The fourth one'))).toContain('Received as')
    for (let index = 0; index < 22; index++) await report('heron', `Shots ${index}`, 'hurt', 'no')
    expect(readAnswer(await report('heron', 'And a rumour', 'no'))).toContain('many reports in a short time')
    expect(readAnswer(await report('heron', 'Shots again', 'hurt'))).toContain('Received as')
  })

  test('a sender is blocked by call sign; what came in stays, what is theirs stays theirs', async () => {
    await report('passer-by', 'Spam')
    const guest = [...house.store.roster.directory().people.values()].find(one => !one.vetted)?.callsign ?? ''
    expect(await says('finch', `/triage block ${guest} lies`)).toContain('Only a coordinator')
    expect(await says('magpie', `/triage block ${guest} lies`)).toContain('is blocked')
    expect(await says('passer-by', '/report more')).toContain('I cannot take this from you now')
    expect(readAnswer(await house.write('passer-by', 'more', null))).toContain('I cannot take this from you now')
    expect(await says('magpie', '/triage blocked')).toContain('lies')
    expect(await says('magpie', '/triage')).toContain('AZ-0001')
    expect(await says('passer-by', '/whoami')).toContain(guest)
    expect(await says('magpie', '/triage block Heron')).toContain('Only an administrator or a coordinator of the whole')
    expect(await says('owl', '/triage block Owl')).toContain('cannot block yourself')
    expect(await says('magpie', `/triage unblock ${guest}`)).toContain('can send reports again')
    expect(readAnswer(await report('passer-by', 'Back again'))).toContain('Received as')
  })

  test('in a burst people hear of S4 in one list, of S5 at once, and afterwards as ever', async () => {
    for (let index = 0; index < 13; index++) await report('heron', `Threat number ${index}`, 'hurt', 'no')
    const before = await house.direct('finch')
    expect(before).toHaveLength(10)
    await report('heron', 'Shots now', 'now', 'no')
    expect((await house.direct('finch')).at(-1)).toContain('S5 CRITICAL')
    expect((await house.room('az-response')).length).toBe(14)
    await house.close()
    // Started again after it was killed: the list is still owed, once.
    house = await openHouse(at, house.clock())
    await house.pass(5)
    const lists = (await house.direct('finch')).filter(each => each.includes('Many reports are coming in'))
    expect(lists).toHaveLength(1)
    expect(lists[0]).toContain('AZ-0013')
    await house.pass(15)
    await report('heron', 'Threat much later', 'hurt', 'no')
    expect((await house.direct('finch')).at(-1)).toContain('Threat much later')
  })

  test('two first reports of the same stranger at once are two reports of one person', async () => {
    const send = (index: number) =>
      house.hub.receive({
        platform: 'workspace',
        key: `k${index}`,
        account: 'passer-by',
        room: null,
        message: null,
        at: house.clock(),
        type: 'submission',
        form: `form${index}-${randomUUID()}`,
        command: 'report',
        about: '',
        values: values(`Noise ${index}`),
        files: [],
      })
    const answers = await Promise.all([send(1), send(2)])
    for (const answer of answers) expect(readAnswer(answer)).toContain('Received as')
    expect([...house.store.roster.directory().people.values()].filter(one => !one.vetted)).toHaveLength(1)
  })
})

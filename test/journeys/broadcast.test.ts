import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import type { Values } from '../../commands/form.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'

let at: Ground
let house: House

beforeEach(async () => {
  at = ground()
  house = await openHouse(at)
})

afterEach(async () => {
  await house.close()
  at.leave()
})

const words = { en: 'The polls stay open until 21:00.', es: 'Las urnas siguen abiertas hasta las 21:00.' }
const draft = { whom: 'AZ and GA, rooms of AZ', ...words, urgency: 'urgent', answer: 'got-it' }

/** What can be pressed in an answer, by the words on it. */
function pressable({ reply }: Answer): Readonly<Record<string, string>> {
  const buttons = reply.type === 'view' ? reply.view.buttons : []
  return Object.fromEntries(buttons.map(({ id }) => [id.split(':')[2]?.split('.')[0] || (id.split(':')[0] ?? ''), id]))
}

/** Opens a screen by a press, fills it in and sends it. */
async function screen(who: string, button: string | undefined, values: Values): Promise<Answer> {
  const opened = await house.press(who, button ?? 'nothing')
  if (opened.reply.type !== 'form') throw new Error(`no screen: ${readAnswer(opened)}`)
  const sent = await house.submit(who, opened.reply.form, { ...opened.reply.form.values, ...values })
  await house.settle()
  return sent
}

const lastOf = async (who: string) => (await house.direct(who)).at(-1) ?? ''

describe('a broadcast', () => {
  it('is drafted, changed, approved by two, sent in two languages, answered, corrected, and its table read', async () => {
    // Written, and what will happen shown at once.
    const written = await house.fill('magpie', '/broadcast new', draft)
    expect(readAnswer(written)).toContain('Saved as B-0001')
    expect(readAnswer(written)).toContain('Goes to 9 people and 2 rooms.')
    expect(readAnswer(written)).toContain('Two people must approve it: it goes beyond one region')
    expect(readAnswer(written)).toMatch(/English: \d readers[\s\S]*Spanish: \d readers/)

    // The writer's own approval is the first of two; the second must be senior.
    const asked = await house.press('magpie', pressable(written).submit ?? '')
    expect(readAnswer(asked)).toContain('Still to approve: a leader, or a coordinator of the whole network.')
    expect(await lastOf('eagle')).toContain('Please approve B-0001')
    expect(await house.direct('heron')).toEqual([])

    // A change voids the approval, and whoever comes second reads what changed.
    const changed = { en: 'The polls in Maricopa County stay open until 21:00.' }
    const again = await screen('magpie', pressable(asked).text, changed)
    expect(readAnswer(again)).toContain('Draft by Magpie.')
    await house.press('magpie', pressable(again).submit ?? '')
    expect(await lastOf('eagle')).toContain('Changed since Magpie approved it')
    expect(await lastOf('eagle')).toContain('The polls in Maricopa County')

    const seen = await house.type('eagle', '/broadcast B-0001')
    const approved = await house.press('eagle', pressable(seen).approve ?? '')
    expect(readAnswer(approved)).toContain('Approved. It goes out now.')
    await house.pass(1)

    // Everybody has it once, each in their own language; rooms too.
    expect((await house.direct('heron')).filter(text => text.includes('Maricopa County'))).toHaveLength(1)
    expect(await lastOf('wren')).toContain('Las urnas siguen abiertas')
    expect((await house.room('az-response')).filter(text => text.includes('Maricopa County'))).toHaveLength(1)
    expect(await house.direct('robin')).toEqual([])
    expect(readAnswer(await house.type('magpie', '/broadcast B-0001'))).toContain('9 of 9 people have it.')

    // Two answer, the silent are reminded, and everything stands in the table.
    await house.press('heron', 'answer:B-0001:got-it')
    await house.write('wren', 'recibido', null)
    const table = readAnswer(await house.type('magpie', '/broadcast B-0001 table'))
    expect(table).toContain('Silent: 7')
    await house.type('magpie', '/broadcast B-0001 nudge')
    await house.pass(1)
    expect(await lastOf('finch')).toContain('We have no answer from you yet.')
    expect((await house.direct('heron')).join('\n')).not.toContain('We have no answer from you yet.')

    // New words wait for a second person, who reads the old ones beside them; an old press is told what has changed.
    const sent = await house.type('magpie', '/broadcast B-0001')
    const corrected = { en: 'The polls close at 20:00.', es: 'Las urnas cierran a las 20:00.' }
    const waits = await screen('magpie', pressable(sent).correct, { ...corrected, en: 'The polls close at 8.' })
    expect(readAnswer(waits)).toContain('wait for approval')
    const old = pressable(await house.type('eagle', '/broadcast B-0001 approve')).second
    await screen('magpie', pressable(waits).correct, corrected)
    await house.pass(1)
    expect((await house.direct('heron')).join('\n')).not.toContain('The polls close')
    expect(await lastOf('eagle')).toMatch(
      /Please approve a correction of B-0001[\s\S]*They have now:[\s\S]*Maricopa County[\s\S]*The polls close at 20:00/,
    )
    const newer = await house.press('eagle', old ?? '')
    expect(readAnswer(newer)).toMatch(/It was changed since you looked[\s\S]*Changed since[\s\S]*close at 8\./)
    const second = await house.press('eagle', pressable(newer).second ?? '')
    expect(readAnswer(second)).toContain('Corrected by Magpie, approved by Eagle')

    // The correction takes the place of the words for exactly those who had them.
    await house.pass(1)
    expect((await house.direct('heron')).join('\n')).toContain('The polls close at 20:00.')
    expect((await house.direct('heron')).join('\n')).not.toContain('Maricopa County')
    expect((await house.direct('wren')).join('\n')).toContain('Las urnas cierran a las 20:00.')
    expect(await house.direct('robin')).toEqual([])
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])

    // The table is saved for a reason, once, by a link.
    await house.serve()
    const { reply } = await house.type('magpie', '/broadcast B-0001 export')
    const link = reply.type === 'view' ? reply.view.lines.find(line => line.type === 'link') : undefined
    if (link?.type !== 'link') throw new Error('no link')
    const save = (reason: string) => {
      const headers = { origin: new URL(link.url).origin, 'sec-fetch-site': 'same-origin' }
      return fetch(link.url, { method: 'POST', headers, body: new URLSearchParams({ reason }) })
    }
    const csv = await (await save('For the minutes of the call')).text()
    expect(csv).toContain('Heron')
    expect(csv.trim().split('\n')).toHaveLength(1 + 9 + 2)
    expect((await save('Once more')).status).not.toBe(200)
  })

  it('that saves lives goes out on one person’s word, with a reason that all who may approve it read', async () => {
    const values = {
      whom: 'AZ',
      en: 'Leave the square now.',
      es: 'Salga de la plaza ya.',
      urgency: 'life-safety',
      answer: 'safety',
    }
    const written = await house.fill('magpie', '/broadcast new', values)
    const warned = await house.press('magpie', pressable(written).alone ?? '')
    expect(readAnswer(warned)).toContain('goes to 5 people at once')
    const sent = await screen('magpie', pressable(written).alone, { reason: 'Shots heard. Nobody else answers.' })
    expect(readAnswer(sent)).toContain('Sent by Magpie alone')
    await house.pass(1)
    expect(await lastOf('heron')).toContain('Leave the square now.')
    expect((await house.direct('eagle')).join('\n')).toContain('Shots heard. Nobody else answers.')
  })

  it('is sent back where its new words are wrong, and taken back by one at once', async () => {
    const written = await house.fill('magpie', '/broadcast new', draft)
    await house.press('magpie', pressable(written).submit ?? '')
    await house.press('eagle', pressable(await house.type('eagle', '/broadcast B-0001')).approve ?? '')
    await house.pass(1)
    const sent = await house.type('magpie', '/broadcast B-0001')
    await screen('magpie', pressable(sent).correct, { en: 'The polls are closed.' })
    const waits = await house.type('eagle', '/broadcast B-0001')
    expect(readAnswer(await house.type('eagle', '/broadcast list'))).toContain('CORRECTION WAITS FOR APPROVAL')
    await screen('eagle', pressable(waits).decline, { reason: 'They are open' })
    expect(await lastOf('magpie')).toContain('Their reason: They are open')
    expect((await house.press('eagle', pressable(waits).second ?? '')).reply.type).toBe('refused')

    const recalled = await screen('magpie', pressable(sent).recall, { why: 'It was not so' })
    expect(readAnswer(recalled)).toContain('Taken back by Magpie')
    expect(await lastOf('eagle')).toContain('It was not so')
    await house.pass(1)
    const all = (await house.direct('heron')).join('\n')
    expect(all).not.toMatch(/polls|It was not so/)
  })

  it('is sent back with a reason, and goes on as a draft', async () => {
    const written = await house.fill('magpie', '/broadcast new', draft)
    await house.press('magpie', pressable(written).submit ?? '')
    const seen = await house.type('eagle', '/broadcast b1')
    await screen('eagle', pressable(seen).reject, { reason: 'Say which county' })
    expect(await lastOf('magpie')).toContain('Say which county')
    expect(readAnswer(await house.type('magpie', '/broadcast B-0001'))).toContain('Draft by Magpie.')
  })

  it('that was thrown away says so, and nobody is asked why it stops', async () => {
    const written = await house.fill('owl', '/broadcast new', draft)
    await house.press('owl', pressable(written).discard ?? Object.values(pressable(written)).at(-1) ?? '')
    expect(readAnswer(await house.type('owl', '/broadcast list'))).toContain('B-0001 · thrown away')
    expect(readAnswer(await house.type('owl', '/broadcast B-0001'))).toContain('Nothing of it was sent.')
    expect((await house.type('owl', '/broadcast B-0001 cancel')).reply.type).toBe('refused')
  })
})

describe('while it is written', () => {
  it('an audience that nobody can read stands at its field, with the rest as it was typed', async () => {
    const refused = await house.fill('owl', '/broadcast new', { ...draft, whom: 'AZ and sharks' })
    expect(readAnswer(refused)).toContain('I do not know “sharks”')
    expect(refused.reply.type === 'form' && refused.reply.form.values).toMatchObject(words)
    const again = await house.type('owl', '/broadcast new')
    expect(readAnswer(again)).toContain('Go on with what you wrote at')
    expect(again.reply.type === 'form' && again.reply.form.values).toMatchObject({ whom: 'AZ and sharks', ...words })
  })

  it('a further screen that was left half-way stands there as it was typed, until the broadcast is another', async () => {
    const { about = '' } = pressable(await house.fill('owl', '/broadcast new', draft))
    await screen('owl', about, { title: 'Calm', values: 'nonsense' })
    const again = await house.press('owl', about)
    expect(readAnswer(again)).toContain('Go on with what you wrote at')
    expect(again.reply.type === 'form' && again.reply.form.values).toMatchObject({ title: 'Calm', values: 'nonsense' })
    expect(readAnswer(await house.press('magpie', about))).not.toContain('Go on with')
    await house.fill('owl', '/broadcast B-0001 text', { en: 'Other words.' })
    const anew = await house.press('owl', pressable(await house.type('owl', '/broadcast B-0001')).about ?? '')
    expect(anew.reply.type === 'form' && anew.reply.form.values).toMatchObject({ title: '', values: '' })
  })

  it('a language that is missing and a gap that nothing fills are asked about before anybody approves', async () => {
    const values = { whom: 'AZ', en: 'Hello {name}. Call {hotline}.', answer: 'none' }
    const written = await house.fill('owl', '/broadcast new', values)
    const refused = readAnswer(await house.press('owl', pressable(written).submit ?? ''))
    expect(refused).toContain('It cannot go out yet.')
    const filled = await screen('owl', pressable(written).about, { values: 'hotline = 602-555-0134', title: 'Hotline' })
    const accepted = await house.press('owl', pressable(filled).es ?? '')
    expect(readAnswer(accepted)).not.toContain('Write them, or accept that')
    const approved = await house.press('owl', pressable(accepted).submit ?? '')
    expect(readAnswer(approved)).toContain('Approved. It goes out now.')
    await house.pass(1)
    expect(await lastOf('heron')).toContain('Hello Heron. Call 602-555-0134.')
  })

  it('the same form sent twice is one broadcast, and a press on an old preview shows what there is now', async () => {
    const opened = await house.type('owl', '/broadcast new')
    if (opened.reply.type !== 'form') throw new Error('no form')
    const { form } = opened.reply
    const sent = await Promise.all([1, 2].map(() => house.submit('owl', form, { ...form.values, ...draft })))
    expect(new Set(sent.map(readAnswer)).size).toBe(1)
    expect(await house.store.broadcasts.latest({ limit: 5 })).toHaveLength(1)
    const [old] = sent
    await screen('owl', old && pressable(old).when, { hour: '18:00', expires: '20:00' })
    const pressed = await house.press('owl', (old && pressable(old).submit) ?? '')
    expect(readAnswer(pressed)).toContain('It was changed since you looked.')
    expect(await house.store.broadcasts.latest({ states: ['draft'], limit: 5 })).toHaveLength(1)
  })

  it('who gets it can be picked, and answers to choose from are written in both languages', async () => {
    const written = await house.fill('owl', '/broadcast new', { ...words, answer: 'one-of' })
    const picked = await screen('owl', pressable(written).whom, { regions: 'az, georgia', people: ['mediator'] })
    expect(readAnswer(picked)).toContain('For: Arizona or Georgia, only mediators.')
    const uneven = await screen('owl', pressable(picked).answer, { en: 'Road\nBridge', es: 'Camino' })
    expect(readAnswer(uneven)).toContain('Write two to five answers')
    const chosen = await screen('owl', pressable(picked).answer, { en: 'Road\nBridge', es: 'Camino\nPuente' })
    expect(readAnswer(chosen)).toContain('Asks for one of: Road, Bridge.')
    const late = await screen('owl', pressable(chosen).when, { hour: 'soonish' })
    expect(readAnswer(late)).toContain('I cannot read that hour.')
    const over = await screen('owl', pressable(chosen).when, { hour: 'now', expires: '2020-01-01 9:00' })
    expect(readAnswer(over)).toContain('Its last hour would be over before it goes out.')
  })

  it('is no business of whoever has no part in it', async () => {
    await house.fill('magpie', '/broadcast new', { whom: 'AZ', ...words })
    expect(readAnswer(await house.type('bluebird', '/broadcast B-0001'))).toContain('I know no broadcast')
    expect(readAnswer(await house.type('heron', '/broadcast'))).toContain('This is for leaders and coordinators.')
    expect(readAnswer(await house.type('heron', '/broadcast B-0001 approve'))).toContain('for leaders and coordinators')
    expect(readAnswer(await house.press('bluebird', 'whom:B-0001:whom.1'))).toContain('I know no broadcast')
  })

  it('is thrown away with nothing sent', async () => {
    const first = await house.fill('owl', '/broadcast new', { whom: 'AZ', ...words })
    await house.press('owl', pressable(first).discard ?? '')
    await house.pass(1)
    expect(await house.direct('heron')).toEqual([])
    expect(readAnswer(await house.type('owl', '/broadcast list'))).toContain('B-0001 · thrown away')
  })

  it('about a RED incident is neither written nor read where RED may not be', async () => {
    await house.close()
    at.leave()
    at = ground()
    house = await openHouse(at, undefined, { adjust: network => ({ ...network, red: [] }) })
    const report = { what: 'Flyers with a wrong date', where: 'Phoenix, AZ', danger: 'soon', contact: 'yes' }
    await house.fill('heron', '/report', report)
    const written = await house.fill('magpie', '/broadcast new AZ-0001', { whom: 'AZ', ...words })
    expect(readAnswer(written)).toContain('About AZ-0001: only where that may be read.')
    await house.type('magpie', '/mark AZ-0001 red it names a family')

    const seen = await house.type('magpie', '/broadcast B-0001')
    expect(readAnswer(seen)).not.toContain('polls')
    expect(readAnswer(await house.type('magpie', '/broadcast list'))).toContain('about AZ-0001')
    expect(readAnswer(await house.type('magpie', '/broadcast list'))).not.toContain('polls')
    for (const screen of ['text', 'when', 'answer']) {
      const refused = await house.type('magpie', `/broadcast B-0001 ${screen}`)
      expect(readAnswer(refused)).toContain('What B-0001 is about may not be read here.')
    }
    expect(readAnswer(await house.type('magpie', '/broadcast new AZ-0001'))).toContain('AZ-0001 is RED')
  })
})

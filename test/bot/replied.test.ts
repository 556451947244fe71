import { describe, expect, test } from 'vitest'
import type { AnswerWanted } from '../../workflows/broadcast.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer, readMessage } from '../house.ts'
import { castIn, personIn } from './casts.ts'
import { visitor } from './web/visitor.ts'

const words = { en: 'Are the roads open?', es: '¿Están abiertos los caminos?' }
const people = { type: 'region', region: 'AZ' } as const

let house: House
const cast = castIn(() => house)
eachHouse(opened => {
  house = opened
})

async function sent(answer: AnswerWanted, more = {}): Promise<void> {
  await cast.begin({ audience: people, words, answer, ...more })
  await cast.give()
  await house.settle()
}

const row = async (callsign: string) =>
  (await house.store.broadcasts.recipients(cast.id, { person: personIn(house, callsign), limit: 1 })).items[0]
const last = async (who: string) => (await house.direct(who)).at(-1) ?? ''
const press = async (who: string, answer: string) => readAnswer(await house.press(who, `answer:${cast.id}:${answer}`))
const write = async (who: string, said: string) => readAnswer(await house.write(who, said, null))
const table = async (who: string, more = '') => readAnswer(await house.type(who, `/broadcast ${cast.id} table ${more}`))

describe('an answer by a press', () => {
  test('holds until another one, also where somebody comes back to their first', async () => {
    await sent({ type: 'yes-no' })
    expect(await last('finch')).toMatch(/Are the roads open\?[\s\S]*\[Yes\] \[No\]/)
    expect(await press('finch', 'yes')).toContain('Your answer to B-0001: Yes (')
    await press('finch', 'no')
    const again = await house.press('finch', `answer:${cast.id}:yes`, null, 'the same drawing')
    await house.press('finch', `answer:${cast.id}:no`)
    await house.press('finch', `answer:${cast.id}:yes`, null, 'the same drawing')
    expect(readAnswer(again)).toContain('Yes')
    expect(await row('Finch')).toMatchObject({ answer: 'yes', reached: 'sent' })
  })

  test('reads in each one’s language, with the options that were written', async () => {
    const options = [
      { en: 'North', es: 'Norte' },
      { en: 'South', es: 'Sur' },
    ]
    await sent({ type: 'one-of', options })
    expect(await last('wren')).toContain('[Norte] [Sur]')
    expect(await press('wren', '2')).toContain('Su respuesta a B-0001: Sur')
    expect(await table('owl')).toContain('North: 0, South: 1. Silent: 4.')
  })

  test('counts for nobody who was not sent it', async () => {
    await sent({ type: 'got-it' })
    expect(await press('loon', 'got-it')).toContain('was not sent to you')
    expect(await row('Loon')).toBeUndefined()
  })
})

describe('an answer in words', () => {
  test('is one of the answers, a number, a sign, or is kept as it was written', async () => {
    await sent({ type: 'yes-no' })
    expect(await write('finch', 'Yes')).toContain('Yes (')
    expect(await write('wren', 'sí')).toContain('Sí (')
    expect(await write('heron', '👎')).toContain('No (')
    expect(await write('cactus-wren', 'El puente está cerrado')).toContain('Guardado con B-0001')
    expect(await row('Cactus Wren')).toMatchObject({ answer: null, said: 'El puente está cerrado' })
    expect((await house.store.broadcasts.tally(cast.id)).answers).toMatchObject({ yes: 2, no: 1 })
    expect(await table('owl', 'answered')).toContain('El puente está cerrado')
    await write('magpie', '1')
    expect(await table('owl', 'silent')).toContain('Nobody.')
  })

  test('is no answer where it tells more of a report that came after', async () => {
    await sent({ type: 'yes-no' })
    house.skip(5)
    const seen = { what: 'Shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
    await house.fill('heron', '/report', seen)
    expect(await write('heron', 'ok, two more cars came')).toContain('AZ-0001')
    expect(await write('heron', 'yes')).toContain('AZ-0001')
    expect(await row('Heron')).toMatchObject({ answer: null, said: null })
  })
})

describe('whoever needs help', () => {
  const incidents = async () =>
    (await house.store.incidents.list({ regions: 'all', viewer: personIn(house, 'Owl'), limit: 9 })).items

  test('opens an incident in their region at once, and one only', async () => {
    await sent({ type: 'safety' })
    expect(await press('finch', 'help')).toContain(
      'Your report AZ-0001 is open, and people of Arizona are being called',
    )
    await press('finch', 'help')
    const [only, ...others] = await incidents()
    expect(others).toEqual([])
    expect(only).toMatchObject({ id: 'AZ-0001', severity: 4, region: 'AZ', reporter: personIn(house, 'Finch') })
    expect((await house.room('az-response')).join('\n')).toContain(
      'Place not known yet: “They have not said where”. Until then it stands with Arizona.',
    )
    expect(only?.place.state).toBe('asked')
    expect(await row('Finch')).toMatchObject({ answer: 'help', incident: 'AZ-0001' })
    expect(await table('magpie', 'help')).toMatch(/Finch[^\n]*I need help[^\n]*See AZ-0001/)
  })

  test('is not lost where they are safe again, and call again', async () => {
    await sent({ type: 'safety' })
    await press('finch', 'help')
    await press('finch', 'safe')
    await press('finch', 'help')
    expect(await incidents()).toHaveLength(1)
    const said = JSON.stringify(await house.store.incidents.timeline('AZ-0001' as IncidentId, 50))
    expect(said).toContain('I am safe now')
    expect(said).toContain('I need help again')
  })

  test('says so to whatever was asked, and where, in their own words', async () => {
    await sent({ type: 'got-it' })
    expect(await write('wren', 'Necesito ayuda, estoy en Maricopa County, AZ')).toContain('AZ-0001')
    const known = await house.store.incidents.find('AZ-0001' as IncidentId)
    expect(known?.incident.place).toMatchObject({ state: 'found', fips: '04013' })
    expect(known?.words.what).toContain('estoy en Maricopa')
    expect(await row('Wren')).toMatchObject({ answer: 'help' })
  })
})

test('one word that somebody is safe answers a head count and a broadcast that ask the same', async () => {
  await house.fill('wren', '/report', { what: 'Shots', where: 'Maricopa County, AZ', danger: 'now', contact: 'no' })
  await house.type('magpie', '/protocol safe AZ-0001 region')
  await sent({ type: 'safety' })
  expect(await write('finch', 'safe')).toContain('counted as safe')
  expect(await row('Finch')).toMatchObject({ answer: 'safe' })
  await write('heron', 'need help')
  expect(await row('Heron')).toMatchObject({ answer: 'help', incident: null })
  const open = await house.store.incidents.list({ regions: 'all', viewer: personIn(house, 'Owl'), limit: 9 })
  expect(open.items).toHaveLength(1)
})

describe('whoever is silent', () => {
  test('is reminded once, not at all once they have answered, and never within ten minutes again', async () => {
    await sent({ type: 'got-it' })
    await press('finch', 'got-it')
    house.skip(30)
    expect(readAnswer(await house.type('owl', `/broadcast ${cast.id} nudge`))).toContain(
      '4 people who have not answered',
    )
    await house.settle()
    expect(await last('heron')).toMatch(/We have no answer from you yet[\s\S]*Are the roads open\?[\s\S]*\[Got it\]/)
    expect(await last('wren')).toContain('Todavía no tenemos su respuesta')
    expect(await last('finch')).not.toContain('We have no answer')
    expect(readAnswer(await house.type('owl', `/broadcast ${cast.id} nudge`))).toContain('were asked again')
    expect(await press('heron', 'got-it')).toContain('Got it')
    expect(await table('owl', 'silent')).toContain('silent, was reminded')
  })

  test('reads the newer words in the reminder too, once it was corrected', async () => {
    await sent({ type: 'got-it' })
    house.skip(30)
    await house.type('owl', `/broadcast ${cast.id} nudge`)
    await cast.correct({ en: 'The roads are closed', es: 'Los caminos están cerrados' })
    await house.settle()
    const all = await house.direct('heron')
    expect(all.filter(one => one.includes('Are the roads open?'))).toEqual([])
    expect(all.filter(one => one.includes('The roads are closed'))).toHaveLength(2)
  })

  test('is left in peace where they answer before the reminder goes out', async () => {
    await sent({ type: 'got-it' })
    house.skip(30)
    await house.only('owl', `/broadcast ${cast.id} nudge`)
    await house.nudging.run()
    for (const who of ['heron', 'finch', 'wren', 'magpie'])
      await house.hub.receive({
        ...({ platform: 'workspace', key: `own:${who}`, account: who, room: null, message: null } as const),
        ...({ at: house.clock(), type: 'press', button: `answer:${cast.id}:got-it` } as const),
      })
    await house.settle()
    for (const who of ['heron', 'finch', 'magpie']) expect(await last(who)).not.toContain('We have no answer')
    expect(await last('cactus-wren')).toContain('Todavía no tenemos')
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, failed: 0 })
  })

  test('is handed to the coordinators of their region, who see those of their own', async () => {
    await sent({ type: 'got-it' }, { audience: { type: 'everyone' } })
    for (const who of ['finch', 'wren', 'cactus-wren']) await press(who, 'got-it')
    expect(readAnswer(await house.type('owl', `/broadcast ${cast.id} hand AZ`))).toContain('Arizona')
    await house.settle()
    // Magpie is silent too, and is not asked to reach Magpie.
    expect(await last('magpie')).toMatch(/Arizona: 1 person has not answered B-0001[\s\S]*Heron/)
    expect(await last('magpie')).not.toMatch(/Magpie \(/)
    expect(await last('crane')).not.toContain('have not answered')
    const theirs = await table('crane', 'silent')
    expect(theirs).toContain('Michigan')
    expect(theirs).not.toContain('Heron')
    expect(await table('crane', 'AZ')).toContain('your own regions')
    expect(readAnswer(await house.type('finch', `/broadcast ${cast.id} table`))).not.toContain('Heron')
  })

  test('is shared out among those who could call them', async () => {
    await sent({ type: 'got-it' }, { audience: { type: 'or', of: [people, { type: 'region', region: 'GA' }] } })
    for (const who of ['finch', 'magpie', 'osprey']) await press(who, 'got-it')
    const tree = readAnswer(await house.type('owl', `/broadcast ${cast.id} phones`))
    expect(tree).toMatch(/Magpie calls: [\s\S]*Heron/)
    expect(tree).not.toMatch(/calls: [^\n]*Finch/)
    expect(tree).toContain('They stand on the printed sheet')
  })
})

test('whoever was erased since is nobody to be called or reached', async () => {
  await sent({ type: 'got-it' })
  await house.press('wren', 'erase:confirm')
  for (const who of ['finch', 'magpie']) await press(who, 'got-it')
  const tree = readAnswer(await house.type('owl', `/broadcast ${cast.id} phones`))
  expect(tree).toMatch(/Heron/)
  expect(tree).not.toMatch(/someone|3 to be called/)
  await house.type('owl', `/broadcast ${cast.id} hand AZ`)
  await house.pass(1)
  expect(await last('magpie')).toContain('Arizona: 2 people have not answered')
  expect(await last('magpie')).not.toContain('someone')
})

describe('the table', () => {
  test('leaves the hub by a link that works once, for a reason that stays, with no formula in it', async () => {
    await house.serve()
    await sent({ type: 'yes-no' })
    await write('heron', '=HYPERLINK("http://bad","x")')
    await press('finch', 'yes')
    const answer = await house.type('owl', `/broadcast ${cast.id} export`)
    const view = answer.reply.type === 'view' ? answer.reply.view : null
    const link = view?.lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
    const browser = visitor()
    expect((await browser.visit(link)).text).toContain('Who had B-0001')
    expect((await browser.post(link, { reason: ' ' })).status).toBe(422)
    const csv = await browser.post(link, { reason: 'For the evening call' })
    expect(csv.headers.get('content-disposition')).toContain('B-0001.csv')
    expect(csv.text).toMatch(/Finch,AZ,en,[^\n]*,Yes,/)
    expect(csv.text).toContain(`"'=HYPERLINK`)
    expect((await browser.post(link, { reason: 'Again' })).status).toBe(403)
    const events = (await house.store.broadcasts.entries(cast.id)).map(one => one.event)
    expect(events.at(-1)).toEqual({ type: 'exported', reason: 'For the evening call' })
    expect(readAnswer(await house.type('crane', `/broadcast ${cast.id} export`))).not.toContain('link')
  })
})

test('words under what stands in a room are an answer, are kept, and call for help', async () => {
  await sent({ type: 'yes-no' }, { audience: { type: 'or', of: [people, { type: 'rooms', region: 'AZ' }] } })
  const message = (await house.store.practice.list('az-response', 50)).find(one =>
    readMessage(one).includes('roads open'),
  )
  if (!message) throw new Error('nothing stands in the room')
  expect(readMessage(message)).toContain('Pick one, or write it as a reply to this.')
  const under = async (who: string, said: string) => readAnswer(await house.write(who, said, 'az-response', message))
  expect(await under('heron', 'yes')).toContain('Your answer to')
  expect(await under('finch', 'Who can look at the north road?')).toBe('')
  expect(await under('wren', 'need help, I am at the back door')).toContain('AZ-0001')
  // Of a broadcast to these people and rooms, whoever else reads it in the room answers too.
  expect(await under('crane', 'no')).toContain('Your answer to')
  expect(await row('Heron')).toMatchObject({ answer: 'yes' })
  expect(await row('Finch')).toMatchObject({ answer: null, said: 'Who can look at the north road?' })
  expect(await row('Wren')).toMatchObject({ answer: 'help', incident: 'AZ-0001' })
  expect(await row('Crane')).toMatchObject({ answer: 'no' })
  expect(readAnswer(await house.write('magpie', 'yes', 'az-response'))).toBe('')
  expect(await row('Magpie')).toMatchObject({ answer: null, said: null })
})

test('the live page keeps itself up to date, for one browser, for as long as its reader may look', async () => {
  await house.serve()
  await sent({ type: 'yes-no' })
  const answer = await house.type('owl', `/broadcast ${cast.id} live`)
  const view = answer.reply.type === 'view' ? answer.reply.view : null
  const link = view?.lines.flatMap(line => (line.type === 'link' ? [line.url] : []))[0] ?? ''
  const [preview, browser, other] = [visitor(), visitor(), visitor()]
  expect((await preview.get(link)).text).not.toContain('Finch')
  const first = await browser.visit(link)
  expect(first.text).toContain('Finch')
  expect(first.text).toContain('http-equiv="refresh"')
  expect(first.text).not.toContain('Yes, ')
  await press('finch', 'yes')
  await write('heron', '<b>north road</b>')
  const now = await browser.visit(link)
  expect(now.text).toMatch(/Finch [^<]*Yes, /)
  expect(now.text).toContain('&lt;b&gt;north road&lt;/b&gt;')
  expect((await browser.visit(`${link}?show=silent`)).text).not.toContain('Finch')
  expect((await browser.visit(`${link}?show=%22%3Cx`)).status).toBe(200)
  const copied = await other.visit(link)
  expect([copied.status, copied.text.includes('Finch')]).toEqual([403, false])
  house.skip(5 * 60)
  expect((await browser.visit(link)).status).toBe(404)
  expect(readAnswer(await house.type('heron', `/broadcast ${cast.id} live`))).toContain('leaders and coordinators')
})

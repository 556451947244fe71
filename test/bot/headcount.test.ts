import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { buttonsOf, type House, readAnswer } from '../house.ts'

let house: House
eachHouse(opened => {
  house = opened
})

async function report(danger = 'now'): Promise<string> {
  const seen = { what: 'Shots at the drop box', where: 'Maricopa County, AZ', danger, contact: 'yes' }
  return /[A-Z]{2}-\d{4}/.exec(readAnswer(await house.fill('heron', '/report', seen)))?.[0] ?? ''
}

/** The ids of what stands on the newest message with buttons that somebody got alone, by its words. */
async function presses(who: string): Promise<Record<string, string>> {
  const all = await house.store.practice.list(`direct:${who}`, 200)
  const pressed = all.map(({ body }) => (body as { buttons?: readonly { id: string; label: string }[] }).buttons ?? [])
  const buttons = pressed.findLast(one => one.length > 0) ?? []
  return Object.fromEntries(buttons.map(button => [button.label, button.id]))
}

const last = async (who: string) => (await house.direct(who)).at(-1) ?? ''
const tally = async (id: string) => readAnswer(await house.press('magpie', `tally:${id}:see`))

describe('a head count by hand', () => {
  test('says whom it would ask before it asks, and asks everyone of the region at once', async () => {
    const id = await report()
    const ask = await house.type('magpie', `/protocol safe ${id}`)
    expect(readAnswer(ask)).toContain('[4 in Arizona] [All of the network: 24]')
    const button = ask.reply.type === 'view' ? (ask.reply.view.buttons[0]?.id ?? '') : ''
    expect(readAnswer(await house.press('magpie', button))).toContain('4 people are being asked now')
    for (const who of ['heron', 'finch']) expect(await last(who)).toContain('Are you safe?')
    expect(await last('wren')).toContain('¿Está usted a salvo?')
    expect(await last('osprey')).not.toContain('Are you safe?')
  })

  test('asks for which incident, where none was named, and never says that nothing can be saved', async () => {
    expect(readAnswer(await house.type('magpie', '/protocol safe'))).toContain('No open incident is there')
    const id = await report()
    const which = await house.type('magpie', '/protocol safe')
    expect(readAnswer(which)).toContain('On which incident?')
    const button = which.reply.type === 'view' ? (which.reply.view.buttons[0]?.id ?? '') : ''
    expect(readAnswer(await house.press('magpie', button))).toContain(
      `Whom should I ask whether they are safe, for ${id}?`,
    )
    expect(readAnswer(await house.type('finch', '/protocol safe'))).toContain('coordinat')
  })

  test('reaches people in their quiet hours', async () => {
    const id = await report('soon')
    await house.type('finch', '/whoami quiet 0-23')
    await house.type('magpie', `/protocol safe ${id} region`)
    expect(await last('finch')).toContain('Are you safe?')
  })

  test('is for coordinators of there', async () => {
    const id = await report()
    expect(readAnswer(await house.type('finch', `/protocol safe ${id} region`))).toContain('coordinat')
    expect(await last('heron')).not.toContain('Are you safe?')
  })

  test('asks people who may know nothing of the incident without a word of it', async () => {
    const id = await report()
    await house.type('owl', `/protocol safe ${id} network`)
    expect(await last('osprey')).toContain('Are you safe?')
    expect(await last('osprey')).not.toContain(id)
    const press = (await presses('osprey'))['I need help'] ?? ''
    expect(readAnswer(await house.press('osprey', press))).not.toContain(id)
    expect(await last('magpie')).toContain('Osprey needs help')
  })

  test('shows on the card how many are safe, and to coordinators by name', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    await house.press('finch', (await presses('finch'))['I am safe'] ?? '')
    await house.press('heron', (await presses('heron'))['I need help'] ?? '')
    const card = (await house.room('az-response'))[0] ?? ''
    expect(card).toContain('Needs help: Heron\nHead count 09:00: 1 of 4 safe · no answer yet: 2')
    const seen = await tally(id)
    expect(seen.indexOf('Heron needs help')).toBeLessThan(seen.indexOf('Asked at'))
    expect(seen).toContain('No answer yet:\nCactus Wren · the practice workspace\nWren · the practice workspace')
    expect(seen).toContain('Safe: Finch')
    expect(readAnswer(await house.press('finch', `tally:${id}:see`))).not.toContain('Cactus Wren')
  })

  test('counts the same press once, and an answer that was changed as it was changed last', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    const first = await presses('finch')
    const said = await house.press('finch', first['I am safe'] ?? '', null, 'key:1')
    await house.press('finch', first['I am safe'] ?? '', null, 'key:1')
    expect(await tally(id)).toContain('Safe: 1.')
    await house.press('finch', buttonsOf(said).safe ?? '')
    expect(await tally(id)).toContain('Finch needs help')
    await house.write('finch', 'safe', null)
    expect(await tally(id)).toContain('Safe: Finch')
  })

  test('tells who was told of a cry for help that they are safe, once, and who wrote it down for them', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    await house.press('finch', (await presses('finch'))['I need help'] ?? '')
    expect(await last('magpie')).toContain('Finch needs help')
    await house.write('finch', 'safe', null)
    await house.write('finch', 'safe', null)
    expect(await last('magpie')).toContain('Finch is safe now\nThey said so at 09:00, after they had asked for help.')
    expect((await house.direct('magpie')).filter(one => one.includes('is safe now'))).toHaveLength(1)
    expect((await house.direct('heron')).join('\n')).not.toContain('is safe now')
    await house.press('wren', (await presses('wren'))['Necesito ayuda'] ?? '')
    const wren = [...house.store.roster.directory().people.values()].find(one => one.callsign === 'Wren')?.id
    await house.press('magpie', `tally:${id}:reached.hand.all.1.${wren}`)
    expect(await last('magpie')).toContain('Wren needs help')
    expect(await last('owl')).toContain('Wren is safe now\nMagpie wrote it down at 12:00.')
  })

  test('is ended by who sees to it; then nobody is looked for', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    const answer = await house.press('magpie', `tally:${id}:see`)
    await house.press('magpie', buttonsOf(answer).tally ?? '')
    await house.pass(31)
    expect((await house.direct('magpie')).join('\n')).not.toContain('No answer from')
  })

  test('whoever is silent is named after 15 minutes; after 30 their contact can be opened, with a reason', async () => {
    const id = await report()
    await house.type('wren', '/whoami contact call my sister, 602')
    await house.type('magpie', `/protocol safe ${id} region`)
    for (const who of ['heron', 'finch', 'cactus-wren']) await house.write(who, 'ok', null)
    await house.pass(15)
    expect(await last('magpie')).toContain('No answer from 1 of 4: are you safe? (09:00)\nCall them now.')
    expect((await house.room('coordination')).at(-1)).toContain('Wren · the practice workspace')
    await house.pass(15)
    expect(await last('magpie')).toContain('open their contact, with a reason')
    const wren = [...house.store.roster.directory().people.values()].find(one => one.callsign === 'Wren')?.id
    const opened = await house.press('magpie', `reach:${id}:hand.all.${wren}`)
    if (opened.reply.type !== 'form') throw new Error(readAnswer(opened))
    const shown = await house.submit('magpie', opened.reply.form, { reason: 'silent since 09:00' })
    expect(readAnswer(shown)).toContain('How to reach Wren')
    expect(readAnswer(shown)).toContain('call my sister')
    expect(readAnswer(await house.type('wren', '/whoami'))).toContain('Magpie')
    const again = await house.press('finch', `reach:${id}:hand.all.${wren}`)
    if (again.reply.type !== 'form') throw new Error(readAnswer(again))
    expect(readAnswer(await house.submit('finch', again.reply.form, { reason: 'x' }))).not.toContain('sister')
    await house.press('magpie', `tally:${id}:reached.hand.all.1.${wren}`)
    expect(await tally(id)).toContain('Safe: 4.')
  })
})

describe('one word', () => {
  test('answers while it is asked; before and after it is talk', async () => {
    const id = await report()
    expect(readAnswer(await house.write('finch', 'ok', null))).not.toContain('counted as safe')
    await house.type('magpie', `/protocol safe ${id} region`)
    expect(readAnswer(await house.write('finch', 'ok', null))).toContain('You are counted as safe')
    expect(readAnswer(await house.write('finch', 'ok', null))).not.toContain('counted as safe')
    expect(readAnswer(await house.write('osprey', 'help', null))).not.toContain('coordinators are being told')
    const added = readAnswer(await house.write('heron', 'ok, but there are more of them now', null))
    expect(added).toContain(`Added to ${id}`)
    expect(await tally(id)).toContain('Heron · the practice workspace')
  })

  test('in Spanish too, and what follows a cry for help is told', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    expect(readAnswer(await house.write('cactus-wren', 'Ayuda', null))).toContain('Ya se avisa a sus coordinadores')
    await house.pass(1)
    expect(readAnswer(await house.write('cactus-wren', 'en la biblioteca', null))).toContain('Ya se les pasa')
    expect(await last('magpie')).toContain('Cactus Wren writes, who needs help:\nen la biblioteca')
    expect(await last('magpie')).toContain('[Who answered]')
  })

  test('answers in the thread of the card if it can mean nothing else, and is carried nowhere', async () => {
    const id = await report()
    await house.type('magpie', `/protocol safe ${id} region`)
    const card = await house.card('az-response', id)
    expect(readAnswer(await house.write('finch', 'ok', 'az-response', card))).toBe('')
    expect(readAnswer(await house.write('finch', 'a salvo', 'az-response', card))).toContain('You are counted as safe')
    expect(readAnswer(await house.write('wren', 'safe', 'az-response'))).toBe('')
    expect(await tally(id)).toContain('Safe: 1.')
  })

  test('holds for everything that asks', async () => {
    const ids = [await report(), await report()]
    for (const id of ids) await house.type('magpie', `/protocol safe ${id} region`)
    await house.write('finch', 'safe', null)
    for (const id of ids) expect(await tally(id)).toContain('Safe: Finch')
  })
})

describe('a step that asks whether people are safe', () => {
  test('asks the whole network once it is done, whoever may know of the incident', async () => {
    const id = await report('hurt')
    await house.type('owl', `/protocol start P6 ${id}`)
    await house.type('owl', `/step ${id} P6.2 done`)
    for (const who of ['finch', 'osprey', 'eagle'])
      expect((await house.direct(who)).join('\n')).toContain('everyone in the network')
    expect(await last('cactus-wren')).toContain('¿Está usted a salvo?')
    await house.write('osprey', 'help', null)
    expect(await last('owl')).toContain('Osprey needs help')
    await house.pass(15)
    const crane = (await house.direct('crane')).findLast(one => one.includes('No answer')) ?? ''
    expect(crane).toContain('Robin · the practice workspace')
    expect(crane).not.toContain('Finch')
    expect(crane).not.toContain(id)
  })

  test('asked for one that is part of another by now, the answer counts there', async () => {
    const [one, other] = [await report(), await report()]
    await house.type('owl', `/protocol start P6 ${one}`)
    await house.type('owl', `/step ${one} P6.2 done`)
    const press = (await presses('finch'))['I am safe'] ?? ''
    await house.type('magpie', `/merge ${one} ${other}`)
    expect(readAnswer(await house.press('finch', press))).toContain('You are counted as safe')
    expect(await tally(other)).toContain('Safe: Finch')
    await house.pass(16)
    const told = (await house.direct('owl')).filter(text => text.includes('No answer from'))
    expect(told).toHaveLength(1)
    expect(told[0]).not.toContain('Finch')
  })
})

import { describe, expect, test } from 'vitest'
import { loadMessages } from '../../bot/messages.ts'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

let house: House

eachHouse(async opened => {
  house = opened
  await house.store.library.keep(loadMessages(null), house.clock())
})

const says = async (who: string, line: string) => readAnswer(await house.type(who, `/broadcast ${line}`))
const presses = async (who: string, button: string) => readAnswer(await house.press(who, button))

/** Magpie coordinates Arizona and Georgia, Eagle leads. */
async function approved(): Promise<void> {
  await presses('magpie', 'library:calm-call:approve.1')
  await presses('eagle', 'library:calm-call:approve.1')
}

const cedar = { alias: 'Cedar', kinds: ['faith'], where: 'AZ es', community: 'river church', consent: 'yes, 3 October' }

describe('prepared messages', () => {
  test('are approved by two, one of them senior, before volunteers see them', async () => {
    expect(await says('heron', 'library')).toContain('No prepared message is approved yet.')
    expect(await says('magpie', 'library calm-call')).toContain('SAMPLE: it came with the hub.')
    expect(await presses('magpie', 'library:calm-call:approve.1')).toContain('A leader or a coordinator of the whole')
    expect(await presses('magpie', 'library:calm-call:approve.1')).toContain('have approved version 1 of calm-call')
    expect(await presses('heron', 'library:calm-call:approve.1')).toContain('There is no prepared message')
    expect(await presses('eagle', 'library:calm-call:approve.1')).toContain('It may be used now.')
    const seen = await says('heron', 'library calm-call')
    expect(seen).toContain('These are tense days in Arizona')
    expect(seen).not.toMatch(/\[Approve\]|\[Use|SAMPLE/)
    expect(await says('wren', 'biblioteca calm-call')).toContain('Son días tensos en Arizona')
    expect((await house.room('coordination')).at(-1)).toContain('version 1, is approved and may be used')
  })

  test('become a draft with their words, and the draft says what is not approved, stale or left blank', async () => {
    const made = await says('magpie', 'library calm-call use')
    expect(made).toContain('Draft B-0001 holds these words.')
    expect(await says('magpie', 'B-0001')).toContain('Nobody has approved these prepared words yet')
    await says('magpie', 'library rumour-correction use')
    expect(await says('magpie', 'B-0002')).toContain('Fill in first: [fact], [why].')
    const answers = {
      ...{ en1: 'Polls are open until 19:00.', es1: 'Se vota hasta las 19:00.' },
      ...{ en2: 'No county changed its hours.', es2: 'Ningún condado cambió su horario.' },
    }
    await house.fill('magpie', '/fill rumour-correction', answers)
    const draft = await says('magpie', 'B-0003')
    expect(draft).toContain('So, once more: Polls are open until 19:00. Please tell')
    expect(draft).not.toContain('Fill in first')
    expect(draft).toContain('Also meant for the public.')
    expect(await says('magpie', 'kit B-0003')).toContain('B-0003 is not approved yet')
  })

  test('remember the broadcast in which they went out', async () => {
    await approved()
    await says('magpie', 'library calm-call use')
    await house.fill('magpie', '/broadcast B-0001 text', { whom: 'AZ', answer: 'none' })
    const asked = await house.type('magpie', '/broadcast B-0001')
    const submit = asked.reply.type === 'view' && asked.reply.view.buttons.find(one => one.id.includes('submit'))
    if (!submit) throw new Error(readAnswer(asked))
    await house.press('magpie', submit.id)
    const seen = await house.type('eagle', '/broadcast B-0001')
    const approve = seen.reply.type === 'view' && seen.reply.view.buttons.find(one => one.id.includes('approve'))
    if (approve) await house.press('eagle', approve.id)
    await house.pass(1)
    expect(await says('magpie', 'library calm-call')).toMatch(/B-0001 by Magpie, .*: 5 of 5 have it, 0 answered/)
    expect(await says('magpie', 'kit B-0001')).toContain('B-0001 has no words for people outside the network.')
  })

  test('are written in chat, sent back with a reason, and written again', async () => {
    const bad = await house.fill('magpie', '/wording', {
      ...{ title: 'Hours', situation: 'rumour', es: '', claims: '' },
      en: 'They say "all polls close at noon today" at http://x.com/a',
    })
    expect(readAnswer(bad)).toMatch(/en: A correction has four paragraphs.*\nclaims: It says what is so/)
    const en = 'Polls are open until 19:00.\n\nIt is said otherwise.\n\nNo county changed hours.\n\nPolls are open.'
    const form = { title: 'Hours', situation: 'rumour', en, es: '', claims: 'Open until 19:00 | County office' }
    expect(readAnswer(await house.fill('magpie', '/wording', form))).toContain('Saved as version 1 of hours.')
    expect((await house.room('coordination')).at(-1)).toMatch(
      /Magpie wrote version 1 .*"Hours" \(hours\)[\s\S]*Approve/,
    )
    await house.fill('owl', '/sendback hours', { reason: 'Say it in Spanish, too.' })
    expect((await house.room('coordination')).at(-1)).toContain('Say it in Spanish, too.')
    const again = await house.fill('magpie', '/wording hours', { es: en })
    expect(readAnswer(again)).toContain('Saved as version 2 of hours.')
    expect(await presses('owl', 'library:hours:approve.1')).toContain('hours was changed meanwhile')
    expect(await presses('owl', 'library:hours:approve.2')).toContain('It may be used now.')
  })
})

describe('a kit', () => {
  test('goes to whoever knows the messenger, comes back with how it was received, and is remembered', async () => {
    await approved()
    expect(readAnswer(await house.fill('magpie', '/messenger', cedar))).toContain('Cedar is on the roster as M-0001.')
    const more = { name: 'Jo Doe', contact: '602 555 0101', through: 'Heron', until: '' }
    await house.fill('magpie', '/acquaint M-0001', more)
    expect(await says('magpie', 'kit calm-call Cedar')).toContain('Heron gets it, and hands it to Cedar')
    expect(await presses('magpie', 'kit:calm-call:M-0001.go')).toContain('K-0001 is handed over.')
    const kit = (await house.direct('heron')).at(-1)
    expect(kit).toContain('En estos días la gente nos mira.')
    expect(kit).toContain('Do not name a party, a candidate or a group.')
    expect(kit).not.toMatch(/Jo Doe|602/)
    expect(await presses('heron', 'received:K-0001:well')).toContain('received well')
    await house.fill('heron', '/received K-0001', { how: 'well', reach: '40 or so', note: 'They were glad.' })
    expect(await says('magpie', 'messengers M-0001')).toMatch(/K-0001: Calm call, .*, received well, heard by 40/)
    expect(await says('magpie', 'library calm-call')).toMatch(/K-0001, handed to Cedar .*: received well, heard by 40/)
    const again = await says('magpie', 'kit calm-call M-0001')
    expect(again).toMatch(/^Hand "Calm call" to Cedar\?\nCedar had these words before/)
    expect(await says('magpie', 'library calm-call')).toMatch(/K-0001, handed to Cedar by Magpie, .*, Arizona/)
    expect(await presses('robin', 'received:K-0001:badly')).toContain('was not handed to you')
  })

  test('is handed over only of approved words without blanks, and to nobody whose yes has run out', async () => {
    await house.fill('magpie', '/messenger', cedar)
    expect(await says('magpie', 'kit calm-call M-0001')).toContain('calm-call is not approved.')
    expect(await says('magpie', 'kit rumour-correction')).toContain('has blanks')
    await approved()
    await house.fill('magpie', '/acquaint M-0001', { through: '', until: '2026-10-20' })
    house.skip(3 * 24 * 60)
    expect(await says('magpie', 'kit calm-call M-0001')).toContain('What Cedar agreed to has run out.')
    expect(await says('finch', 'kit')).toContain('Only coordinators and leaders see the trusted messengers.')
    expect(await says('crane', 'messengers M-0001')).toContain('is in no region of yours')
    expect(await says('crane', 'kit calm-call M-0001')).toContain('There is no trusted messenger')
  })

  test('goes to a messenger of the network themselves, who can say no for good', async () => {
    await approved()
    await house.fill('magpie', '/messenger', { ...cedar, alias: 'Wren' })
    await presses('magpie', 'kit:calm-call:M-0001.go')
    expect((await house.direct('wren')).at(-1)).toContain('La red le pide que lleve estas palabras')
    expect(await presses('wren', 'received:K-0001:badly')).toContain('No vuelva por su cuenta.')
    expect((await house.room('coordination')).at(-1)).toContain(
      'K-0001, "Calm call", was received badly (Wren, Arizona)',
    )
    expect(await presses('wren', 'messengers:M-0001:leave')).toContain('ya no está en la lista')
    expect(await says('magpie', 'messengers M-0001')).toContain('M-0001 is not on the roster any more.')
  })

  test('shows nothing of a messenger who is hidden, and gives them nothing', async () => {
    await approved()
    await house.fill('magpie', '/messenger', { ...cedar, alias: 'Wren' })
    await house.type('owl', '/shield Wren threatened')
    expect(await says('magpie', 'messengers')).not.toContain('Wren')
    expect(await says('magpie', 'messengers M-0001')).toContain('M-0001 is not on the roster any more.')
    expect(await says('magpie', 'kit calm-call M-0001')).toContain('There is no trusted messenger')
  })

  test('opens a name only with a reason that the coordinators read', async () => {
    await house.fill('magpie', '/messenger', cedar)
    await house.fill('magpie', '/acquaint M-0001', { name: 'Jo Doe', contact: '602 555 0101' })
    const opened = await house.fill('magpie', '/opencontact M-0001', { reason: 'She may be in danger.' })
    expect(readAnswer(opened)).toMatch(/Name: Jo Doe\nContact: 602 555 0101\nAgreed: yes, 3 October/)
    expect((await house.room('coordination')).at(-1)).toMatch(
      /Magpie opened the contact .* M-0001:\nShe may be in danger\./,
    )
    expect(house.logged()).not.toMatch(/Jo Doe|river church|Cedar/)
  })
})

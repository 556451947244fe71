import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Platform } from '../../../bot/platform.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../../house.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

let at: Ground
let house: House
let tried: string[]
let fails: (place: string, key: string) => Error | null

beforeEach(async () => {
  at = ground()
  tried = []
  fails = () => null
  house = await openHouse(at, undefined, { between })
})

afterEach(async () => {
  await house.close().catch(() => {})
  at.leave()
})

/** Fails as the test says, and cannot look anything up. */
function between(inner: Platform): Platform {
  return {
    ...inner,
    capabilities: { ...inner.capabilities, lookup: false },
    async post(to, message) {
      const place = to.type === 'room' ? to.room : to.type === 'thread' ? to.under.room : to.account
      tried.push(message.key)
      const error = fails(place, message.key)
      if (error instanceof PlatformError) throw error
      const ref = await inner.post(to, message)
      if (error) throw error
      return ref
    },
  }
}

const gone = new PlatformError('workspace', 'the channel is archived', { permanent: true })
const lost = new Error('socket hang up')

/** The ids of the buttons of an answer: of its items, then its own. */
async function screen(who: string, button?: string) {
  const answer = button ? await house.press(who, button) : await house.type(who, '/delivery')
  const view = answer.reply.type === 'view' ? answer.reply.view : null
  const items = view?.lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : [])) ?? []
  return { text: readAnswer(answer), items, buttons: view?.buttons.map(one => one.id) ?? [] }
}

describe('/delivery', () => {
  test('says that all is well, and is for coordinators', async () => {
    expect((await screen('owl')).text).toBe('Delivery\nEverything has gone out. Nothing is stuck.')
    expect((await screen('heron')).text).toBe(
      'Coordinators look after delivery. Tell one of them if a message did not come.',
    )
  })

  test('counts first, then shows each with its place, its reason and what can be done', async () => {
    fails = (place, key) => {
      if (place === 'az-response') return key.startsWith('card:AZ-0001') ? null : gone
      return key.startsWith('card:AZ-0002') ? lost : null
    }
    await house.fill('heron', '/report', seen)
    await house.type('finch', '/claim AZ-0001')
    await house.pass(2)
    await house.fill('heron', '/report', { ...seen, danger: 'no' })
    await house.pass(2)
    const { text, items } = await screen('owl')
    expect(text).toBe(
      [
        'Delivery',
        '1 may or may not have arrived.',
        '2 wait for rooms that I cannot write to.',
        'Arizona Signal group (the practice workspace): the card of AZ-0002, not known if it arrived, ' +
          'since Mon 19 Oct 12:02',
        'Arizona response (the practice workspace): 2 messages, the room is closed to me since Mon 19 Oct 12:00',
      ].join('\n'),
    )
    expect((await screen('owl', items[0])).text).toBe(
      [
        'Arizona Signal group (the practice workspace): the card of AZ-0002, not known if it arrived, ' +
          'since Mon 19 Oct 12:02',
        'Look in the room, or ask them. Is it there? Choose It arrived. Is it not? Choose Send again.',
        '[It arrived] [Send again] [Leave it]',
      ].join('\n'),
    )
    expect((await screen('owl', items[1])).text).toContain('Why: the channel is archived.')
    await house.type('owl', '/whoami language es')
    expect((await screen('owl')).text.split('\n').slice(0, 3)).toEqual([
      'Entregas',
      '1 tal vez llegó, tal vez no.',
      '2 esperan salas donde no puedo escribir.',
    ])
  })

  test('what is decided is done once, and by then settled for everybody', async () => {
    fails = (place, key) => (place !== 'az-response' && key.startsWith('card:') ? lost : null)
    await house.fill('heron', '/report', seen)
    await house.pass(2)
    const [item] = (await screen('owl')).items
    const [arrived, again, leave] = (await screen('owl', item)).buttons
    expect((await screen('owl', arrived)).text).toBe('Noted: it arrived. It will not be sent again.')
    const settled = 'That is settled by now. What is left: /delivery.'
    for (const button of [again, leave, item]) expect((await screen('owl', button)).text).toBe(settled)
    expect((await screen('heron', again)).text).toContain('Coordinators look after delivery.')
    expect((await screen('owl', 'delivery::again.p.1e9')).text).toContain('Nothing is stuck')
  })

  test('coordinators are asked in their rooms, and can answer there', async () => {
    fails = (place, key) => (place !== 'az-response' && key.startsWith('card:') ? lost : null)
    await house.fill('heron', '/report', seen)
    await house.pass(2)
    fails = () => null
    const asked = await house.room('coordination')
    expect(asked).toContain(
      'I cannot tell if a message to Arizona Signal group (the practice workspace) arrived (no answer came back). ' +
        'Look there, then choose. If there are more, you find them under /delivery.\n' +
        'It is about AZ-0001.\n[It arrived] [Send again] [Leave it]',
    )
    const [item] = (await screen('owl')).items
    const [, again] = (await screen('owl', item)).buttons
    await house.press('owl', again ?? '', 'coordination')
    expect(tried.filter(key => key.startsWith('card:AZ-0001'))).toHaveLength(3)
    expect((await screen('owl')).text).toContain('Nothing is stuck.')
  })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { park } from '../../../bot/parking.ts'
import type { IncidentId } from '../../../workflows/ids.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../../house.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
const words = 'They have left by the back door'

let at: Ground
let house: House

beforeEach(async () => {
  at = ground()
  house = await openHouse(at)
})
afterEach(async () => {
  await house.close().catch(() => {})
  at.leave()
})

/** Heron wrote something to the hub that could not be worked on until now; gives its id. */
async function lost(contact = 'yes'): Promise<string> {
  await house.fill('heron', '/report', { ...seen, contact })
  const key = 'workspace:lost'
  const now = house.clock()
  const said = { platform: 'workspace', key, account: 'heron', room: null, message: null, at: now }
  const message = { ...said, type: 'message', words, files: [] }
  await house.store.inbox.take({ key, payload: JSON.stringify({ message }), receivedAt: now }, 1e9)
  const whose = { account: 'heron', words }
  await park({ key, receivedAt: now, platform: 'workspace', whose }, 'an unexpected TypeError', {
    store: house.store,
    now,
  })
  await house.settle()
  return house.store.parked.idOf(key)
}

const added = async () => JSON.stringify(await house.store.incidents.timeline('AZ-0001' as IncidentId, 20))

test('whoever sent it reads that it does not count yet, with their words, and runs it again themselves', async () => {
  const id = await lost()
  expect((await house.direct('heron')).at(-1)).toBe(
    'I could not work on what you sent at 09:00. It did NOT count yet. It is kept: choose Try again, or send it ' +
      `again. Urgent? Call your coordinator.\n${words}\n[Try again]`,
  )
  expect(readAnswer(await house.press('finch', `rerun::${id}`))).toBe(
    'That is settled by now. If in doubt, send it again.',
  )
  expect(await added()).not.toContain(words)
  expect(readAnswer(await house.press('heron', `rerun::${id}`))).toContain('I am working on it again.')
  await house.pass(1)
  expect(await added()).toContain(words)
  expect(readAnswer(await house.press('heron', `rerun::${id}`))).toContain('settled')
})

test('coordinators hear that there is one and from whom, never its words, and run it again or leave it', async () => {
  const id = await lost()
  await house.pass(2)
  const notice = (await house.room('coordination')).at(-1)
  expect(notice).toContain('Something from Heron (the practice workspace) could not be worked on')
  const list = readAnswer(await house.type('owl', '/delivery'))
  expect(list).toBe(
    [
      'Delivery',
      '1 message that somebody sent could not be worked on.',
      'From Heron (the practice workspace): not worked on, sent Mon 19 Oct 12:00',
    ].join('\n'),
  )
  const one = readAnswer(await house.press('owl', `delivery::open.h.${id}`))
  expect(one).toContain('Why: an unexpected TypeError.')
  expect(one).toContain('[Run again] [Leave it]')
  expect([notice, list, one].join()).not.toContain(words)
  expect(readAnswer(await house.press('finch', `delivery::again.h.${id}`))).toContain('Coordinators look after')
  expect(readAnswer(await house.press('owl', `delivery::again.h.${id}`))).toContain('I am working on it again.')
  await house.pass(1)
  expect(await added()).toContain(words)
  expect(readAnswer(await house.type('owl', '/delivery'))).toContain('Nothing is stuck.')
})

test('what is left is gone; who asked not to be written to hears nothing', async () => {
  const id = await lost('no')
  expect((await house.direct('heron')).join()).not.toContain('could not work on')
  expect(readAnswer(await house.press('owl', `delivery::leave.h.${id}`))).toContain('its words are deleted')
  expect(readAnswer(await house.press('owl', `delivery::again.h.${id}`))).toContain('That is settled by now.')
  await house.pass(1)
  expect(await added()).not.toContain(words)
})

test('an incident’s own screen is for coordinators and whoever has it, and names no reporter', async () => {
  await house.fill('heron', '/report', seen)
  await house.pass(1)
  const asked = async (who: string) => readAnswer(await house.type(who, '/delivery AZ-0001'))
  expect(await asked('finch')).toBe('Coordinators look after delivery. Tell one of them if a message did not come.')
  await house.type('finch', '/claim AZ-0001')
  const own = await asked('finch')
  expect(own).toMatch(/^Delivery of AZ-0001\nSent \d+\.\n/)
  expect(own).toMatch(/Arizona response \(the practice workspace\)\. Sent: card, \d message/)
  expect(own).toContain('the reporter (the practice workspace). Sent:')
  expect(own).not.toContain('Heron')
  expect(await asked('owl')).toContain('the reporter (the practice workspace). Sent: 2 messages, 12:01.')
  await house.type('owl', '/whoami language es')
  expect(await asked('owl')).toMatch(/^Entregas de AZ-0001\nEnviado \d+\.\n/)
  const here = readAnswer(await house.type('owl', '/delivery here', 'az-response'))
  expect(here).toMatch(/^Entregas para Arizona response/)
  expect(readAnswer(await house.type('owl', '/delivery arizona response'))).toBe(here)
  for (const words of ['here', 'arizona', 'nowhere']) {
    expect(readAnswer(await house.type('owl', `/delivery ${words}`))).toContain('/delivery AZ-0412')
  }
})

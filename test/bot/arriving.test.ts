import { expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { ground, type House, noon, openHouse, readAnswer } from '../house.ts'

const report = { what: 'Shots', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }

/** A hub whose platform shows a card to everybody, who do something with it, before it tells the hub of it. */
async function withEarly(act: (house: House, card: MessageRef) => Promise<unknown>) {
  const at = ground()
  const acted: Promise<unknown>[] = []
  const between = (inner: Platform): Platform => ({
    ...inner,
    async post(to, message) {
      const ref = await inner.post(to, message)
      if (message.card && to.type === 'room') {
        acted.push(act(house, ref))
        await new Promise(resolve => setTimeout(resolve, 300))
      }
      return ref
    },
  })
  const house = await openHouse(at, noon, { between })
  await house.fill('heron', '/report', report)
  await Promise.all(acted)
  await house.settle()
  return { house, acted, leave: () => house.close().then(at.leave) }
}

const origin = (message: MessageRef) =>
  ({ platform: 'workspace', key: 'early', account: 'finch', room: message.room, message, at: noon }) as const

test('what somebody writes beneath a card that the hub does not know to stand yet is about it', async () => {
  const { house, leave } = await withEarly((house, card) =>
    house.hub.receive({ ...origin(card), type: 'message', words: 'I am next door', files: [] }),
  )
  const entries = await house.store.incidents.timeline('AZ-0001' as never, 10)
  expect(entries.map(entry => entry.event.type)).toContain('said')
  await leave()
})

test('so is a command there', async () => {
  const { acted, leave } = await withEarly((house, card) =>
    house.hub.receive({ ...origin(card), type: 'command', name: 'claim', words: '' }),
  )
  expect(readAnswer((await acted[0]) as never)).toContain('AZ-0001 is yours')
  await leave()
})

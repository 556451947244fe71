import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SlackPeer } from '../../peers/slack/index.ts'
import { accounts, openSlackHouse, rooms, type SlackHouse, startSlack } from './house.ts'

let peer: SlackPeer
let house: SlackHouse

beforeAll(async () => {
  peer = await startSlack({ faster: 50 })
  house = await openSlackHouse(peer, { faster: 50 })
})

afterAll(async () => {
  await house.close()
  await peer.close()
  house.at.leave()
})

const report = { what: 'Men at the door', where: 'Phoenix, AZ', danger: 'soon', contact: 'yes' }

test('what is written under a card whose answer was lost is taken in once it is known that the card stands', async () => {
  peer.faults.on('chat.postMessage', { type: 'lose' })
  // Longer than anybody waits for a card.
  peer.faults.on('conversations.history', { type: 'broken', status: 503 }, 50)
  await file()
  await house.settle()
  const finch = peer.someone(accounts.finch)
  const card = await shown()
  await finch.write('I am next door', rooms.arizona, card)
  await expect.poll(() => house.logged()).toContain('it may be about a card that is not known to stand yet')
  expect(await said()).toEqual([])
  while (peer.faults.next('conversations.history')) {}
  await expect.poll(settledWords, { timeout: 60_000, interval: 500 }).toEqual(['I am next door'])
})

async function settledWords() {
  await house.settle()
  await house.work()
  return said()
}

async function said() {
  const entries = await house.store.incidents.timeline('AZ-0001' as never, 20)
  return entries.flatMap(({ event, words }) => (event.type === 'said' ? [words?.text] : []))
}

/** The card that stands in the room, whatever the hub knows of it. */
async function shown(): Promise<string> {
  const cards = () => peer.world.channels.get(rooms.arizona)?.messages.filter(({ text }) => text.includes('AZ-0001'))
  await expect.poll(() => cards()?.length).toBe(1)
  return cards()?.[0]?.ts ?? ''
}

async function file(): Promise<void> {
  const bare = { platform: 'slack', account: accounts.heron, room: null, message: null, at: Date.now() } as const
  const opened = await house.hub.receive({ ...bare, key: 'open', type: 'command', name: 'report', words: '' })
  if (opened.reply.type !== 'form') throw new Error('no form')
  const { id: form, command, about } = opened.reply.form
  await house.hub.receive({ ...bare, key: 'send', type: 'submission', form, command, about, values: report, files: [] })
}

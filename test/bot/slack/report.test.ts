import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { SlackPeer } from '../../peers/slack/index.ts'
import { accounts, byCalls, openSlackHouse, rooms, type SlackHouse, startSlack } from './house.ts'

const told = {
  'what happened': 'Three men with rifles, talking to voters <!channel> *in line* & shouting.',
  where: 'Burton Barr library, Phoenix 85004',
  'is anyone in danger': 'Someone is hurt',
  'may i write': 'Yes',
}

describe.each(['a socket', 'signed calls'] as const)('a report in Slack, heard by %s', way => {
  let peer: SlackPeer
  let house: SlackHouse

  beforeAll(async () => {
    const called = way === 'a socket' ? {} : await byCalls()
    peer = await startSlack({ faster: 20, ...called })
    house = await openSlackHouse(peer, { faster: 20, ...called })
  })
  afterAll(async () => {
    await house.close()
    await peer.close()
    house.at.leave()
  })

  test('/report opens the form, and sending it in is answered with a receipt and a card', async () => {
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', rooms.arizona)
    await expect.poll(() => heron.form()?.title).toBe('Report')
    await heron.submit(told)
    expect(heron.form()).toBeNull()
    await house.settle()
    await expect.poll(async () => readAll(await heron.direct())).toMatch(/Received as AZ-0001/)
    const [card] = await peer.room(rooms.arizona)
    expect(card?.text).toContain('AZ-0001')
    expect(card?.text).toContain('<!channel> *in line* & shouting')
    expect(card?.buttons).toEqual(['Claim', 'Update', 'Escalate', 'Not an incident', 'More'])
    expect(peer.broken).toEqual([])
  })

  test('a press claims it, and the same message shows who has it', async () => {
    const finch = peer.someone(accounts.finch)
    const card = await cardMessage()
    await finch.press('Claim', card.id, rooms.arizona)
    await expect.poll(async () => readAll(await finch.direct())).toMatch(/AZ-0001 is yours/)
    await house.settle()
    const after = await cardMessage()
    expect(after.id).toBe(card.id)
    expect(after.text).toContain('Claimed by Finch')
    expect(peer.broken).toEqual([])
  })

  test('what is written in the thread is kept, changed and taken away; nobody else is heard', async () => {
    const wren = peer.someone(accounts.wren)
    const card = await cardMessage()
    const line = await wren.write('I can be there in ten minutes', rooms.arizona, card.id)
    await wren.write('lunch, anybody?', rooms.arizona)
    const app = { type: 'message', subtype: 'bot_message', bot_id: 'B0OTHER', user: 'U0OTHER', text: 'Build passed' }
    peer.event({ ...app, ts: peer.world.stamp(), thread_ts: card.id, channel: rooms.arizona, channel_type: 'channel' })
    const joined = { type: 'message', subtype: 'channel_join', user: accounts.nobody, text: 'has joined' }
    peer.event({ ...joined, ts: peer.world.stamp(), channel: rooms.arizona, channel_type: 'channel' })
    await expect.poll(events).toEqual(['reported', 'claimed', 'said'])
    await wren.rewrite(line, 'I can be there in twenty minutes', rooms.arizona)
    await expect.poll(events).toEqual(['reported', 'claimed', 'said', 'reworded'])
    await wren.unwrite(line, rooms.arizona)
    await expect.poll(events).toEqual(['reported', 'claimed', 'said', 'reworded', 'unsaid'])
    expect(peer.broken).toEqual([])
  })

  test('an event that comes again, and a link that unfolds, count for nothing', async () => {
    const wren = peer.someone(accounts.wren)
    const card = await cardMessage()
    const ts = await wren.write('https://example.org says so', rooms.arizona, card.id)
    const before = (await events()).length
    await expect.poll(async () => (await events()).length).toBeGreaterThanOrEqual(before)
    await expect.poll(async () => (await events()).at(-1)).toBe('said')
    const count = (await events()).length
    const message = {
      type: 'message',
      user: accounts.wren,
      ts,
      thread_ts: card.id,
      text: 'https://example.org says so',
    }
    const place = { channel: rooms.arizona, channel_type: 'channel' }
    const unfurled = { ...message, attachments: [{ title: 'Example', from_url: 'https://example.org' }] }
    const again = peer.event({ ...message, ...place }, 'Ev0AGAIN')
    peer.event({
      ...{ type: 'message', subtype: 'message_changed', ts: peer.world.stamp(), message: unfurled },
      ...{ previous_message: message, ...place },
    })
    await peer.settled()
    await peer.again(again)
    await wren.write('after it', rooms.arizona, card.id)
    await expect.poll(async () => (await events()).length).toBe(count + 1)
    expect(peer.broken).toEqual([])
  })

  test('the home page shows what waits for somebody, and follows what they press', async () => {
    const finch = peer.someone(accounts.finch)
    await finch.home()
    await expect.poll(() => finch.homePage()?.text).toMatch(/AZ-0001/)
    await finch.press('Open', 'home', null)
    await expect.poll(() => finch.page()).toMatch(/Claimed by Finch/)
    await finch.press('Give back', 'modal', null)
    await expect.poll(() => finch.homePage()?.text, { timeout: 5000 }).toMatch(/nobody is on it/)
    expect(peer.broken).toEqual([])
  })

  async function cardMessage() {
    const [card] = await peer.room(rooms.arizona)
    if (!card) throw new Error('no card')
    return card
  }

  async function events() {
    return (await house.store.incidents.timeline('AZ-0001' as IncidentId, 100)).map(entry => entry.event.type)
  }
})

function readAll(messages: readonly { readonly text: string }[]): string {
  return messages.map(one => one.text).join('\n')
}

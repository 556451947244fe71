import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { typedCommands } from '../../../bot/slack/names.ts'
import { commands } from '../../../commands/index.ts'
import type { SlackPeer } from '../../peers/slack/index.ts'
import { accounts, openSlackHouse, rooms, type SlackHouse, startSlack } from './house.ts'

const faster = 1000
const hostile = 'Shots <!channel> & *bold* _x_ :fire: <@U0OWL> `rm` ~~ https://example.org/a_b '.repeat(30)

describe('everything that can be asked in Slack', () => {
  let peer: SlackPeer
  let house: SlackHouse

  beforeAll(async () => {
    peer = await startSlack({ faster })
    house = await openSlackHouse(peer, { faster })
    const finch = peer.someone(accounts.finch)
    for (const [at, where] of ['Tempe', 'Mesa', 'Tucson', 'Yuma'].entries()) {
      await finch.type('/report', rooms.arizona)
      await open(finch.form)
      const danger = at % 2 === 0 ? 'Someone is hurt' : 'No'
      await finch.submit({ 'what happened': hostile, where, 'is anyone': danger, 'may i write': 'Yes' })
    }
    await house.settle()
  })
  afterAll(async () => {
    await house.close()
    await peer.close()
    house.at.leave()
  })

  test.each(typedCommands(commands).map(command => command.name))('/%s is answered as Slack takes it', async name => {
    const owl = peer.someone(accounts.owl)
    const before = (await owl.direct()).length
    await owl.type(`/${name} AZ-0001`, rooms.coordination)
    await expect.poll(async () => owl.form() !== null || (await owl.direct()).length > before).toBe(true)
    if (owl.form()) await owl.dismiss()
    expect(peer.broken).toEqual([])
  })

  test.each([
    'sitrep',
    'hub help',
    'hub status',
    'incidents',
    'incident AZ-0002',
    'incident AZ-0001 evidence',
    'triage',
  ])('/%s is answered as Slack takes it, also in the direct conversation', async line => {
    const owl = peer.someone(accounts.owl)
    const before = (await owl.direct()).length
    await owl.type(`/${line}`, null)
    await expect.poll(async () => (await owl.direct()).length).toBeGreaterThan(before)
    expect(peer.broken).toEqual([])
  })

  test('the longest card shows what people wrote as they wrote it, and its buttons in one message', async () => {
    const all = await peer.room(rooms.arizona)
    expect(all).toHaveLength(4)
    for (const card of all) {
      expect(card.text).toContain('Shots <!channel> & *bold* _x_ :fire: <@U0OWL> `rm` ~~')
      expect(card.buttons).toContain('Claim')
    }
    await house.settle()
    expect(await peer.room(rooms.arizona)).toHaveLength(4)
    expect(peer.broken).toEqual([])
  })
})

async function open(form: () => unknown): Promise<void> {
  for (let tries = 0; tries < 1000 && form() === null; tries++) await new Promise(done => setImmediate(done))
}

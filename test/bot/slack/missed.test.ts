import { afterEach, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import { type Ground, ground } from '../../house.ts'
import type { SlackPeer } from '../../peers/slack/index.ts'
import { accounts, openSlackHouse, rooms, type SlackHouse, startSlack } from './house.ts'

const one = 'AZ-0001' as IncidentId

describe('what was said in Slack while the hub was down', () => {
  const open: { peer?: SlackPeer; house?: SlackHouse; at?: Ground } = {}

  afterEach(async () => {
    await open.house?.close()
    await open.peer?.close()
    open.at?.leave()
  })

  test('is read when it is back, in rooms and open threads, and counts once', async () => {
    const { peer, at, house, card } = await begun()
    const finch = peer.someone(accounts.finch)
    await finch.write('hello', null)
    await expect.poll(async () => (await finch.direct()).length).toBeGreaterThan(2)
    await house.close()
    const answers = (await finch.direct()).length
    const wren = peer.someone(accounts.wren)
    const kept = await wren.write('They went towards the park', rooms.arizona, card)
    const changed = await wren.write('Four of tem', rooms.arizona, card)
    await wren.rewrite(changed, 'Four of them', rooms.arizona)
    peer.world.channels.get(rooms.arizona)?.messages.push(other(peer, card))
    await finch.write('and one for you alone', null)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(said).toEqual(['They went towards the park', 'Four of them'])
    await open.house.slack.handle?.({
      key: `slack:${rooms.arizona}:${kept}`,
      body: JSON.stringify({ event: event(peer, kept) }),
    })
    expect(await said()).toHaveLength(2)
    // Their own words, and what the hub says to them.
    await expect.poll(async () => (await finch.direct()).length).toBe(answers + 2)
    expect(peer.broken).toEqual([])
  })

  test('is stated as a gap where Slack does not give it', async () => {
    const { peer, at, house } = await begun()
    await house.close()
    peer.faults.on('conversations.history', { type: 'refuse', code: 'internal_error' }, 20)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    const shown = async () => {
      await open.house?.settle()
      return (await peer.room(rooms.coordination)).map(each => each.text).join('\n')
    }
    await expect.poll(shown).toMatch(/Slack could not be read from .* in Arizona/)
    expect(peer.broken).toEqual([])
  })

  test('a room that the hub was taken out of is told to the coordinators, once', async () => {
    const { peer, house } = await begun()
    for (const type of ['channel_left', 'channel_left', 'channel_archive']) peer.event({ type, channel: rooms.arizona })
    const shown = async () => {
      await house.settle()
      return (await peer.room(rooms.coordination)).map(each => each.text).filter(text => /Slack channel/.test(text))
    }
    await expect
      .poll(async () => (await shown()).toSorted())
      .toEqual([
        'The Slack channel Arizona was archived. Unarchive it, or bind another room.',
        'The hub was taken out of the Slack channel Arizona. Invite it again with /invite in that channel.',
      ])
  })

  async function begun() {
    const at = ground()
    const peer = await startSlack({ faster: 50 })
    const house = await openSlackHouse(peer, { faster: 50 }, at)
    Object.assign(open, { at, peer, house })
    const finch = peer.someone(accounts.finch)
    await finch.type('/report', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    await finch.submit({ 'what happened': 'Shouting', where: 'Tempe', 'is anyone': 'No', 'may i write': 'No' })
    await house.settle()
    const [card] = await peer.room(rooms.arizona)
    return { at, peer, house, card: card?.id ?? '' }
  }

  async function said(): Promise<string[]> {
    const known = await open.house?.store.incidents.timeline(one, 50)
    return (known ?? []).flatMap(({ event: what, words }) => (what.type === 'said' ? [words?.text ?? ''] : []))
  }
})

function event(peer: SlackPeer, ts: string): object {
  const message = peer.world.channels.get(rooms.arizona)?.messages.find(each => each.ts === ts)
  return {
    type: 'message',
    user: message?.user,
    ts,
    thread_ts: message?.thread,
    text: message?.text,
    channel: rooms.arizona,
  }
}

function other(peer: SlackPeer, thread: string) {
  const said = { subtype: 'bot_message', text: 'Build passed', blocks: [], metadata: null, files: [], edited: null }
  return { ...said, ts: peer.world.stamp(), user: 'U0OTHER', bot: true, thread }
}

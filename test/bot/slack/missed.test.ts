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

  test('is looked at again: what was changed or taken back meanwhile changes here too, and nothing else', async () => {
    const { peer, at, house, card } = await begun()
    const [finch, wren] = [peer.someone(accounts.finch), peer.someone(accounts.wren)]
    const kept = await finch.write('Three men', rooms.arizona, card)
    const wrong = await wren.write('One is called Miller', rooms.arizona, card)
    await wren.write('They went home', rooms.arizona, card)
    open.house = house
    await expect.poll(async () => (await said()).length).toBe(3)
    await house.close()
    await finch.rewrite(kept, 'Four men', rooms.arizona)
    await wren.unwrite(wrong, rooms.arizona)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(async () => new Set(await wordings())).toEqual(new Set(['Four men', null, 'They went home']))
    await house.close().catch(() => {})
    expect((await types()).filter(type => type === 'unsaid')).toHaveLength(1)
    // Looked at once more nothing happens twice.
    await open.house.close()
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(() => open.house?.slack.catchingUp?.()).toBe(false)
    expect((await types()).filter(type => type === 'unsaid' || type === 'reworded')).toHaveLength(2)
    expect(peer.broken).toEqual([])
  })

  test('what cannot be seen is not taken for deleted, and is read as soon as it can be', async () => {
    const { peer, at, house, card } = await begun()
    const finch = peer.someone(accounts.finch)
    await finch.write('Three men', rooms.arizona, card)
    open.house = house
    await expect.poll(said).toEqual(['Three men'])
    await house.close()
    await finch.write('Two left', rooms.arizona, card)
    peer.faults.on('conversations.replies', { type: 'refuse', code: 'missing_scope' }, 1)
    peer.faults.on('conversations.history', { type: 'broken', status: 503 }, 1)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(() => open.house?.slack.catchingUp?.()).toBe(false)
    expect(await types()).not.toContain('unsaid')
    await open.house.close()
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(said).toEqual(['Three men', 'Two left'])
    expect(await types()).not.toContain('unsaid')
  })

  test('is read in the threads of direct conversations too, and where the hub wrote first', async () => {
    const { peer, at, house } = await begun()
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', rooms.arizona)
    await expect.poll(() => heron.form()).not.toBeNull()
    await heron.submit({ 'what happened': 'A fight', where: 'Mesa', 'is anyone': 'No', 'may i write': 'Yes' })
    await house.settle()
    await expect.poll(async () => (await heron.direct()).some(seen => seen.text.includes('AZ-0002'))).toBe(true)
    const receipt = (await heron.direct()).find(seen => seen.text.includes('Received as AZ-0002'))
    await house.close()
    await heron.write('It is over now', null, receipt?.id)
    await heron.write('And one was hurt', null)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    const added = async () => {
      const entries = await open.house?.store.incidents.timeline('AZ-0002' as IncidentId, 50)
      return (entries ?? []).flatMap(({ event: { type }, words }) => (type === 'added' ? [words?.text] : [])).toSorted()
    }
    await expect.poll(added).toEqual(['And one was hurt', 'It is over now'])
  })

  test('is read where Slack failed for a while, and people hear so only if it lasts', async () => {
    const { peer, at, house, card } = await begun()
    await house.close()
    await peer.someone(accounts.finch).write('Two cars came', rooms.arizona, card)
    peer.faults.on('conversations.history', { type: 'broken', status: 502 }, 6)
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(said).toEqual(['Two cars came'])
    await open.house.settle()
    expect((await peer.room(rooms.coordination)).filter(seen => /could not be read/.test(seen.text))).toEqual([])
  })

  test('goes on where a reading was broken off in the middle', async () => {
    const { peer, at, house, card } = await begun()
    await house.close()
    const finch = peer.someone(accounts.finch)
    const all = Array.from({ length: 30 }, (_, number) => `line ${number}`)
    for (const words of all) await finch.write(words, rooms.arizona, card)
    const first = await openSlackHouse(peer, { faster: 50 }, at)
    open.house = first
    await expect.poll(async () => (await said()).length).toBeGreaterThan(2)
    // Nothing more is written down from one moment on.
    await first.store.close()
    await first.close().catch(() => {})
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    // What the dead one had in hand is left to it for some seconds.
    await expect.poll(async () => open.house?.work().then(said)).toHaveLength(30)
    expect((await said()).toSorted()).toEqual(all.toSorted())
  })

  test('a card that somebody deletes stands again, whether the hub sees it or not', async () => {
    const { peer, at, house, card } = await begun()
    const remove = (ts: string) => {
      const { messages } = peer.world.channels.get(rooms.arizona) ?? { messages: [] }
      messages.splice(
        messages.findIndex(one => one.ts === ts),
        1,
      )
    }
    const cards = async () => (await peer.room(rooms.arizona)).filter(seen => seen.text.includes('AZ-0001'))
    remove(card)
    const previous = { bot_id: 'B0HUBBOT', user: 'U0HUBBOT', ts: card }
    peer.event({
      ...{ type: 'message', subtype: 'message_deleted', channel: rooms.arizona, channel_type: 'channel' },
      ...{ deleted_ts: card, previous_message: previous },
    })
    const settled = (now: SlackHouse) => async () => {
      await now.settle()
      return (await cards()).length
    }
    await expect.poll(settled(house)).toBe(1)
    await house.close()
    remove((await cards())[0]?.id ?? '')
    open.house = await openSlackHouse(peer, { faster: 50 }, at)
    await expect.poll(settled(open.house)).toBe(1)
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

  async function types(): Promise<string[]> {
    return ((await open.house?.store.incidents.timeline(one, 100)) ?? []).map(({ event: what }) => what.type)
  }

  /** What everybody said, as it reads now. */
  async function wordings(): Promise<(string | null)[]> {
    const entries = (await open.house?.store.incidents.timeline(one, 100)) ?? []
    const seqs = entries.flatMap(({ event: what, seq }) => (what.type === 'said' ? [seq] : []))
    const now = await open.house?.store.utterances.wordings(one, seqs)
    return seqs.map(seq => now?.get(seq)?.text ?? null)
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

import { afterEach, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import { type Ground, ground } from '../../house.ts'
import type { DiscordPeer } from '../../peers/discord/index.ts'
import { accounts, openDiscordHouse, rooms, startDiscord } from './house.ts'

type House = Awaited<ReturnType<typeof openDiscordHouse>>
const one = 'AZ-0001' as IncidentId

describe('what happened on Discord while the hub was down', () => {
  const open: { peer?: DiscordPeer; house?: House; at?: Ground } = {}

  afterEach(async () => {
    await open.house?.close()
    await open.peer?.close()
    open.at?.leave()
  })

  async function begun(where = 'Mesa, Arizona') {
    const at = ground()
    const peer = await startDiscord()
    const house = await openDiscordHouse(peer, at)
    Object.assign(open, { at, peer, house })
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', null)
    await heron.submit({ What: 'A crowd with sticks', Where: where, 'Is anyone': 'It may', 'May I': 'Yes' })
    await house.settle()
    const [card] = await peer.room(where.includes('Arizona') ? rooms.arizona : rooms.georgia)
    return { at, peer, house, card: card?.id ?? '' }
  }

  async function again(): Promise<House> {
    await open.house?.close()
    open.house = await openDiscordHouse(open.peer as DiscordPeer, open.at as Ground)
    await expect.poll(() => open.house?.discord.catchingUp?.()).toBe(false)
    return open.house
  }

  const timeline = async (id = one) => (await open.house?.store.incidents.timeline(id, 100)) ?? []
  const types = async () => (await timeline()).map(({ event }) => event.type)

  async function wordings(id = one): Promise<(string | null)[]> {
    const seqs = (await timeline(id)).flatMap(({ event, seq }) => (event.type === 'said' ? [seq] : []))
    const now = await open.house?.store.utterances.wordings(id, seqs)
    return seqs.map(seq => now?.get(seq)?.text ?? null)
  }

  test('words of open incidents that were changed or taken back are so here too, once', async () => {
    const { peer, house, card } = await begun()
    const [finch, wren] = [peer.someone(accounts.finch), peer.someone(accounts.wren)]
    const kept = await finch.write('Three men', rooms.arizona, card)
    const wrong = await wren.write('One is called Miller', rooms.arizona, card)
    await wren.write('They went home', rooms.arizona, card)
    await expect.poll(async () => (await wordings()).length).toBe(3)
    await house.close()
    await finch.rewrite(kept, 'Four men', card)
    await wren.unwrite(wrong, card)
    await finch.write('A bus came', rooms.arizona, card)
    await again()
    await expect.poll(wordings).toEqual(['Four men', null, 'They went home', 'A bus came'])
    await again()
    expect((await types()).filter(type => type === 'unsaid' || type === 'reworded')).toHaveLength(2)
    expect(peer.broken).toEqual([])
  })

  test('what cannot be seen any more is not taken for deleted', async () => {
    const { peer, house, card } = await begun()
    await peer.someone(accounts.finch).write('Three men', rooms.arizona, card)
    await expect.poll(wordings).toEqual(['Three men'])
    await house.close()
    peer.forbid(1n << 16n)
    await again()
    expect(await wordings()).toEqual(['Three men'])
    // The whole thread is gone, which nobody of those who wrote in it has done.
    peer.world.permissions |= 1n << 16n
    peer.world.channels.delete(card)
    await again()
    expect(await types()).not.toContain('unsaid')
  })

  test('threads that people opened and that were put away again are read, in a forum too', async () => {
    const { peer, house, card } = await begun()
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', null)
    await heron.submit({ What: 'Smoke', Where: 'Atlanta, Georgia', 'Is anyone': 'It may', 'May I': 'Yes' })
    await house.settle()
    const [post] = await peer.room(rooms.georgia)
    await heron.write('hello', null)
    await expect.poll(async () => (await heron.direct()).length).toBeGreaterThan(2)
    await house.close()
    const finch = peer.someone(accounts.finch)
    await finch.write('They are many', rooms.arizona, card)
    await finch.write('It is a barbecue', rooms.georgia, post?.id)
    for (const id of [card, post?.id ?? '']) {
      const thread = peer.world.channels.get(id)
      if (!thread?.thread_metadata) throw new Error('no thread')
      Object.assign(thread.thread_metadata, { archived: true, archive_timestamp: new Date().toISOString() })
    }
    await again()
    await expect.poll(wordings).toEqual(['They are many'])
    await expect.poll(() => wordings('GA-0001' as IncidentId)).toEqual(['It is a barbecue'])
    expect(peer.broken).toEqual([])
  })

  test('an answer in a conversation that the hub began is read', async () => {
    const { peer, house } = await begun()
    // Heron has had a receipt and has never written a word there.
    await house.close()
    await peer.someone(accounts.heron).write('One was hurt', null)
    await again()
    const added = async () =>
      (await timeline()).flatMap(({ event, words }) => (event.type === 'added' ? [words?.text] : []))
    await expect.poll(added).toEqual(['One was hurt'])
  })

  test('a card that somebody deleted stands again, whether the hub saw it or not', async () => {
    const { peer, house, card } = await begun()
    const cards = async () => {
      await open.house?.settle()
      return (await peer.room(rooms.arizona)).filter(seen => seen.text.includes('AZ-0001')).map(seen => seen.id)
    }
    const remove = (id: string) => {
      const all = peer.world.messages.get(rooms.arizona) ?? []
      peer.world.messages.set(
        rooms.arizona,
        all.filter(message => message.id !== id),
      )
    }
    remove(card)
    peer.gateway.dispatch('MESSAGE_DELETE', { id: card, channel_id: rooms.arizona, guild_id: peer.world.guild })
    await expect.poll(async () => (await cards()).length).toBe(1)
    const [second = ''] = await cards()
    expect(second).not.toBe(card)
    await house.close()
    remove(second)
    await again()
    await expect.poll(async () => (await cards()).length).toBe(1)
    expect(await cards()).not.toContain(second)
  })

  test('what Discord does not give for a while is read as soon as it does, and told only if that lasts', async () => {
    const { peer, house, card } = await begun()
    await peer.someone(accounts.finch).write('Three men', rooms.arizona, card)
    await expect.poll(wordings).toEqual(['Three men'])
    await house.close()
    await peer.someone(accounts.finch).write('Two left', rooms.arizona, card)
    peer.fault({ match: new RegExp(`GET /channels/${card}/messages`), how: 500, times: 4 })
    await again()
    await expect.poll(wordings).toEqual(['Three men', 'Two left'])
    await open.house?.settle()
    const told = await peer.room(rooms.coordination)
    expect(told.filter(seen => /could not/.test(seen.text))).toEqual([])
  })

  test('what was missed is read though more is written there before its turn', async () => {
    const { peer, house, card } = await begun()
    const [heron, finch] = [peer.someone(accounts.heron), peer.someone(accounts.finch)]
    await heron.type('/report', null)
    await heron.submit({ What: 'Smoke', Where: 'Mesa, Arizona', 'Is anyone': 'It may', 'May I': 'Yes' })
    await house.settle()
    const two = 'AZ-0002' as IncidentId
    const other = (await peer.room(rooms.arizona)).find(seen => seen.text.includes(two))?.id ?? ''
    await house.close()
    await finch.write('Three men', rooms.arizona, card)
    await finch.write('It comes from a barn', rooms.arizona, other)
    peer.fault({ match: new RegExp(`GET /channels/${card}/messages`), how: 500, times: 2 })
    open.house = await openDiscordHouse(peer, open.at as Ground)
    await expect.poll(() => open.house?.discord.connection?.().state).toBe('up')
    await finch.write('It is out', rooms.arizona, other)
    await expect
      .poll(async () => (await wordings(two)).toSorted(), { timeout: 10_000 })
      .toEqual(['It comes from a barn', 'It is out'])
  })
})

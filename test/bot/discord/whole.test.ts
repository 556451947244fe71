import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DiscordPeer } from '../../peers/discord/index.ts'
import { accounts, openDiscordHouse, rooms, startDiscord } from './house.ts'

let peer: DiscordPeer
let house: Awaited<ReturnType<typeof openDiscordHouse>>

beforeAll(async () => {
  peer = await startDiscord()
  house = await openDiscordHouse(peer)
}, 30_000)

afterAll(async () => {
  await house.close()
  house.at.leave()
  await peer.close()
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describe('an incident on Discord, from the first word to its end', () => {
  test('a report with a photo becomes a card, a receipt and a call; claimed, talked about, resolved', async () => {
    const heron = peer.someone(accounts.heron)
    const finch = peer.someone(accounts.finch)
    await heron.type('/report', null)
    await heron.submit(
      { What: 'Men *with* rifles @everyone', Where: 'Phoenix, Arizona', 'Is anyone': 'It may', 'May I': 'Yes' },
      [{ name: 'gate.png', type: 'image/png', bytes: png }],
    )
    await house.settle()
    const told = await heron.direct()
    expect(told.map(one => one.text).join('\n')).toContain('Received as AZ-0001')
    const [card] = await peer.room(rooms.arizona)
    expect(card?.text).toContain('AZ-0001')
    expect(card?.text).toContain('Men *with* rifles')
    expect(card?.buttons).toEqual(['Open', 'Claim', 'Update', 'Escalate', 'Not an incident', 'More'])
    await finch.press('Claim', card?.id ?? '', rooms.arizona)
    await house.settle()
    const [claimed] = await peer.room(rooms.arizona)
    expect(claimed).toMatchObject({ id: card?.id, edited: true })
    expect(claimed?.text).toMatch(/Claimed by Finch until \d\d:\d\d/)
    await finch.write('I talked to them', rooms.arizona, card?.id)
    const thread = await peer.thread(rooms.arizona, card?.id ?? '')
    expect(thread.map(one => one.author)).toEqual(['hub', accounts.finch])
    await finch.press('Resolve', card?.id ?? '', rooms.arizona)
    expect(finch.form()?.title).toBe('Resolve')
    await finch.submit({ 'What came': 'Calm', 'What helped': 'A talk' })
    await house.settle()
    expect((await peer.room(rooms.arizona))[0]?.text).toContain('RESOLVED')
    expect(peer.broken).toEqual([])
  })

  test('in a forum the incident is a post with tags', async () => {
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', rooms.coordination)
    await heron.submit({ What: 'Crowd at the gate', Where: 'Atlanta, Georgia', 'Is anyone': 'Someone', 'May I': 'Yes' })
    await house.settle()
    const [card] = await peer.room(rooms.georgia)
    expect(card?.text).toContain('GA-0001')
    const post = peer.world.channels.get(card?.id ?? '')
    expect(post?.name).toMatch(/^GA-0001/)
    await peer.someone(accounts.finch).press('Claim', card?.id ?? '', rooms.georgia)
    await house.settle()
    const names = (post?.applied_tags ?? []).map(
      id => peer.world.channels.get(rooms.georgia)?.available_tags?.find(tag => tag.id === id)?.name,
    )
    expect(names).toEqual(['S4', 'Claimed'])
    await peer.someone(accounts.finch).type('/update they are calm now', card?.id ?? '')
    await house.settle()
    expect(peer.broken).toEqual([])
  })

  test('a message in a room is added to an incident that is chosen', async () => {
    const finch = peer.someone(accounts.finch)
    const id = await finch.write('The road is closed as well', rooms.coordination)
    await finch.menu('Add to an incident', id, rooms.coordination)
    expect(finch.form()?.fields.map(field => field.label)).toEqual(['Which incident?', 'What to add'])
    await finch.submit({ 'Which incident': 'GA-0001' })
    expect((await finch.direct()).at(-1)?.text).toContain('GA-0001')
    expect(peer.broken).toEqual([])
  })

  test('a form refused says why, and opens again as it was', async () => {
    const heron = peer.someone(accounts.heron)
    await heron.type('/report', null)
    await heron.submit({ What: '\u200b', Where: 'Tucson', 'Is anyone': 'No', 'May I': 'Yes' })
    const refusal = (await heron.direct()).at(-1)
    expect(refusal?.buttons).toEqual(['Correct it'])
    await heron.press('Correct it', refusal?.id ?? '', null)
    expect(heron.form()?.fields.find(field => field.label.startsWith('Where'))?.value).toBe('Tucson')
    await heron.submit({ What: 'A fight at the station' })
    expect((await heron.direct()).at(-1)?.text).toMatch(/Received as AZ-0002/)
    await heron.again()
    await house.settle()
    expect(peer.broken).toEqual([])
  })

  test('a card that somebody deletes is sent anew, and its talk goes on in the same thread', async () => {
    const heron = peer.someone(accounts.heron)
    const finch = peer.someone(accounts.finch)
    await heron.type('/report', null)
    await heron.submit({ What: 'A crowd with sticks', Where: 'Mesa, Arizona', 'Is anyone': 'It may', 'May I': 'Yes' })
    await house.settle()
    const card = (await peer.room(rooms.arizona)).at(-1)
    const id = card?.text.match(/AZ-\d+/)?.[0]
    await finch.press('Claim', card?.id ?? '', rooms.arizona)
    await house.settle()
    peer.world.messages.set(rooms.arizona, [])
    await finch.type(`/escalate ${id} S4 shots`, rooms.arizona)
    await house.settle()
    const anew = (await peer.room(rooms.arizona)).at(-1)
    expect(anew?.text).toContain(`S4 HIGH · ${id}`)
    expect(anew?.text).toContain(`<#${card?.id}>`)
    expect((await peer.thread(rooms.arizona, card?.id ?? '')).length).toBeGreaterThan(1)
    expect(peer.broken).toEqual([])
  })
})

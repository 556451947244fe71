import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Seen } from '../peers/peer.ts'
import { coordination, type Net, openNet, rooms, until } from './net.ts'
import { reads } from './reading.ts'

let net: Net
beforeEach(async () => {
  net = await openNet()
})
afterEach(() => net.close())

const inRoom = (what: string, room: () => Promise<readonly Seen[]>, ...words: readonly string[]) =>
  until(what, async () => {
    const all = await room()
    const found = all.findLast(seen => words.every(word => seen.text.includes(word)))
    return { found, instead: all.map(seen => seen.text).join('\n---\n') }
  })

async function report(): Promise<void> {
  const heron = net.someone('Heron', 'signal')
  await heron.type('/report', null)
  await heron.submit({
    What: 'Three men with rifles outside the library',
    Where: 'Phoenix, Arizona',
    'Is anyone': 'Someone is hurt or directly threatened',
    May: 'Yes',
  })
}

test('a room that refuses is seen on all three tools, told elsewhere, and sent again once it works', async () => {
  const { slack, discord } = net.peers
  await report()
  await net.card('slack', 'AZ-0001')
  await net.card('signal', 'AZ-0001')
  const wren = net.someone('Wren', 'discord')
  const closed = slack.world.channels.get(rooms.slack)
  if (!closed) throw new Error('there is no room')
  closed.archived = true
  await wren.press('Claim', (await net.card('discord', 'AZ-0001')).id, rooms.discord)
  await net.card('discord', 'AZ-0001', 'Claimed by Wren')

  // Coordinators hear of it once, and open from there what waits.
  await expect.poll(() => net.store.setbacks.untold(5), { timeout: 15_000 }).toMatchObject([{ kind: 'closed' }])
  net.skip(2)
  const told = () => slack.room(coordination.slack)
  const notice = await inRoom('the notice', told, 'I cannot write to trust-az (Slack) any more')
  const magpie = net.someone('Magpie', 'slack')
  await magpie.press('Open delivery', notice.id, coordination.slack)
  await reads(magpie, 'Delivery', 'wait', 'trust-az (Slack)', 'closed to me')

  // On Signal, for one incident: what the room lacks, what was received there, and another way.
  const phone = net.someone('Magpie', 'signal')
  const group = async () => {
    const traces = await net.store.stuck.traces({ incident: 'AZ-0001' as IncidentId })
    return traces.some(one => 'room' in one.to && one.what === 'card' && one.seen?.received === 1)
  }
  await expect.poll(group, { timeout: 15_000 }).toBe(true)
  await phone.type('/delivery AZ-0001', null)
  const whole = await reads(phone, 'Delivery of AZ-0001', 'trust-az (Slack). Room closed', 'do not tell who has read')
  expect(whole.text).toMatch(/Arizona \(Signal\)\. Sent: card.*received by \d, read by 0/)
  expect(whole.text).toContain('the reporter (Signal)')
  expect(whole.text).not.toContain('Heron')
  await phone.press('Open', whole.id, null)
  const one = await reads(phone, 'trust-az (Slack)', 'Let the bot into the room again')
  await phone.press('Tell them on another platform', one.id, null)
  await reads(phone, 'I tell it to trust-az (Discord) now')

  // Whoever has it sees it too, on Discord, and sends it again once the room is open.
  await wren.type('/delivery AZ-0001', rooms.discord)
  const own = await reads(wren, 'Delivery of AZ-0001', 'Room closed')
  closed.archived = false
  await wren.press('Open', own.id, null)
  const mine = await reads(wren, 'trust-az (Slack)', 'Let the bot into the room again')
  await wren.press('Send again', mine.id, null)
  await reads(wren, 'I am sending it now')
  await net.card('slack', 'AZ-0001', 'Claimed by Wren')
  expect(
    (await discord.room(rooms.discord)).filter(seen => seen.text.split('\n')[0]?.includes('AZ-0001')),
  ).toHaveLength(1)

  // Nobody else does.
  const finch = net.someone('Finch', 'slack')
  await finch.type('/delivery AZ-0001', null)
  await reads(finch, 'Coordinators look after delivery')
  expect(net.broken()).toEqual([])
}, 60_000)

test('what cannot be worked on is told to its sender on their own tool, and works again from there', async () => {
  await report()
  await net.card('signal', 'AZ-0001')
  for (const tool of ['slack', 'discord', 'signal'] as const) {
    const heron = net.someone('Heron', tool)
    const platform = net.parts.platforms.find(one => one.name === tool) as {
      -readonly [Name in keyof Platform]: Platform[Name]
    }
    const { handle } = platform
    platform.handle = () => Promise.reject(new PlatformError(tool, 'a bug', { permanent: true }))
    const words = `They have left, seen from ${tool}`
    await heron.write(words, null)
    const told = await reads(heron, 'I could not work on what you sent', words)
    expect((await net.store.parked.list()).map(one => [one.platform, one.person !== null])).toEqual([[tool, true]])
    platform.handle = handle as NonNullable<typeof handle>
    await heron.press('Try again', told.id, null)
    await reads(heron, 'I am working on it again')
    await until('what they wrote', async () => {
      const entries = JSON.stringify(await net.store.incidents.timeline('AZ-0001' as IncidentId, 50))
      return { found: entries.includes(words) || null, instead: entries }
    })
    expect(await net.store.parked.list()).toEqual([])
  }
  net.skip(2)
  const told = () => net.peers.signal.room(coordination.signal)
  const notice = await inRoom('the notice', told, 'could not be worked on')
  expect(notice.text).not.toContain('They have left')
  expect(net.broken()).toEqual([])
}, 60_000)

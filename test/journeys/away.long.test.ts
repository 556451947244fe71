import { afterEach, expect, test } from 'vitest'
import type { Seen } from '../peers/peer.ts'
import { coordination, mortal, type Net, openNet, rooms, type Tool, until } from './net.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']
let net: Net

afterEach(() => net.close())

const texts = (all: readonly Seen[]) => all.map(seen => seen.text).join('\n---\n')
const has = (words: string | RegExp) => (seen: Seen) =>
  typeof words === 'string' ? seen.text.includes(words) : words.test(seen.text)

async function report(what: string): Promise<void> {
  const heron = net.someone('Heron', 'slack')
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  await heron.submit({ What: what, Where: '85004', 'Is anyone': 'Someone is hurt', 'May I': 'Yes' })
}

async function lines(tool: Tool, under: Seen, words: string | RegExp): Promise<readonly Seen[]> {
  return until(`"${words}" in the thread on ${tool}`, async () => {
    const all = await net.peers[tool].thread(rooms[tool], under.id)
    const found = all.filter(has(words))
    return { found: found.length > 0 ? found : null, instead: texts(all) }
  })
}

test('a hub that was dead for a day takes in what was done meanwhile, once, and says what it could not', async () => {
  net = await openNet(undefined, mortal)
  const { slack, discord, signal } = net.peers
  await report('First')
  await report('Second')
  const first = Object.fromEntries(
    await Promise.all(tools.map(async tool => [tool, await net.card(tool, 'AZ-0001')] as const)),
  ) as Record<Tool, Seen>
  const second = await net.card('discord', 'AZ-0002')
  const [finch, wren] = [net.someone('Finch', 'slack'), net.someone('Wren', 'discord')]
  await wren.press('Claim', first.discord.id, rooms.discord)
  await net.card('slack', 'AZ-0001', 'Claimed by Wren')
  const other = await net.card('slack', 'AZ-0002')
  await finch.press('Claim', other.id, rooms.slack)
  await net.card('slack', 'AZ-0002', 'Claimed by Finch')
  const counted = await finch.write('Two cars came', rooms.slack, first.slack.id)
  const named = await wren.write('One is called Miller', rooms.discord, first.discord.id)
  await lines('discord', first.discord, 'Finch (Slack): Two cars came')
  await lines('slack', first.slack, 'Wren (Discord): One is called Miller')
  // On Signal one thing is sent at a time, and of what it had in hand a dead hub knows nothing any more.
  await lines('signal', first.signal, 'Two cars came')
  await lines('signal', first.signal, 'One is called Miller')
  await net.parts.delivery.settled()

  await net.away(24 * 60, async () => {
    await finch.rewrite(counted, 'Three cars came', rooms.slack)
    await wren.unwrite(named, first.discord.id)
    await finch.write('They left again', rooms.slack, first.slack.id)
    await wren.write('The gate is open', rooms.discord, first.discord.id)
    await net.someone('Finch', 'signal').write('Nobody hears this', rooms.signal, first.signal.id)
    const all = discord.world.messages.get(rooms.discord) ?? []
    discord.world.messages.set(
      rooms.discord,
      all.filter(({ id }) => id !== second.id),
    )
  })

  await lines('discord', first.discord, /Finch \(Slack\): Three cars came \(edited\)/)
  await lines('discord', first.discord, /Finch \(Slack\): They left again \(written /)
  await lines('slack', first.slack, /Wren \(Discord\): The gate is open \(written /)
  // On Signal nothing can be changed after a day; there it is asked not to pass it on.
  await lines('signal', first.signal, /What Wren wrote .* was taken back/)
  await until('nothing of what was taken back', async () => {
    const all = await slack.thread(rooms.slack, first.slack.id)
    return { found: all.some(has('Miller')) ? null : true, instead: texts(all) }
  })
  for (const room of [rooms.signal, coordination.signal])
    await until('word of the gap', async () => {
      const told = (await signal.room(room)).filter(has(/I was away .*; send again what you sent then\./))
      return { found: told.length === 1 || null, instead: texts(await signal.room(room)) }
    })
  // Who wrote about it meanwhile still has it; who did not has it no more, and reads that nobody could hear them.
  await net.card('slack', 'AZ-0001', 'Claimed by Wren')
  await lines('slack', other, /The claim of Finch ran out .*while I was away/)
  const again = await net.card('discord', 'AZ-0002')
  expect(again.id).not.toBe(second.id)
  for (const tool of tools)
    for (const id of ['AZ-0001', 'AZ-0002']) {
      await net.card(tool, id, id === 'AZ-0001' ? /Claimed by Wren/ : /Nobody is on it/)
      const cards = (await net.peers[tool].room(rooms[tool])).filter(seen => seen.text.split('\n')[0]?.includes(id))
      // What is a day old on Signal cannot say any more that its card has moved.
      const newest = tool === 'signal' ? cards.slice(-1) : cards.filter(seen => !seen.text.includes('moved below'))
      expect(newest).toHaveLength(1)
    }

  // Once more nothing is new.
  await net.away(1, async () => {})
  await until('everything read', async () => {
    const behind = net.parts.platforms.filter(one => one.catchingUp?.()).map(one => one.name)
    return { found: behind.length === 0 || null, instead: behind.join() }
  })
  const [said, lapsed] = await Promise.all(
    ['AZ-0001', 'AZ-0002'].map(id => net.store.incidents.timeline(id as never, 100)),
  )
  const count = (type: string) => [...(said ?? []), ...(lapsed ?? [])].filter(({ event }) => event.type === type).length
  expect([count('said'), count('reworded'), count('unsaid'), count('claim-lapsed')]).toEqual([4, 1, 1, 1])
  expect((await lines('discord', first.discord, 'They left again')).length).toBe(1)
  expect((await lines('slack', first.slack, 'The gate is open')).length).toBe(1)
  expect(net.broken()).toEqual([])
}, 180_000)

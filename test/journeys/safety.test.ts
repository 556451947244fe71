import { afterEach, beforeEach, expect, test } from 'vitest'
import { traces } from '../bot/traces.ts'
import { type Ground, ground } from '../house.ts'
import type { Seen } from '../peers/peer.ts'
import { accounts, coordination, type Net, openNet, rooms, type Tool, until } from './net.ts'
import { typable } from './reading.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']
let at: Ground
let net: Net

beforeEach(async () => {
  at = ground()
  net = await openNet(at.url)
  await typable(net)
})

afterEach(async () => {
  expect(net.broken()).toEqual([])
  expect(net.logged()).not.toContain('"level":50')
  expect(net.logged()).not.toContain(net.peers.signal.settings.number)
  for (const own of Object.values(accounts).flatMap(one => Object.values(one))) expect(net.logged()).not.toContain(own)
  await net.close()
  at.leave()
})

/** All that a tool was ever given, or holds: messages, threads and their names, views, pages, and what one alone sees. */
function held(tool: 'slack' | 'discord'): string {
  if (tool === 'slack') {
    const { channels, ephemerals, homes, views } = net.peers.slack.world
    return JSON.stringify([net.peers.slack.calls, [channels, ephemerals, homes, views].map(one => [...one.values()])])
  }
  const { messages, channels } = net.peers.discord.world
  return JSON.stringify([messages, channels].map(one => [...one.values()]))
}

/** What stands on a tool now, in its room and threads and in everybody's direct conversation. */
async function standing(tool: Tool): Promise<string> {
  const peer = net.peers[tool]
  const cards = await peer.room(rooms[tool])
  const threads = await Promise.all(cards.map(card => peer.thread(rooms[tool], card.id)))
  const people = Object.values(accounts).flatMap(own => (tool in own ? [(own as Record<Tool, string>)[tool]] : []))
  const direct = await Promise.all(people.map(account => peer.someone(account).direct()))
  return [cards, ...threads, ...direct].flat().map(seenText).join('\n')
}

function seenText({ text, author }: Seen): string {
  return `${author}: ${text}`
}

/** Waits until what stands there no longer says any of that. */
function gone(tool: Tool, words: RegExp): Promise<true> {
  return until(`${words} to be gone from ${tool}`, async () => {
    const all = await standing(tool)
    return { found: words.test(all) ? null : true, instead: all }
  })
}

async function said(who: ReturnType<Net['someone']>, words: string): Promise<Seen> {
  return until(`"${words}"`, async () => {
    const all = await who.direct()
    return { found: all.findLast(seen => seen.text.includes(words)), instead: all.map(seenText).join('\n---\n') }
  })
}

async function reports(tool: Tool, room: string | null, what: string): Promise<void> {
  const heron = net.someone('Heron', tool)
  await heron.type('/report', room)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  const values = { What: what, Where: 'Phoenix, Arizona', 'Is anyone': 'Someone is hurt', 'May I': 'Yes' }
  await heron.submit(values)
  await said(heron, 'Your name is sealed: the team knows you as Heron')
}

test('words marked RED reach neither Slack nor Discord, whatever is asked, said or added there', async () => {
  const [finch, wren] = [net.someone('Finch', 'slack'), net.peers.discord.someone(accounts.Wren.discord)]
  const finchOnSignal = net.someone('Finch', 'signal')
  await finch.type('/duty on 8h', null)
  await wren.type('/duty on 8h', null)
  await reports('signal', rooms.signal, 'They threaten to kill the clerk zqwhat, call 602-555-0142')

  // What was begun in the group was told in private, and its receipt stands there once.
  const group = await net.peers.signal.room(rooms.signal)
  expect(group.map(seenText).join('\n')).not.toMatch(/What happened|Received|602-555/)
  const own = await net.someone('Heron', 'signal').direct()
  expect(own.filter(seen => seen.text.startsWith('Received as')).flatMap(seen => seen.buttons)).toHaveLength(4)

  const cards = {
    slack: await net.card('slack', 'AZ-0001', 'RED'),
    discord: await net.card('discord', 'AZ-0001', 'RED'),
    signal: await net.card('signal', 'AZ-0001', 'zqwhat', '[phone number]'),
  }
  await said(finch, 'Can you take this now?')
  await said(wren, 'Can you take this now?')
  await finch.press('Claim', cards.slack.id, rooms.slack)
  await finchOnSignal.write('zqtalk of it', rooms.signal, cards.signal.id)
  await finchOnSignal.type('/update AZ-0001 zqnews from there', null)
  await net.someone('Heron', 'signal').write('zqmore from me', null)
  await until('all of it in the group', async () => {
    const lines = (await net.peers.signal.thread(rooms.signal, cards.signal.id)).map(seenText).join('\n')
    return { found: ['zqtalk', 'zqnews', 'zqmore'].every(word => lines.includes(word)) || null, instead: lines }
  })

  for (const line of ['incident AZ-0001', 'mine', 'incidents', 'sitrep AZ', 'delivery', 'incidents threaten']) {
    await finch.type(`/${line}`, rooms.slack)
    await wren.type(`/${line}`, null)
  }
  await finch.press('More', cards.slack.id, rooms.slack)
  await wren.press('More', cards.discord.id, rooms.discord)
  await net.peers.slack.someone(accounts.Finch.slack).home()
  await finch.type('/resolve AZ-0001 referred zqnote', null)
  const choices = await wren.choices('incident', '', rooms.discord)
  await net.card('slack', 'AZ-0001', 'RESOLVED')
  await net.card('discord', 'AZ-0001', 'RESOLVED')
  net.skip(3)
  await said(finch, 'AZ-0001 is closed')
  for (const tool of ['slack', 'discord'] as const) expect(held(tool)).not.toMatch(/zq(what|talk|news|more)|602-555/)
  expect(JSON.stringify(choices)).not.toMatch(/zq/)
  // Neither who they are nor what they said lies open in what the hub keeps.
  const people = Object.values(accounts).flatMap(one => Object.values(one))
  expect(traces(at.folder, [...people, 'Sample Person', 'zqtalk', 'zqnews', 'zqmore'])).toEqual([])
}, 60_000)

test('what is marked RED later is taken out of Slack and Discord again; what people typed there is theirs', async () => {
  const [finch, magpie] = [net.someone('Finch', 'slack'), net.someone('Magpie', 'slack')]
  await reports('slack', null, 'A long line, people shout zqwhat')
  const [onSlack, onSignal] = [await net.card('slack', 'AZ-0001', 'zqwhat'), await net.card('signal', 'AZ-0001')]
  await said(magpie, 'zqwhat')
  await finch.write('zqtyped by me', rooms.slack, onSlack.id)
  await net.someone('Finch', 'signal').write('zqcarried', rooms.signal, onSignal.id)
  for (const tool of tools) {
    await until(`what was carried to ${tool}`, async () => {
      const all = await standing(tool)
      return { found: all.includes('zqcarried') && all.includes('zqtyped') ? true : null, instead: all }
    })
  }
  await magpie.type('/mark AZ-0001 red it names a victim', rooms.slack)
  await said(magpie, 'stays there until they delete it')
  await gone('slack', /zq(what|carried)/)
  await gone('discord', /zq/)
  expect(await standing('slack')).toContain('zqtyped by me')
  expect(await standing('signal')).toMatch(/zqwhat[\s\S]*zqcarried/)
}, 60_000)

test('a report taken back leaves all tools; where one keeps old messages, coordinators are told', async () => {
  const discord = net.someone('Heron', 'discord')
  await reports('discord', null, 'A quarrel zqwhat at a yard sign')
  for (const tool of tools) await net.card(tool, 'AZ-0001', 'zqwhat')
  const former = await net.card('signal', 'AZ-0001', 'zqwhat')
  net.skip(26 * 60)
  // Too old to be edited: it stands anew below.
  await until('the card anew', async () => {
    const card = await net.card('signal', 'AZ-0001', 'zqwhat')
    return { found: card.id !== former.id || null, instead: card.text }
  })
  await discord.type('/withdraw AZ-0001', null)
  await gone('slack', /zqwhat/)
  await gone('discord', /zqwhat/)
  // Where several are told together none is named; /delivery has them all.
  const told = /: words of AZ-0001 that should be gone still stand there|messages still show words that must go/
  await until('the word to coordinators', async () => {
    const all = (await net.peers.slack.room(coordination.slack)).map(seenText).join('\n')
    return { found: told.test(all) || null, instead: all }
  })
}, 60_000)

test('whoever erases themselves is forgotten on all three tools, and nothing that waited comes back', async () => {
  const heron = net.someone('Heron', 'signal')
  await reports('discord', null, 'Shouting at the line zqwhat')
  await heron.write('zqadded to it', null)
  await said(heron, 'Added to AZ-0001')
  await net.someone('Heron', 'discord').type('/whoami contact zqsafe', null)
  await heron.type('/report', null)
  await said(heron, 'What happened?')
  await heron.write('zqhalf a report', null)
  await said(heron, 'Where?')
  await heron.type('/whoami erase', null)
  for (const [words, button] of [
    ['Erase what', 'Erase everything'],
    ['Erase everything now?', 'Yes'],
  ] as const) {
    await heron.press(button, (await said(heron, words)).id, null)
  }
  await said(heron, 'Take care')
  await heron.write('zqlater', null)
  expect((await said(heron, 'roster')).buttons).toEqual([])
  while (await net.parts.clearer.run()) await new Promise(resolve => setTimeout(resolve, 20))
  for (const tool of tools) {
    await gone(tool, /^hub:.*zq(what|added)|^(?!\d|U0).*\n.*zqwhat/m)
  }
  expect(traces(at.folder, ['zqhalf', 'zqsafe', 'zqlater', 'zqadded'])).toEqual([])
}, 60_000)

test('a code that is written into a room works no more, on every tool', async () => {
  const wren = net.someone('Wren', 'discord')
  const code = () => /Your code: (\S+)/
  const issue = async () => {
    const before = (await wren.direct()).length
    await wren.type('/whoami link', null)
    return until('a code', async () => {
      const text = (await wren.direct()).slice(before).map(seenText).join('\n')
      return { found: code().exec(text)?.[1], instead: text }
    })
  }
  const strangers = {
    slack: 'U0STRANGER',
    discord: '500000000000000099',
    signal: '99999999-0000-4000-8000-999999999999',
  }
  net.peers.slack.world.users.set(strangers.slack, { id: strangers.slack, locale: 'es-MX', gone: false })
  for (const tool of tools) {
    const first = await issue()
    const stranger = net.peers[tool].someone(strangers[tool])
    await stranger.write(first, rooms[tool])
    await said(stranger, 'Others here saw that code')
    expect(await standing(tool)).not.toMatch(/^hub: .*Your code/m)
    await stranger.write(first, null)
    await said(stranger, 'This code does not work')
  }
}, 60_000)

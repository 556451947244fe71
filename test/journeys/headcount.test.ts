import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Ground, ground } from '../house.ts'
import type { Seen } from '../peers/peer.ts'
import { type Net, openNet, rooms, type Tool, until } from './net.ts'
import { typable } from './reading.ts'

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
  await net.close()
  at.leave()
})

type Name = Parameters<Net['someone']>[0]

/** What somebody reads alone on that tool, once it says all that. */
function read(name: Name, tool: Tool, ...words: readonly string[]): Promise<Seen> {
  return until(`${words.join(' ')} for ${name} on ${tool}`, async () => {
    const all = await net.someone(name, tool).direct()
    const found = all.findLast(({ text }) => words.every(word => text.includes(word)))
    return { found, instead: all.map(({ text }) => text).join('\n---\n') }
  })
}

async function asked(): Promise<string> {
  const magpie = net.someone('Magpie', 'slack')
  const heron = net.someone('Heron', 'discord')
  await heron.type('/report', rooms.discord)
  await heron.submit({
    'What happened': 'Shots near the drop box',
    Where: 'Phoenix',
    'Is anyone': 'Attack, shots or death now',
    'May I': 'Yes',
  })
  const { text } = await read('Heron', 'discord', 'Received as')
  const id = /AZ-\d+/.exec(text)?.[0] ?? ''
  await net.card('slack', id)
  await magpie.type(`/protocol safe ${id} region`, null)
  await read('Magpie', 'slack', '3 people are being asked')
  return id
}

test('one press and one word on each tool; who needs help is told of at once', async () => {
  const id = await asked()
  const question = await read('Finch', 'slack', 'Are you safe?')
  const signal = await read('Heron', 'signal', 'Are you safe?')
  expect(question.buttons).toEqual(['I am safe', 'I need help'])

  await net.someone('Finch', 'slack').press('I am safe', question.id, null)
  await read('Finch', 'slack', 'You are counted as safe')
  await net.card('slack', id, '1 of 3 safe · no answer yet: 2')

  const other = await read('Wren', 'discord', 'Are you safe?')
  await net.someone('Wren', 'discord').press('I need help', other.id, null)
  await read('Wren', 'discord', 'Your coordinators are being told now')
  await read('Magpie', 'signal', 'Wren needs help')
  await read('Magpie', 'slack', 'Wren needs help')
  await net.card('slack', id, 'Needs help: Wren')

  await net.someone('Wren', 'discord').write('estoy bien', null)
  await read('Wren', 'discord', 'You are counted as safe')
  await net.card('discord', id, '2 of 3 safe · no answer yet: 1')

  await net.someone('Heron', 'signal').press('I need help', signal.id, null)
  await read('Heron', 'signal', 'Your coordinators are being told now')
  await read('Magpie', 'slack', 'Heron needs help')
  await net.someone('Heron', 'signal').write('safe', null)
  await read('Heron', 'signal', 'You are counted as safe')
  await net.card('slack', id, '3 of 3 safe')

  await net.someone('Finch', 'slack').write('ayuda', null)
  await read('Finch', 'slack', 'Your coordinators are being told now')
  await net.card('discord', id, 'Needs help: Finch')
})

test('on Signal "help" is help while a head count asks, and else shows what can be done', async () => {
  const finch = net.someone('Finch', 'signal')
  await finch.write('help', null)
  await read('Finch', 'signal', '/')
  const before = (await finch.direct()).length
  const id = await asked()
  await read('Finch', 'signal', 'Are you safe?')
  await finch.write('help', null)
  await read('Finch', 'signal', 'Your coordinators are being told now')
  await net.card('slack', id, 'Needs help: Finch')
  await finch.write('at the library, back door', null)
  await read('Magpie', 'slack', 'at the library, back door')
  expect((await finch.direct()).length).toBeGreaterThan(before)
})

test('written in answer to the card, one word answers too; there "ok" is talk', async () => {
  const id = await asked()
  const card = await net.card('slack', id)
  const finch = net.someone('Finch', 'slack')
  await finch.write('ok', rooms.slack, card.id)
  await finch.write('safe', rooms.slack, card.id)
  await read('Finch', 'slack', 'You are counted as safe')
  await net.card('slack', id, '1 of 3 safe')
  const talk = (await net.peers.slack.thread(rooms.slack, card.id)).map(({ text }) => text)
  expect(talk).toContain('ok')
})

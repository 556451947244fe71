import { expect } from 'vitest'
import { photo } from '../evidence.ts'
import type { Seen } from '../peers/peer.ts'
import { coordination, type Net, openNet, rooms, type Tool, until } from './net.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']

/** One report's whole life, filed on that tool and worked on all three. */
export async function liveThrough(tool: Tool, url?: string): Promise<void> {
  const net = await openNet(url)
  try {
    await live(net, tool)
    expect(net.broken()).toEqual([])
    expect(net.logged()).not.toContain('"level":50')
  } finally {
    await net.close()
  }
}

async function live(net: Net, tool: Tool): Promise<void> {
  const finch = net.someone('Finch', 'slack')
  const wren = net.someone('Wren', 'discord')
  const heron = net.someone('Heron', tool)
  await finch.type('/duty on 8h', null)

  // Heron reports, with a photo, from a place that is not clear.
  const image = await photo()
  const bytes = 'open' in image ? Buffer.concat(await Array.fromAsync(image.open())) : Buffer.alloc(0)
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  await heron.submit(
    {
      What: 'Three men with rifles slung, talking to voters in line',
      Where: 'the library in Maricopa',
      'Is anyone': 'Someone is hurt or directly threatened',
      'May I': 'Yes',
    },
    [{ name: 'line.jpg', type: 'image/jpeg', bytes }],
  )
  await said(net, 'Heron', tool, 'Your name is sealed')
  const question = await until('the question where it is', async () => {
    const all = await heron.direct()
    const found = all.find(seen => seen.buttons.some(label => label.includes('Maricopa County')))
    return { found, instead: all.map(seen => `${seen.text}\n${seen.buttons.join(' | ')}`).join('\n---\n') }
  })
  const county = question.buttons.find(label => label.includes('Maricopa County')) ?? ''
  await heron.press(county, question.id, null)

  // One incident, a card in each room; the urgent call reaches who is on duty, on every account.
  for (const room of tools) await net.card(room, 'AZ-0001', 'S4 HIGH', 'County', '1 photo')
  await said(net, 'Finch', 'slack', 'AZ-0001')
  await said(net, 'Finch', 'signal', 'AZ-0001')

  // Two claim at once on two tools: one has it, everybody sees who, and the other reads it.
  const [onSlack, onDiscord] = [await net.card('slack', 'AZ-0001'), await net.card('discord', 'AZ-0001')]
  await Promise.all([finch.press('Claim', onSlack.id, rooms.slack), wren.press('Claim', onDiscord.id, rooms.discord)])
  const claimed = await net.card('slack', 'AZ-0001', /Claimed by (Finch|Wren)/)
  const winner = /Claimed by (Finch|Wren)/.exec(claimed.text)?.[1] ?? ''
  for (const room of tools) await net.card(room, 'AZ-0001', `Claimed by ${winner}`)
  const [loser, where] = winner === 'Finch' ? (['Wren', 'discord'] as const) : (['Finch', 'slack'] as const)
  await said(net, loser, where, winner)

  // What is said in one thread stands in the others with where it came from; it can be changed and taken back.
  const line = await wren.write('I am on the phone with the poll manager', rooms.discord, onDiscord.id)
  await inThread(net, 'slack', onSlack.id, 'Wren (Discord)', 'I am on the phone with the poll manager')
  await wren.rewrite(line, 'I am on the phone with the clerk', rooms.discord)
  await inThread(net, 'slack', onSlack.id, 'I am on the phone with the clerk')
  await wren.unwrite(line, rooms.discord)
  await until('the line taken back', async () => {
    const lines = (await net.peers.slack.thread(rooms.slack, onSlack.id)).map(seen => seen.text).join('\n')
    return { found: lines.includes('the clerk') ? null : true, instead: lines }
  })

  // Past what Signal lets a message be edited, the card stands anew, and the old one says so.
  const claimer = winner === 'Finch' ? finch : wren
  const home = winner === 'Finch' ? rooms.slack : rooms.discord
  const first = await net.card('signal', 'AZ-0001')
  for (let turn = 1; turn <= 9; turn++) {
    const [word, shown] = turn % 2 === 1 ? ['checking', 'being checked'] : ['unverified', '· unverified']
    await claimer.type(`/verify AZ-0001 ${word}`, home)
    await net.card('signal', 'AZ-0001', shown)
  }
  const anew = await net.card('signal', 'AZ-0001', 'being checked')
  expect(anew.id).not.toBe(first.id)
  await until('the former card to say so', async () => {
    const all = await net.peers.signal.room(rooms.signal)
    const former = all.find(seen => seen.id === first.id)
    return { found: former?.text.includes('moved below') ? true : null, instead: former?.text ?? '' }
  })

  // It is resolved; the reporter hears of it once the minute is over in which that can be undone.
  await claimer.type('/resolve AZ-0001 calmed', home)
  for (const room of tools) await net.card(room, 'AZ-0001', /calm/i)
  net.skip(2)
  await said(net, 'Heron', tool, 'AZ-0001 is closed')
  const noted = await net.peers.slack.room(coordination.slack)
  expect(noted.map(seen => seen.text).filter(text => /could not|not sent|unsure/i.test(text))).toEqual([])
}

/** What somebody reads in their direct conversation, once it is there. */
async function said(net: Net, name: Parameters<Net['someone']>[0], tool: Tool, words: string): Promise<Seen> {
  return until(`"${words}" to ${name} on ${tool}`, async () => {
    const all = await net.someone(name, tool).direct()
    return {
      found: all.findLast(seen => seen.text.includes(words)),
      instead: all.map(seen => seen.text).join('\n---\n'),
    }
  })
}

async function inThread(net: Net, tool: Tool, under: string, ...words: readonly string[]): Promise<Seen> {
  return until(`"${words.join(' ')}" in the thread on ${tool}`, async () => {
    const lines = await net.peers[tool].thread(rooms[tool], under)
    const found = lines.find(seen => words.every(word => seen.text.includes(word)))
    return { found, instead: lines.map(seen => seen.text).join('\n---\n') }
  })
}

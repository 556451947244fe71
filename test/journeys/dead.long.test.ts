import { expect, test } from 'vitest'
import { plainView } from '../../workflows/view.ts'
import type { Seen } from '../peers/peer.ts'
import { coordination, mortal, openNet, rooms, type Tool, until } from './net.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']
const texts = (all: readonly Seen[]) => all.map(seen => seen.text).join('\n---\n')

test('a hub that dies again and again loses nothing and says nothing twice; what nobody can know is asked', async () => {
  const net = await openNet(undefined, mortal)
  const { peers } = net
  const heron = net.someone('Heron', 'slack')
  const report = async (what: string) => {
    await heron.type('/report', null)
    await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
    await heron.submit({ What: what, Where: '85004', 'Is anyone': 'No', 'May I': 'Yes' })
  }
  const cardsOf = async (tool: Tool, what: string) =>
    (await peers[tool].room(rooms[tool])).filter(seen => / · AZ-/.test(seen.text) && seen.text.includes(what))
  try {
    await report('First')
    const [slack, discord, signal] = [
      await net.card('slack', 'AZ-0001'),
      await net.card('discord', 'AZ-0001'),
      await net.card('signal', 'AZ-0001'),
    ]
    const said: { readonly from: Tool; readonly words: string }[] = []
    for (let round = 1; round <= 3; round++) {
      for (const from of tools) said.push({ from, words: `${from} says ${round}` })
      await net.someone('Finch', 'slack').write(`slack says ${round}`, rooms.slack, slack.id)
      await net.someone('Wren', 'discord').write(`discord says ${round}`, rooms.discord, discord.id)
      await net.someone('Heron', 'signal').write(`signal says ${round}`, rooms.signal, signal.id)
      await report(`Round ${round}`)
      // Each time it dies at another moment; what no frame has reached yet is Signal's to lose.
      await new Promise(resolve => setTimeout(resolve, round * 40))
      await net.die()
    }
    net.skip(3)

    const reports = ['First', 'Round 1', 'Round 2', 'Round 3']
    const lines = async (tool: Tool, under: Seen) =>
      (await peers[tool].thread(rooms[tool], under.id)).map(seen => seen.text)
    for (const [tool, card] of [['slack', slack] as const, ['discord', discord] as const]) {
      await until(`all on ${tool}`, async () => {
        const all = await lines(tool, card)
        const cards = await Promise.all(reports.map(what => cardsOf(tool, what)))
        const found = said.every(({ words }) => all.some(text => text.includes(words))) && cards.every(each => each[0])
        return { found: found || null, instead: `${all.join('\n')}\n${cards.map(texts).join('\n')}` }
      })
      for (const { words } of said) {
        expect([tool, words, (await lines(tool, card)).filter(text => text.includes(words)).length]).toEqual([
          ...[tool, words, 1],
        ])
      }
      for (const what of reports) expect([tool, what, (await cardsOf(tool, what)).length]).toEqual([tool, what, 1])
    }

    // Where nothing can be looked up, each stands once or is asked about.
    await until('all on Signal, or a question', async () => {
      const all = await lines('signal', signal)
      const cards = await Promise.all(reports.map(what => cardsOf('signal', what)))
      const whole = said.every(({ words }) => all.some(text => text.includes(words))) && cards.every(each => each[0])
      const told = texts(await peers.slack.room(coordination.slack))
      if ((await net.store.setbacks.untold(1)).length > 0) net.skip(1)
      return {
        found: whole || /Arizona \(Signal\)(: \d| arrived)/.test(told) || null,
        instead: `${all.join('\n')}\n${told}`,
      }
    })
    for (const { words } of said) {
      expect([words, (await lines('signal', signal)).filter(text => text.includes(words)).length < 2]).toEqual([
        ...[words, true],
      ])
    }
    for (const what of reports) expect((await cardsOf('signal', what)).length).toBeLessThan(2)
    expect(net.broken()).toEqual([])
  } finally {
    await net.close()
  }
}, 60_000)

test('what a dead hub had in hand, and what waited there for its turn, reaches nobody any more', async () => {
  const net = await openNet(undefined, mortal)
  try {
    const { platforms } = net.parts
    await net.die()
    for (const tool of tools) {
      const post = platforms.find(one => one.name === tool)?.post
      const reader = { language: 'en', zone: 'UTC', now: net.clock(), person: () => null } as const
      const late = { view: plainView([{ words: 'too late' }]), reader, key: 'post:late' }
      await expect(post?.({ type: 'room', room: rooms[tool] }, late)).rejects.toThrow()
      expect(texts(await net.peers[tool].room(rooms[tool]))).not.toContain('too late')
    }
  } finally {
    await net.close()
  }
}, 60_000)

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Seen, Someone } from '../peers/peer.ts'
import { type Net, openNet, rooms, until } from './net.ts'

let net: Net
beforeEach(async () => {
  net = await openNet()
})
afterEach(() => net.close())

/** What somebody alone reads, once one of their messages says all that. */
async function reads(who: Someone, ...words: readonly string[]): Promise<Seen> {
  return until(`"${words.join(' … ')}"`, async () => {
    const all = await who.direct()
    const found = all.findLast(seen => words.every(word => seen.text.includes(word)))
    return { found, instead: all.map(seen => `${seen.text}\n${seen.buttons.join(' | ')}`).join('\n---\n') }
  })
}

test('one checklist is worked through on three tools: done, skipped, a gate that says no, then yes', async () => {
  const heron = net.someone('Heron', 'signal')
  await heron.type('/report', null)
  await heron.submit({
    What: 'Three men with rifles outside the library',
    Where: 'Phoenix, Arizona',
    'Is anyone': 'Someone is hurt or directly threatened',
    May: 'Yes',
  })
  await net.card('slack', 'AZ-0001', 'Do not go there')

  // A coordinator starts it on Slack, in one line, and it stands on the card of every tool.
  const magpie = net.someone('Magpie', 'slack')
  await magpie.type('/protocol start P1 AZ-0001', rooms.slack)
  await reads(magpie, 'has started on AZ-0001', 'A wrong start can be undone')
  for (const tool of ['slack', 'discord', 'signal'] as const) {
    await net.card(tool, 'AZ-0001', /Protocol P1, step 1 of \d+ · next: P1\.1 /)
  }
  const onSignal = await net.card('signal', 'AZ-0001', 'Write: P1.G1 for its questions')
  expect(onSignal.buttons.join(' ')).not.toMatch(/Done|Answer|Checklist/)

  // On Slack a press of the gate opens its questions.
  await magpie.press('Ask G1', (await net.card('slack', 'AZ-0001')).id, rooms.slack)
  await expect.poll(() => magpie.form()?.title, { timeout: 10_000 }).toBe('Before you go on')
  await magpie.submit({ 'Is anyone': 'No' })
  await reads(magpie, 'G1 Life', 'passed')
  const ready = await until('the step behind the gate', async () => {
    const seen = await net.card('slack', 'AZ-0001')
    return { found: seen.buttons.includes('Done') ? seen : null, instead: `${seen.text} ${seen.buttons}` }
  })
  await magpie.press('Done', ready.id, rooms.slack)
  await reads(magpie, 'P1.1 is done.')
  await net.card('discord', 'AZ-0001', /step 2 of \d+/)

  // On Signal it is written, in the group, quoting the card; what another did is said with their name.
  const phone = net.someone('Finch', 'signal')
  await phone.write('P1.1 done', rooms.signal, (await net.card('signal', 'AZ-0001')).id)
  await reads(phone, 'Magpie did P1.1 at')
  await phone.write('P1.3 omitir no contestan el teléfono', rooms.signal)
  await reads(phone, 'P1.3')
  await net.card('slack', 'AZ-0001', /step 3 of \d+/)

  // There the questions of a gate come one by one; a no shuts it, and says what to do instead.
  await phone.write('P1.G2', null)
  await reads(phone, 'Do they go as a pair')
  await phone.submit({
    'Do they': 'No',
    'Is it': 'Yes',
    'Do both': 'Yes',
    'Is someone': 'Yes',
    'Were weapons': 'No',
    'Can each': 'Yes',
  })
  await reads(phone, 'G2 Safety of our people: no. Nobody goes there')
  await net.card('discord', 'AZ-0001', 'Do not go there', 'G2 Safety of our people said no')

  // On Discord a step that asks something opens its questions.
  const wren = net.someone('Wren', 'discord')
  await wren.type('/step P1.2', rooms.discord)
  const open = await reads(wren, 'P1.2 · AZ-0001')
  await wren.press('Answer', open.id, null)
  await expect.poll(() => wren.form()?.title, { timeout: 10_000 }).toBe('Do a step')

  // Every tool shows the whole list alone to who asks, with why a step was skipped.
  await wren.press('Checklist', (await net.card('discord', 'AZ-0001')).id, rooms.discord)
  await reads(wren, 'P1.1', 'done', 'no contestan el teléfono')
  await phone.write('P1', null)
  await reads(phone, 'P1.1', 'done', 'no contestan el teléfono')
  expect(net.broken()).toEqual([])
}, 60_000)

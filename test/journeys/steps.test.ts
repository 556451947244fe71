import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HubBody } from '../../bot/workspace/body.ts'
import { ground, openHouse, readAnswer, readMessage } from '../house.ts'
import { type Net, openNet, rooms, until } from './net.ts'
import { reads } from './reading.ts'

let net: Net
beforeEach(async () => {
  net = await openNet()
})
afterEach(() => net.close())

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
  const safe = { 'Is it': 'Yes', 'Do both': 'Yes', 'Is someone': 'Yes', 'Were weapons': 'No', 'Can each': 'Yes' }
  await phone.write('P1.G2', null)
  await reads(phone, 'Do they go as a pair')
  await phone.submit({ 'Do they': 'No', ...safe })
  await reads(phone, 'G2 Safety of our people: no. Nobody goes there')
  await net.card('discord', 'AZ-0001', 'Do not go there', 'G2 Safety of our people said no')

  // On Discord a step that asks something opens its questions.
  const wren = net.someone('Wren', 'discord')
  await wren.type('/step P1.2', rooms.discord)
  const open = await reads(wren, 'P1.2 · AZ-0001')
  await wren.press('Answer', open.id, null)
  await expect.poll(() => wren.form()?.title, { timeout: 10_000 }).toBe('Do a step')

  // Whoever said no may say yes once it is so: the step behind it is open, and nobody is kept away any more.
  await phone.write('P1.G2', null)
  await until('the first question again', async () => {
    const form = phone.form()
    const first = form?.fields.some(({ label }) => label.startsWith('Do they'))
    return { found: first || null, instead: JSON.stringify(form) }
  })
  await phone.submit({ 'Do they': 'Yes', ...safe })
  await reads(phone, 'G2 Safety of our people: passed')
  for (const tool of ['slack', 'discord', 'signal'] as const) {
    await until(`the card on ${tool} to let them go`, async () => {
      const { text } = await net.card(tool, 'AZ-0001')
      return { found: /Do not go there|said no/.test(text) ? null : true, instead: text }
    })
  }
  await wren.type('/step P1.7 done', rooms.discord)
  await reads(wren, 'P1.7 is done.')

  // Every tool shows the whole list alone to who asks, with why a step was skipped.
  await wren.press('Checklist', (await net.card('discord', 'AZ-0001')).id, rooms.discord)
  await reads(wren, 'P1.1', 'done', 'no contestan el teléfono')
  await phone.write('P1', null)
  await reads(phone, 'P1.1', 'done', 'no contestan el teléfono')
  expect(net.broken()).toEqual([])
}, 60_000)

test('the same in the practice workspace: by the buttons of the card, a gate that says no, then yes', async () => {
  const at = ground()
  const house = await openHouse(at)
  const room = 'az-response'
  const card = async () => readMessage(await house.card(room, 'AZ-0001'))
  /** Presses what reads so on the card as it stands now. */
  async function press(who: string, label: string) {
    const { lines, buttons } = (await house.card(room, 'AZ-0001')).body as HubBody
    const all = [...lines.flatMap(line => ('button' in line && line.button ? [line.button] : [])), ...buttons]
    const found = all.find(button => button.label === label)
    if (!found) throw new Error(`no "${label}" among ${all.map(button => button.label).join(' | ')}`)
    return house.press(who, found.id, room)
  }
  async function answer(who: string, label: string, values: Record<string, string | string[]>) {
    const { reply } = await press(who, label)
    if (reply.type !== 'form') throw new Error(`"${label}" opened no form`)
    const sent = await house.submit(who, reply.form, { ...reply.form.values, ...values }, room)
    await house.settle()
    return readAnswer(sent)
  }
  try {
    const seen = { what: 'Men with rifles', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
    await house.fill('heron', '/report', seen)
    await house.type('magpie', '/protocol start P1 AZ-0001', room)
    expect(await card()).toMatch(/Protocol P1, step 1 of \d+ · next: P1\.1 /)
    expect(await answer('magpie', 'Ask G1', { danger: 'no' })).toContain('G1 Life')
    expect(readAnswer(await press('finch', 'Done'))).toContain('P1.1 is done.')
    await house.type('finch', '/step P1.3 skip nobody picks up', room)
    expect(await card()).toMatch(/step 3 of \d+/)

    for (const step of ['2', '4', '5b', '6']) await house.type('magpie', `/step P1.${step} skip practice`, room)
    expect(await card()).toContain('Do not go there')
    const safe = ['pair', 'checkin', 'exit', 'tracking', 'free']
    expect(await answer('finch', 'Ask G2', { ticked: safe.slice(1), weapons: 'no' })).toContain('no. Nobody goes there')
    expect(await card()).toContain('G2 Safety of our people said no')
    expect(await answer('finch', 'Ask again', { ticked: safe, weapons: 'no' })).toContain('passed')
    expect(await card()).not.toMatch(/Do not go there|said no/)
  } finally {
    await house.close()
    at.leave()
  }
})

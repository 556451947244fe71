import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Someone } from '../peers/peer.ts'
import { accounts, type Net, networkFile, openNet, rooms, type Town, until } from './net.ts'
import { reads, typable } from './reading.ts'

let net: Net

const uuid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`
const more = {
  Eagle: { discord: '500000000000000005' },
  Cactus: { signal: uuid('6') },
} as const
const person = (callsign: string, own: object, rest: object) => ({
  ...{ name: `Sample Person – ${callsign}`, callsign, accounts: own, sample: true },
  ...rest,
})

/** Two more people, a leader on Discord and a mediator on Signal, and Spanish beside English. */
const town: Town = {
  accounts: { ...accounts, ...more },
  file: {
    ...networkFile,
    network: { ...networkFile.network, languages: ['en', 'es'] },
    people: [
      ...networkFile.people.map(one => (one.callsign === 'Wren' ? { ...one, languages: ['es'] } : one)),
      person('Eagle', more.Eagle, { roles: ['leader'], regions: 'all', languages: ['en'] }),
      person('Cactus', more.Cactus, { roles: ['mediator'], regions: ['AZ'], languages: ['es'] }),
    ],
  },
}

beforeEach(async () => {
  net = await openNet(undefined, town)
  await typable(net)
})

afterEach(async () => {
  expect(net.broken()).toEqual([])
  expect(net.logged()).not.toContain('"level":50')
  await net.close()
})

/** Types a line that opens a form, and sends that in. */
async function fill(who: Someone, line: string, values: Readonly<Record<string, string>>): Promise<void> {
  await who.type(line, null)
  await until(`the form of ${line}`, async () => ({ found: who.form(), instead: 'none' }))
  await who.submit(values)
}

/** Presses what reads so on the newest message that says all that. */
async function press(who: Someone, label: string, ...words: readonly string[]): Promise<void> {
  const seen = await reads(who, ...words)
  const found = seen.buttons.find(one => one.includes(label))
  if (!found) throw new Error(`no "${label}" on:\n${seen.text}\n${seen.buttons.join(' | ')}`)
  await who.press(found, seen.id, null)
}

test('a broadcast written on Signal, changed on Slack, approved on Discord reaches everybody once, in two languages', async () => {
  const magpie = { signal: net.someone('Magpie', 'signal'), slack: net.someone('Magpie', 'slack') }
  const eagle = net.someone('Eagle', 'discord')
  const heron = net.someone('Heron', 'slack')
  const finch = { slack: net.someone('Finch', 'slack'), signal: net.someone('Finch', 'signal') }
  const wren = net.someone('Wren', 'discord')
  const cactus = net.someone('Cactus', 'signal')

  // On Signal the first screen is a conversation, one question at a time.
  await magpie.signal.type('/broadcast', null)
  await magpie.signal.submit({
    'Who should': 'everyone, all rooms',
    'The words in English': 'The polls close at seven.',
    'The words in Spanish': 'Las urnas cierran a las siete.',
    'How urgent': 'Urgent: before anything routine',
    'What answer': 'Got it',
  })
  const preview = await reads(magpie.signal, 'Saved as B-0001', 'Goes to 6 people and 3 rooms.')
  expect(preview.text).toContain('no exact limit')
  expect(preview.text).toMatch(/Spanish: \d readers/)

  // The next screen on another tool: whoever does not answer gets it on their next account.
  await fill(magpie.slack, '/broadcast B-0001 answer', { 'No answer': 'After 5 min' })
  await press(magpie.slack, 'Ask for approval', 'B-0001', 'No answer in 5 min')
  await reads(eagle, 'Please approve B-0001')

  // Changed after the first approval: the second reads what changed, and approves by one press.
  await fill(magpie.slack, '/broadcast B-0001 text', { 'The words in English': 'The polls close at eight.' })
  await press(magpie.slack, 'Ask for approval', 'Saved as B-0001', 'at eight')
  await press(eagle, 'Approve', 'Please approve B-0001', 'Changed since Magpie approved it', 'at eight')
  await reads(eagle, 'Approved. It goes out now.')

  await reads(heron, 'The polls close at eight.')
  await reads(finch.slack, 'The polls close at eight.')
  await reads(wren, 'Las urnas cierran a las siete.')
  await reads(cactus, 'Las urnas cierran a las siete.')
  for (const tool of ['slack', 'discord', 'signal'] as const) {
    await until(`it in the room on ${tool}`, async () => {
      const all = (await net.peers[tool].room(rooms[tool])).filter(({ text }) => /The polls close at eight/.test(text))
      return { found: all.length === 1 || null, instead: String(all.length) }
    })
  }

  // Answered by a press and by a word; Finch does not answer on Slack, and gets it on Signal.
  await press(heron, 'Got it', 'The polls close at eight.')
  await press(wren, 'Recibido', 'Las urnas cierran')
  await cactus.write('recibido', null)
  net.skip(6)
  await reads(finch.signal, 'The polls close at eight.')
  await finch.signal.write('ok', null)
  await until('the answers', async () => {
    const { answers } = await net.store.broadcasts.tally('B-0001' as never)
    return { found: answers['got-it'] === 4 || null, instead: JSON.stringify(answers) }
  })

  // The correction takes the place of what exactly those had who had it.
  await fill(magpie.slack, '/broadcast B-0001 correct', { 'The words in English': 'The polls close at nine.' })
  await press(eagle, 'Approve the correction', 'Please approve a correction of B-0001')
  await reads(heron, 'The polls close at nine.')
  const left = (await heron.direct()).filter(({ text }) => text.includes('at eight'))
  expect(left).toEqual([])

  // Each had it once on the account that it went to; what is urgent is said anew once, for an edit makes no sound.
  for (const who of [heron, wren, cactus]) {
    const all = (await who.direct()).filter(({ text }) => /polls close|urnas cierran/.test(text))
    const anew = all.filter(({ text }) => /A correction of what we wrote|Corrección de lo que escribimos/.test(text))
    expect(all.map(({ text }) => text)).toHaveLength(1 + anew.length)
    expect(anew.length).toBeLessThan(2)
  }

  // New words from Discord are approved by their number on Signal.
  await fill(eagle, '/broadcast B-0001 correct', { 'The words in English': 'The polls close at ten.' })
  await press(magpie.signal, 'Approve the correction', 'Please approve a correction of B-0001', 'close at ten')
  await reads(heron, 'The polls close at ten.')
}, 60_000)

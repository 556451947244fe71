import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AnswerWanted } from '../../../workflows/broadcast.ts'
import { makeBroadcastId } from '../../../workflows/ids.ts'
import { ground } from '../../house.ts'
import { castIn, personIn } from '../casts.ts'
import { type Bubble, openPhones, type Phones, type Who } from './phones.ts'

let at: ReturnType<typeof ground>
let phones: Phones
const cast = castIn(() => phones, makeBroadcastId(1), 'signal')

beforeEach(async () => {
  at = ground()
  phones = await openPhones(at)
})

afterEach(async () => {
  await phones.close()
  at.leave()
})

async function sent(answer: AnswerWanted, more = {}): Promise<void> {
  await cast.begin({ audience: { type: 'everyone' }, words: { en: 'Stay calm today.' }, answer, ...more }, 'Heron')
  await cast.give()
  await phones.settle()
}

const message = (who: Who) => phones.with(who).findLast(one => one.text.includes('Stay calm')) as Bubble
const row = async (callsign: string) =>
  (await phones.store.broadcasts.recipients(cast.id, { person: personIn(phones, callsign), limit: 1 })).items[0]
const answerOf = async (callsign: string) => (await row(callsign))?.answer ?? null

test.each(['1', 'ok', 'Got it', 'sí', 'recibido', 'thanks', '👍', '1.'])(
  '“%s” says that somebody got it',
  async said => {
    await sent({ type: 'got-it' })
    await phones.write('finch', said)
    expect(await answerOf('Finch')).toBe('got-it')
    expect(phones.last('finch')).toContain('Your answer to B-0001: Got it')
  },
)

test.each([
  ['2', 'help'],
  ['need help', 'help'],
  ['help', 'help'],
  ['ayuda', 'help'],
  ['safe', 'safe'],
  ['1', 'safe'],
] as const)('“%s” to whether somebody is safe is %s', async (said, answer) => {
  await sent({ type: 'safety' })
  await phones.write('finch', said)
  expect(await answerOf('Finch')).toBe(answer)
  expect((await phones.incident())?.severity ?? null).toBe(answer === 'help' ? 4 : null)
})

test('a sign on it answers without a word, and another one answers anew', async () => {
  await sent({ type: 'yes-no' })
  const before = phones.with('finch').length
  await phones.react('finch', '👍🏽', message('finch'))
  expect(await answerOf('Finch')).toBe('yes')
  await phones.react('finch', '👎', message('finch'))
  await phones.react('finch', '👎', message('finch'), true)
  expect(await answerOf('Finch')).toBe('no')
  await phones.react('finch', '😂', message('finch'))
  expect(await answerOf('Finch')).toBe('no')
  expect(phones.with('finch')).toHaveLength(before)
})

test('a sign of distress opens an incident, and is answered', async () => {
  await sent({ type: 'got-it' })
  await phones.react('finch', '🆘', message('finch'))
  expect(await phones.incident()).toMatchObject({ severity: 4 })
  expect(phones.with('finch').some(one => one.text.includes('is open'))).toBe(true)
})

test('words in answer to it are kept with it, whatever was written since', async () => {
  await sent({ type: 'got-it' })
  const quote = phones.quote(message('finch'))
  await phones.write('finch', '/mine')
  await phones.write('finch', 'The bridge is closed', { quote })
  expect(await row('Finch')).toMatchObject({ answer: 'got-it', said: 'The bridge is closed' })
  expect(phones.last('finch')).toContain('Kept with B-0001')
})

test('in a group signs and one-word answers count for whoever gave them, and nobody is written to for it', async () => {
  await sent({ type: 'yes-no' }, { audience: { type: 'or', of: [{ type: 'rooms', region: 'AZ' }] } })
  const [said] = phones.inGroup().filter(one => one.text.includes('Stay calm'))
  expect(said).toBeDefined()
  const before = phones.with('finch').length
  await phones.react('finch', '👍', said as Bubble)
  expect(await answerOf('Finch')).toBe('yes')
  expect(phones.with('finch')).toHaveLength(before)
  await phones.say('finch', 'no', { quote: phones.quote(said as Bubble) })
  expect(await answerOf('Finch')).toBe('no')
  await phones.say('finch', 'They were late again, no surprise', { quote: phones.quote(said as Bubble) })
  expect(await row('Finch')).toMatchObject({ answer: 'no', said: null })
})

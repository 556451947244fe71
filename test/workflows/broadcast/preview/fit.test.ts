import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderView } from '../../../../bot/discord/render.ts'
import { writeText } from '../../../../bot/signal/text.ts'
import { drawMessages } from '../../../../bot/slack/message.ts'
import { messageView } from '../../../../workflows/broadcast/message/view.ts'
import { blankPlan } from '../../../../workflows/broadcast/plan.ts'
import { mostWords, shownOn } from '../../../../workflows/broadcast/preview/fit.ts'
import type { AnswerWanted } from '../../../../workflows/broadcast.ts'
import { makeBroadcastId, type PersonId } from '../../../../workflows/ids.ts'
import { fitView } from '../../../../workflows/text/fit.ts'
import { reads, sampleDirectory } from '../network.ts'

const directory = sampleDirectory()
const reader = reads(directory)
const wren = { person: 'Wren' as PersonId, room: null, region: 'AZ', language: 'en' } as const

const word = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
  fc.constantFrom(
    '*bold*',
    '_a_',
    '`x`',
    '~no~',
    '|',
    '<@U1>',
    'https://a.b/c',
    '👩‍👩‍👧',
    'año',
    '¿qué?',
    '\n',
    '.',
    '# x',
  ),
)
const words = fc
  .array(word, { minLength: 1, maxLength: 700, size: 'max' })
  .map(all => all.join(' ').slice(0, mostWords).trim())
  .filter(text => text !== '')
const answers = fc.constantFrom<AnswerWanted>(
  { type: 'none' },
  { type: 'got-it' },
  { type: 'yes-no' },
  { type: 'safety' },
)

function viewOf(text: string, answer: AnswerWanted) {
  const plan = blankPlan({ words: { en: text }, answer })
  const view = messageView({ id: makeBroadcastId(7), plan }, wren, directory)
  if (!view) throw new Error('there are words')
  return view
}

describe('a message as each platform shows it', () => {
  test('is never cut short, and takes as many messages as the platform makes of it', () => {
    let parted = 0
    fc.assert(
      fc.property(words, answers, (text, answer) => {
        const view = viewOf(text, answer)
        expect(fitView(view, reader)).toBe(view)
        const { pieces } = writeText(view, reader)
        if (pieces.length > 1) parted += 1
        expect(shownOn('signal', view, reader).messages.length).toBe(pieces.length)
        expect(shownOn('slack', view, reader).messages.length).toBe(drawMessages(view, reader).length)
        expect(shownOn('discord', view, reader).messages.length).toBe(renderView(view, reader).length)
      }),
      { numRuns: 150 },
    )
    expect(parted).toBeGreaterThan(20)
  })

  test('on Signal what can be answered stands in the text, by number', () => {
    expect(shownOn('signal', viewOf('Polls are open until 19:00.', { type: 'yes-no' }), reader)).toEqual({
      messages: [expect.stringMatching(/^Polls are open until 19:00\.\n.*\n\n1 Yes\n2 No\n/)],
      buttons: [],
      numbers: ['1 Yes', '2 No'],
    })
  })

  test('elsewhere there are buttons', () => {
    const shown = shownOn('slack', viewOf('Are you safe?', { type: 'safety' }), reader)
    expect(shown.buttons).toEqual(['I am safe', 'I need help'])
    expect(shown.messages).toHaveLength(1)
  })

  test('a long text is parted after a sentence, and nothing of it is lost', () => {
    const text = Array.from({ length: 40 }, (_, at) => `Sentence ${at} says that the hall on Elm Street is open.`).join(
      ' ',
    )
    const { messages } = shownOn('signal', viewOf(text, { type: 'none' }), reader)
    expect(messages).toHaveLength(2)
    expect(messages[0]).toMatch(/open\.$/)
    expect(messages.join(' ')).toBe(text)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawForm, errorsOf, inputBlocks } from '../../../bot/slack/form.ts'
import { drawMessages, noticeOf } from '../../../bot/slack/message.ts'
import { packOpened, readOpened } from '../../../bot/slack/opened.ts'
import { commands } from '../../../commands/index.ts'
import { phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import type { Line, View } from '../../../workflows/view.ts'
import { blockProblems, viewProblems } from '../../peers/slack/blocks.ts'
import { seenOf } from '../../peers/slack/read.ts'
import type { Json } from '../../peers/slack/shape.ts'

const reader: Reader = {
  language: 'en',
  zone: 'America/Phoenix',
  now: Date.UTC(2026, 10, 3, 21),
  person: () => 'Finch',
}
const time = { time: Date.UTC(2026, 10, 3, 21, 2) }

const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0HERON> *bold*',
    ':smile: _x_',
    '> quoted',
    '&amp; <http://x|y>',
    '`code`',
    'a\n\nb',
  ),
  fc.integer({ min: 2500, max: 9000 }).map(length => 'They came again. '.repeat(length / 17)),
)
const text = fc.oneof(
  words.map(said => ({ words: said })),
  fc.constant(phrase('card.unclaimed-by', { time })),
)
const button = fc
  .tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.boolean(),
    fc.constantFrom(undefined, 'primary' as const, 'danger' as const),
  )
  .map(([number, sure, style]) => ({
    id: `claim:AZ-${number}`,
    label: phrase('button.claim'),
    ...(style ? { style } : {}),
    ...(sure ? { confirm: phrase('card.confirm-withdraw', { id: 'AZ-0412' }) } : {}),
  }))
const line: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ type: fc.constantFrom('strong', 'text', 'quote', 'note', 'item'), text }) as fc.Arbitrary<Line>,
  fc.record({ type: fc.constant('item' as const), text, button }),
  fc.record({ type: fc.constant('link' as const), text, url: fc.webUrl() }),
  fc.constant<Line>({ type: 'rule' }),
  fc
    .array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 120 })
    .map((rows): Line => ({ type: 'table', head: [{ words: 'Where' }, { words: 'How many' }], rows })),
)
const view: fc.Arbitrary<View> = fc.record({
  tone: fc.constantFrom('S1', 'S5', 'closed', 'plain'),
  title: fc.option(text),
  lines: fc.array(line, { maxLength: 70 }),
  buttons: fc.array(button, { maxLength: 30 }),
})

describe('what the hub says, in Slack', () => {
  test('keeps to Slack’s limits whatever is said, and leaves nothing out', () => {
    fc.assert(
      fc.property(view, given => {
        const drawn = drawMessages(given, reader)
        for (const { text: notice, blocks } of drawn) {
          if (blocks.length > 0) expect(blockProblems(plain(blocks), 'message')).toEqual([])
          expect(notice.length).toBeLessThanOrEqual(4000)
          expect(notice).not.toBe('')
        }
        const shown = drawn
          .map(one => read(one))
          .join('\n')
          .replace(/\s|•/g, '')
        for (const { type, ...rest } of given.lines) {
          const said = 'text' in rest && 'words' in rest.text && type !== 'link' ? rest.text.words : ''
          expect(shown).toContain(said.trim().replace(/\s|•/g, ''))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('shows every reader their own time, and never reads people’s words as mark-up', () => {
    const [one] = drawMessages(
      {
        tone: 'S4',
        title: { words: 'S4 HIGH · AZ-0412' },
        lines: [
          { type: 'note', text: phrase('slack.home-at', { time }) },
          { type: 'note', text: { words: '*look* <!here> at :this:' } },
          { type: 'text', text: phrase('slack.home-at', { time }) },
        ],
        buttons: [],
      },
      reader,
    )
    const drawn = JSON.stringify(one.blocks)
    expect(drawn).toContain('<!date^1793739720^{time}|14:02>')
    expect(drawn).toContain('"type":"date","timestamp":1793739720,"format":"{time}","fallback":"14:02"')
    expect(drawn).toContain('{"type":"plain_text","text":"*look* <!here> at :this:","emoji":false}')
    expect(one.text).toBe(
      'S4 HIGH · AZ-0412\nAs of 14:02. Come back to this page to see it anew.\n*look* &lt;!here&gt; at :this:\n' +
        'As of 14:02. Come back to this page to see it anew.',
    )
  })

  test('a notice for the phone is cut where it must be, and shows that', () => {
    const said = noticeOf(
      { tone: 'plain', title: null, lines: [{ type: 'text', text: { words: '&'.repeat(2000) } }], buttons: [] },
      reader,
    )
    expect(said.length).toBeLessThanOrEqual(3500)
    expect(said).toMatch(/&amp;…$/)
  })
})

describe('the hub’s forms, as modals', () => {
  const forms = commands.filter(command => command.form)

  test.each(forms.map(command => command.name))('%s is a modal that Slack takes, in both languages', name => {
    const form = forms.find(command => command.name === name)?.form
    if (!form) throw new Error(name)
    const open = {
      id: 'f1',
      command: name,
      about: 'AZ-0412',
      form,
      notice: phrase('form.draft', { time }),
      values: {},
      errors: {},
    }
    const opened = {
      form: 'f1',
      command: name,
      about: 'AZ-0412',
      room: 'C1',
      message: { room: 'C1', id: '1.2' },
      files: [],
    }
    for (const language of ['en', 'es'] as const) {
      const modal = drawForm(open, opened, { ...reader, language })
      expect(viewProblems(plain(modal))).toEqual([])
      const errors = Object.fromEntries(Object.keys(form.fields).map(field => [field, phrase('form.required')]))
      const present = inputBlocks(modal.blocks)
      expect(Object.keys(errorsOf({ ...open, errors }, present, reader)).sort()).toEqual([...present].sort())
    }
  })

  test('remember what they were opened for, and no more than Slack keeps', () => {
    const files = Array.from({ length: 12 }, (_, at) => ({
      id: `F${at}`,
      name: 'n'.repeat(300),
      type: 'image/jpeg',
      size: 9,
    }))
    const opened = { form: 'f', command: 'report', about: '', room: null, message: null, files }
    const packed = packOpened(opened)
    expect(packed.length).toBeLessThanOrEqual(3000)
    expect(readOpened(packed)?.files).toHaveLength(10)
    for (const forged of ['', '{', '[]', '{"f":1}', 'null', '{"f":"x","c":"","a":""}', 7])
      expect(readOpened(forged)).toBeNull()
  })
})

function read({ text: notice, blocks }: { readonly text: string; readonly blocks: readonly unknown[] }): string {
  return seenOf({ ts: '', user: '', text: notice, blocks: plain(blocks) as Json[], edited: null, files: [] }).text
}

function plain(value: unknown): Json[] & Json {
  return JSON.parse(JSON.stringify(value))
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderView } from '../../bot/discord/render.ts'
import { exerciseReply, marked } from '../../bot/exercise.ts'
import type { Outgoing } from '../../bot/platform.ts'
import { writeText } from '../../bot/signal/text.ts'
import { drawMessages } from '../../bot/slack/message.ts'
import { renderBody } from '../../bot/workspace/body.ts'
import { findCommand } from '../../commands/index.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { plainView, type View } from '../../workflows/view.ts'
import { eachHouse } from '../each.ts'
import { type House, noon, openHouse, readMessage } from '../house.ts'

const reader = { language: 'en', zone: 'America/Phoenix', now: noon, person: () => 'Finch' } as const
const languages = [
  ['en', 'EXERCISE'],
  ['es', 'SIMULACRO'],
] as const
let house: House
let sent: Outgoing[]

eachHouse(
  opened => {
    house = opened
  },
  at => {
    sent = []
    return openHouse(at, noon, {
      between: platform => ({
        ...platform,
        post: (to, message) => {
          sent.push(message)
          return platform.post(to, message)
        },
        edit: (ref, message) => {
          sent.push(message)
          return platform.edit(ref, message)
        },
      }),
    })
  },
)

/** The first word that somebody reads, on each tool. */
function firstWords({ view, reader }: Pick<Outgoing, 'view' | 'reader'>): Record<string, string | undefined> {
  const body = renderBody(view, reader)
  const line = body.lines.find(one => one.type !== 'rule')
  const shown = body.title ?? (line && 'text' in line ? line.text : JSON.stringify(line))
  const [slack] = drawMessages(view, reader)
  return {
    workspace: wordIn(shown),
    slack: wordIn(slack.text),
    slackBlocks: wordIn(textIn(slack.blocks)),
    discord: wordIn(textIn(renderView(view, reader)[0])),
    signal: wordIn(writeText(view, reader).pieces[0] ?? ''),
  }
}

function wordIn(text: string): string | undefined {
  return /\p{L}+/u.exec(text)?.[0]
}

/** The first text of anything that a tool is sent. */
function textIn(part: unknown): string {
  if (typeof part !== 'object' || part === null) return ''
  const { text, content } = part as { text?: unknown; content?: unknown }
  if (typeof content === 'string') return content
  if (typeof text === 'string') return text
  for (const inner of Object.values(part)) {
    const found = textIn(inner)
    if (found !== '') return found
  }
  return ''
}

describe('the first word of everything about an exercise', () => {
  test('is EXERCISE on all tools and in both languages, whatever is done in it', async () => {
    await house.type('finch', '/duty on 8h')
    await house.type('magpie', '/drill start P1 in AZ')
    await house.pass(1)
    const id = 'DRILL-0001'
    await house.type('finch', `/claim ${id}`)
    await house.write('finch', 'Calling them now', 'az-response', await house.card('az-response', id))
    for (const line of [
      `/update ${id} kind: AR-2`,
      `/update ${id} S5 they fire`,
      `/verify ${id} checking I ask`,
      `/mark ${id} RED names`,
      `/handover ${id} Magpie you`,
      `/release ${id} I cannot`,
    ])
      await house.type('finch', line)
    await house.pass(40)
    await house.type('magpie', `/claim ${id}`)
    await house.type('magpie', `/resolve ${id} calmed gone`)
    await house.type('magpie', '/drill stop')
    await house.pass(2)
    const about = sent.filter(({ key, view }) => /drill|DRILL/.test(key + JSON.stringify(view)))
    expect(new Set(about.map(one => one.key)).size).toBeGreaterThan(15)
    for (const message of about)
      for (const [language, word] of languages)
        for (const first of Object.values(firstWords({ ...message, reader: { ...message.reader, language } })))
          expect(first, message.key).toBe(word)
  })

  test.each([
    ['a view with a title', { ...plainView([{ words: 'x' }]), title: phrase('hub.someone') }],
    ['lines alone', plainView([phrase('hub.someone'), { words: 'x' }])],
    [
      'a rule before its words',
      { ...plainView([{ words: 'x' }]), lines: [{ type: 'rule' }, { type: 'text', text: { words: 'x' } }] } as View,
    ],
    ['nothing', plainView([])],
    [
      'a table',
      { ...plainView([]), lines: [{ type: 'table', head: [{ words: 'a' }], rows: [[{ words: 'b' }]] }] } as View,
    ],
  ])('stands before %s', (_, view) => {
    const once = marked({ view, reader, key: 'card:DRILL-0001:room:1' })
    expect(Object.values(firstWords(once))).toEqual(Array(5).fill('EXERCISE'))
    expect(marked(once).view).toEqual(once.view)
  })

  test('is not said of what is real, but of each line about what is made up in a view about both', () => {
    const real = { view: plainView([phrase('drill.id', { id: 'AZ-0412' })]), reader, key: 'AZ-0412:1:room' }
    expect(marked(real)).toBe(real)
    const both = plainView([{ words: 'Yours' }, ...['AZ-0412', 'DRILL-0003'].map(id => phrase('drill.id', { id }))])
    const { view } = marked({ view: both, reader, key: 'mine' })
    expect(view.lines.map(line => ('text' in line ? say(line.text, reader) : ''))).toEqual([
      'Yours',
      'AZ-0412',
      'EXERCISE DRILL-0003',
    ])
  })

  test('is the title of a form, with what it is about in its notice', () => {
    const form = findCommand('handover')?.form
    if (!form) throw new Error('no form')
    const open = { id: 'f', command: 'handover', about: 'DRILL-0001', form, notice: null, values: {}, errors: {} }
    const reply = exerciseReply({ type: 'form', form: open as never }, false)
    if (reply.type !== 'form') throw new Error('no form')
    expect(say(reply.form.form.title, reader)).toBe('EXERCISE')
    expect(reply.form.notice && say(reply.form.notice, reader)).toMatch(/^EXERCISE .*nothing here is real/)
  })
})

describe('nothing of an exercise leaves it', () => {
  const commands = [
    ...['claim', 'cannot', 'join', 'leave', 'accept', 'decline', 'reopen', 'undo', 'withdraw'],
    ...['update S5 worse', 'update S3 better', 'update news', 'escalate help', 'release no', 'verify checking'],
    ...['mark RED x', 'resolve calmed x', 'dismiss x', 'handover Owl x', 'handover Wren x', 'add more'],
    ...['protocol start P3', 'protocol list', 'mark restricted x'],
  ]
  const people = ['finch', 'magpie', 'owl', 'wren', 'heron', 'eagle']

  test('random commands on what is made up never make a message to a room or person outside', async () => {
    await house.type('finch', '/duty on 8h')
    await house.type('owl', '/duty on 8h')
    await house.type('magpie', '/drill start P1 in AZ')
    await house.pass(1)
    const allowed = new Set(['az-response', 'az-signal', 'direct:magpie', 'direct:finch'])
    const step = fc.record({ who: fc.constantFrom(...people), line: fc.constantFrom(...commands), minutes: fc.nat(20) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async steps => {
        for (const { who, line, minutes } of steps) {
          const [name = '', ...rest] = line.split(' ')
          await house.only(who, `/${name} DRILL-0001 ${rest.join(' ')}`)
          await house.pass(minutes > 10 ? 3 : 0)
        }
        await house.settle()
        const all = await house.store.practice.since(0, 10_000)
        const outside = all.filter(one => !allowed.has(one.room) && one.author === 'hub')
        const about = outside.filter(one => /DRILL|EXERCISE|SIMULACRO/.test(JSON.stringify(one.body)))
        expect(about.map(one => `${one.room} ${readMessage(one)}`)).toEqual([])
      }),
      { numRuns: 8, seed: 7 },
    )
  }, 120_000)

  test('what was kept for somebody outside by any other way is dropped as it is about to go, and logged without a name', async () => {
    await house.type('magpie', '/drill start P1 in AZ')
    await house.pass(1)
    const { directory } = house.store.roster
    const outside = directory().rooms.find(room => room.address === 'leadership')
    if (!outside) throw new Error('no room')
    const own = {
      incident: 'DRILL-0001' as never,
      thread: false,
      lane: 'S5',
      view: plainView([{ words: 'leak' }]),
    } as const
    await house.store.outbox.add([{ ...own, key: 'DRILL-0001:leak', to: { room: outside.id } }], house.clock())
    await house.settle()
    expect((await house.room('leadership')).join()).not.toContain('leak')
    expect(house.logged()).toContain('kept within an exercise')
    expect(house.logged()).not.toContain('leak')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  begin,
  type Conversation,
  hear,
  holdsMore,
  patience,
  refill,
  type Turn,
  wake,
} from '../../commands/conversation.ts'
import type { Form, OpenForm, Values } from '../../commands/form.ts'
import { commands, findCommand } from '../../commands/index.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'

const noon = Date.UTC(2026, 10, 3, 18, 5)
const minute = 60_000
const english: Reader = { language: 'en', zone: 'America/Phoenix', now: noon, person: () => 'Finch' }
const spanish: Reader = { ...english, language: 'es' }

type State = Conversation<string>

function formOf(name: string): Form {
  const form = findCommand(name)?.form
  if (!form) throw new Error(`/${name} has no form`)
  return form
}

function opened(name: string, rest: Partial<OpenForm> = {}): OpenForm {
  return { id: 'f1', command: name, about: '', form: formOf(name), notice: null, values: {}, errors: {}, ...rest }
}

function read(view: View, reader = english): string {
  const lines = view.lines.map(line => ('text' in line ? say(line.text, reader) : ''))
  return [view.title && say(view.title, reader), ...lines].filter(Boolean).join('\n')
}

/** Plays a conversation: what is written, each message in turn, and the last thing that was said or sent. */
function play(open: OpenForm, written: readonly (string | readonly string[])[], reader = english) {
  let turn: Turn<string> = begin<string>(open, reader, noon)
  for (const each of written) {
    if (turn.type !== 'going') throw new Error('the conversation is over')
    const told = typeof each === 'string' ? { words: each, files: [] } : { words: '', files: each }
    turn = hear(JSON.parse(JSON.stringify(turn.state)) as State, told, reader, noon + minute)
  }
  const sent = turn.type === 'send' ? turn.state : null
  return { turn, sent, text: turn.type === 'send' ? '' : read(turn.view, reader) }
}

const good: Values = { what: 'Two men with rifles', where: 'Tempe', danger: 'soon', contact: 'yes' }

describe('a report as a conversation', () => {
  it('asks one thing at a time, numbers the choices, and sends what was confirmed', () => {
    expect(play(opened('report'), []).text).toMatchInlineSnapshot(`
      "What happened?
      Life in danger now? Call 911. This hub is not an emergency service. Describe acts, not names.
      You can say it all in one message: what, then where.
      Write back, cancel or help at any time."
    `)
    expect(play(opened('report'), ['Two men with rifles', 'Tempe']).text).toMatchInlineSnapshot(`
      "Is anyone in danger now?
      1 Attack, shots or death now
      2 Someone is hurt or directly threatened
      3 It may come soon, or I am not sure
      4 No"
    `)
    expect(play(opened('report'), ['Two men with rifles', 'Tempe', '3', '1']).text).toMatchInlineSnapshot(`
      "Report
      What happened? Two men with rifles
      Where? Tempe
      Is anyone in danger now? It may come soon, or I am not sure
      May I write to you here? Yes
      Photos, voice, video: none yet. Send them now, if you have any.
      Is this right?
      1 Send
      2 Change something
      3 Cancel"
    `)
    const { sent } = play(opened('report', { id: 'kept' }), ['Two men with rifles', 'Tempe', '3', '1', ['a.jpg'], '1'])
    expect(sent).toMatchObject({ open: { id: 'kept' }, answers: good, files: ['a.jpg'] })
  })

  it('speaks Spanish and understands it', () => {
    const { text } = play(opened('report'), ['Dos hombres', 'Tempe', 'atrás'], spanish)
    expect(text).toContain('¿Dónde')
    const answers = ['Dos hombres', 'Tempe', 'puede pasar pronto, o no sé con seguridad', 'sí']
    const all = play(opened('report'), answers, spanish)
    expect(all.text).toContain('3 Cancelar')
    expect(play(opened('report'), ['Dos hombres', 'cancelar'], spanish).text).toContain('No se envió nada')
  })

  it('goes back, repeats a question with its reason, and loses nothing meanwhile', () => {
    expect(play(opened('report'), ['Two men', 'Tempe', '7']).text).toContain('Please write one of the numbers, 1 to 4.')
    expect(play(opened('report'), ['Two men', 'Tempe', 'back']).text).toBe(
      'Where?\nTown, county, ZIP or landmark, as in: Burton Barr library, Phoenix\nNow: Tempe',
    )
    expect(play(opened('report'), ['Two men', 'skip']).text).toContain('I need this one.')
    expect(play(opened('report'), ['back']).text).toContain('This is the first question.')
    expect(play(opened('report'), ['x'.repeat(3001)]).text).toContain('at most 3,000 characters')
    const changed = ['Two men', 'Tempe', 'back', 'Mesa', '3', '1', '1']
    expect(play(opened('report'), changed).sent?.answers).toMatchObject({ what: 'Two men', where: 'Mesa' })
  })

  it('changes one answer at the end, and shows the whole again', () => {
    const { text, turn } = play(opened('report', { values: good }), ['2', '3', '1'])
    expect(text).toContain('Is anyone in danger now? Attack, shots or death now')
    expect(turn).toMatchObject({ type: 'going', state: { step: { type: 'review' }, answers: { danger: 'now' } } })
    expect(play(opened('report', { values: good }), ['2']).text).toContain('1 What happened?\n2 Where?\n3 Is anyone')
    expect(play(opened('report', { values: good }), ['3']).turn.type).toBe('over')
  })

  it('takes what is written on at the end as more of the report, but no slip', () => {
    const { text } = play(opened('report', { values: good }), ['they point the rifles at people'])
    expect(text).toContain('I put that under “What happened?”.')
    expect(text).toContain('Two men with rifles\nthey point the rifles at people')
    expect(play(opened('report', { values: good }), ['hm']).text).toContain('Please write one of the numbers, 1 to 3.')
    expect(play(opened('report', { values: good }), ['OK']).turn.type).toBe('send')
  })

  it('takes no bare number for words, and keeps what was told', () => {
    const { text, turn } = play(opened('report'), ['1', 'A crowd', '12', '85004', '4', '1', '2', '1', '2'])
    expect(text).toContain('That is only a number. Please write it in words.')
    expect(turn).toMatchObject({ state: { answers: { what: 'A crowd', where: '85004' } } })
  })

  it('takes files at any time, as many as fit, and says where none can be taken', () => {
    expect(play(opened('report'), [['a.jpg', 'b.jpg']]).text).toContain('What happened?\nI have 2 files.')
    const many = Array.from({ length: 12 }, (_, index) => `${index}.jpg`)
    const { turn, text } = play(opened('report'), [many])
    expect(text).toContain('At most 10 fit here.')
    expect(turn).toMatchObject({ state: { files: many.slice(0, 10) } })
    expect(play(opened('reopen'), [['a.jpg']]).text).toContain('I cannot take files at this question.')
  })

  it('after a refusal asks only for what was wrong, with the reason', () => {
    const errors = { where: phrase('form.required') }
    const { text } = play(opened('report', { values: good, errors }), [])
    expect(text).toMatch(/^Where\?\nPlease fill this in\./)
    expect(play(opened('report', { values: good, errors }), ['Mesa', '1']).sent?.answers).toMatchObject({
      where: 'Mesa',
    })
  })

  it('takes a form that was opened with the first answer in its place, and keeps its one id', () => {
    const first = begin<string>(opened('report'), english, noon)
    if (first.type !== 'going') throw new Error('over')
    expect(holdsMore(first.state)).toBe(true)
    const values = { what: 'men', where: '85004', danger: 'hurt', contact: 'yes' }
    const turn = refill(first.state, opened('report', { id: 'other', about: ':AR-1', values }), english, noon)
    expect(turn).toMatchObject({ state: { open: { id: 'f1', about: ':AR-1' }, step: { type: 'review' } } })
    if (turn.type === 'going') expect(holdsMore(turn.state)).toBe(false)
  })
})

describe('a conversation that was left', () => {
  const left = () => {
    const turn = begin<string>(opened('report', { values: { what: 'Two men' } }), english, noon)
    if (turn.type !== 'going') throw new Error('over')
    return turn.state
  }
  const later = noon + patience.resume + minute

  it('asks whether to go on, and then hears what was written before', () => {
    const asked = hear(left(), { words: 'Tempe', files: ['a.jpg'] }, english, later)
    if (asked.type !== 'going') throw new Error('over')
    expect(read(asked.view)).toBe('Go on with your report from 11:05?\n1 Yes\n2 Start anew\n3 Cancel')
    const on = hear(asked.state, { words: '1', files: [] }, english, later)
    expect(on).toMatchObject({ state: { answers: { what: 'Two men', where: 'Tempe' }, files: ['a.jpg'] } })
    const anew = hear(asked.state, { words: '2', files: [] }, english, later)
    expect(anew).toMatchObject({ state: { answers: {}, step: { type: 'ask', field: 'what' } } })
    expect(hear(asked.state, { words: '3', files: [] }, english, later).type).toBe('over')
  })

  it('asks the same where another is begun, which then takes its place', () => {
    const instead = opened('report', { id: 'f2', values: { what: 'A crowd' } })
    const asked = wake(left(), { instead }, english)
    if (asked.type !== 'going') throw new Error('over')
    expect(hear(asked.state, { words: '1', files: [] }, english, later)).toMatchObject({
      state: { open: { id: 'f1' } },
    })
    const anew = hear(asked.state, { words: '2', files: [] }, english, later)
    expect(anew).toMatchObject({ state: { open: { id: 'f2' }, answers: { what: 'A crowd' } } })
  })

  it('keeps everything that is written before it is answered', () => {
    const asked = hear(left(), { words: 'Tempe', files: [] }, english, later)
    if (asked.type !== 'going') throw new Error('over')
    const more = hear(asked.state, { words: 'near the school', files: [] }, english, later)
    if (more.type !== 'going') throw new Error('over')
    expect(hear(more.state, { words: 'yes', files: [] }, english, later)).toMatchObject({
      state: { answers: { where: 'Tempe\nnear the school' } },
    })
  })
})

describe('other forms', () => {
  it('takes several numbers where several may fit', () => {
    const { text } = play(opened('sources'), ['1'])
    expect(text).toContain('Write all the numbers that fit, as in: 1 3')
    const { turn } = play(opened('sources'), ['1', '1 and 3', '2, 4'])
    expect(turn).toMatchObject({
      state: { answers: { informed: ['police', 'officials'], consent: ['network', 'police'] } },
    })
  })

  it('asks for a choice that must be made though it stands as it is now, but not for what was typed', () => {
    const values = { to: 'unverified', note: 'two callers' }
    const { text, turn } = play(opened('verify', { values }), [])
    expect(text).toMatch(/^How far is it confirmed\?\n/)
    expect(text).toContain('Now: Not checked yet')
    expect(turn).toMatchObject({ state: { answers: values } })
    expect(play(opened('verify', { values }), ['3']).text).toContain('By what? two callers')
  })

  it('leaves out one, or all that is left', () => {
    expect(play(opened('details'), ['skip']).text).toContain('When was it?')
    const left = play(opened('details', { values: { when: 'now' } }), ['done'])
    expect(left.turn).toMatchObject({ state: { step: { type: 'review' }, answers: { when: 'now' } } })
  })

  const any = fc.oneof(
    fc.constantFrom(
      '1',
      '2',
      '3',
      '4',
      '9',
      '1 3',
      'back',
      'skip',
      'done',
      'help',
      'no',
      'yes',
      '',
      '\u0000',
      '2 rifles',
      '☃️',
    ),
    fc.string({ maxLength: 40 }),
    fc.constant('y'.repeat(4100)),
  )

  it('whatever is written, no answer is lost, nothing fails, and numbers mean what they meant', () => {
    const names = commands.filter(command => command.form).map(command => command.name)
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(any, { maxLength: 12 }), (name, written) => {
        let turn = begin<string>(opened(name), english, noon)
        const numbered = new Map<string, string>()
        for (const words of written) {
          if (turn.type !== 'going') break
          const before = turn.state
          turn = hear(before, { words, files: [] }, english, noon + minute)
          if (turn.type !== 'going') break
          expect(JSON.parse(JSON.stringify(turn.state))).toEqual(turn.state)
          const asked = before.step.type === 'ask' ? before.step.field : null
          for (const [field, value] of Object.entries(before.answers)) {
            if (field === asked) continue
            expect(String(turn.state.answers[field])).toContain(String(value))
          }
          const question = turn.view.title ? say(turn.view.title, english) : ''
          for (const line of turn.view.lines) {
            if (line.type !== 'item') continue
            const [, number, label] = /^(\d+) (.+)$/su.exec(say(line.text, english)) ?? []
            const known = numbered.get(`${question} ${number}`)
            if (known !== undefined) expect(label).toBe(known)
            numbered.set(`${question} ${number}`, label ?? '')
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

import { describe, expect, test } from 'vitest'
import { countLines } from '../../../workflows/headcount/lines.ts'
import { isUnseen, sparing } from '../../../workflows/headcount/seen.ts'
import { whomToAsk } from '../../../workflows/headcount/whom.ts'
import type { Actor } from '../../../workflows/permission.ts'
import { say } from '../../../workflows/text/say.ts'
import { at, crane, finch, heron, openShift, owl, protocol, type Shift, staffed, step, wren } from '../run/shift.ts'
import { everybody, robin } from '../specification.ts'

const later = step('9', null, { role: 'RC' })
const count = protocol(step('1', null, { role: 'DO', headcount: 'region' }), later)
const deployed = protocol(step('1', null, { role: 'DO', headcount: 'deployed' }), later)

const doing = (shift: Shift, id = '1', times = 0, who = crane) =>
  shift.do(who, { type: 'do', run: 'P1', step: id, times, answers: {}, texts: {}, note: '' })
const answering = (shift: Shift, who: Actor, answer: 'safe' | 'help', note = '') =>
  shift.do(who, { type: 'count-answer', run: 'P1', step: '1', answer, note })
const toldOf = (shift: Shift) => shift.told('en', /:(safe|help|silent|contact|partner):/)
const of = (shift: Shift, ...types: string[]) => shift.entries().filter(entry => types.includes(entry.type))

function asked(wording = count): Shift {
  const shift = openShift(wording)
  doing(shift)
  return shift
}

function card(shift: Shift): readonly string[] {
  const directory = staffed()
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  return countLines(shift.incident(), { directory }).map(line => {
    return 'text' in line ? say(line.text, { language: 'en', zone: 'UTC', now: at(0), person }) : ''
  })
}

describe('a step that asks whether people are safe', () => {
  test('asks everyone of the region when it is done, urgently, and nobody else', () => {
    const told = toldOf(asked())
    const questions = told.filter(({ buttons }) => buttons.some(id => id.startsWith('safe:')))
    expect(questions.map(({ to, lane }) => [to, lane])).toEqual([
      ['Heron', 'S5'],
      ['Finch', 'S5'],
      ['Wren', 'S5'],
    ])
    expect(questions[0]?.text).toBe(
      'Asked at 14:00: everyone in Arizona. | Press one, or write one word here: safe or help. | ' +
        'In danger: get away, call 911. Do not wait for us.',
    )
  })

  test('asks only who is out there, if it is about those', () => {
    const shift = openShift(deployed, { FR: [finch] })
    doing(shift)
    const [first] = of(shift, 'count-asked')
    expect(first).toMatchObject({ scope: 'deployed', people: [finch.id], round: 1, every: null })
  })

  test('asks anew when it is done again, and forgets nobody who needs help', () => {
    const shift = asked(protocol(step('1', null, { role: 'DO', headcount: 'region', repeat: 60 }), later))
    answering(shift, finch, 'help')
    shift.pass(10)
    doing(shift, '1', 1)
    expect(of(shift, 'count-asked').at(-1)).toMatchObject({ round: 2 })
    expect(card(shift)[0]).toBe('Needs help: Finch')
  })
})

describe('an answer', () => {
  test('stands, and may be changed; the same again changes nothing', () => {
    const shift = asked()
    answering(shift, finch, 'safe')
    expect(answering(shift, finch, 'safe')).toEqual([])
    answering(shift, finch, 'help')
    answering(shift, finch, 'safe')
    expect(of(shift, 'count-answered').map(entry => 'answer' in entry && entry.answer)).toEqual([
      'safe',
      'help',
      'safe',
    ])
    expect(card(shift)).toEqual(['Head count 14:00: 1 of 3 safe · no answer yet: 2'])
  })

  test('that help is needed is told at once to the lead, coordinators and the duty officer, and stands first', () => {
    const shift = asked()
    toldOf(shift)
    answering(shift, finch, 'help', 'behind the library')
    const told = toldOf(shift)
    expect(told.map(({ to, lane }) => [to, lane])).toEqual([
      ['Crane', 'S5'],
      ['Owl', 'S5'],
    ])
    expect(told[0]?.text).toContain('behind the library')
    expect(told[0]?.text).toContain('I wrote to them on Slack')
    expect(card(shift)).toEqual(['Needs help: Finch', 'Head count 14:00: 0 of 3 safe · no answer yet: 2'])
  })

  test('of somebody who was reached is given by who sees to it, and by nobody else', () => {
    const shift = asked()
    const reached = { type: 'count-answer', run: 'P1', step: '1', answer: 'safe', person: wren.id } as const
    expect(() => shift.do(finch, reached)).toThrow()
    shift.do(crane, reached)
    expect(of(shift, 'count-answered').at(-1)).toMatchObject({ person: wren.id, by: crane.id })
  })

  test('that somebody is safe comes too late once it has ended; that help is needed never does', () => {
    const shift = asked()
    shift.do(crane, { type: 'count-end', run: 'P1', step: '1' })
    expect(() => answering(shift, finch, 'safe')).toThrow()
    toldOf(shift)
    answering(shift, finch, 'help')
    expect(toldOf(shift).map(({ to }) => to)).toEqual(['Crane', 'Owl'])
  })
})

describe('who is silent', () => {
  test('is named to coordinators after 15 minutes, and after 30 to whoever may open their contact', () => {
    const shift = asked()
    answering(shift, finch, 'safe')
    toldOf(shift)
    shift.pass(60)
    expect(of(shift, 'count-silent').map(({ minute, ...rest }) => [minute, 'rung' in rest && rest.rung])).toEqual([
      [15, 2],
      [30, 3],
    ])
    const told = toldOf(shift)
    expect(told.map(({ to, minute }) => [minute, to])).toEqual([
      [15, 'Crane'],
      [15, 'Owl'],
      [30, 'Crane'],
      [30, 'Owl'],
    ])
    expect(told[0]?.text).toContain(
      'Call them now. Behind each name: where I wrote to them. | Heron · Slack | Wren · Slack',
    )
    expect(told[2]?.text).toContain('open their contact, with a reason')
  })

  test('is nobody once all have answered, or it was ended', () => {
    const all = asked()
    for (const who of [heron, finch, wren]) answering(all, who, 'safe')
    toldOf(all)
    all.pass(60)
    expect(toldOf(all)).toEqual([])
    const ended = asked()
    ended.do(crane, { type: 'count-end', run: 'P1', step: '1' })
    toldOf(ended)
    ended.pass(60)
    expect(toldOf(ended)).toEqual([])
    expect(ended.clocks()).toEqual({})
  })

  test('is named once, late, after the hub was away for both hours', () => {
    const shift = asked()
    toldOf(shift)
    shift.pass(45, true)
    expect(of(shift, 'count-silent').map(entry => [entry.minute, 'rung' in entry && entry.rung])).toEqual([[45, 3]])
    expect(toldOf(shift)[0]?.text).toContain('14:15')
  })

  test('is looked for also when the run ends meanwhile', () => {
    const shift = asked()
    shift.do(crane, { type: 'stop', run: 'P1', reason: 'calm' })
    toldOf(shift)
    shift.pass(20)
    expect(toldOf(shift).map(({ to }) => to)).toEqual(['Crane', 'Owl'])
    for (const who of [heron, finch, wren]) answering(shift, who, 'safe')
    shift.do(crane, { type: 'count-end', run: 'P1', step: '1' })
    expect(shift.incident().runs?.[0]?.counts).toEqual({})
    expect(shift.clocks()).toEqual({})
  })

  test('is not whoever has left the roster meanwhile', () => {
    const people = new Map(staffed().people)
    const shift = openShift(count, {}, { directory: { ...staffed(), people } })
    doing(shift)
    answering(shift, finch, 'safe')
    answering(shift, heron, 'safe')
    people.delete(wren.id)
    toldOf(shift)
    shift.pass(20)
    expect(toldOf(shift)).toEqual([])
    expect(of(shift, 'count-back')).toMatchObject([{ person: wren.id, by: null }])
    expect(shift.clocks()).toEqual({ 'count:P1.1': 12 * 60 })
  })

  test('has their contact opened with a reason that stays, by a coordinator, while nothing was heard of them', () => {
    const shift = asked()
    const open = {
      type: 'count-contact',
      run: 'P1',
      step: '1',
      person: wren.id,
      reason: 'silent for 30 minutes',
    } as const
    expect(() => shift.do(finch, open)).toThrow()
    expect(() => shift.do(crane, { ...open, reason: ' ' })).toThrow()
    expect(shift.do(crane, open)).toMatchObject([{ event: { type: 'revealed', whose: wren.id }, words: {} }])
    answering(shift, wren, 'safe')
    expect(() => shift.do(crane, open)).toThrow()
  })

  test('is looked for no more after twelve hours: a head count that nobody ended is over by itself', () => {
    const shift = asked()
    expect(shift.clocks()).toEqual({ 'count:P1.1': 15 })
    shift.pass(13 * 60)
    expect(of(shift, 'count-over')).toHaveLength(1)
    expect(shift.clocks()).toEqual({})
  })
})

describe('check-ins of those who are out there', () => {
  const steps = protocol(
    step('1', null, { role: 'SO', checkin: 15, when: { type: 'step', step: '2', is: 'open' } }),
    step('2', null, { role: 'RC' }),
    later,
  )
  const patrol = { ...steps, roles: ['FR'] as const }
  const out = (unlike = {}) => {
    const shift = openShift(patrol, { FR: [finch, wren] }, unlike)
    doing(shift)
    toldOf(shift)
    return shift
  }

  test('begin when their step is done and ask again every 15 minutes, each round once', () => {
    const shift = out()
    for (let round = 0; round < 3; round++) {
      answering(shift, finch, 'safe')
      answering(shift, wren, 'safe')
      shift.pass(15)
    }
    expect(of(shift, 'count-asked').map(({ minute }) => minute)).toEqual([0, 15, 30, 45])
    expect(of(shift, 'count-silent')).toEqual([])
    expect(toldOf(shift).map(({ to, minute }) => [minute, to])).toEqual([
      [15, 'Finch'],
      [15, 'Wren'],
      [30, 'Finch'],
      [30, 'Wren'],
      [45, 'Finch'],
      [45, 'Wren'],
    ])
  })

  test('one answer of a pair is for the one who gave it; the other is looked for, partner and lead first', () => {
    const shift = out()
    answering(shift, finch, 'safe')
    shift.pass(14)
    const told = toldOf(shift)
    expect(told.map(({ to, minute }) => [minute, to])).toEqual([
      [5, 'Finch'],
      [5, 'Crane'],
      [10, 'Crane'],
      [10, 'Owl'],
    ])
    expect(told[0]?.text).toContain('No answer to the check-in of 14:00: Wren')
    expect(card(shift)).toEqual(['Check-ins every 15 min: Finch, Wren', 'No answer to the check-in: Wren'])
  })

  test('a silence goes on climbing through the next rounds, until it is answered', () => {
    const shift = out()
    answering(shift, finch, 'safe')
    shift.pass(16)
    answering(shift, finch, 'safe')
    toldOf(shift)
    shift.pass(10)
    expect(toldOf(shift).map(({ to, minute, text }) => [minute, to, text.includes('open their contact')])).toEqual([
      [25, 'Crane', true],
      [25, 'Owl', true],
    ])
    answering(shift, wren, 'safe')
    expect(card(shift)).toEqual(['Check-ins every 15 min: Finch, Wren'])
    shift.pass(3)
    expect(toldOf(shift)).toEqual([])
  })

  test('ask nobody who is back, and are over with the last one', () => {
    const shift = out()
    shift.do(finch, { type: 'count-back', run: 'P1', step: '1' })
    answering(shift, wren, 'safe')
    shift.pass(15)
    expect(toldOf(shift).map(({ to }) => to)).toEqual(['Wren'])
    shift.do(wren, { type: 'count-back', run: 'P1', step: '1' })
    expect(of(shift, 'count-over')).toHaveLength(1)
    expect(shift.clocks()['count:P1.1']).toBeUndefined()
  })

  test('ask whoever is sent there later, from the next round on', () => {
    const shift = openShift(patrol, { FR: [finch] })
    doing(shift)
    shift.do(crane, { type: 'fill', run: 'P1', role: 'FR', people: [finch.id, wren.id] })
    shift.pass(15)
    expect(of(shift, 'count-asked').at(-1)).toMatchObject({ people: [finch.id, wren.id], round: 2 })
  })

  test('end with the step that they last until, and with the run', () => {
    const until = out()
    doing(until, '2')
    expect(of(until, 'count-over')).toHaveLength(1)
    const stopped = out()
    stopped.do(crane, { type: 'stop', run: 'P1', reason: 'calm' })
    expect(stopped.clocks()).toEqual({})
    toldOf(stopped)
    stopped.pass(60)
    expect(toldOf(stopped)).toEqual([])
  })

  test('ask once after the hub was away for several rounds', () => {
    const shift = out()
    shift.pass(50, true)
    expect(of(shift, 'count-asked').map(({ minute }) => minute)).toEqual([0, 50])
    expect(of(shift, 'count-silent').map(entry => [entry.minute, 'rung' in entry && entry.rung])).toEqual([[50, 3]])
  })

  test('go on while the run stands still', () => {
    const shift = out()
    shift.do(crane, { type: 'pause', run: 'P1' })
    shift.pass(15)
    expect(of(shift, 'count-asked').map(({ minute }) => minute)).toEqual([0, 15])
  })
})

describe('a head count by hand', () => {
  const ask = (shift: Shift, scope: 'region' | 'network', who = crane) =>
    shift.do(who, { type: 'count-ask', run: 'hand', scope, people: [] })

  test('is asked by coordinators, one at a time, and goes on when the runs have ended', () => {
    const shift = openShift(count)
    expect(() => ask(shift, 'region', finch)).toThrow()
    ask(shift, 'network', owl)
    expect(() => ask(shift, 'region')).toThrow()
    shift.do(crane, { type: 'stop', run: 'P1', reason: 'calm' })
    toldOf(shift)
    shift.pass(15)
    expect(toldOf(shift).map(({ to }) => to)).toContain('Owl')
    shift.do(finch, { type: 'count-answer', run: 'hand', step: 'all', answer: 'safe' })
    expect(card(shift)[0]).toContain('1 of 7 safe')
  })
})

describe('an exercise', () => {
  test('asks only those who take part in it', () => {
    const made = { ...openShift(count).incident(), drill: 'AZ-1' }
    const drill = { id: 'AZ-1', people: [finch.id, robin.id] }
    const directory = { ...staffed(), drills: [drill] as never }
    const asked = (scope: 'deployed' | 'network') => whomToAsk(scope, made, { directory, actor: null })
    expect(asked('network')).toEqual([finch.id, robin.id])
    expect(asked('deployed')).toEqual([])
  })
})

describe('a card that can be edited only a few times', () => {
  const on = (shift: Shift, did: () => void) => {
    const before = shift.incident()
    const since = shift.entries().length
    did()
    const after = shift.incident()
    const entries = shift.entries().slice(since)
    const made = entries.map(({ minute, by, ...event }, index) => {
      return { seq: index, at: minute, by, event: { type: 'run', run: 'P1', on: event }, words: null } as never
    })
    return { spared: sparing(made, before, after), unseen: made.every(one => isUnseen(one, before, after)) }
  }

  test('is spared what changes the tally by less than a quarter, but for a cry for help', () => {
    const people = Array.from({ length: 8 }, (_, index) => ({
      ...finch,
      ...{ id: `p-${index}` as never, languages: ['en'], accounts: [] },
    }))
    const everyone = new Map([...staffed().people.values(), ...people].map(one => [one.id, one]))
    const shift = openShift(count, {}, { directory: { ...staffed(), people: everyone as never } })
    doing(shift)
    const answered = (index: number, answer: 'safe' | 'help') =>
      on(shift, () => void answering(shift, { ...finch, id: `p-${index}` as never }, answer)).spared
    expect([0, 1, 2, 3, 4, 5].map(index => answered(index, 'safe'))).toEqual([true, true, false, true, true, false])
    expect(answered(6, 'help')).toBe(false)
  })

  test('is left as it is by check-ins that all answer', () => {
    const patrol = protocol(step('1', null, { role: 'SO', checkin: 15 }), later)
    const shift = openShift(patrol, { FR: [finch, wren] })
    expect(on(shift, () => void doing(shift)).unseen).toBe(false)
    expect(on(shift, () => void answering(shift, finch, 'safe')).unseen).toBe(true)
    answering(shift, wren, 'safe')
    expect(on(shift, () => shift.pass(15)).unseen).toBe(true)
    expect(on(shift, () => shift.pass(5)).unseen).toBe(false)
    expect(on(shift, () => void answering(shift, finch, 'safe')).unseen).toBe(false)
  })
})

import { describe, expect, test } from 'vitest'
import { reminderBefore } from '../../../workflows/run/times.ts'
import { at, crane, finch, openShift, owl, protocol, type Shift, staffed, step, wren } from './shift.ts'

const one = protocol(step('1', 60))
const of = (shift: Shift, ...types: string[]) => shift.entries().filter(entry => types.includes(entry.type))
const calls = (shift: Shift) =>
  of(shift, 'step-reminded', 'step-overdue').map(entry => [entry.minute, 'rung' in entry ? entry.rung : 1])
const assigned = (...people: string[]) =>
  ({ type: 'assigned', step: '1', people: people as never, mode: 'any' }) as const

describe('a step that nobody does', () => {
  test('is reminded of once, overdue at its hour, and climbs a level whenever it stays silent', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.record(crane, assigned(finch.id))
    shift.pass(600)
    // S3: a fifth of an hour before, then every quarter of an hour; the coordinator leads it, and stands at one level.
    expect(calls(shift)).toEqual([
      [48, 1],
      [60, 2],
      [75, 3],
      [90, 5],
      [105, 6],
    ])
    expect(shift.clocks()).toEqual({})
  })

  test('calls those who are to do it, then their backup and the lead, the duty officer and leaders, each once', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.record(crane, assigned(finch.id))
    shift.pass(600)
    const told = shift.told().filter(({ to }) => to !== 'r-az')
    expect(told.map(({ to, minute }) => [minute, to])).toEqual([
      [48, 'Finch'],
      [60, 'Finch'],
      [75, 'Wren'],
      [75, 'Crane'],
      [90, 'Owl'],
      [105, 'Eagle'],
    ])
    expect(told[0]?.text).toBe('Due by 15:00: P1.1 Do 1')
    expect(told[1]?.text).toBe(
      'Overdue since 15:00: P1.1 Do 1 | Are you on it? | If I hear nothing by 15:15, I call their backup.',
    )
    expect(told[2]?.text).toContain('Finch did not answer. Can you see to it?')
  })

  test('is said to the room at each level, but not before it is due', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.record(crane, assigned(finch.id))
    shift.pass(600)
    expect(
      shift
        .told()
        .filter(({ to }) => to === 'r-az')
        .map(({ minute, text }) => [minute, text]),
    ).toEqual([
      [60, 'Overdue since 15:00: P1.1 Do 1 (Finch). Told now: Finch.'],
      [75, 'Overdue since 15:00: P1.1 Do 1 (Finch). Told now: Wren, Crane.'],
      [90, 'Overdue since 15:00: P1.1 Do 1 (Finch). Told now: the duty officer.'],
      [105, 'Overdue since 15:00: P1.1 Do 1 (Finch). Told now: leadership.'],
    ])
  })

  test('climbs by the urgency of its incident, from the moment that changes', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(61)
    shift.raise(crane, 5)
    shift.pass(30)
    expect(calls(shift).slice(1)).toEqual([
      [60, 2],
      [62, 3],
      [64, 5],
      [66, 6],
    ])
  })

  test('without anybody in its role calls its lead, and the room reads whose it would be', () => {
    const shift = openShift(one, {})
    shift.pass(62)
    const told = shift.told()
    expect(told.map(({ to }) => to)).toEqual(['Crane', 'Crane', 'r-az'])
    expect(told[2]?.text).toBe('Overdue since 15:00: P1.1 Do 1 (verifier: nobody yet). Told now: Crane.')
  })

  test('is due at no set time: nobody is reminded', () => {
    const shift = openShift(protocol(step('1', null)))
    shift.pass(10_000)
    expect(calls(shift)).toEqual([])
  })
})

describe('the reminder before', () => {
  test.each([
    [2, 1],
    [5, 1],
    [60, 12],
    [200, 30],
    [240, 60],
    [72 * 60, 60],
  ])('of a step that takes %i minutes comes %i minutes before', (takes, before) => {
    expect(reminderBefore(takes * 60_000)).toBe(before * 60_000)
  })

  test('is left out where a step takes a minute', () => {
    expect(reminderBefore(60_000)).toBe(null)
    const shift = openShift(protocol(step('1', 1)), { VE: [finch] })
    shift.pass(2)
    expect(calls(shift)).toEqual([[1, 2]])
  })
})

describe('somebody answers', () => {
  test('done: nothing more is said, and its clock is void', () => {
    const shift = openShift(one, { VE: [finch] })
    shift.pass(50)
    shift.record(finch, { type: 'step-done', step: '1' })
    expect(shift.clocks()).toEqual({})
    expect(shift.ring('step:P1.1', 60)).toEqual([])
  })

  test('they have it: silence begins anew, and moves on', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.record(crane, assigned(finch.id))
    shift.pass(70)
    shift.record(finch, { type: 'step-held', step: '1' })
    shift.pass(14)
    expect(calls(shift).at(-1)).toEqual([60, 2])
    shift.pass(1)
    expect(calls(shift).at(-1)).toEqual([85, 3])
    expect(shift.told().at(-2)?.text).toContain('Finch said that they are on it, but it is not done.')
  })

  test('they have it before it is due: it is overdue at its hour, but not before silence has lasted', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(55)
    shift.record(finch, { type: 'step-held', step: '1' })
    shift.pass(60)
    expect(calls(shift)[1]).toEqual([70, 2])
  })

  test('help: backup and coordinators are called at once, and the climb waits for them', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(62)
    shift.told()
    shift.record(finch, { type: 'step-help', step: '1' })
    const told = shift.told()
    expect(told.map(({ to }) => to)).toEqual(['Crane', 'r-az'])
    expect(told[0]?.text).toContain('Help wanted: P1.1 Do 1 | Finch asks you for help. Can you take it?')
    shift.pass(10)
    expect(calls(shift).at(-1)).toEqual([60, 2])
  })

  test('given to somebody else, it begins anew for them', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.record(crane, assigned(finch.id))
    shift.pass(80)
    shift.told()
    shift.record(crane, assigned(wren.id))
    expect(shift.clocks()).toEqual({ 'step:P1.1': 95 })
    shift.pass(15)
    expect(shift.told().map(({ to }) => to)).toEqual(['Wren', 'r-az'])
  })
})

describe('a reminder that is put off', () => {
  test('comes again to whoever asked, and only to them; meanwhile the others are called as ever', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(50)
    shift.told()
    shift.record(finch, { type: 'step-snoozed', step: '1', until: at(80) })
    shift.pass(40)
    const told = shift.told().filter(({ to }) => to !== 'r-az')
    expect(told.map(({ to, minute }) => [minute, to])).toEqual([
      [60, 'Wren'],
      [75, 'Crane'],
      [80, 'Finch'],
      [90, 'Owl'],
    ])
    expect(told[2]?.text).toContain('Overdue since 15:00: P1.1 Do 1 | You asked me to remind you.')
  })

  test('comes once, also when the chain is at its end', () => {
    const shift = openShift(one, { VE: [finch] })
    shift.pass(300)
    shift.record(finch, { type: 'step-snoozed', step: '1', until: at(310) })
    shift.told()
    shift.pass(300)
    expect(shift.told().map(({ to, minute }) => [minute, to])).toEqual([[310, 'Finch']])
  })
})

describe('what waits', () => {
  test('behind a step that blocks is not due, and has as long as silence lasts once it is free', () => {
    const shift = openShift(protocol(step('1', 10, { blocking: true }), step('2', 20)), { VE: [finch] })
    shift.pass(40)
    expect(of(shift, 'step-overdue').every(entry => 'step' in entry && entry.step === '1')).toBe(true)
    shift.record(finch, { type: 'step-done', step: '1' })
    expect(shift.clocks()).toEqual({ 'step:P1.2': 55 })
  })

  test('for a gate is asked for at its hour; once the gate said no, nobody is called', () => {
    const gated = protocol(step('1', 10, { gate: 'G2' }))
    const shift = openShift(gated, { VE: [finch] })
    shift.pass(11)
    expect(calls(shift)).toEqual([
      [8, 1],
      [10, 2],
    ])
    shift.record(finch, { type: 'gate-answered', gate: 'G2', answers: { pair: 'no' }, passed: false })
    expect(shift.clocks()).toEqual({})
  })

  test('for its condition is not due before it appears', () => {
    const weapon = protocol(
      step('1', null),
      step('2', 10, { when: { type: 'step', step: '1', is: 'done' } }),
      step('3', 90),
    )
    const shift = openShift(weapon, { VE: [finch] })
    expect(shift.clocks()).toEqual({ 'step:P1.3': 72 })
    shift.pass(5)
    shift.record(finch, { type: 'step-done', step: '1' })
    expect(shift.clocks()).toEqual({ 'step:P1.2': 8, 'step:P1.3': 72 })
  })
})

test('a step that repeats is due anew from when it was last done, and is reminded of in each round', () => {
  const shift = openShift(protocol(step('1', 15, { repeat: 15 })), { VE: [finch] })
  shift.pass(13)
  shift.record(finch, { type: 'step-done', step: '1' })
  expect(shift.clocks()).toEqual({ 'step:P1.1': 25 })
  shift.pass(17)
  expect(calls(shift)).toEqual([
    [12, 1],
    [25, 1],
    [28, 2],
  ])
})

test('a step after another is due from when that was done', () => {
  const after = protocol(step('1', 10), step('2', null, { due: { from: { step: '1' }, minutes: 20 } }))
  const shift = openShift(after, { VE: [finch] })
  expect(shift.clocks()).toEqual({ 'step:P1.1': 8 })
  shift.pass(5)
  shift.record(finch, { type: 'step-done', step: '1' })
  expect(shift.clocks()).toEqual({ 'step:P1.2': 21 })
})

describe('a run that stands still', () => {
  test('has no clocks; what is due moves by the time it stood', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(30)
    shift.record(crane, { type: 'paused' })
    expect(shift.clocks()).toEqual({})
    shift.pass(100)
    expect(calls(shift)).toEqual([])
    shift.record(crane, { type: 'resumed' })
    expect(shift.clocks()).toEqual({ 'step:P1.1': 148 })
  })

  test('in the middle of a climb goes on with what was left of the silence', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(70)
    shift.record(crane, { type: 'paused' })
    shift.pass(100)
    shift.record(crane, { type: 'resumed' })
    expect(shift.clocks()).toEqual({ 'step:P1.1': 175 })
  })

  test('or has ended has no clocks', () => {
    const shift = openShift(protocol(step('1', 10), step('2', 20)), { VE: [finch] })
    shift.record(crane, { type: 'stopped', why: 'person' })
    expect(shift.clocks()).toEqual({})
    expect(shift.ring('step:P1.1', 8)).toEqual([])
  })
})

describe('late', () => {
  test('is better than never: it is overdue once, marked, and everyone still has their time to answer', () => {
    const shift = openShift(one, { VE: [finch, wren] })
    shift.pass(300, true)
    expect(of(shift, 'step-overdue')).toMatchObject([{ minute: 300, rung: 2, late: at(60) }])
    expect(shift.told()[0]?.text).toContain('(This was due 15:00; I was away until 19:00.)')
    shift.pass(15)
    expect(calls(shift).at(-1)).toEqual([315, 3])
    expect(of(shift, 'step-overdue').at(-1)).not.toHaveProperty('late')
  })

  test('a reminder that was missed by a few minutes is made up for before the hour, without a word of it', () => {
    const shift = openShift(one, { VE: [finch] })
    shift.pass(52, true)
    expect(of(shift, 'step-reminded')).toEqual([expect.not.objectContaining({ late: expect.anything() })])
  })

  test('several steps of one person are one message', () => {
    const shift = openShift(protocol(step('1', 10), step('2', 20), step('3', 30)), { VE: [finch] })
    shift.pass(200, true)
    const told = shift.told()
    expect(told.map(({ to }) => to)).toEqual(['Finch', 'r-az'])
    expect(told[0]?.text).toMatch(/P1\.1 .* \| .*P1\.2 .* \| .*P1\.3 .*\| Are you on it\?$/)
    expect(shift.clocks()).toEqual({ 'step:P1.1': 215, 'step:P1.2': 215, 'step:P1.3': 215 })
  })
})

test('steps that are due together are one message to whoever has them', () => {
  const shift = openShift(protocol(step('1', 10), step('2', 10, { role: 'CM' })), { VE: [finch], CM: [finch, wren] })
  shift.pass(9)
  const told = shift.told()
  expect(told.map(({ to, text }) => [to, text.split(' | ').length])).toEqual([
    ['Finch', 2],
    ['Wren', 1],
  ])
})

test('a clock on the wall that is put back, or forward, makes nothing happen twice', () => {
  const shift = openShift(one, { VE: [finch, wren] })
  shift.pass(61)
  shift.step(20)
  shift.pass(30)
  expect(calls(shift)).toEqual([
    [48, 1],
    [60, 2],
  ])
  shift.step(3000)
  shift.pass(0)
  expect(calls(shift).at(-1)).toEqual([3000, 3])
  expect(calls(shift)).toHaveLength(3)
})

test('an entry rewrites the clock of its own step, and no other', () => {
  const many = Array.from({ length: 20 }, (_, index) => step(String(index + 1), 30 + index))
  const shift = openShift(protocol(...many), { VE: [finch] })
  expect(Object.keys(shift.clocks())).toHaveLength(20)
  shift.record(finch, { type: 'step-done', step: '3' })
  expect(shift.rewritten()).toBe(1)
  shift.record(finch, { type: 'step-held', step: '4' })
  shift.record(crane, { type: 'filled', role: 'CM', people: [wren.id] })
  expect(shift.rewritten()).toBe(1)
})

test('an offered lead is offered until its hour', () => {
  const shift = openShift(one, { VE: [finch] })
  shift.record(crane, { type: 'lead-offered', to: owl.id, until: at(20) })
  expect(shift.clocks()).toMatchObject({ 'lead:P1': 20 })
  shift.pass(21)
  expect(of(shift, 'lead-expired')).toMatchObject([{ minute: 20, to: owl.id }])
  expect(shift.clocks()).toEqual({ 'step:P1.1': 48 })
})

test('a clock of a wording that this process does not know is not lost', () => {
  const shift = openShift(one, { VE: [finch] })
  shift.pass(10)
  shift.forget()
  expect(() => shift.ring('step:P1.1', 48)).toThrow('is not known here')
})

describe('who may read of it', () => {
  test('restricted: only those who are named are called, and no room', () => {
    const shift = openShift(one, { VE: [finch, wren] }, { allowed: [finch.id, crane.id] })
    shift.pass(600)
    expect(new Set(shift.told().map(({ to }) => to))).toEqual(new Set(['Finch', 'Crane']))
  })

  test('restricted, and nobody of the run among the named: these are called all the same', () => {
    const shift = openShift(one, { VE: [wren] }, { allowed: [owl.id] })
    shift.pass(600)
    expect(shift.told().map(({ to, minute }) => [minute, to])).toEqual([[60, 'Owl']])
  })

  test('RED: a tool that may not carry it hears that a step needs them, and a room nothing', () => {
    const shift = openShift(one, { VE: [finch] }, { mark: 'RED' })
    shift.pass(61)
    const told = shift.told()
    expect(told.map(({ to }) => to)).toEqual(['Finch', 'Finch'])
    expect(told[0]?.text).toMatch(/^A step of the protocol on AZ-0412 needs you: P1\.1\./)
    expect(told[0]?.text).not.toContain('Do 1')
  })

  test('somebody from elsewhere who was named reads of their step, and not of the incident', () => {
    const directory = staffed()
    const shift = openShift(one, { VE: [finch] }, { directory })
    shift.record(crane, assigned('p-robin'))
    shift.pass(49)
    expect(shift.told()).toMatchObject([{ to: 'Robin', text: 'Due by 15:00: P1.1 Do 1' }])
  })
})

test('the urgency of the incident is that of its messages: only S4 and S5 reach people in their quiet hours', () => {
  const lane = (severity: 3 | 4 | 5) => {
    const shift = openShift(one, { VE: [finch] }, { severity })
    shift.pass(49)
    return shift.told()[0]?.lane
  }
  expect([lane(3), lane(4), lane(5)]).toEqual(['claim', 'S4', 'S5'])
})

test('in Spanish it reads as well', () => {
  const shift = openShift(one, { VE: [finch, wren] })
  shift.record(crane, assigned(finch.id))
  shift.pass(76)
  const told = shift.told('es').filter(({ to }) => to !== 'r-az')
  expect(told[0]?.text).toBe('Para las 15:00: P1.1 Hacer 1')
  expect(told[1]?.text).toContain('Atrasado desde las 15:00: P1.1 Hacer 1 | ¿Está usted en ello?')
  expect(told[2]?.text).toContain('No he tenido respuesta de Finch. ¿Puede usted encargarse?')
})

import { describe, expect, test } from 'vitest'
import type { Phrase } from '../../../workflows/phrase.ts'
import { ownerText } from '../../../workflows/run/naming.ts'
import { nextSteps, progress, readRun } from '../../../workflows/run/reading.ts'
import type { StandingStep } from '../../../workflows/run/standing.ts'
import { suggested } from '../../../workflows/run/start.ts'
import { at, crane, eagle, finch, heron, owl, robin, roster, stork, wren } from '../specification.ts'
import { ask, play, said, whole } from './play.ts'
import { protocol, step } from './shift.ts'

const types = (entries: readonly { event: { type: string; on?: { type: string } } }[]) =>
  entries.map(({ event }) => event.on?.type ?? event.type)

function begun() {
  const here = play()
  here.start(crane)
  return here
}

/** A run whose first step, which blocks, was done. */
function going() {
  const here = begun()
  here.gate(owl, 'G1', 'no')
  here.press(owl, '1')
  return here
}

describe('a protocol is started', () => {
  test('by a coordinator of the region, who leads it; whoever is on duty fills its roles', () => {
    const here = begun()
    expect(here.run()).toMatchObject({
      id: 'P1',
      rev: whole.rev,
      status: 'running',
      lead: crane.id,
      roles: { DO: [owl.id], RC: [crane.id], LD: [eagle.id] },
      undoUntil: at(1),
    })
    expect(here.refused(() => play().start(finch))).toMatch(/^Only coordinators of the region can start/)
    expect(here.refused(() => play().start(stork))).toMatch(/^Only coordinators/)
  })

  test('once at a time, and by a second number after it has ended', () => {
    const here = begun()
    expect(here.refused(() => here.at(3).start(owl))).toMatch(/^P1 has been running for AZ-0412 since 14:00/)
    here.deed(crane, { type: 'stop', run: 'P1', reason: 'wrong one' })
    here.start(owl)
    expect(here.incident().runs?.map(run => run.id)).toEqual(['P1-2'])
  })

  test('by the hub where its rule says so, and then nobody leads it until a coordinator does', () => {
    const here = play()
    here.start(null)
    expect(here.run()).toMatchObject({ lead: null, startedBy: null })
    expect(here.refused(() => here.deed(finch, { type: 'accept-lead', run: 'P1' }))).toMatch(/^Nobody leads P1/)
    here.deed(crane, { type: 'accept-lead', run: 'P1' })
    expect(here.run().lead).toBe(crane.id)
  })

  test('asks for the hour of its event, and takes back a wrong start within a minute', () => {
    const wording = { ...whole, event: true }
    const here = play({ wording })
    expect(here.refusedAt(() => here.start(crane))).toEqual({ event: expect.stringMatching(/^Please say when/) })
    here.deed(crane, { type: 'start', protocol: 'p1', eventAt: at(60) })
    expect(here.run().eventAt).toBe(at(60))
    here.at(1).deed(crane, { type: 'undo-start', run: 'P1' })
    expect(here.run()).toMatchObject({ status: 'undone', roles: {}, steps: {} })
    const late = begun()
    expect(late.refused(() => late.at(1.1).deed(crane, { type: 'undo-start', run: 'P1' }))).toMatch(/^The minute/)
  })

  test('suggested for the kind of the incident, the nearest first, and not while it runs', () => {
    const near = { ...protocol(step('1', 1)), id: 'P2', kinds: ['AR-1'] }
    const group = { ...protocol(step('1', 1)), id: 'P1', kinds: ['VO', 'AR'] }
    const none = { ...protocol(step('1', 1)), id: 'P3', kinds: ['HA'] }
    const protocols = { current: [none, group, near], find: () => null }
    expect(suggested(play().incident(), { protocols }).map(one => one.id)).toEqual(['P2', 'P1'])
    expect(suggested(begun().incident(), { protocols }).map(one => one.id)).toEqual(['P2'])
  })
})

describe('a step', () => {
  test('waits for the one that blocks and for its gate, and says so', () => {
    const here = begun()
    expect(here.refused(() => here.press(owl, '1'))).toBe('Before step 1, answer gate G1 “Gate G1”.')
    expect(here.refused(() => here.press(crane, '7'))).toBe('Step 7 comes after step 1: Do 1')
    here.gate(owl, 'G1', 'no')
    here.press(owl, '1')
    expect(types(here.press(crane, '7'))).toEqual(['step-done'])
  })

  test('of two who press at once the first wins, and the other reads who did it and when', () => {
    const here = going().at(3)
    here.press(finch, '7')
    expect(here.refused(() => here.press(wren, '7'))).toBe('Finch did step 7 at 14:03.')
    here.deed(crane, { type: 'reopen', run: 'P1', step: '7', times: 1 })
    expect(here.refused(() => here.press(wren, '7'))).toMatch(/^Step 7 was opened again at 14:03/)
    here.press(wren, '7', 1)
    expect(here.run().steps['7']).toMatchObject({ state: 'done', by: wren.id, times: 2 })
  })

  test('that repeats is due anew from the last doing, until what ends it is done', () => {
    const here = going().at(20)
    expect(here.steps().find(one => one.step.id === '6')?.dueAt).toBe(at(15))
    here.press(crane, '6')
    expect(here.steps().find(one => one.step.id === '6')).toMatchObject({ dueAt: at(35), state: { state: 'open' } })
    expect(here.refused(() => here.press(finch, '6'))).toBe('Crane did step 6 at 14:20. It is due again by 14:35.')
    here.press(crane, '7')
    expect(here.steps().find(one => one.step.id === '6')?.state.state).toBe('done')
  })

  test('keeps codes and numbers, and refuses what it cannot take at its field', () => {
    const here = going()
    expect(here.refusedAt(() => here.press(crane, '2', 0, { armed: 'many', mood: '' }))).toEqual({
      armed: 'Please write a whole number, like 12.',
      mood: 'Please answer this.',
    })
    here.press(crane, '2', 0, { armed: '012', mood: 'calm' })
    expect(here.run().answers).toEqual({ armed: '12', mood: 'calm' })
  })

  test('keeps typed words with its entry only', () => {
    const here = play({ wording: protocol(step('1', 1, { asks: [ask('seen', 'text')] })) })
    here.start(crane)
    const [entry] = here.deed(crane, {
      ...({ type: 'do', run: 'P1', step: '1', times: 0, answers: {}, note: 'by phone' } as const),
      texts: { seen: 'two trucks' },
    })
    expect(entry?.words).toEqual({ seen: 'two trucks', note: 'by phone' })
    expect(JSON.stringify(here.incident())).not.toContain('trucks')
  })

  test('appears by what was answered, and says why it vanished', () => {
    const here = going()
    const shown = () => here.steps().map(one => one.step.id)
    expect(shown()).not.toContain('5')
    expect(here.refused(() => here.press(crane, '5'))).toBe(
      'Step 5 is not needed any more. It is only for when “What about mood?” is answered with: tense.',
    )
    here.press(crane, '2', 0, { armed: '3', mood: 'tense' })
    expect(shown()).toContain('5')
  })

  test('is skipped with a reason; what blocks others only by who steers', () => {
    const here = begun()
    const skip = (times = 0, reason = 'nobody there') =>
      ({ type: 'skip', run: 'P1', step: '1', times, reason }) as const
    expect(here.refused(() => here.deed(finch, skip()))).toMatch(/^The steps after 1 wait for it/)
    expect(here.refusedAt(() => here.deed(crane, skip(0, ' ')))).toEqual({ reason: expect.any(String) })
    here.deed(crane, skip())
    expect(here.refused(() => here.press(owl, '1'))).toBe('Crane skipped step 1 at 14:00.')
  })

  test('is taken by the first, given back, and given to any or to all', () => {
    const here = going()
    here.deed(finch, { type: 'take', run: 'P1', step: '7' })
    expect(here.refused(() => here.deed(wren, { type: 'take', run: 'P1', step: '7' }))).toMatch(/^Finch has step 7/)
    here.deed(finch, { type: 'give-back', run: 'P1', step: '7' })
    expect(here.run().steps['7']?.owners).toEqual([])
    const all = { type: 'assign', run: 'P1', step: '7', people: [finch.id, wren.id], mode: 'all' } as const
    expect(here.refused(() => here.deed(finch, all))).toMatch(/^Only Crane, who leads P1, or a coordinator/)
    here.deed(crane, all)
    expect(types(here.press(finch, '7'))).toEqual(['step-done'])
    expect(here.run().steps['7']).toMatchObject({ state: 'open', doneBy: [finch.id], times: 0 })
    expect(here.refused(() => here.press(finch, '7'))).toMatch(/^You have done your part of step 7. It waits for Wren/)
    here.press(wren, '7')
    expect(here.run().steps['7']).toMatchObject({ state: 'done', times: 1, by: wren.id })
  })

  test('that takes two people is done with the second, whoever it is given to; answers count with them', () => {
    const wording = protocol(
      step('1', 1, { role: 'LD', people: 2, asks: [ask('speech', 'choice', 'protected', 'unclear')] }),
      step('2', 2, { role: 'RC', when: { type: 'answer', ask: 'speech', is: ['protected'] } }),
      step('3', 3, { role: 'RC' }),
    )
    const here = play({ wording: { ...wording, roles: ['LD', 'RC'] } })
    here.start(crane)
    const owner = () => said(ownerText(here.steps()[0] as StandingStep) as Phrase)
    expect(owner()).toMatch(/; 0 of 2 done$/)
    expect(types(here.press(finch, '1', 0, { speech: 'protected' }))).toEqual(['step-done'])
    expect(here.run().steps['1']).toMatchObject({ state: 'open', doneBy: [finch.id], times: 0 })
    expect(here.run().answers).toEqual({})
    expect(owner()).toMatch(/; 1 of 2 done$/)
    const again = () => here.press(finch, '1', 0, { speech: 'protected' })
    expect(here.refused(again)).toMatch(/^You have done your part of step 1: 1 of 2\. It takes 2 different people/)
    here.deed(crane, { type: 'assign', run: 'P1', step: '1', people: [wren.id, finch.id], mode: 'any' })
    here.deed(crane, { type: 'assign', run: 'P1', step: '1', people: [wren.id], mode: 'any' })
    here.press(finch, '1', 0, { speech: 'protected' })
    here.press(wren, '1', 0, { speech: 'unclear' })
    expect(here.run().steps['1']).toMatchObject({ state: 'done', times: 1, by: wren.id })
    expect(here.run().answers).toEqual({ speech: 'unclear' })
    expect(here.steps().map(one => one.step.id)).toEqual(['1', '3'])
    // Opened again, it takes both again.
    here.deed(crane, { type: 'reopen', run: 'P1', step: '1', times: 1 })
    here.press(wren, '1', 1, { speech: 'unclear' })
    expect(here.run().steps['1']).toMatchObject({ state: 'open', doneBy: [wren.id] })
    here.deed(wren, { type: 'reopen', run: 'P1', step: '1', times: 1 })
    expect(here.run().steps['1']).toMatchObject({ state: 'open', doneBy: [] })
    expect(here.replayed().runs).toEqual(here.incident().runs)
  })

  test('that each of several did and that was opened again can be done by each again', () => {
    const here = going()
    const both = [finch.id, wren.id]
    here.deed(crane, { type: 'assign', run: 'P1', step: '7', people: both, mode: 'all' })
    for (const one of [finch, wren]) here.press(one, '7')
    here.deed(crane, { type: 'reopen', run: 'P1', step: '7', times: 1 })
    for (const one of [wren, finch]) here.press(one, '7', 1)
    expect(here.run().steps['7']).toMatchObject({ state: 'done', times: 2 })
  })

  test('is given only to who was trained for it, and the refusal names who was', () => {
    const directory = roster()
    const skills = [{ code: 'presence', level: null, trainer: null, since: null, until: at(30) }]
    const people = new Map(directory.people)
    people.set(wren.id, { ...(people.get(wren.id) as never as object), skills } as never)
    const wording = protocol(step('1', 1, { skill: 'presence' }))
    const here = play({ wording, directory: { ...directory, people } })
    here.start(crane)
    const give = (to: typeof finch) =>
      here.deed(crane, { type: 'assign', run: 'P1', step: '1', people: [to.id], mode: 'any' })
    expect(here.refused(() => give(finch))).toBe(
      'Step 1 needs training in “Protective presence”, which Finch does not have. Wren can do it.',
    )
    give(wren)
    expect(here.run().steps['1']?.owners).toEqual([wren.id])
    here.deed(wren, { type: 'give-back', run: 'P1', step: '1' })
    expect(here.refused(() => here.at(31).deed(wren, { type: 'take', run: 'P1', step: '1' }))).toMatch(
      /Nobody here has it/,
    )
  })

  test('may be given to somebody from elsewhere, who sees it and works on it from then on', () => {
    const here = going()
    const done = () => here.press(robin, '7')
    expect(here.refused(done)).toMatch(/^You have no part in P1/)
    here.deed(crane, { type: 'assign', run: 'P1', step: '7', people: [robin.id], mode: 'any' })
    expect(types(done())).toEqual(['step-done'])
  })
})

describe('a gate', () => {
  test('that says no blocks its steps, says what to do instead, and is passed anew by who said no or who steers', () => {
    const here = going().at(4)
    here.deed(crane, { type: 'fill', run: 'P1', role: 'SO', people: [finch.id] })
    here.gate(finch, 'G2', 'no')
    expect(here.refused(() => here.press(finch, '3'))).toBe(
      'Gate G2 “Gate G2” stands before step 3, and Finch said no at 14:04. Do it by phone.',
    )
    expect(here.refused(() => here.gate(wren, 'G2', 'yes'))).toMatch(/^Finch said no at gate G2 at 14:04/)
    expect(here.refused(() => here.gate(crane, 'G2', 'yes'))).toMatch(/^Finch has just said no at gate G2/)
    here.at(6).gate(crane, 'G2', 'yes')
    expect(here.run().gates.G2).toMatchObject({ passed: true, by: crane.id, at: at(6) })
  })

  test('is passed only by whom it is asked of; anyone there may say no', () => {
    const here = going()
    here.deed(crane, { type: 'fill', run: 'P1', role: 'SO', people: [finch.id] })
    expect(here.refused(() => here.gate(wren, 'G2', 'yes'))).toMatch(/^Gate G2 is for Finch to pass/)
    here.gate(finch, 'G2', 'yes')
    here.gate(wren, 'G2', 'no')
    expect(here.run().gates.G2?.passed).toBe(false)
    expect(
      here.refusedAt(() => here.deed(finch, { type: 'gate', run: 'P1', gate: 'G2', answers: {}, note: '' })),
    ).toEqual({ q: 'Please answer this.' })
  })

  test('is overridden only for a life in danger, with a reason, and by a second person on duty', () => {
    const here = going()
    const asking = (gate: string, reason = 'shots heard') =>
      here.deed(finch, { type: 'ask-override', run: 'P1', gate, reason })
    const agree = (who: typeof finch) => here.deed(who, { type: 'agree-override', run: 'P1', gate: 'G3' })
    expect(here.refused(() => asking('G2'))).toBe('Gate G2 cannot be overridden. Do it by phone.')
    expect(here.refused(() => asking('G3'))).toMatch(/only while a life is in danger: answer gate G1 first/)
    here.gate(owl, 'G1', 'yes')
    expect(here.refusedAt(() => asking('G3', ''))).toEqual({ reason: expect.any(String) })
    expect(here.refused(() => agree(owl))).toBe('Nobody asks to override gate G3.')
    asking('G3')
    expect(here.refused(() => agree(finch))).toMatch(/another person must agree/)
    expect(here.refused(() => agree(crane))).toBe('Only a duty officer can agree to override gate G3: Owl.')
    agree(owl)
    expect(here.run().gates.G3).toMatchObject({ passed: true, override: { asked: finch.id, agreed: owl.id } })
    // The danger is over, and with it what was allowed because of it.
    expect(types(here.at(9).gate(owl, 'G1', 'no'))).toEqual(['gate-answered', 'gate-answered'])
    expect(here.run().gates.G3?.passed).toBe(false)
  })
})

describe('the lead', () => {
  test('is offered, accepted and recorded; who is not asked cannot take it', () => {
    const here = begun()
    here.deed(crane, { type: 'offer-lead', run: 'P1', to: finch.id })
    expect(here.refused(() => here.deed(wren, { type: 'accept-lead', run: 'P1' }))).toMatch(/was offered to Finch/)
    here.deed(finch, { type: 'accept-lead', run: 'P1' })
    expect(here.run()).toMatchObject({ lead: finch.id, leadOffer: null })
    expect(here.refused(() => here.deed(finch, { type: 'offer-lead', run: 'P1', to: heron.id }))).toMatch(
      /^Heron cannot lead P1/,
    )
  })
})

describe('how far it is', () => {
  test('counts what appears, and shows what is due next; what waits for another comes last', () => {
    const here = going()
    const reading = readRun(here.run(), here.incident(), here.rules)
    if (!reading) throw new Error('its wording is known')
    expect(progress(reading)).toMatchObject({ over: 1, of: 8, next: { step: { id: '2' } } })
    expect(nextSteps(reading).map(one => one.step.id)).toEqual(['2', '3', '4', '6', '7', 'C1', 'C2'])
  })

  test('pausing moves what is due by as long as it stood still, also what counts from a step', () => {
    const wording = protocol(step('1', 60), step('2', null, { due: { from: { step: '1' }, minutes: 10 } }))
    const here = play({ wording })
    here.start(crane)
    here.at(10).deed(crane, { type: 'pause', run: 'P1' })
    here.at(15).press(crane, '1')
    here.at(30).deed(crane, { type: 'resume', run: 'P1' })
    expect(here.steps().map(one => one.dueAt)).toEqual([at(80), at(40)])
  })
})

import { describe, expect, test } from 'vitest'
import type { Directory } from '../../../workflows/directory.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Phrase } from '../../../workflows/phrase.ts'
import { isSafeToGo } from '../../../workflows/run/reading.ts'
import { threadPosts } from '../../../workflows/thread.ts'
import {
  another,
  at,
  crane,
  due,
  eagle,
  finch,
  heron,
  id,
  owl,
  reported,
  robin,
  roster,
  wren,
} from '../specification.ts'
import { play, said, whole } from './play.ts'

const resolve = { type: 'resolve', outcome: 'calmed', note: '' } as const

function going() {
  const here = play()
  here.start(crane)
  here.gate(owl, 'G1', 'no')
  here.press(owl, '1')
  return here
}

const happened = (entries: ReturnType<ReturnType<typeof play>['act']>) =>
  entries.map(({ event }) => (event.type === 'run' ? `${event.run} ${event.on.type}` : event.type))

describe('a run ends by itself', () => {
  test('once nothing is owed any more; a step behind a refused gate is not waited for', () => {
    const here = going()
    here.deed(crane, { type: 'fill', run: 'P1', role: 'SO', people: [finch.id] })
    here.gate(finch, 'G2', 'no')
    here.gate(crane, 'G3', 'no')
    here.press(crane, '2', 0, { armed: '0', mood: 'calm' })
    here.press(crane, '7')
    here.press(crane, 'C1')
    expect(here.run().status).toBe('running')
    expect(happened(here.at(9).press(crane, 'C2'))).toEqual(['P1 step-done', 'P1 done'])
    expect(here.run()).toMatchObject({ status: 'done', endedAt: at(9), steps: {}, gates: {}, answers: {}, roles: {} })
    expect(here.refused(() => here.press(crane, 'C2'))).toMatch(/^P1 was done at 14:09/)
  })

  test('not while a step of it is owed, though its closing steps are done', () => {
    const here = going()
    here.press(crane, 'C1')
    here.press(crane, 'C2')
    expect(here.run().status).toBe('running')
  })
})

describe('its incident', () => {
  test('stays open a day after resolving while something is owed, and is closed with the last run', () => {
    const here = going()
    here.at(20).act(finch, resolve)
    here.at(21).act(null, due('undo'))
    here.at(20 + 24 * 60).act(null, due('close'))
    expect(here.incident().status).toBe('resolved')
    here.at(26 * 60).finish(crane)
    expect(here.incident()).toMatchObject({ status: 'closed' })
    expect(here.run().status).toBe('done')
  })

  test('is closed by the end of its closing steps before the day is over', () => {
    const here = going()
    here.at(20).act(finch, resolve)
    here.at(21).act(null, due('undo'))
    here.at(30).finish(crane)
    expect(here.incident().status).toBe('closed')
  })

  test('is not closed when a run is stopped before its day is over, and is when that is past', () => {
    const stop = { type: 'stop', run: 'P1', reason: 'all clear' } as const
    const early = going()
    early.at(20).act(finch, resolve)
    early.at(21).act(null, due('undo'))
    early.at(30).deed(crane, stop)
    expect(early.incident().status).toBe('resolved')
    early.at(20 + 24 * 60).act(null, due('close'))
    expect(early.incident().status).toBe('closed')
    const late = going()
    late.at(20).act(finch, resolve)
    late.at(21).act(null, due('undo'))
    late.at(25 * 60).act(null, due('close'))
    expect(happened(late.deed(crane, stop))).toEqual(['P1 stopped', 'closed'])
  })

  test('that was no incident stops it, but only once that cannot be taken back', () => {
    const here = going()
    here.at(20).act(finch, { type: 'dismiss', reason: 'a film crew' })
    expect(here.run().status).toBe('running')
    here.act(finch, { type: 'undo' })
    here.act(finch, { type: 'dismiss', reason: 'a film crew' })
    expect(happened(here.at(21).act(null, due('undo')))).toEqual(['settled', 'P1 stopped'])
  })

  test('that is taken back by its only reporter stops it', () => {
    const here = play({ facts: { severity: 3 } })
    here.start(crane)
    expect(happened(here.act(heron, { type: 'withdraw' }))).toEqual(['withdrawn', 'P1 stopped'])
  })

  test('that is reopened goes on with what was never stopped, and can begin anew what was', () => {
    const here = going()
    here.at(20).act(finch, resolve)
    here.at(22).act(null, due('undo'))
    here.at(23).act(crane, { type: 'reopen', reason: 'they are back' })
    expect(here.run().status).toBe('running')
  })
})

describe('an incident becomes part of another', () => {
  const into = (...runs: Incident['runs'] & object) => ({ ...another(makeIncidentId('AZ', 400), reported()), runs })

  test('what was worked through for it goes on there as it stood, and stops here', () => {
    const here = going()
    here.press(crane, '7')
    const before = here.incident()
    const run = here.run()
    expect(happened(here.at(5).act(crane, { type: 'merge', into: into() }))).toEqual(['merged', 'P1 stopped'])
    const there = play()
    expect(
      happened(there.at(5).act(crane, { type: 'absorb', from: { ...before, id: makeIncidentId('AZ', 401) } })),
    ).toContain('P1 adopted')
    expect(there.run()).toEqual(run)
    expect(happened(there.at(6).press(crane, 'C1'))).toEqual(['P1 step-done'])
  })

  test('and taken apart again, it says what stays with the other, and how to begin it here', () => {
    const here = going()
    here.at(5).act(crane, { type: 'merge', into: into() })
    const [entry] = here.at(6).act(crane, { type: 'unmerge' })
    expect(entry?.event).toMatchObject({ type: 'separated', protocols: ['P1'] })
    const rooms = [{ id: 'r-az', purpose: 'region', region: 'AZ', platform: 'slack', address: 'C1', red: false }]
    const directory = { ...roster(), rooms } as unknown as Directory
    const [post] = entry ? threadPosts(entry, here.incident(), directory) : []
    expect(post?.view.lines.map(line => ('text' in line ? said(line.text as Phrase) : ''))).toEqual([
      `Crane says it is not the same event as AZ-0400. P1 stays there. Needed here too: /protocol start P1 ${id}.`,
    ])
  })

  test('where the other one works through the same protocol, only that goes on', () => {
    const there = going()
    const from = { ...going().incident(), id: makeIncidentId('AZ', 401) }
    const run = there.run()
    expect(happened(there.at(5).act(crane, { type: 'absorb', from }))).not.toContain('P1 adopted')
    expect(there.run()).toEqual(run)
  })

  test('a number that is taken there by one that ended is not given twice', () => {
    const there = going()
    there.deed(crane, { type: 'stop', run: 'P1', reason: 'over' })
    const from = { ...going().incident(), id: makeIncidentId('AZ', 401) }
    there.at(5).act(crane, { type: 'absorb', from })
    expect(there.incident().runs?.map(run => [run.id, run.status])).toEqual([['P1-2', 'running']])
  })
})

describe('somebody leaves', () => {
  const give = (here: ReturnType<typeof play>, who: typeof finch) =>
    here.deed(crane, { type: 'assign', run: 'P1', step: '7', people: [who.id], mode: 'any' })

  test('for good: their steps, their roles and the lead are open to others again', () => {
    const here = going()
    here.deed(crane, { type: 'offer-lead', run: 'P1', to: finch.id })
    here.deed(finch, { type: 'accept-lead', run: 'P1' })
    here.deed(crane, { type: 'fill', run: 'P1', role: 'SO', people: [finch.id, wren.id] })
    give(here, finch)
    expect(happened(here.act(null, { type: 'let-go', person: finch.id }))).toEqual(['P1 returned'])
    expect(here.run()).toMatchObject({ lead: null, roles: { SO: [wren.id] }, steps: { 7: { owners: [] } } })
  })

  test('the incident: what they had of it goes back, once', () => {
    const here = going()
    here.act(wren, { type: 'join' })
    give(here, wren)
    expect(happened(here.act(wren, { type: 'leave' }))).toEqual(['left', 'P1 returned'])
    expect(here.run().steps['7']?.owners).toEqual([])
  })

  test('because it is restricted: who may not see it any more has no part in it', () => {
    const here = going()
    give(here, robin)
    const made = here.act(crane, { type: 'restrict', allow: [crane.id, finch.id], reason: 'names' })
    const gone = made.flatMap(({ event }) =>
      event.type === 'run' && event.on.type === 'returned' ? [event.on.person] : [],
    )
    expect(new Set(gone)).toEqual(new Set([owl.id, eagle.id, robin.id]))
    expect(here.run().lead).toBe(crane.id)
  })
})

test('people may go there as long as their safety is agreed in a run that goes on', () => {
  const here = going()
  expect(isSafeToGo(here.incident())).toBe(false)
  here.gate(crane, 'G2', 'yes')
  expect(isSafeToGo(here.incident())).toBe(true)
  here.gate(finch, 'G2', 'no')
  expect(isSafeToGo(here.incident())).toBe(false)
  here.at(9).gate(crane, 'G2', 'yes')
  here.deed(crane, { type: 'stop', run: 'P1', reason: 'over' })
  expect(isSafeToGo(here.incident())).toBe(false)
})

test('a run whose wording is not known is neither lost nor an error', () => {
  const here = play({ wording: whole })
  here.start(crane)
  here.rules.protocols.find = () => null
  expect(here.refused(() => here.press(crane, '7'))).toMatch(/does not know the wording of P1/)
  here.act(finch, { type: 'claim' })
  here.deed(crane, { type: 'stop', run: 'P1', reason: 'an old one' })
  expect(here.run().status).toBe('stopped')
})

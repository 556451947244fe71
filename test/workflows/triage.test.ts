import { describe, expect, test } from 'vitest'
import { announce } from '../../workflows/announce.ts'
import { decide } from '../../workflows/decide.ts'
import { evolve } from '../../workflows/evolve.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { type Incident, isQueued, isWaiting } from '../../workflows/incident.ts'
import { type Actor, maySee } from '../../workflows/permission.ts'
import { receiptView } from '../../workflows/receipt.ts'
import { enter } from '../../workflows/record.ts'
import { mayTriage } from '../../workflows/triage.ts'
import { at, crane, eagle, finch, heron, owl, reporting, robin, roster, taxonomy, wren } from './specification.ts'

const guest: Actor = {
  ...heron,
  id: 'guest-31' as PersonId,
  callsign: 'Guest-31',
  roles: [],
  regions: [],
  vetted: false,
}
const context = (minute: number, actor: typeof heron | null, directory = roster()) => ({
  now: at(minute),
  actor,
  taxonomy,
  directory,
})

function sent(severity: 5 | 4 | 3 | 2 = 4, who = guest) {
  const by = context(0, who)
  const action = reporting({ severity })
  return enter(null, decide(action, null, by), by)
}

function step(incident: Incident, action: Parameters<typeof decide>[0], actor = finch, minute = 5) {
  const by = context(minute, actor)
  return enter(incident, decide(action, incident, by), by)
}

const effects = (before: Incident | null, { after, entries }: ReturnType<typeof step>, minute = 0) =>
  announce(before, entries, after, { ...context(minute, null), words: { what: null, where: null } })

describe("a stranger's report", () => {
  test('waits, and one of the roster does not', () => {
    expect(isWaiting(sent().after)).toBe(true)
    expect(sent(4, heron).after.triage).toBe('fresh')
    expect(isQueued(sent(4, heron).after)).toBe(true)
  })

  test('is seen by who may check it and by its sender, not by leaders or other regions', () => {
    const { after } = sent()
    expect([finch, crane, owl].every(one => maySee(one, after))).toBe(true)
    expect(maySee({ ...guest, id: after.reporter ?? guest.id }, after)).toBe(true)
    expect([eagle, robin, heron].some(one => maySee(one, after))).toBe(false)
  })

  test('has no card and no thread, and calls people only where it is urgent', () => {
    expect(effects(null, sent(4)).cards).toEqual([])
    expect(effects(null, sent(4)).posts.filter(post => post.thread)).toEqual([])
    const armed = (severity: 4 | 3) => effects(null, sent(severity)).timers.filter(timer => timer.type === 'arm')
    expect(armed(4).map(timer => timer.clock)).toEqual(['answer'])
    expect(armed(3)).toEqual([])
  })

  test('has a receipt that says who reads it first, and promises no team and no hour', () => {
    const keys = receiptView(sent().after, context(0, null)).lines.map(
      line => 'text' in line && 'key' in line.text && line.text.key,
    )
    expect(keys).toContain('triage.received')
    expect(keys).not.toContain('receipt.aim')
    expect(keys).not.toContain('receipt.received')
  })

  test('cannot be claimed, resolved or talked about before it is passed on', () => {
    const { after } = sent()
    for (const action of [
      { type: 'claim' },
      { type: 'join' },
      { type: 'escalate', reason: '' },
      { type: 'resolve', outcome: 'calmed', note: '' },
      { type: 'update', text: 'x' },
      { type: 'say', text: 'x', room: null },
    ] as const) {
      expect(() => step(after, action)).toThrow('triage.first')
    }
  })

  test('never swallows what its region works on', () => {
    const other = sent(3, heron).after
    expect(() => step(other, { type: 'merge', into: { ...sent().after, id: 'AZ-0500' as never } })).toThrow(
      'triage.first',
    )
  })
})

describe('passing on', () => {
  test('starts the clocks and the life with its region', () => {
    const { after: before } = sent()
    const passed = step(before, { type: 'pass' }, finch, 20)
    expect(passed.after).toMatchObject({ triage: 'done', poolSince: at(20), rung: 0, status: 'reported' })
    const armed = effects(before, passed, 20).timers.filter(timer => timer.type === 'arm')
    expect(armed.map(timer => timer.clock).sort()).toEqual(['answer', 'told'])
  })

  test('of one of the roster only says that somebody looked', () => {
    const { after: before } = sent(4, heron)
    const seen = step(before, { type: 'pass' }, finch, 20)
    expect(seen.after).toMatchObject({ triage: 'done', poolSince: before.poolSince })
    expect(effects(before, seen, 20)).toMatchObject({ posts: [], timers: [] })
  })

  test('happens once', () => {
    const { after } = step(sent().after, { type: 'pass' })
    expect(() => step(after, { type: 'pass' }, wren)).toThrow('triage.passed-already')
  })

  test('is taken back within a minute, with the clocks, and not once somebody has it', () => {
    const passed = step(sent(3).after, { type: 'pass' }, finch, 5).after
    const back = step(passed, { type: 'unpass' }, finch, 5.9)
    expect(back.after).toMatchObject({ triage: 'waiting', passed: null })
    expect(effects(passed, back, 5.9).timers.every(timer => timer.type === 'settle')).toBe(true)
    expect(() => step(passed, { type: 'unpass' }, finch, 6.1)).toThrow('triage.undo-late')
    const claimed = step(passed, { type: 'claim' }, wren, 5.5).after
    expect(() => step(claimed, { type: 'unpass' }, finch, 5.9)).toThrow('triage.undo-taken')
  })

  test('replays to the same', () => {
    const first = sent()
    const second = step(first.after, { type: 'pass' })
    expect([...first.entries, ...second.entries].reduce<Incident | null>(evolve, null)).toEqual(second.after)
  })
})

describe('setting aside', () => {
  test('needs no hand on it, and comes back as it was', () => {
    const gone = step(sent().after, { type: 'dismiss', reason: '' }).after
    expect(isQueued(gone)).toBe(false)
    expect(isWaiting(step(gone, { type: 'undo' }, finch, 5.5).after)).toBe(true)
  })

  test('tells a stranger once an hour, however many of theirs were none', () => {
    const account = 'acc' as never
    const told = ([0, 1] as const).map(minute => {
      const by = context(minute, guest)
      const born = enter(
        null,
        decide(reporting({ severity: 2, account, id: `AZ-050${minute}` as never }), null, by),
        by,
      )
      const gone = step(born.after, { type: 'dismiss', reason: '' }, finch, 5).after
      const clock = context(7, null)
      const settled = enter(gone, decide({ type: 'clock', clock: 'undo' }, gone, clock), clock)
      return effects(gone, settled, 7).posts.map(post => post.key)
    })
    expect(told[0]).toEqual(told[1])
    expect(told[0]).toHaveLength(1)
  })
})

describe('who may look through the queue', () => {
  test('coordinators always, responders while on duty', () => {
    expect(mayTriage(crane, roster([]), at(0))).toBe(true)
    expect(mayTriage(finch, roster([finch]), at(0))).toBe(true)
    expect(mayTriage(finch, roster([wren]), at(0))).toBe(false)
    expect(mayTriage(heron, roster([heron]), at(0))).toBe(false)
  })
})

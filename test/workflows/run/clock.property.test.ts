import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crane, finch, openShift, owl, protocol, type Shift, step, wren } from './shift.ts'

const names = ['1', '2', '3', '4', '5'] as const
const people = [finch, wren, crane, owl]

type Happening =
  | { readonly type: 'pass'; readonly minutes: number; readonly away: boolean }
  | {
      readonly type: 'press'
      readonly what: 'step-done' | 'step-skipped' | 'step-held' | 'step-help'
      readonly at: number
    }
  | { readonly type: 'reopen' | 'assign'; readonly at: number; readonly who: number }
  | { readonly type: 'snooze'; readonly at: number; readonly who: number; readonly minutes: number }
  | { readonly type: 'pause' | 'resume' | 'gate-yes' | 'gate-no' | 'stop' }
  | { readonly type: 'wall'; readonly minutes: number }
  | { readonly type: 'stale'; readonly at: number }

const at = fc.nat({ max: names.length - 1 })
const who = fc.nat({ max: people.length - 1 })
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('pass' as const),
      minutes: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 900 })),
      away: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('press' as const),
      what: fc.constantFrom('step-done', 'step-skipped', 'step-held', 'step-help'),
      at,
    }),
  },
  fc.record({ type: fc.constantFrom('reopen', 'assign'), at, who }),
  fc.record({ type: fc.constant('snooze' as const), at, who, minutes: fc.constantFrom(10, 30, 60) }),
  fc.record({ type: fc.constantFrom('pause', 'resume', 'gate-yes', 'gate-no') }),
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('wall' as const), minutes: fc.integer({ min: -90, max: 90 }) }),
  },
  fc.record({ type: fc.constant('stale' as const), at }),
) as fc.Arbitrary<Happening>

const minutes = fc.integer({ min: 1, max: 300 })
const wordings = fc.record({
  due: fc.tuple(minutes, minutes, minutes, minutes, minutes),
  repeat: fc.integer({ min: 3, max: 90 }),
})

test('whatever happens: each reminder and each level at most once a round, nothing after done, nobody forgotten', () => {
  fc.assert(
    fc.property(
      wordings,
      fc.constantFrom(2, 3, 4, 5),
      fc.array(happening, { maxLength: 30 }),
      (wording, severity, life) => {
        const [one, two, three, four, five] = wording.due
        const shift = openShift(
          protocol(
            step('1', one, { blocking: true }),
            step('2', two),
            step('3', three, { gate: 'G2' }),
            step('4', four, { repeat: wording.repeat }),
            step('5', null, { due: { from: { step: '2' }, minutes: five } }),
          ),
          { VE: [finch, wren] },
          { severity: severity as 2 | 3 | 4 | 5 },
        )
        for (const each of life) live(shift, each)
        judge(shift)
        forgetNobody(shift)
      },
    ),
    { numRuns: 300 },
  )
})

/** What people do is recorded as it would be decided: nobody does what is done, and nothing happens in a run that rests. */
function live(shift: Shift, what: Happening): void {
  const run = shift.incident().runs?.[0]
  if (!run || (run.status !== 'running' && run.status !== 'paused')) return
  const actor = people['who' in what ? what.who : 0] ?? finch
  const name = 'at' in what ? (names[what.at] ?? '1') : '1'
  const isOpen = standsOpen(run.steps[name]?.state, name)
  switch (what.type) {
    case 'pass':
      shift.pass(what.minutes, what.away)
      return
    case 'wall':
      shift.step(Math.max(0, shift.now() + what.minutes))
      return
    case 'press':
      if (isOpen) shift.record(actor, { type: what.what, step: name })
      return
    case 'reopen':
      if (!isOpen) shift.record(actor, { type: 'step-reopened', step: name })
      return
    case 'assign':
      if (isOpen) shift.record(crane, { type: 'assigned', step: name, people: [actor.id], mode: 'any' })
      return
    case 'snooze':
      if (isOpen) shift.record(actor, { type: 'step-snoozed', step: name, until: minuteOf(shift.now() + what.minutes) })
      return
    case 'stale':
      shift.ring(`step:P1.${name}`, shift.now())
      return
    case 'gate-yes':
    case 'gate-no': {
      const passed = what.type === 'gate-yes'
      shift.record(finch, { type: 'gate-answered', gate: 'G2', answers: { pair: passed ? 'yes' : 'no' }, passed })
      return
    }
    case 'pause':
      if (run.status === 'running') shift.record(crane, { type: 'paused' })
      return
    case 'resume':
      if (run.status === 'paused') shift.record(crane, { type: 'resumed' })
      return
    case 'stop':
      shift.record(crane, { type: 'stopped', why: 'person' })
  }
}

/** One that repeats is open anew once it was done. */
function standsOpen(state: 'open' | 'done' | 'skipped' = 'open', name: string): boolean {
  return state === 'open' || (state === 'done' && name === '4')
}

const minuteOf = (minute: number) => Date.UTC(2026, 10, 3, 14) + minute * 60_000

function judge(shift: Shift): void {
  const rounds = new Map<string, { rung: number; over: boolean; snoozed: boolean }>()
  let stands = true
  for (const entry of shift.entries()) {
    if (entry.type === 'paused') stands = false
    if (entry.type === 'resumed') stands = true
    if (!('step' in entry) || entry.step === null) continue
    const round = rounds.get(entry.step) ?? { rung: 0, over: false, snoozed: false }
    rounds.set(entry.step, round)
    switch (entry.type) {
      case 'step-done':
      case 'step-skipped':
      case 'step-reopened':
      case 'assigned':
        Object.assign(round, { rung: 0, snoozed: false })
        if (entry.type === 'step-done') round.over = entry.step !== '4'
        if (entry.type === 'step-skipped') round.over = true
        if (entry.type === 'step-reopened') round.over = false
        break
      case 'step-snoozed':
        round.snoozed = true
        break
      case 'step-reminded':
        expect(stands && !round.over).toBe(true)
        expect(entry.again ? round.snoozed : round.rung === 0).toBe(true)
        if (entry.again) round.snoozed = false
        else round.rung = 1
        break
      case 'step-overdue':
        expect(stands && !round.over).toBe(true)
        expect(entry.rung).toBeGreaterThan(round.rung)
        round.rung = entry.rung
    }
  }
}

/** In the end every step that is open, and waits for nothing, was called out to the last level. */
function forgetNobody(shift: Shift): void {
  const [run] = shift.incident().runs ?? []
  if (run?.status === 'paused') shift.record(crane, { type: 'resumed' })
  // The wall clock may have been put back: until what was due then comes again.
  shift.pass(30 * 24 * 60)
  judge(shift)
  expect(shift.clocks()).toEqual({})
  const after = shift.incident().runs?.[0]
  // With its last step over, a run is done.
  if (after?.status !== 'running') return
  for (const name of names) {
    const state = after?.steps[name]
    const blocked = name !== '1' && (after?.steps['1']?.state ?? 'open') === 'open'
    const gated = name === '3' && after?.gates.G2?.passed === false
    const waits = name === '5' && (after?.steps['2']?.state ?? 'open') === 'open'
    if (blocked || gated || waits || !standsOpen(state?.state, name)) continue
    expect(state?.rung, name).toBe(6)
  }
}

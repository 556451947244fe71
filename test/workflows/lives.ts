import fc from 'fast-check'
import { expect } from 'vitest'
import type { IncidentAction } from '../../workflows/action.ts'
import { decide } from '../../workflows/decide.ts'
import { InputError, RuleError } from '../../workflows/errors.ts'
import type { Entry } from '../../workflows/event.ts'
import { evolve } from '../../workflows/evolve.ts'
import { makeIncidentId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { Actor } from '../../workflows/permission.ts'
import { enter } from '../../workflows/record.ts'
import {
  another,
  at,
  crane,
  everybody,
  finch,
  heron,
  noEvidence,
  phoenix,
  reported,
  reporting,
  roster,
  taxonomy,
  wren,
} from './specification.ts'

type Move = { readonly action: IncidentAction; readonly actor: Actor | null; readonly wait: number }
/** An incident, how it came to be as it is, and how many acts were refused on the way. */
export type Life = { readonly incident: Incident; readonly entries: readonly Entry[]; readonly refused: number }

const text = fc.constantFrom('', 'as seen', 'x'.repeat(5000))
const reason = fc.constantFrom('', 'it is so', 'it is so')
const severity = fc.constantFrom(1, 2, 3, 4, 5)
const person = fc.constantFrom(...everybody.map(one => one.id))
const evidence = fc.constantFrom(noEvidence, { ...noEvidence, photo: 1 })
const room = fc.constant(null)
const kindsOfEvents = 53
const into = another(makeIncidentId('AZ', 400), reported())

const spoken = fc.record({
  seq: fc.constantFrom(1, 2, 3),
  from: fc.constantFrom(1, 2, 3),
  by: person,
  text: fc.constantFrom('as it was', 'see x.com/a/status/1', '', null),
  files: fc.constant([]),
})

const working: fc.Arbitrary<IncidentAction> = fc.oneof(
  fc.record({ type: fc.constant('add'), text, evidence }),
  fc.record({ type: fc.constant('say'), text, room }),
  fc.record({ type: fc.constant('update'), text }),
  fc.record({ type: fc.constant('reword'), said: spoken, text }),
  fc.record({ type: fc.constant('unsay'), said: spoken, why: fc.constantFrom('deleted', 'removed', 'expired') }),
  fc.record({ type: fc.constant('detail'), details: fc.constantFrom({}, { known: 'saw' }, { weapons: 'carried' }) }),
  fc.record({
    type: fc.constant('place'),
    region: fc.constantFrom('AZ', 'NV'),
    place: fc.constant(phoenix),
    where: text,
  }),
  fc.record({ type: fc.constant('kind'), kind: fc.constantFrom('AR-1', 'VI-5', 'TH-4', 'PR-1') }),
  fc.record({ type: fc.constant('severity'), to: severity, reason }),
  fc.record({ type: fc.constant('agree-lowering'), to: severity }),
  fc.record({
    type: fc.constant('verify'),
    to: fc.constantFrom('unverified', 'checking', 'corroborated', 'verified', 'false'),
    note: reason,
  }),
  fc.record({ type: fc.constant('mark'), to: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'RED'), reason }),
  fc.record({ type: fc.constant('restrict'), allow: fc.array(person, { maxLength: 2 }), reason }),
  fc.record({ type: fc.constant('unrestrict'), reason }),
  fc.record({
    type: fc.constant('handover'),
    to: fc.constantFrom(finch.id, wren.id, crane.id, heron.id),
    note: reason,
  }),
  fc.record({ type: fc.constantFrom('release', 'escalate', 'reopen'), reason }),
  fc.record({
    type: fc.constantFrom('claim', 'cannot', 'join', 'leave', 'accept', 'decline', 'undo', 'keep-severity'),
  }),
  fc.record({ type: fc.constantFrom('claim', 'claim', 'accept', 'decline', 'decline') }),
  fc.record({ type: fc.constantFrom('pass', 'unpass') }),
  fc.record({ type: fc.constant('absorb'), from: fc.constant(into) }),
)
const looking: fc.Arbitrary<IncidentAction> = fc.oneof(
  fc.record({
    type: fc.constant('open-evidence'),
    item: fc.constant({ id: 'file-1', kind: 'photo', by: heron.id } as const),
    copy: fc.constantFrom('blurred', 'small', 'original'),
  }),
  fc.record({ type: fc.constant('export-evidence'), item: fc.constant(null), reason }),
  fc.record({ type: fc.constant('score'), scores: fc.constantFrom({}, { intent: 2 }, { likelihood: 1, form: 0 }) }),
)
const source = { report: into.id, by: wren.id, known: 'saw', derivedFrom: null } as const
const alike = { id: into.id, kind: null, county: null, reportedAt: at(0), offered: true }
const joining: fc.Arbitrary<IncidentAction> = fc.oneof(
  fc.record({ type: fc.constant('liken'), to: fc.constant([alike]) }),
  fc.record({ type: fc.constant('liken'), to: fc.constant([{ ...alike, id: makeIncidentId('AZ', 401) }]) }),
  fc.record({ type: fc.constant('propose'), into: fc.constant(into.id) }),
  fc.record({ type: fc.constant('unlike'), to: fc.constant(makeIncidentId('AZ', 401)) }),
  fc.record({ type: fc.constant('source'), report: fc.constant(into.id), source: fc.constantFrom(source, null) }),
  fc.record({ type: fc.constant('part'), from: fc.constant(into), through: fc.constant(null) }),
  fc.record({ type: fc.constant('merge'), into: fc.constant(into) }),
  fc.record({ type: fc.constantFrom('unmerge', 'unmerge', 'unmerge') }),
)
const ending: fc.Arbitrary<IncidentAction> = fc.oneof(
  fc.record({ type: fc.constant('resolve'), outcome: fc.constantFrom('calmed', 'unfounded'), note: reason }),
  fc.record({ type: fc.constant('dismiss'), reason }),
  fc.record({ type: fc.constant('withdraw') }),
  fc.record({ type: fc.constant('merge'), into: fc.constant(into) }),
)
const clock = fc.constantFrom('answer', 'told', 'claim-warning', 'claim', 'update', 'handover', 'undo', 'close')
const wait = fc.constantFrom(0, 0.5, 3, 9, 12, 25, 200, 1500)
const people = fc.constantFrom(...everybody, finch, wren, crane)
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ action: working, actor: people, wait }) },
  { weight: 3, arbitrary: fc.record({ action: joining, actor: people, wait }) },
  { weight: 1, arbitrary: fc.record({ action: looking, actor: people, wait }) },
  { weight: 1, arbitrary: fc.record({ action: ending, actor: people, wait }) },
  {
    weight: 5,
    arbitrary: fc.record({ action: fc.record({ type: fc.constant('clock'), clock }), actor: fc.constant(null), wait }),
  },
)

// What needs several acts in a row by the right people: left to chance it would hardly ever occur.
const begun = (...steps: readonly (readonly [Actor | null, IncidentAction, number?])[]): readonly Move[] =>
  steps.map(([actor, action, wait = 0]) => ({ actor, action, wait }))
const claim = { type: 'claim' } as const
const handover = { type: 'handover', to: wren.id, note: 'it is so' } as const
const due = (clock: 'claim-warning' | 'handover' | 'close') => ({ type: 'clock', clock }) as const
const resolved = begun([finch, claim], [finch, { type: 'resolve', outcome: 'calmed', note: 'it is so' }])
const beginnings: fc.Arbitrary<readonly Move[]> = fc.constantFrom(
  begun(),
  begun(),
  begun(),
  begun([finch, claim], [finch, handover], [wren, { type: 'accept' }]),
  begun([finch, claim], [finch, handover], [wren, { type: 'decline' }]),
  begun([finch, claim], [finch, handover], [null, due('handover'), 9], [null, due('handover'), 9]),
  begun([finch, claim], ...[9, 5, 5, 5, 10, 10, 15].map(wait => [null, due('claim-warning'), wait] as const)),
  begun([finch, claim], [wren, { type: 'join' }], [wren, { type: 'leave' }]),
  begun([finch, { type: 'pass' }], [finch, { type: 'unpass' }]),
  [...resolved, ...begun([finch, { type: 'undo' }, 0.5])],
  [...resolved, ...begun([null, due('close'), 1500])],
  begun([finch, { type: 'severity', to: 3, reason: 'it is so' }], [crane, { type: 'keep-severity' }]),
  begun([crane, { type: 'merge', into }], [crane, { type: 'unmerge' }]),
)
const life = fc.record({
  beginning: beginnings,
  severity,
  kind: fc.constantFrom(null, 'AR-1', 'TH-4', 'SP-2'),
  reporter: fc.constantFrom(heron, finch),
  moves: fc.array(move, { maxLength: 60, size: 'max' }),
})

/** Checks thousands of random lives of an incident; fails if any kind of event never occurred. */
export function everyLife(check: (life: Life) => void): void {
  const seen = new Set<string>()
  let refused = 0
  fc.assert(
    fc.property(life, ({ beginning, severity, kind, reporter, moves }) => {
      const lived = live(reporting({ severity: severity as 1 | 2 | 3 | 4 | 5, kind }), reporter, [
        ...beginning,
        ...moves,
      ])
      for (const { event } of lived.entries) seen.add(event.type)
      refused += lived.refused
      check(lived)
    }),
    { numRuns: 2000, seed: 8 },
  )
  // Lives in which little happens and nothing is refused would prove nothing.
  expect([...seen].sort()).toHaveLength(kindsOfEvents)
  expect(refused).toBeGreaterThan(1000)
}

/** Checks every entry of random lives, with the incident before and after it. */
export function everyStep(check: (step: { entry: Entry; before: Incident; incident: Incident }) => void): void {
  everyLife(({ entries }) => {
    let before: Incident | null = null
    for (const entry of entries) {
      const incident = evolve(before, entry)
      if (before) check({ entry, before, incident })
      before = incident
    }
  })
}

function live(report: IncidentAction, reporter: Actor, moves: readonly Move[]): Life {
  const base = { taxonomy, directory: roster() }
  const first = { ...base, now: at(0), actor: reporter }
  let { after: incident, entries } = enter(null, decide(report, null, first), first)
  let refused = 0
  let minute = 0
  for (const { action, actor, wait } of moves) {
    minute += wait
    const context = { ...base, now: at(minute), actor }
    try {
      const step = enter(incident, decide(action, incident, context), context)
      incident = step.after
      entries = entries.concat(step.entries)
    } catch (error) {
      if (!(error instanceof RuleError || error instanceof InputError)) throw error
      refused++
    }
  }
  return { incident, entries, refused }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentAction } from '../../../workflows/action.ts'
import { decide } from '../../../workflows/decide.ts'
import { hasRole } from '../../../workflows/directory.ts'
import { InputError, RuleError } from '../../../workflows/errors.ts'
import { replay } from '../../../workflows/evolve.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import { type Entry, type Incident, isOpen } from '../../../workflows/incident.ts'
import { moreSecret } from '../../../workflows/mark.ts'
import type { Actor } from '../../../workflows/permission.ts'
import { enter } from '../../../workflows/record.ts'
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
} from '../specification.ts'

type Move = { readonly action: IncidentAction; readonly actor: Actor | null; readonly wait: number }
type Life = { readonly incident: Incident; readonly entries: readonly Entry[]; readonly refused: number }

const text = fc.constantFrom('', 'as seen', 'x'.repeat(5000))
const reason = fc.constantFrom('', 'it is so', 'it is so')
const severity = fc.constantFrom(1, 2, 3, 4, 5)
const person = fc.constantFrom(...everybody.map(one => one.id))
const evidence = fc.constantFrom(noEvidence, { ...noEvidence, photo: 1 })
const room = fc.constant(null)
const kindsOfEvents = 40
const into = another(makeIncidentId('AZ', 400), reported())

const working: fc.Arbitrary<IncidentAction> = fc.oneof(
  fc.record({ type: fc.constant('add'), text, evidence }),
  fc.record({ type: fc.constant('say'), text, room }),
  fc.record({ type: fc.constant('update'), text }),
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
  fc.record({ type: fc.constant('handover'), to: person, note: reason }),
  fc.record({ type: fc.constantFrom('release', 'escalate', 'reopen'), reason }),
  fc.record({
    type: fc.constantFrom('claim', 'cannot', 'join', 'leave', 'accept', 'decline', 'undo', 'keep-severity'),
  }),
  fc.record({ type: fc.constantFrom('claim', 'claim', 'accept', 'decline') }),
  fc.record({ type: fc.constant('absorb'), from: fc.constant(into) }),
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
  { weight: 1, arbitrary: fc.record({ action: ending, actor: people, wait }) },
  {
    weight: 5,
    arbitrary: fc.record({ action: fc.record({ type: fc.constant('clock'), clock }), actor: fc.constant(null), wait }),
  },
)
const life = fc.record({
  severity,
  kind: fc.constantFrom(null, 'AR-1', 'TH-4'),
  reporter: fc.constantFrom(heron, finch),
  moves: fc.array(move, { maxLength: 60, size: 'max' }),
})

test('replaying the timeline gives the incident as it stands, also after it was stored as JSON', () => {
  everyLife(({ incident, entries }) => {
    expect(replay(entries)).toEqual(incident)
    expect(replay(JSON.parse(JSON.stringify(entries)))).toEqual(incident)
    expect(entries.map(entry => entry.seq)).toEqual(entries.map((_, index) => index + 1))
    expect(incident.seq).toBe(entries.length)
  })
})

test('an open incident is claimed exactly when somebody has it, and only then can it be handed over', () => {
  everyStep(({ incident }) => {
    if (isOpen(incident)) expect(incident.claim !== null).toBe(incident.status === 'claimed')
    if (incident.handover) expect(incident.status).toBe('claimed')
    if (incident.claim) expect(incident.joined).not.toContain(incident.claim.by)
    expect(new Set(incident.joined).size).toBe(incident.joined.length)
    expect(new Set(incident.declined).size).toBe(incident.declined.length)
  })
})

test('no one person ever lowers an S4 or S5, or verifies what they reported or checked', () => {
  everyStep(({ entry, before, incident }) => {
    const { event, by } = entry
    if (event.type === 'severity-lowered' && event.from >= 4) {
      expect(event.asked).not.toBeNull()
      expect(event.asked).not.toBe(by)
    }
    if (incident.severity < before.severity) expect(event.type).toBe('severity-lowered')
    if (event.type === 'credibility-set' && event.to === 'verified') {
      expect(by).not.toBe(before.reporter)
      expect(by).not.toBe(before.credibilityBy)
      expect(['checking', 'corroborated']).toContain(before.credibility)
    }
  })
})

test('a mark falls and a restriction ends only by the hand of a coordinator, with a reason', () => {
  everyStep(({ entry, before, incident }) => {
    const lower = incident.mark !== before.mark && moreSecret(incident.mark, before.mark) === before.mark
    const opened = before.visibility === 'restricted' && incident.visibility === 'region'
    if (!lower && !opened) return
    expect(hasRole(everybody.find(one => one.id === entry.by) ?? heron, 'coordinator')).toBe(true)
    expect(entry.words?.reason).toBeTruthy()
  })
})

test('a lease is never given for longer than its severity allows', () => {
  everyStep(({ entry, incident }) => {
    if (!incident.claim) return
    if (['claimed', 'extended', 'handover-accepted'].includes(entry.event.type)) {
      const { lease } = taxonomy.clocks[`S${incident.severity}`]
      expect(incident.claim.until - entry.at).toBeLessThanOrEqual(lease * 60_000)
    }
  })
})

function everyLife(check: (life: Life) => void): void {
  const seen = new Set<string>()
  let refused = 0
  fc.assert(
    fc.property(life, ({ severity, kind, reporter, moves }) => {
      const lived = live(reporting({ severity: severity as 1 | 2 | 3 | 4 | 5, kind }), reporter, moves)
      for (const { event } of lived.entries) seen.add(event.type)
      refused += lived.refused
      check(lived)
    }),
    { numRuns: 1500, seed: 7 },
  )
  // Lives in which little happens and nothing is refused would prove nothing.
  expect([...seen].sort()).toHaveLength(kindsOfEvents)
  expect(refused).toBeGreaterThan(1000)
}

function everyStep(check: (step: { entry: Entry; before: Incident; incident: Incident }) => void): void {
  everyLife(({ entries }) => {
    for (let count = 2; count <= entries.length; count++) {
      const entry = entries[count - 1] as Entry
      check({ entry, before: replay(entries.slice(0, count - 1)), incident: replay(entries.slice(0, count)) })
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

import { describe, expect, it } from 'vitest'
import { decide } from '../../../workflows/decide.ts'
import { endedAt, type Incident } from '../../../workflows/incident.ts'
import { lossOf } from '../../../workflows/loss.ts'
import { enter } from '../../../workflows/record.ts'
import {
  at,
  by,
  byHub,
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  reported,
  roster,
  stork,
  taxonomy,
} from '../specification.ts'

const day = 24 * 60
const holdings = { words: 3, contacts: 1, files: 2 }
const words = { what: 'Call 602-555-0177', where: 'by the library' }
const closed = [
  reported(),
  claimed(),
  by(finch, 10, { type: 'resolved', outcome: 'calmed', undoUntil: at(11) }),
  byHub(12, { type: 'settled' }),
  byHub(day, { type: 'closed' }),
]

function cleared(incident: Incident, minute: number, step = 'contact' as const, root = incident) {
  const context = { now: at(minute), actor: null, taxonomy, directory: roster() }
  return decide({ type: 'clear', step, words, holdings, root }, incident, context)
}

describe('clearing away', () => {
  it('takes the next step once its days are over, and not a minute before', () => {
    const incident = incidentAfter(...closed)
    expect(cleared(incident, 10 + 90 * day - 1)).toEqual([])
    expect(cleared(incident, 10 + 90 * day)).toMatchObject([{ event: { type: 'removed', what: 'contact', count: 1 } }])
  })

  it('keeps what happened and where, masked, as the hub’s own words', () => {
    const incident = incidentAfter(
      ...closed,
      byHub(100 * day, { type: 'removed', what: 'contact', count: 1, lost: ['account'] }),
    )
    const [decision] = cleared(incident, 181 * day, 'narrative' as never)
    expect(decision).toMatchObject({
      event: { what: 'narrative', count: 3 },
      words: { what: 'Call [phone number]', where: 'by the library' },
      by: null,
    })
    const { after } = enter(incident, [decision as never], { now: at(181 * day), actor: null })
    expect(after).toMatchObject({ reporter: null, account: null, contact: 'no', cleared: 2, whatSeq: after.seq })
  })

  it.each([
    ['was reopened', by(finch, 95 * day, { type: 'reopened' }, { reason: 'it goes on' })],
    [
      'has news',
      by(heron, 95 * day, { type: 'added', evidence: { photo: 0, video: 0, voice: 0, document: 0 } }, { text: 'x' }),
    ],
    ['is held', by(eagle, 95 * day, { type: 'held' }, { reason: 'court' })],
  ])('spares what %s', (_, news) => {
    expect(cleared(incidentAfter(...closed, news), 96 * day)).toEqual([])
  })

  it('never takes a step twice, or out of turn', () => {
    const incident = incidentAfter(...closed)
    expect(cleared(incident, 5000 * day, 'evidence' as never)).toEqual([])
    const after = incidentAfter(
      ...closed,
      byHub(91 * day, { type: 'removed', what: 'contact', count: 1, lost: ['account'] }),
    )
    expect(cleared(after, 92 * day)).toEqual([])
    expect(endedAt(after)).toBe(at(10))
  })

  it('leaves alone what is not over for good', () => {
    expect(cleared(incidentAfter(reported()), 5000 * day)).toEqual([])
    expect(cleared(incidentAfter(...closed.slice(0, 4)), 5000 * day)).toEqual([])
  })
})

describe('a legal hold', () => {
  const context = (actor = eagle) => ({ now: at(20), actor, taxonomy, directory: roster() })
  const incident = incidentAfter(reported())
  const held = incidentAfter(reported(), by(eagle, 10, { type: 'held' }, { reason: 'court' }))

  it('is set by leaders and coordinators of the incident, with a reason', () => {
    for (const actor of [eagle, crane])
      expect(decide({ type: 'hold', reason: 'court' }, incident, context(actor))).toMatchObject([
        { event: { type: 'held' } },
      ])
    for (const actor of [finch, heron, stork])
      expect(() => decide({ type: 'hold', reason: 'court' }, incident, context(actor))).toThrow('rule.hold-leader')
    expect(() => decide({ type: 'hold', reason: ' ' }, incident, context())).toThrow()
    expect(() => decide({ type: 'hold', reason: 'x' }, held, context())).toThrow('rule.hold-already')
  })

  it('is ended by a leader alone', () => {
    expect(() => decide({ type: 'lift-hold', reason: 'over' }, held, context(crane))).toThrow('rule.hold-lift')
    expect(decide({ type: 'lift-hold', reason: 'over' }, held, context())).toMatchObject([
      { event: { type: 'hold-lifted' } },
    ])
    expect(() => decide({ type: 'lift-hold', reason: 'over' }, incident, context())).toThrow('rule.hold-none')
  })

  it('keeps what is taken back, hidden, until it ends', () => {
    const withdrawn = incidentAfter(
      reported(),
      by(eagle, 10, { type: 'held' }, { reason: 'court' }),
      by(heron, 15, { type: 'withdrawn', kept: true }),
    )
    expect(withdrawn).toMatchObject({ reporter: null, whatSeq: 0, hold: { owed: [heron.id] } })
    const taken = enter(held, [{ event: { type: 'withdrawn', kept: true } }], { now: at(15), actor: heron })
    expect(lossOf(held, taken.entries, taken.after)).toMatchObject({ shred: null, recall: { reason: 'withdrawn' } })
    const lifted = enter(withdrawn, [{ event: { type: 'hold-lifted' } }], { now: at(20), actor: eagle })
    expect(lossOf(withdrawn, lifted.entries, lifted.after).shred).toEqual({ type: 'by', people: [heron.id] })
    expect(lifted.after.hold).toBeNull()
  })
})

describe('a name', () => {
  const context = (actor = crane) => ({ now: at(20), actor, taxonomy, directory: roster() })
  const incident = incidentAfter(reported())

  it('is opened by coordinators of the incident, with a reason that stands in the timeline', () => {
    expect(decide({ type: 'reveal', reason: 'She is missing' }, incident, context())).toEqual([
      { event: { type: 'revealed', whose: heron.id }, words: { reason: 'She is missing' } },
    ])
    for (const actor of [finch, stork, eagle])
      expect(() => decide({ type: 'reveal', reason: 'x' }, incident, context(actor))).toThrow('rule.reveal-coordinator')
    expect(() => decide({ type: 'reveal', reason: '' }, incident, context())).toThrow()
  })

  it('is not there any more once the report was taken back', () => {
    const gone = incidentAfter(reported(), by(heron, 5, { type: 'withdrawn', kept: true }))
    expect(() => decide({ type: 'reveal', reason: 'x' }, gone, context())).toThrow('rule.reveal-nobody')
  })
})

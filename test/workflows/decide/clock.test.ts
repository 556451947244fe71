import { test } from 'vitest'
import type { Clock } from '../../../workflows/timer.ts'
import { at, by, byHub, claimed, crane, due, finch, given, heron, reported, wren } from '../specification.ts'

const dismissed = by(finch, 6, { type: 'dismissed', undoUntil: at(7) })
const escalate = { type: 'escalate', reason: '' } as const
const unanswered = (rung: number, minute = 10) => byHub(minute, { type: 'unanswered', rung, to: ['RC'] })

test('while nobody answers, the ladder of its severity is climbed', () => {
  given(reported())
    .when(due('answer'), null, 10)
    .thenHappens({ type: 'unanswered', rung: 1, to: ['RC'] })
    .signed(null)
  given(reported(), unanswered(1))
    .when(due('answer'), null, 20)
    .thenHappens({ type: 'unanswered', rung: 2, to: ['DO'] })
  given(reported(), unanswered(2))
    .when(due('answer'), null, 30)
    .thenHappens({ type: 'unanswered', rung: 3, to: ['network'] })
  given(reported(), unanswered(3)).when(due('answer'), null, 90).thenHappens()
  given(reported({ severity: 1 }))
    .when(due('answer'), null, 5000)
    .thenHappens()
})

test('steps of the same minute are one call, and after an outage all that are due are one call', () => {
  given(reported({ severity: 5 }))
    .when(due('answer'), null, 5)
    .thenHappens({ type: 'unanswered', rung: 3, to: ['RC', 'DO', 'LD'] })
  given(reported({ severity: 5 }))
    .when(due('answer'), null, 60)
    .thenHappens({ type: 'unanswered', rung: 4, to: ['RC', 'DO', 'LD', 'network'] })
})

test('the ladder stops while somebody has it and starts anew when it falls back', () => {
  given(reported(), unanswered(1), claimed()).when(due('answer'), null, 20).thenHappens()
  given(reported(), dismissed).when(due('answer'), null, 20).thenHappens()
  given(reported(), unanswered(1), claimed(finch, 12), by(finch, 20, { type: 'released' }))
    .when(due('answer'), null, 30)
    .thenHappens({ type: 'unanswered', rung: 1, to: ['RC'] })
})

test('a person calls the next level at once, then the levels left out, then leaders again', () => {
  given(reported())
    .when({ ...escalate, reason: 'More arrive' }, heron, 2)
    .thenHappens({ type: 'escalated', rung: 1, to: ['RC'] })
    .words({ reason: 'More arrive' })
  given(reported(), claimed())
    .when(escalate, wren, 6)
    .thenHappens({ type: 'escalated', rung: 1, to: ['RC'] })
  given(reported({ severity: 2 }), unanswered(1))
    .when(escalate, finch, 11)
    .thenHappens({ type: 'escalated', rung: 2, to: ['DO'] })
  given(reported({ severity: 2 }), unanswered(2))
    .when(escalate, finch, 11)
    .thenHappens({ type: 'escalated', rung: 3, to: ['LD'] })
  given(reported({ severity: 2 }), unanswered(3))
    .when(escalate, finch, 11)
    .thenHappens({ type: 'escalated', rung: 3, to: ['LD'] })
  given(reported({ severity: 5 }), unanswered(4))
    .when(escalate, finch, 11)
    .thenHappens({ type: 'escalated', rung: 4, to: ['LD'] })
  given(reported({ severity: 1 }))
    .when(escalate, finch, 11)
    .thenHappens({ type: 'escalated', rung: 1, to: ['RC'] })
  given(reported(), dismissed).when(escalate, finch, 11).refused('rule.over-dismissed')
  given(reported())
    .when({ ...escalate, reason: 'x'.repeat(2001) }, finch, 11)
    .refusedAt('reason', 'rule.text-long')
})

test('a lease is warned of at four fifths, and lapses at its hour back into the pool', () => {
  given(reported(), claimed()).when(due('claim-warning'), null, 29).thenHappens({ type: 'claim-warned' }).signed(null)
  given(reported(), by(wren, 1, { type: 'joined' }), by(crane, 2, { type: 'declined' }), unanswered(1, 3), claimed())
    .when(due('claim'), null, 35)
    .thenHappens({ type: 'claim-lapsed', by: finch.id })
    .signed(null)
    .leaves({ status: 'reported', claim: null, joined: [wren.id], declined: [], rung: 0, poolSince: at(35) })
})

test('after an outage a passed lease lapses without a warning', () => {
  given(reported(), claimed()).when(due('claim-warning'), null, 60).thenHappens()
  given(reported(), claimed())
    .when(due('claim'), null, 60)
    .leaves({ status: 'reported', poolSince: at(60) })
})

test('a lease that was extended since is neither warned of nor lapsed', () => {
  const extended = by(finch, 20, { type: 'extended', until: at(50) })
  given(reported(), claimed(), extended).when(due('claim-warning'), null, 29).thenHappens()
  given(reported(), claimed(), extended).when(due('claim'), null, 35).thenHappens()
  given(reported(), claimed(), extended).when(due('claim-warning'), null, 44).thenHappens({ type: 'claim-warned' })
})

test('an update is overdue when the claimer has been silent for its clock', () => {
  given(reported(), claimed())
    .when(due('update'), null, 35)
    .thenHappens({ type: 'update-overdue' })
    .leaves({ status: 'claimed' })
  given(reported(), claimed(), by(finch, 20, { type: 'said', room: null }))
    .when(due('update'), null, 35)
    .thenHappens()
  given(reported(), claimed(), by(wren, 20, { type: 'updated' }))
    .when(due('update'), null, 35)
    .thenHappens({ type: 'update-overdue' })
  given(reported({ severity: 1 }), claimed(finch, 5, 9000))
    .when(due('update'), null, 8000)
    .thenHappens()
})

test('the reporter is told once that nobody has taken an S3 or above, if they may be written to', () => {
  given(reported({ severity: 3 }))
    .when(due('told'), null, 30)
    .thenHappens({ type: 'reporter-told' })
    .leaves({ reporterTold: true })
  given(reported({ severity: 3 }), byHub(30, { type: 'reporter-told' }))
    .when(due('told'), null, 60)
    .thenHappens()
  given(reported({ severity: 2 }))
    .when(due('told'), null, 900)
    .thenHappens()
  given(reported(), claimed()).when(due('told'), null, 30).thenHappens()
  for (const contact of ['no', 'after'] as const) given(reported({ contact })).when(due('told'), null, 30).thenHappens()
  given(reported(), by(heron, 5, { type: 'withdrawn', kept: true }))
    .when(due('told'), null, 30)
    .thenHappens()
})

test('a clock that no longer matters makes nothing happen', () => {
  const clocks: Clock[] = ['answer', 'told', 'claim-warning', 'claim', 'update', 'handover', 'undo', 'close']
  const merged = by(finch, 6, { type: 'merged', into: 'AZ-0001' as never })
  for (const clock of clocks) {
    given(reported(), claimed(), merged).when(due(clock), null, 90_000).thenHappens()
    given(reported({ severity: 2 }), by(heron, 6, { type: 'withdrawn', kept: false }))
      .when(due(clock), null, 90_000)
      .thenHappens()
  }
  for (const clock of clocks.slice(2)) given(reported()).when(due(clock), null, 90_000).thenHappens()
  given(reported(), claimed()).when(due('handover'), null, 20).thenHappens()
  given(reported(), claimed(), by(finch, 10, { type: 'handover-offered', to: wren.id, until: at(20) }))
    .when(due('handover'), null, 19)
    .thenHappens()
})

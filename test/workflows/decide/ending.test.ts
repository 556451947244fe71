import { test } from 'vitest'
import type { Outcome } from '../../../workflows/incident.ts'
import {
  at,
  by,
  byHub,
  claimed,
  crane,
  due,
  finch,
  given,
  heron,
  id,
  noEvidence,
  reported,
  stork,
  wren,
} from '../specification.ts'

const resolve = (outcome: Outcome = 'calmed', note = '') => ({ type: 'resolve', outcome, note }) as const
const dismiss = { type: 'dismiss', reason: '' } as const
const undo = { type: 'undo' } as const
const reopen = { type: 'reopen', reason: 'They are back' } as const
const resolved = (minute = 10, outcome: Outcome = 'calmed') =>
  by(finch, minute, { type: 'resolved', outcome, undoUntil: at(minute + 1) })
const dismissed = (minute = 10) => by(finch, minute, { type: 'dismissed', undoUntil: at(minute + 1) })
const own = { by: finch.id, since: at(5), until: at(35) }

test('resolved with an outcome, to be undone for a minute; who had it stays on record', () => {
  given(reported(), claimed(), by(finch, 6, { type: 'handover-offered', to: wren.id, until: at(16) }))
    .when(resolve('calmed', 'They shook hands'), finch, 10)
    .thenHappens({ type: 'resolved', outcome: 'calmed', undoUntil: at(11) })
    .words({ note: 'They shook hands' })
    .leaves({ status: 'resolved', outcome: 'calmed', resolvedAt: at(10), claim: own, handover: null })
    .leaves({ undo: { until: at(11), status: 'claimed', claim: own } })
  given(reported(), claimed()).when(resolve('moved-on'), finch, 10).words(undefined)
  given(reported(), claimed())
    .when(resolve('worse', 'x'.repeat(2001)), finch, 10)
    .refusedAt('note', 'rule.text-long')
})

test('an unfounded outcome ends it as unfounded', () => {
  given(reported(), claimed())
    .when(resolve('unfounded'), finch, 10)
    .thenHappens({ type: 'resolved', outcome: 'unfounded', undoUntil: at(11) })
    .leaves({ status: 'unfounded', outcome: 'unfounded' })
})

test('whoever has it, has joined it or coordinates it says when it is over; others are told who has it', () => {
  for (const end of [resolve(), dismiss]) {
    given(reported(), claimed(), by(wren, 6, { type: 'joined' }))
      .when(end, wren, 10)
      .leaves({ handover: null })
    given(reported(), claimed()).when(end, crane, 10).leaves({ handover: null })
    for (const other of [wren, stork])
      given(reported(), claimed())
        .when(end, other, 10)
        .refused('rule.end-claimed', { person: { person: finch.id }, until: { time: at(35) } })
  }
})

test('what nobody has, any responder may end, also once a lease has passed', () => {
  given(reported()).when(resolve(), wren, 10).leaves({ status: 'resolved', claim: null })
  given(reported()).when(dismiss, wren, 10).leaves({ status: 'dismissed', claim: null })
  given(reported(), claimed()).when(resolve(), wren, 35).leaves({ status: 'resolved' })
})

test('not an incident is one tap, to be undone for a minute', () => {
  given(reported())
    .when(dismiss, finch, 10)
    .thenHappens({ type: 'dismissed', undoUntil: at(11) })
    .words(undefined)
    .leaves({
      status: 'dismissed',
      outcome: null,
      resolvedAt: null,
      undo: { until: at(11), status: 'reported', claim: null },
    })
  given(reported())
    .when({ ...dismiss, reason: 'A film set' }, finch, 10)
    .words({ reason: 'A film set' })
})

test('what has ended cannot end again', () => {
  given(reported(), resolved()).when(resolve(), finch, 11).refused('rule.over-resolved')
  given(reported(), resolved()).when(dismiss, finch, 11).refused('rule.over-resolved')
  given(reported(), dismissed()).when(resolve(), finch, 11).refused('rule.over-dismissed')
})

test('undone within the minute by anyone, everything is as before, with five minutes of lease at least', () => {
  given(reported(), claimed(), resolved())
    .when(undo, wren, 11)
    .thenHappens({ type: 'undone' })
    .leaves({ status: 'claimed', claim: own, outcome: null, resolvedAt: null, undo: null })
  given(reported(), claimed(), resolved(34))
    .when(undo, finch, 35)
    .leaves({ claim: { ...own, until: at(40) } })
  given(reported(), resolved())
    .when(undo, finch, 10.5)
    .leaves({ status: 'reported', claim: null, rung: 0, poolSince: at(0) })
  given(reported(), dismissed()).when(undo, wren, 10.5).leaves({ status: 'reported' })
  given(reported(), resolved(10, 'unfounded')).when(undo, wren, 10.5).leaves({ status: 'reported', outcome: null })
})

test('after the minute, the way on is to reopen', () => {
  given(reported(), resolved()).when(undo, finch, 11.1).refused('rule.undo-late', { id })
  given(reported(), resolved(), byHub(11, { type: 'settled' }))
    .when(undo, finch, 10.9)
    .refused('rule.undo-late')
  given(reported(), claimed()).when(undo, finch, 10).refused('rule.undo-none')
})

test('closing words may go out once the minute has passed, and not before', () => {
  given(reported(), resolved())
    .when(due('undo'), null, 11)
    .thenHappens({ type: 'settled' })
    .leaves({ undo: null, status: 'resolved' })
  given(reported(), resolved()).when(due('undo'), null, 10.5).thenHappens()
  given(reported(), resolved(), by(finch, 10.5, { type: 'undone' }))
    .when(due('undo'), null, 11)
    .thenHappens()
})

test('a resolved incident closes after a day', () => {
  const day = 24 * 60
  given(reported(), resolved(), byHub(11, { type: 'settled' }))
    .when(due('close'), null, 10 + day)
    .thenHappens({ type: 'closed' })
    .leaves({ status: 'closed', undo: null })
  given(reported(), resolved())
    .when(due('close'), null, 10 + day)
    .thenHappens({ type: 'settled' }, { type: 'closed' })
    .leaves({ status: 'closed', undo: null })
  given(reported(), resolved())
    .when(due('close'), null, 9 + day)
    .thenHappens()
  given(reported(), dismissed())
    .when(due('close'), null, 10 + day)
    .thenHappens()
  given(reported(), resolved(10, 'unfounded'))
    .when(due('close'), null, 10 + day)
    .thenHappens()
  given(reported(), resolved(), by(finch, 20, { type: 'reopened' }))
    .when(due('close'), null, 10 + day)
    .thenHappens()
})

test('reopened with a reason, nobody has it and the ladder starts anew', () => {
  const past = [
    reported(),
    by(wren, 1, { type: 'joined' }),
    byHub(3, { type: 'unanswered', rung: 2, to: ['RC'] }),
    claimed(),
  ] as const
  given(...past, resolved())
    .when(reopen, wren, 100)
    .thenHappens({ type: 'reopened' })
    .words({ reason: 'They are back' })
    .leaves({
      status: 'reported',
      claim: null,
      rung: 0,
      poolSince: at(100),
      joined: [],
      outcome: null,
      resolvedAt: null,
      undo: null,
    })
  given(reported(), resolved(), byHub(1450, { type: 'closed' }))
    .when(reopen, wren, 1500)
    .leaves({ status: 'reported' })
  given(reported(), dismissed()).when(reopen, wren, 1500).leaves({ status: 'reported' })
  given(reported(), resolved(10, 'unfounded')).when(reopen, wren, 1500).leaves({ status: 'reported' })
})

test('reopening takes a reason, and something to reopen', () => {
  const into = 'AZ-0001' as typeof id
  given(reported(), resolved())
    .when({ ...reopen, reason: '' }, wren, 100)
    .refusedAt('reason', 'rule.reason-needed')
  given(reported()).when(reopen, wren, 100).refused('rule.reopen-open')
  given(reported(), by(finch, 5, { type: 'merged', into }))
    .when(reopen, wren, 100)
    .refused('rule.over-duplicate')
  given(reported({ severity: 2 }), by(heron, 5, { type: 'withdrawn', kept: false }))
    .when(reopen, wren, 100)
    .refused('rule.over-withdrawn')
})

test('up to S3 the reporter takes the report back whole', () => {
  given(reported({ severity: 3 }), claimed(), by(finch, 6, { type: 'handover-offered', to: wren.id, until: at(16) }))
    .when({ type: 'withdraw' }, heron, 10)
    .thenHappens({ type: 'withdrawn', kept: false })
    .leaves({ status: 'withdrawn', whatSeq: 0, whereSeq: 0, handover: null })
})

test('S4 and S5 stay open as a note for safety, without words and without a reporter', () => {
  for (const severity of [4, 5] as const)
    given(reported({ severity, account: 'a-1' as never }), claimed())
      .when({ type: 'withdraw' }, heron, 10)
      .thenHappens({ type: 'withdrawn', kept: true })
      .leaves({ status: 'claimed', severity, reporter: null, account: null, contact: 'no', whatSeq: 0, whereSeq: 0 })
})

test('what others reported too stays open without the words of the one who withdraws', () => {
  const merged = {
    type: 'absorbed',
    from: 'AZ-0001' as typeof id,
    also: [{ report: 'AZ-0001' as typeof id, by: finch.id, known: null, derivedFrom: null }],
    evidence: noEvidence,
    severity: 2,
    mark: 'AMBER',
  } as const
  given(reported({ severity: 2 }), by(finch, 5, merged))
    .when({ type: 'withdraw' }, heron, 10)
    .leaves({ status: 'reported', reporter: null, also: merged.also, whatSeq: 0 })
})

test('after the end the words still go, and the end stays', () => {
  given(reported({ severity: 2 }), resolved())
    .when({ type: 'withdraw' }, heron, 500)
    .thenHappens({ type: 'withdrawn', kept: true })
    .leaves({ status: 'resolved', reporter: null, whatSeq: 0, whereSeq: 0 })
})

test('only the reporter withdraws, once', () => {
  for (const other of [finch, crane])
    given(reported()).when({ type: 'withdraw' }, other, 10).refused('refusal.own', { id })
  given(reported({ severity: 2 }), by(heron, 5, { type: 'withdrawn', kept: false }))
    .when({ type: 'withdraw' }, heron, 10)
    .refused('rule.over-withdrawn')
  given(reported(), by(heron, 5, { type: 'withdrawn', kept: true }))
    .when({ type: 'withdraw' }, heron, 10)
    .refused('refusal.own')
})

import { test } from 'vitest'
import { at, by, byHub, claimed, crane, finch, given, heron, id, reported, wren } from '../specification.ts'

const to = (severity: 1 | 2 | 3 | 4 | 5, reason = '') => ({ type: 'severity', to: severity, reason }) as const
const asked = by(finch, 5, { type: 'lowering-asked', to: 2 }, { reason: 'They left' })
const agree = (severity: 1 | 2 | 3 | 4 | 5) => ({ type: 'agree-lowering', to: severity }) as const

test('raising holds at once, with or without a reason', () => {
  given(reported({ severity: 2 }))
    .when(to(4), heron, 5)
    .thenHappens({ type: 'severity-raised', from: 2, to: 4 })
    .words(undefined)
  given(reported({ severity: 2 }))
    .when(to(4, 'A gun'), heron, 5)
    .words({ reason: 'A gun' })
    .leaves({ severity: 4 })
})

test('a raised severity starts its own ladder from the bottom', () => {
  given(reported({ severity: 3 }), byHub(60, { type: 'unanswered', rung: 2, to: ['DO'] }))
    .when(to(5), heron, 61)
    .leaves({ severity: 5, rung: 0, poolSince: at(0) })
})

test('raising ends a lowering that waits', () => {
  given(reported(), asked).when(to(5), wren, 6).leaves({ severity: 5, lowering: null })
})

test('the same severity is told as it stands', () => {
  given(reported()).when(to(4, 'same'), wren, 6).refused('rule.severity-already', { id, severity: 'S4' })
})

test('lowering takes a reason at every severity', () => {
  given(reported({ severity: 3 }))
    .when(to(2, ' '), finch, 5)
    .refusedAt('reason', 'rule.reason-needed')
  given(reported({ severity: 5 }))
    .when(to(4), finch, 5)
    .refusedAt('reason', 'rule.reason-needed')
  given(reported({ severity: 3 }))
    .when(to(2, 'x'.repeat(2001)), finch, 5)
    .refusedAt('reason', 'rule.text-long', { count: 1 })
})

test('from S3 down one person lowers, with a reason', () => {
  given(reported({ severity: 3 }))
    .when(to(2, 'Only words'), finch, 5)
    .thenHappens({ type: 'severity-lowered', from: 3, to: 2, asked: null })
    .words({ reason: 'Only words' })
    .leaves({ severity: 2 })
})

test('from S4 and S5 a second person must agree', () => {
  given(reported())
    .when(to(2, 'They left'), finch, 5)
    .thenHappens({ type: 'lowering-asked', to: 2 })
    .words({ reason: 'They left' })
    .leaves({ severity: 4, lowering: { by: finch.id, to: 2 } })
  given(reported({ severity: 5 }))
    .when(to(4, 'Nobody is hurt'), finch, 5)
    .leaves({ severity: 5, lowering: { by: finch.id, to: 4 } })
})

test('the second person lowers it to exactly what was asked', () => {
  given(reported(), asked)
    .when(agree(2), wren, 6)
    .thenHappens({ type: 'severity-lowered', from: 4, to: 2, asked: finch.id })
    .leaves({ severity: 2, lowering: null })
  given(reported(), asked)
    .when(agree(3), wren, 6)
    .refused('rule.lowering-changed', { severity: 'S2', person: { person: finch.id } })
})

test('who asked cannot agree, nor by asking again', () => {
  given(reported(), asked).when(agree(2), finch, 6).refused('rule.lowering-alone', { severity: 'S2', now: 'S4' })
  given(reported(), asked).when(to(2, 'Really'), finch, 6).refused('rule.lowering-alone')
})

test('a second person who asks for the same has agreed; one who asks for another starts anew', () => {
  given(reported(), asked)
    .when(to(2, 'I see it too'), wren, 6)
    .thenHappens({ type: 'severity-lowered', from: 4, to: 2, asked: finch.id })
    .words({ reason: 'I see it too' })
  given(reported(), asked)
    .when(to(3, 'Still tense'), wren, 6)
    .leaves({ severity: 4, lowering: { by: wren.id, to: 3 } })
})

test('anyone may keep it as it is', () => {
  given(reported(), asked)
    .when({ type: 'keep-severity' }, crane, 6)
    .thenHappens({ type: 'lowering-refused' })
    .leaves({ severity: 4, lowering: null })
})

test('without a request there is nothing to agree to or to refuse', () => {
  given(reported()).when(agree(2), wren, 6).refused('rule.lowering-none', { severity: 'S4' })
  given(reported()).when({ type: 'keep-severity' }, wren, 6).refused('rule.lowering-none')
  given(reported(), asked, by(wren, 6, { type: 'severity-raised', from: 4, to: 5 }))
    .when(agree(2), wren, 7)
    .refused('rule.lowering-none', { severity: 'S5' })
})

test('what has ended keeps its severity', () => {
  const over = by(finch, 6, { type: 'resolved', outcome: 'calmed', undoUntil: at(7) })
  for (const action of [to(5), to(2, 'why'), agree(2), { type: 'keep-severity' } as const])
    given(reported(), asked, claimed(), over).when(action, wren, 8).refused('rule.over-resolved')
})

import { test } from 'vitest'
import type { PersonId } from '../../../workflows/ids.ts'
import type { Credibility, Mark } from '../../../workflows/incident.ts'
import { at, by, claimed, crane, finch, given, heron, type id, owl, reported, stork, wren } from '../specification.ts'

const verify = (to: Credibility, note = '') => ({ type: 'verify', to, note }) as const
const step = (actor: typeof finch, to: Credibility) => by(actor, 5, { type: 'credibility-set', from: 'unverified', to })
const mark = (to: Mark, reason = '') => ({ type: 'mark', to, reason }) as const

test('checking, corroborated and false are one person, with a note if there is one', () => {
  for (const to of ['checking', 'corroborated', 'false'] as const)
    given(reported())
      .when(verify(to, 'Called the library'), finch, 6)
      .thenHappens({ type: 'credibility-set', from: 'unverified', to })
      .words({ note: 'Called the library' })
      .leaves({ credibility: to, credibilityBy: finch.id, severity: 4 })
  given(reported())
    .when(verify('checking', 'x'.repeat(2001)), finch, 6)
    .refusedAt('note', 'rule.text-long')
})

test('verified takes a check before, and a second person', () => {
  given(reported()).when(verify('verified'), finch, 6).refused('rule.verify-first')
  given(reported(), step(finch, 'false')).when(verify('verified'), wren, 6).refused('rule.verify-first')
  given(reported(), step(finch, 'checking')).when(verify('verified'), finch, 6).refused('rule.verify-alone')
  given(reported(), step(finch, 'checking')).when(verify('verified'), wren, 6).leaves({ credibility: 'verified' })
  given(reported(), step(finch, 'corroborated'))
    .when(verify('verified'), crane, 6)
    .thenHappens({ type: 'credibility-set', from: 'corroborated', to: 'verified' })
})

test('who reported it can never confirm it, but may call it false', () => {
  const own = reported({}, wren)
  for (const to of ['checking', 'corroborated'] as const)
    given(own).when(verify(to), wren, 6).refused('rule.verify-own')
  given(own, step(finch, 'checking')).when(verify('verified'), wren, 6).refused('rule.verify-own')
  given(own).when(verify('false'), wren, 6).leaves({ credibility: 'false' })
})

test('the same step is told; a closed incident may still be verified, a duplicate not', () => {
  given(reported(), step(finch, 'checking')).when(verify('checking'), wren, 6).refused('rule.verify-already')
  given(reported(), step(finch, 'checking'), by(finch, 6, { type: 'resolved', outcome: 'calmed', undoUntil: at(7) }))
    .when(verify('verified'), wren, 900)
    .leaves({ status: 'resolved', credibility: 'verified' })
  given(reported(), by(finch, 6, { type: 'merged', into: 'AZ-0001' as typeof id }))
    .when(verify('checking'), wren, 7)
    .refused('rule.over-duplicate')
})

test('anyone raises a mark, at any time', () => {
  given(reported())
    .when(mark('RED'), heron, 6)
    .thenHappens({ type: 'marked', from: 'AMBER', to: 'RED' })
    .words(undefined)
  given(reported(), by(finch, 6, { type: 'dismissed', undoUntil: at(7) }))
    .when(mark('RED', 'A name'), heron, 8)
    .words({ reason: 'A name' })
})

test('only a coordinator of its region lowers a mark, with a reason', () => {
  for (const other of [heron, finch, stork])
    given(reported()).when(mark('GREEN', 'why'), other, 6).refused('rule.mark-coordinator', { mark: 'AMBER' })
  given(reported({ mark: 'RED' }))
    .when(mark('AMBER'), crane, 6)
    .refusedAt('reason', 'rule.reason-needed')
  given(reported({ mark: 'RED' }))
    .when(mark('AMBER', 'No names in it'), crane, 6)
    .words({ reason: 'No names in it' })
    .leaves({ mark: 'AMBER' })
  given(reported({ mark: 'RED' }))
    .when(mark('CLEAR', 'Public already'), owl, 6)
    .leaves({ mark: 'CLEAR' })
  given(reported()).when(mark('AMBER', 'x'), crane, 6).refused('rule.mark-already', { mark: 'AMBER' })
})

test('a person sets the kind; what starts RED marks RED, and no kind lowers a mark', () => {
  const kind = (code: string) => ({ type: 'kind', kind: code }) as const
  given(reported())
    .when(kind('VI-5'), finch, 6)
    .thenHappens({ type: 'kind-set', kind: 'VI-5', mark: 'RED' })
    .leaves({ kindGuessed: false, mark: 'RED' })
  given(reported({ mark: 'RED' }))
    .when(kind('PR-1'), finch, 6)
    .leaves({ kind: 'PR-1', mark: 'RED' })
  given(reported({ mark: 'GREEN' }))
    .when(kind('PR-1'), finch, 6)
    .leaves({ mark: 'GREEN' })
  given(reported()).when(kind('AR-1'), finch, 6).leaves({ kind: 'AR-1', kindGuessed: false })
  given(reported({ kindGuessed: false }))
    .when(kind('AR-1'), finch, 6)
    .refused('rule.kind-already')
  given(reported()).when(kind('QQ-1'), finch, 6).refusedAt('kind', 'rule.kind-unknown')
  given(reported({ severity: 2 }), by(heron, 2, { type: 'withdrawn', kept: false }))
    .when(kind('PR-1'), finch, 6)
    .refused('rule.over-withdrawn')
})

test('the kind of a threat to our own people restricts it, and whoever is on it stays inside', () => {
  given(reported(), claimed(), by(wren, 6, { type: 'joined' }))
    .when({ type: 'kind', kind: 'TH-4' }, crane, 7)
    .thenHappens(
      { type: 'kind-set', kind: 'TH-4', mark: 'RED' },
      { type: 'restricted', allowed: [crane.id, finch.id, wren.id] },
    )
    .signed(crane.id, null)
  given(reported({ visibility: 'restricted', allowed: [owl.id] }))
    .when({ type: 'kind', kind: 'TH-4' }, owl, 7)
    .thenHappens({ type: 'kind-set', kind: 'TH-4', mark: 'RED' })
})

test('a coordinator keeps it to named people, and stays inside', () => {
  given(reported(), claimed())
    .when({ type: 'restrict', allow: [wren.id], reason: 'Her home is named' }, crane, 7)
    .thenHappens({ type: 'restricted', allowed: [finch.id, crane.id, wren.id] })
    .words({ reason: 'Her home is named' })
    .leaves({ visibility: 'restricted' })
})

test('more people are added to those who are named', () => {
  const restricted = reported({ visibility: 'restricted', allowed: [crane.id] })
  const allow = (...people: PersonId[]) => ({ type: 'restrict', allow: people, reason: '' }) as const
  given(restricted)
    .when(allow(wren.id, finch.id, wren.id), crane, 7)
    .thenHappens({ type: 'restricted', allowed: [crane.id, wren.id, finch.id] })
  given(restricted).when(allow(crane.id), crane, 7).refused('rule.restrict-already')
  given(restricted)
    .when(allow('p-nobody' as PersonId), crane, 7)
    .refusedAt('allow', 'rule.person-unknown')
  given(reported()).when(allow(wren.id), finch, 7).refused('rule.restrict-coordinator')
  given(reported()).when(allow(wren.id), stork, 7).refused('rule.restrict-coordinator')
})

test('a coordinator opens it to its region again, with a reason', () => {
  const open = (reason: string) => ({ type: 'unrestrict', reason }) as const
  const restricted = reported({ visibility: 'restricted', allowed: [crane.id, finch.id] })
  given(restricted)
    .when(open('He agreed'), crane, 7)
    .thenHappens({ type: 'unrestricted' })
    .leaves({ visibility: 'region', allowed: [] })
  given(restricted).when(open(''), crane, 7).refusedAt('reason', 'rule.reason-needed')
  given(restricted).when(open('why'), finch, 7).refused('rule.restrict-coordinator')
  given(reported()).when(open('why'), crane, 7).refused('rule.unrestrict-already')
})

import { test } from 'vitest'
import { makeIncidentId } from '../../../workflows/ids.ts'
import {
  another,
  at,
  by,
  byHub,
  claimed,
  finch,
  given,
  heron,
  id,
  noEvidence,
  reported,
  wren,
} from '../specification.ts'

const first = makeIncidentId('AZ', 400)
const also = [{ report: first, by: heron.id, known: null, derivedFrom: null }]
const dismissed = by(finch, 5, { type: 'dismissed', undoUntil: at(6) })
const mergedElsewhere = by(finch, 5, { type: 'merged', into: makeIncidentId('AZ', 300) })

test('a second report of the same becomes part of the first', () => {
  given(reported(), claimed(), by(finch, 6, { type: 'handover-offered', to: wren.id, until: at(16) }))
    .when({ type: 'merge', into: another(first, reported()) }, finch, 10)
    .thenHappens({ type: 'merged', into: first })
    .leaves({ status: 'duplicate', mergedInto: first, handover: null })
})

test('the first takes in its reports, its evidence and the graver severity and mark', () => {
  const from = another(first, reported({ severity: 5, mark: 'RED', evidence: { ...noEvidence, photo: 2 } }))
  const shown = also.map(source => ({ ...source, shown: true as const }))
  given(
    reported({ evidence: { ...noEvidence, photo: 1, voice: 1 } }),
    byHub(10, { type: 'unanswered', rung: 1, to: ['RC'] }),
  )
    .when({ type: 'absorb', from }, finch, 11)
    .thenHappens({ type: 'absorbed', from: first, also: shown, evidence: from.evidence, severity: 5, mark: 'RED' })
    .leaves({ also: shown, severity: 5, mark: 'RED', merged: [first], rung: 0 })
    .leaves({ evidence: { ...noEvidence, photo: 3, voice: 1 } })
})

test('what is taken in never lowers severity or mark, nor ends a request to lower', () => {
  const asked = by(finch, 5, { type: 'lowering-asked', to: 2 })
  given(reported({ mark: 'RED' }), asked)
    .when({ type: 'absorb', from: another(first, reported({ severity: 1, mark: 'CLEAR' })) }, wren, 11)
    .leaves({ severity: 4, mark: 'RED', lowering: { by: finch.id, to: 2 } })
})

test('a graver one that is taken in shortens a long lease', () => {
  given(reported({ severity: 2 }), claimed(finch, 5, 485))
    .when({ type: 'absorb', from: another(first, reported({ severity: 5 })) }, wren, 10)
    .leaves({ severity: 5, claim: { by: finch.id, since: at(5), until: at(25) } })
})

test('the one that is taken in may already carry its merging', () => {
  const from = another(first, reported(), by(finch, 5, { type: 'merged', into: id }))
  given(reported())
    .when({ type: 'absorb', from }, finch, 5)
    .leaves({ also, merged: [first] })
})

test('nothing is merged into itself, twice, or into what has ended', () => {
  given(reported())
    .when({ type: 'merge', into: another(id, reported()) }, finch, 10)
    .refused('rule.merge-self')
  given(reported())
    .when({ type: 'absorb', from: another(id, reported()) }, finch, 10)
    .refused('rule.merge-self')
  given(reported())
    .when({ type: 'merge', into: another(first, reported(), dismissed) }, finch, 10)
    .refused('rule.merge-over', { id: first })
  given(reported(), dismissed)
    .when({ type: 'absorb', from: another(first, reported()) }, finch, 10)
    .refused('rule.merge-over', { id })
  const absorbed = {
    type: 'absorbed',
    from: first,
    also,
    evidence: noEvidence,
    severity: 4,
    mark: 'AMBER',
  } as const
  given(reported(), by(finch, 5, absorbed))
    .when({ type: 'absorb', from: another(first, reported()) }, finch, 10)
    .refused('rule.merge-done')
})

test('a duplicate names where it went, on either side', () => {
  given(reported(), mergedElsewhere)
    .when({ type: 'merge', into: another(first, reported()) }, finch, 10)
    .refused('rule.over-duplicate', { id })
  given(reported())
    .when({ type: 'merge', into: another(first, reported(), mergedElsewhere) }, finch, 10)
    .refused('rule.over-duplicate', { id: first })
  given(reported())
    .when({ type: 'absorb', from: another(first, reported(), mergedElsewhere) }, finch, 10)
    .refused('rule.over-duplicate')
  given(reported(), dismissed)
    .when({ type: 'merge', into: another(first, reported()) }, finch, 10)
    .refused('rule.over-dismissed')
})

test('a restricted incident and an open one stay apart', () => {
  const restricted = reported({ visibility: 'restricted', allowed: [finch.id] })
  given(restricted)
    .when({ type: 'merge', into: another(first, reported()) }, finch, 10)
    .refused('rule.merge-restricted')
  given(reported())
    .when({ type: 'merge', into: another(first, restricted) }, finch, 10)
    .refused('rule.merge-restricted')
  given(reported())
    .when({ type: 'absorb', from: another(first, restricted) }, finch, 10)
    .refused('rule.merge-restricted')
  given(restricted)
    .when({ type: 'merge', into: another(first, restricted) }, finch, 10)
    .leaves({ status: 'duplicate' })
})

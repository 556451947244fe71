import { describe, test } from 'vitest'
import { makeIncidentId } from '../../../workflows/ids.ts'
import type { Alike, Source } from '../../../workflows/incident.ts'
import {
  another,
  at,
  by,
  byHub,
  claimed,
  crane,
  finch,
  given,
  heron,
  id,
  noEvidence,
  reported,
  robin,
  wren,
} from '../specification.ts'

const other = makeIncidentId('AZ', 400)
const third = makeIncidentId('AZ', 401)
const alike = (of = other): Alike => ({
  id: of,
  kind: 'AR-1',
  county: 'Maricopa County, AZ',
  reportedAt: at(0),
  offered: true,
})
const likened = byHub(1, { type: 'likened', to: [alike()] })
const of = (report: typeof id, who = wren.id): Source => ({ report, by: who, known: null, derivedFrom: null })
const absorbed = { type: 'absorbed', from: other, evidence: noEvidence, severity: 4, mark: 'AMBER' } as const

describe('what may be the same event', () => {
  test('is named once, by the hub, at most three at a time', () => {
    const to = [alike(), alike(third), alike(makeIncidentId('AZ', 402)), alike(makeIncidentId('AZ', 403))]
    given(reported())
      .when({ type: 'liken', to }, null, 5)
      .thenHappens({ type: 'likened', to: to.slice(0, 3) })
      .signed(null)
      .leaves({ like: to.slice(0, 3).map(one => one.id) })
    given(reported(), likened)
      .when({ type: 'liken', to: [alike()] }, null, 5)
      .thenHappens()
    given(reported(), by(finch, 2, { type: 'dismissed', undoUntil: at(3) }))
      .when({ type: 'liken', to }, null, 5)
      .thenHappens()
  })

  test('and is not stays so: never named again', () => {
    given(reported(), likened)
      .when({ type: 'unlike', to: other }, heron, 5)
      .thenHappens({ type: 'unlikened', to: other })
      .leaves({ like: [], unlike: [other] })
    const said = by(heron, 5, { type: 'unlikened', to: other })
    given(reported(), likened, said)
      .when({ type: 'liken', to: [alike()] }, null, 6)
      .thenHappens()
    given(reported(), likened, said).when({ type: 'unlike', to: other }, heron, 6).thenHappens()
    given(reported(), likened).when({ type: 'unlike', to: other }, robin, 5).refused('refusal.own')
  })

  test('is proposed by the reporter of what somebody has already', () => {
    given(reported(), likened, claimed())
      .when({ type: 'propose', into: other }, heron, 6)
      .thenHappens({ type: 'proposed', into: other })
    given(reported(), claimed()).when({ type: 'propose', into: other }, heron, 6).refused('same.not-team')
  })
})

describe('a merge', () => {
  const into = another(other, reported())

  test("is the reporter's own to make where it was offered and nobody has theirs", () => {
    given(reported(), likened).when({ type: 'merge', into }, heron, 5).thenHappens({ type: 'merged', into: other })
    given(reported()).when({ type: 'merge', into }, heron, 5).refused('same.not-team')
    given(reported(), likened, claimed()).when({ type: 'merge', into }, heron, 6).refused('same.taken-already')
    given(reported(), likened).when({ type: 'merge', into }, robin, 5).refused('same.not-team')
  })

  test('across regions takes somebody who works in both', () => {
    const away = another(other, reported({ region: 'NV' }))
    given(reported()).when({ type: 'merge', into: away }, finch, 5).refused('same.not-team')
  })

  test('is taken apart by whoever works on it within a minute, later by a coordinator', () => {
    const merged = by(finch, 5, { type: 'merged', into: other })
    given(reported(), claimed(finch, 3), merged)
      .when({ type: 'unmerge' }, wren, 6)
      .thenHappens({ type: 'separated', from: other, undo: true })
      .leaves({ status: 'claimed', claim: { by: finch.id, since: at(3), until: at(33) }, mergedInto: null })
    given(reported(), merged).when({ type: 'unmerge' }, wren, 7).refused('same.late', { id, into: other })
    given(reported(), claimed(finch, 3), merged)
      .when({ type: 'unmerge' }, crane, 90)
      .leaves({ status: 'reported', claim: null, poolSince: at(90), rung: 0 })
    given(reported()).when({ type: 'unmerge' }, crane, 7).refused('same.none')
    given(reported(), merged, by(heron, 6, { type: 'withdrawn', kept: true }))
      .when({ type: 'unmerge' }, crane, 7)
      .refused('same.withdrawn')
  })

  test('that is taken back at once takes back what it raised, but nothing that people did', () => {
    const from = another(other, reported({ severity: 5, mark: 'RED' }), by(finch, 5, { type: 'merged', into: id }))
    const took = by(finch, 5, { ...absorbed, severity: 5, mark: 'RED', also: [of(other)] })
    given(reported({ severity: 3 }), took)
      .when({ type: 'part', from, through: null }, finch, 5.5)
      .leaves({ severity: 3, mark: 'AMBER', merged: [], also: [] })
    given(reported({ severity: 3 }), took)
      .when({ type: 'part', from, through: null }, crane, 90)
      .leaves({ severity: 5, mark: 'RED' })
    given(reported({ severity: 3 }), took, by(wren, 5.2, { type: 'severity-lowered', from: 5, to: 2, asked: null }))
      .when({ type: 'part', from, through: null }, finch, 5.5)
      .leaves({ severity: 2 })
  })
})

describe('a second independent source', () => {
  const saw = { type: 'detailed', details: { known: 'saw' } } as const
  const told = by(heron, 1, saw)
  const silent = another(other, by(wren, 0, reported().event, { what: 'x' }))
  const from = another(other, by(wren, 0, reported().event, { what: 'x' }), by(wren, 1, saw))
  const ofSaw = { ...of(other), known: 'saw' } as const

  test('corroborates by rule, with how many there are, signed by the hub', () => {
    given(reported(), told)
      .when({ type: 'absorb', from }, finch, 5)
      .thenHappens(
        { ...absorbed, also: [ofSaw] },
        { type: 'credibility-set', from: 'unverified', to: 'corroborated', sources: 2 },
      )
      .signed(finch.id, null)
      .leaves({ credibility: 'corroborated', credibilityBy: null })
  })

  test('is not one that does not say how it knows, on either side', () => {
    given(reported()).when({ type: 'absorb', from: silent }, finch, 5).leaves({ credibility: 'unverified' })
    given(reported()).when({ type: 'absorb', from }, finch, 5).leaves({ credibility: 'unverified' })
    given(reported(), told).when({ type: 'absorb', from: silent }, finch, 5).leaves({ credibility: 'unverified' })
  })

  test('that says later how it knows, or sends its own photo, does so then', () => {
    const shown = { ...of(other), shown: true } as const
    for (const source of [ofSaw, shown])
      given(reported(), told, by(finch, 5, { ...absorbed, also: [of(other)] }))
        .when({ type: 'source', report: other, source }, wren, 9)
        .thenHappens(
          { type: 'sourced', report: other, source },
          { type: 'credibility-set', from: 'unverified', to: 'corroborated', sources: 2 },
        )
    given(reported(), told, by(finch, 5, { ...absorbed, also: [{ ...of(other), known: 'told-absent' }] }))
      .when({ type: 'source', report: other, source: ofSaw }, wren, 9)
      .thenHappens(
        { type: 'sourced', report: other, source: ofSaw },
        { type: 'credibility-set', from: 'unverified', to: 'corroborated', sources: 2 },
      )
    given(
      reported(),
      by(heron, 1, { type: 'detailed', details: { known: 'told-absent' } }),
      by(finch, 5, { ...absorbed, also: [ofSaw] }),
    )
      .when({ type: 'detail', details: { known: 'saw' } }, heron, 9)
      .leaves({ credibility: 'corroborated' })
  })

  test('never overrules what people found; one that goes takes back only what the rule did', () => {
    const set = (to: 'false' | 'verified') => by(crane, 3, { type: 'credibility-set', from: 'unverified', to })
    for (const to of ['false', 'verified'] as const) {
      given(reported(), told, set(to)).when({ type: 'absorb', from }, finch, 5).leaves({ credibility: to })
    }
    const both = by(finch, 5, { ...absorbed, also: [ofSaw] })
    const rule = byHub(5, { type: 'credibility-set', from: 'unverified', to: 'corroborated', sources: 2 })
    given(reported(), told, both, rule)
      .when({ type: 'source', report: other, source: null }, wren, 9)
      .leaves({ credibility: 'unverified', also: [] })
    const said = by(crane, 6, { type: 'credibility-set', from: 'corroborated', to: 'corroborated' })
    given(reported(), told, both, rule, said)
      .when({ type: 'source', report: other, source: null }, wren, 9)
      .leaves({ credibility: 'corroborated', also: [] })
    given(reported(), told, both).when({ type: 'update', text: 'calm' }, finch, 9).leaves({ credibility: 'unverified' })
  })

  test('is not the same person, nor one who repeats an original', () => {
    const same = another(other, reported())
    given(reported(), told).when({ type: 'absorb', from: same }, finch, 5).leaves({ credibility: 'unverified' })
    const originals = new Map([
      [heron.id, new Set(['post'])],
      [wren.id, new Set(['post'])],
    ])
    given(reported(), told)
      .when({ type: 'absorb', from, originals }, finch, 5)
      .leaves({ credibility: 'unverified', also: [{ ...ofSaw, derivedFrom: id }] })
  })
})

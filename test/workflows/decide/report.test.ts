import { expect, test } from 'vitest'
import { decide } from '../../../workflows/decide.ts'
import {
  at,
  by,
  claimed,
  crane,
  eagle,
  finch,
  given,
  heron,
  id,
  incidentAfter,
  noEvidence,
  owl,
  phoenix,
  reported,
  reporting,
  roster,
  stork,
  taxonomy,
  wren,
} from '../specification.ts'

const inRoom = { state: 'room', county: null, fips: null, usState: null } as const

test('a report stands AMBER, open to its region, with its words and nothing else', () => {
  given()
    .when(reporting(), heron, 0)
    .thenHappens(reported({ kind: null, kindGuessed: false }).event)
    .words({ what: 'Three men with rifles', where: 'library' })
    .signed(heron.id)
    .leaves({
      status: 'reported',
      severity: 4,
      reporter: heron.id,
      rung: 0,
      whatSeq: 1,
      whereSeq: 1,
      seq: 1,
    })
    .leaves({ credibility: 'unverified', claim: null, poolSince: at(0), reportedAt: at(0), undo: null })
})

test('a guessed kind is known as guessed, and a guess that starts RED marks RED', () => {
  given()
    .when(reporting({ kind: 'AR-1' }), heron, 0)
    .leaves({ kind: 'AR-1', kindGuessed: true, mark: 'AMBER' })
  given()
    .when(reporting({ kind: 'VI-5' }), heron, 0)
    .leaves({ kind: 'VI-5', mark: 'RED', visibility: 'region' })
})

test('a kind that the taxonomy does not know is no guess', () => {
  given()
    .when(reporting({ kind: 'ZZ-9' }), heron, 0)
    .leaves({ kind: null, kindGuessed: false })
})

test("a threat to the network's own people starts restricted to the region's coordinators", () => {
  given()
    .when(reporting({ kind: 'TH-4' }), heron, 0)
    .leaves({ mark: 'RED', visibility: 'restricted', allowed: [crane.id] })
})

test('without coordinators of the region it is restricted to those of the network, else to leaders, else not at all', () => {
  const by = (people: Parameters<typeof roster>[1]) =>
    given().when(reporting({ kind: 'TH-4' }), heron, 0, roster([], people))
  by([heron, finch, stork, owl, eagle]).leaves({ visibility: 'restricted', allowed: [owl.id] })
  by([heron, finch, eagle]).leaves({ visibility: 'restricted', allowed: [eagle.id] })
  by([heron, finch]).leaves({ visibility: 'region', allowed: [], mark: 'RED' })
})

test('a reporter may ask for it to be restricted', () => {
  given()
    .when(reporting({ visibility: 'restricted' }), heron, 0)
    .leaves({ visibility: 'restricted', allowed: [crane.id], mark: 'AMBER' })
})

test('what happened cannot be left out, not even with invisible characters', () => {
  for (const what of ['', '   \n', '\u200b\u200d\ufeff', '\u202e\u2066', '\u3164\u2800'])
    given().when(reporting({ what }), heron, 0).refusedAt('what', 'rule.what-empty')
})

test('where may be left out only if the room says it', () => {
  given()
    .when(reporting({ where: ' ' }), heron, 0)
    .refusedAt('where', 'rule.where-empty')
  given()
    .when(reporting({ where: '', place: inRoom }), heron, 0)
    .leaves({ whatSeq: 1, whereSeq: 0 })
})

test('words are kept as typed, without the space around them', () => {
  const what = '@everyone <b>عاجل</b> 👩‍👩‍👧 \u202eabc *now*'
  given()
    .when(reporting({ what: `\n ${what}  ` }), heron, 0)
    .words({ what, where: 'library' })
})

test('a text that is too long is refused by how much, and never cut', () => {
  const long = (what: string) => given().when(reporting({ what }), heron, 0)
  long('x'.repeat(4000)).leaves({ whatSeq: 1 })
  long('x'.repeat(4001)).refusedAt('what', 'rule.text-long', { count: 1, limit: 4000 })
  long('x'.repeat(40_000)).refusedAt('what', 'rule.text-long', { count: 36_000, limit: 4000 })
  given()
    .when(reporting({ where: 'y'.repeat(310) }), heron, 0)
    .refusedAt('where', 'rule.text-long', { count: 10 })
})

test('a character of two code units counts once', () => {
  given()
    .when(reporting({ what: '🕊'.repeat(4000) }), heron, 0)
    .leaves({ whatSeq: 1 })
})

test('a broken surrogate is mended, so that the words can be stored', () => {
  given()
    .when(reporting({ what: 'a\ud800b' }), heron, 0)
    .words({ what: 'a\ufffdb', where: 'library' })
})

test('what is added is kept, counted, and taken even after the end', () => {
  const photo = { ...noEvidence, photo: 2 }
  given(reported())
    .when({ type: 'add', text: 'They left', evidence: photo }, heron, 9)
    .thenHappens({ type: 'added', evidence: photo })
    .words({ text: 'They left' })
    .leaves({ evidence: photo, whatSeq: 1 })
  given(reported(), by(finch, 5, { type: 'resolved', outcome: 'calmed', undoUntil: at(6) }))
    .when({ type: 'add', text: 'They are back', evidence: noEvidence }, heron, 300)
    .thenHappens({ type: 'added', evidence: noEvidence })
})

test('files may be added without words, but not nothing at all', () => {
  const voice = { ...noEvidence, voice: 1 }
  given(reported()).when({ type: 'add', text: '', evidence: voice }, heron, 1).words(undefined)
  given(reported())
    .when({ type: 'add', text: ' ', evidence: noEvidence }, heron, 1)
    .refusedAt('text', 'rule.text-empty')
  given(reported())
    .when({ type: 'add', text: 'x'.repeat(4001), evidence: voice }, heron, 1)
    .refusedAt('text', 'rule.text-long')
})

test('nothing is added to a duplicate or to what was withdrawn', () => {
  const add = { type: 'add', text: 'more', evidence: noEvidence } as const
  const into = 'AZ-0001' as typeof id
  given(reported(), by(finch, 5, { type: 'merged', into }))
    .when(add, heron, 6)
    .refused('rule.over-duplicate')
  given(reported({ severity: 2 }), by(heron, 5, { type: 'withdrawn', kept: false }))
    .when(add, finch, 6)
    .refused('rule.over-withdrawn')
})

test('talk in the thread is kept whatever the status', () => {
  given(reported({ severity: 2 }), by(heron, 5, { type: 'withdrawn', kept: false }))
    .when({ type: 'say', text: 'Understood', room: null }, finch, 6)
    .thenHappens({ type: 'said', room: null })
    .words({ text: 'Understood' })
  given(reported()).when({ type: 'say', text: '', room: null }, finch, 6).refusedAt('text', 'rule.text-empty')
})

test('news is taken while it is open or freshly resolved', () => {
  const news = { type: 'update', text: 'Line is moving' } as const
  const resolved = by(finch, 5, { type: 'resolved', outcome: 'calmed', undoUntil: at(6) })
  given(reported()).when(news, wren, 9).thenHappens({ type: 'updated' }).words({ text: 'Line is moving' })
  given(reported(), resolved).when(news, wren, 9).thenHappens({ type: 'updated' })
  given(reported(), resolved, by(finch, 2000, { type: 'closed' }))
    .when(news, wren, 2001)
    .refused('rule.over-closed')
  given(reported())
    .when({ type: 'update', text: 'x'.repeat(2001) }, wren, 9)
    .refusedAt('text', 'rule.text-long', { limit: 2000 })
})

test('the facts of the further screens are added to those known', () => {
  given(reported(), by(heron, 1, { type: 'detailed', details: { known: 'saw', weapons: 'unknown' } }))
    .when({ type: 'detail', details: { weapons: 'carried' }, safeContact: 'Signal, after six' }, heron, 2)
    .thenHappens({ type: 'detailed', details: { weapons: 'carried' } })
    .words({ safeContact: 'Signal, after six' })
    .leaves({ details: { known: 'saw', weapons: 'carried' } })
  given(reported()).when({ type: 'detail', details: {} }, heron, 2).thenHappens()
  given(reported())
    .when({ type: 'detail', details: {}, safeContact: 'x'.repeat(301) }, heron, 2)
    .refusedAt('safeContact', 'rule.text-long')
})

test('a corrected place moves it to another region, whose people are then called; the id stays', () => {
  const reno = { state: 'found', county: 'Washoe County', fips: '32031', usState: 'NV' } as const
  given(reported(), by(finch, 1, { type: 'declined' }), by(finch, 2, { type: 'escalated', rung: 1, to: ['RC'] }))
    .when({ type: 'place', region: 'NV', place: reno, where: 'Reno, main street' }, heron, 3)
    .thenHappens({ type: 'placed', region: 'NV', place: reno })
    .words({ where: 'Reno, main street' })
    .leaves({ id, region: 'NV', place: reno, whereSeq: 4, rung: 0, declined: [], poolSince: at(0) })
})

test('within the region only the place changes, and the words about it stay unless new ones come', () => {
  const place = { ...phoenix, county: 'Pima County', fips: '04019' }
  given(reported(), by(finch, 2, { type: 'escalated', rung: 1, to: ['RC'] }))
    .when({ type: 'place', region: 'AZ', place, where: '' }, heron, 3)
    .words(undefined)
    .leaves({ region: 'AZ', place, whereSeq: 1, rung: 1 })
})

test('a change in any part of the place is a change', () => {
  const parts = [{ state: 'asked' }, { county: 'Pima County' }, { fips: '04019' }, { usState: 'NM' }] as const
  for (const part of parts) {
    const place = { ...phoenix, ...part }
    given(reported()).when({ type: 'place', region: 'AZ', place, where: '' }, heron, 3).leaves({ place })
  }
})

test('the same place again is told, and a closed incident does not move', () => {
  const same = { type: 'place', region: 'AZ', place: { ...phoenix }, where: '' } as const
  given(reported()).when(same, heron, 3).refused('rule.place-already')
  given(reported(), by(finch, 5, { type: 'dismissed', undoUntil: at(6) }))
    .when({ ...same, region: 'NV' }, heron, 7)
    .refused('rule.over-dismissed')
})

test('a restricted incident that moves becomes known to the coordinators of its new region', () => {
  given(reported({ kind: 'TH-4', visibility: 'restricted', allowed: [crane.id] }))
    .when({ type: 'place', region: 'NV', place: phoenix, where: '' }, crane, 3)
    .thenHappens(
      { type: 'placed', region: 'NV', place: phoenix },
      { type: 'restricted', allowed: [crane.id, stork.id] },
    )
    .signed(crane.id, null)
})

test('an act without an actor or without an incident is a bug, not a refusal', () => {
  const context = { now: at(0), actor: null, taxonomy, directory: roster() }
  expect(() => decide({ type: 'claim' }, incidentAfter(reported()), context)).toThrow('only a clock')
  expect(() => decide({ type: 'claim' }, null, { ...context, actor: finch })).toThrow('nothing stands')
  expect(() => decide(reporting(), incidentAfter(reported(), claimed()), { ...context, actor: finch })).toThrow(
    'already',
  )
})

test('whoever may be written to only after they write may be, once they have', () => {
  const later = reported({ contact: 'after' })
  given(later).when({ type: 'add', text: 'They are back', evidence: noEvidence }, heron, 5).leaves({ contact: 'yes' })
  given(later).when({ type: 'add', text: 'I saw it too', evidence: noEvidence }, finch, 5).leaves({ contact: 'after' })
  const never = reported({ contact: 'no' })
  given(never).when({ type: 'add', text: 'They are back', evidence: noEvidence }, heron, 5).leaves({ contact: 'no' })
})

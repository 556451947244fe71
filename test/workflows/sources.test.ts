import { expect, test } from 'vitest'
import { makeIncidentId, type PersonId } from '../../workflows/ids.ts'
import type { Evidence, Known, Source } from '../../workflows/incident.ts'
import { derived, independent, sourcesOf, unsaid } from '../../workflows/sources.ts'
import { by, byHub, finch, given, heron, id, incidentAfter, noEvidence, reported } from './specification.ts'

const source = (number: number, by: string | null, known: Known | null = null, from: number | null = null): Source => ({
  report: makeIncidentId('AZ', number),
  by: by as PersonId | null,
  known,
  derivedFrom: from === null ? null : makeIncidentId('AZ', from),
})

const shown = (number: number, by: string, known: Known | null = null): Source => ({
  ...source(number, by, known),
  shown: true,
})

test('two people who say how they know are two sources, the same person twice is one', () => {
  expect(independent([])).toBe(0)
  expect(independent([source(1, 'heron')])).toBe(1)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'finch', 'saw')])).toBe(2)
  expect(independent([source(1, 'heron', 'told-present'), source(2, 'finch', 'official')])).toBe(2)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'heron', 'official')])).toBe(1)
  expect(independent([source(1, null, 'saw'), source(2, null, 'saw')])).toBe(2)
})

test('what is unsaid is a report, not a source of its own, however many there are', () => {
  expect(independent([source(1, 'heron'), source(2, 'finch'), source(3, 'wren')])).toBe(1)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'finch'), source(3, null)])).toBe(1)
  expect(independent([source(1, 'heron'), source(2, 'finch', 'saw'), source(3, 'wren', 'saw')])).toBe(2)
  expect([source(1, 'heron'), shown(2, 'finch'), source(3, 'wren', 'online')].map(unsaid)).toEqual([true, false, false])
})

test('their own photo, video or voice note says that they were there, unless they passed it on', () => {
  expect(independent([shown(1, 'heron'), shown(2, 'finch')])).toBe(2)
  expect(independent([source(1, 'heron', 'saw'), shown(2, 'finch')])).toBe(2)
  expect(independent([source(1, 'heron', 'saw'), shown(2, 'finch', 'online')])).toBe(1)
  expect(independent([source(1, 'heron', 'saw'), shown(2, 'finch', 'told-absent')])).toBe(1)
})

test('reports of one original are one source, also where the original itself was taken back', () => {
  const saw = (number: number, by: string, from: number | null = null) => source(number, by, 'saw', from)
  expect(independent([saw(1, 'heron'), saw(2, 'finch', 1), saw(3, 'wren', 1)])).toBe(1)
  expect(independent([saw(2, 'finch', 1), saw(3, 'wren', 1)])).toBe(1)
  expect(independent([saw(2, 'finch', 1), saw(3, 'wren', 2), saw(4, 'owl')])).toBe(2)
  expect(independent([saw(1, 'heron'), source(2, 'finch', null, 1), saw(3, 'wren', 2)])).toBe(1)
})

test('what was seen online or heard from somebody absent is no independent source', () => {
  expect(independent([source(1, 'heron', 'online'), source(2, 'finch', 'online')])).toBe(1)
  expect(independent([source(1, 'heron', 'online'), source(2, 'finch', 'saw')])).toBe(1)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'finch', 'told-absent')])).toBe(1)
  expect(independent([source(1, 'heron', 'told-absent'), source(2, 'finch', 'told-absent')])).toBe(1)
})

test('whoever gave the same link or file repeats the one who gave it first', () => {
  const originals = new Map([
    ['heron', new Set(['a', 'b'])],
    ['finch', new Set(['b'])],
    ['wren', new Set(['c'])],
  ] as unknown as [PersonId, ReadonlySet<string>][])
  const all = derived([source(1, 'heron'), source(2, 'finch'), source(3, 'wren'), source(4, null)], originals)
  expect(all.map(one => one.derivedFrom)).toEqual([null, makeIncidentId('AZ', 1), null, null])
})

test('an incident is its own first source, as long as its reporter stands by it', () => {
  const told = by(heron, 1, { type: 'detailed', details: { known: 'saw' } })
  expect(sourcesOf(incidentAfter(reported(), told))).toEqual([
    { report: id, by: heron.id, known: 'saw', derivedFrom: null },
  ])
  expect(sourcesOf(incidentAfter(reported(), by(heron, 1, { type: 'withdrawn', kept: true })))).toEqual([])
  given(reported())
    .when({ type: 'detail', details: { known: 'saw' } }, heron, 5)
    .leaves({ details: { known: 'saw' } })
})

test('a photo counts as that of the reporter only if the reporter sent it', () => {
  const photo = { ...noEvidence, photo: 1 }
  const sent = (evidence: Evidence, who = heron) => by(who, 1, { type: 'added', evidence })
  const came = (from: PersonId) => byHub(2, { type: 'collected', from, kind: 'photo', evidence: photo })
  const ofOwn = (...then: readonly ReturnType<typeof sent>[]) => sourcesOf(incidentAfter(reported(), ...then))[0]?.shown
  expect(sourcesOf(incidentAfter(reported({ evidence: photo })))[0]?.shown).toBe(true)
  expect(ofOwn(sent(photo))).toBe(true)
  expect(ofOwn(came(heron.id))).toBe(true)
  expect(ofOwn(sent(photo, finch))).toBeUndefined()
  expect(ofOwn(came(finch.id))).toBeUndefined()
  expect(ofOwn(sent({ ...noEvidence, document: 1 }))).toBeUndefined()
})

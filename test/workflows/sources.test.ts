import { expect, test } from 'vitest'
import { makeIncidentId, type PersonId } from '../../workflows/ids.ts'
import type { Known, Source } from '../../workflows/incident.ts'
import { derived, independent, sourcesOf } from '../../workflows/sources.ts'
import { by, given, heron, id, incidentAfter, reported } from './specification.ts'

const source = (number: number, by: string | null, known: Known | null = null, from: number | null = null): Source => ({
  report: makeIncidentId('AZ', number),
  by: by as PersonId | null,
  known,
  derivedFrom: from === null ? null : makeIncidentId('AZ', from),
})

test('two people are two sources, the same person twice is one', () => {
  expect(independent([])).toBe(0)
  expect(independent([source(1, 'heron')])).toBe(1)
  expect(independent([source(1, 'heron'), source(2, 'finch')])).toBe(2)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'heron', 'official')])).toBe(1)
  expect(independent([source(1, null), source(2, null)])).toBe(2)
})

test('reports of one original are one source, also where the original itself was taken back', () => {
  expect(independent([source(1, 'heron'), source(2, 'finch', null, 1), source(3, 'wren', null, 1)])).toBe(1)
  expect(independent([source(2, 'finch', null, 1), source(3, 'wren', null, 1)])).toBe(1)
  expect(independent([source(2, 'finch', null, 1), source(3, 'wren', null, 2), source(4, 'owl')])).toBe(2)
})

test('all that was seen online is one; hearsay counts only where nothing else is known', () => {
  expect(independent([source(1, 'heron', 'online'), source(2, 'finch', 'online')])).toBe(1)
  expect(independent([source(1, 'heron', 'online'), source(2, 'finch', 'saw')])).toBe(2)
  expect(independent([source(1, 'heron', 'saw'), source(2, 'finch', 'told-absent')])).toBe(1)
  expect(independent([source(1, 'heron', 'told-absent'), source(2, 'finch', 'told-absent')])).toBe(1)
  expect(independent([source(1, 'heron', 'told-present'), source(2, 'finch', 'official')])).toBe(2)
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

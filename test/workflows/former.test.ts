import { expect, test } from 'vitest'
import { type Cell, corrections } from '../../workflows/former.ts'

const cell = (region: string, more: Partial<Cell> = {}): Cell => {
  return { region, severity: 3, kind: 'VI-2', aside: false, count: 1, ...more }
}

test('nothing is corrected where all is as it was told, in whatever order it comes', () => {
  const cells = [cell('AZ'), cell('NV', { count: 4 }), cell('AZ', { aside: true, count: 2 })]
  expect(corrections(cells, cells.toReversed())).toEqual([])
})

test('an incident that was moved to another region is told for both', () => {
  expect(corrections([cell('AZ', { count: 2 }), cell('NV')], [cell('AZ'), cell('NV', { count: 2 })])).toEqual([
    { of: 'region', name: 'AZ', was: 2, is: 1 },
    { of: 'region', name: 'NV', was: 1, is: 2 },
  ])
})

test('one that came late, and one that was judged otherwise, are told by what changed', () => {
  const was = [cell('AZ'), cell('AZ', { severity: 4 })]
  const is = [cell('AZ', { count: 2 }), cell('AZ', { severity: 5, kind: 'AR-1' })]
  expect(corrections(was, is)).toEqual([
    { of: 'reports', name: '', was: 2, is: 3 },
    { of: 'region', name: 'AZ', was: 2, is: 3 },
    { of: 'severity', name: 'S3', was: 1, is: 2 },
    { of: 'severity', name: 'S4', was: 1, is: 0 },
    { of: 'severity', name: 'S5', was: 0, is: 1 },
    { of: 'kind', name: 'AR-1', was: 0, is: 1 },
  ])
})

test('one that was set aside counts there, and in no severity or kind any more', () => {
  expect(corrections([cell('AZ')], [cell('AZ', { aside: true })])).toEqual([
    { of: 'aside', name: '', was: 0, is: 1 },
    { of: 'severity', name: 'S3', was: 1, is: 0 },
    { of: 'kind', name: 'VI-2', was: 1, is: 0 },
  ])
})

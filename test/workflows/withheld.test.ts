import { describe, expect, test } from 'vitest'
import { editions } from '../../workflows/edition.ts'
import { hasPart, type ShownCount, shownCount, shownCounts } from '../../workflows/withheld.ts'

describe('small counts', () => {
  test('are shown inside the network and told as "<3" beyond it', () => {
    expect(editions.map(edition => shownCount(2, edition, { of: 'places' }))).toEqual([2, 2, '<3', '<3'])
    expect(editions.map(edition => shownCount(1, edition, { of: 'reports' }))).toEqual([1, 1, 1, '<3'])
    expect(editions.map(edition => shownCount(3, edition, { of: 'places' }))).toEqual([3, 3, 3, 3])
    expect(editions.map(edition => shownCount(0, edition, { of: 'places' }))).toEqual([0, 0, 0, 0])
  })

  test('are not given back by the total: another count goes with them', () => {
    expect(shownCounts([7, 1, 12], 'partner', { of: 'places' })).toEqual({ total: 20, counts: ['–', '<3', 12] })
    expect(shownCounts([7, 1, 12], 'leadership', { of: 'places' })).toEqual({ total: 20, counts: [7, 1, 12] })
    expect(shownCounts([1, 2, 12], 'public', { of: 'reports' })).toEqual({ total: 15, counts: ['<3', '<3', '–'] })
  })

  test('hide each other where nothing else does and their sum does not tell them apart', () => {
    expect(shownCounts([1, 2, 2], 'public', { of: 'reports' })).toEqual({ total: 5, counts: ['<3', '<3', '<3'] })
  })

  test('take the others with them where nothing hides them', () => {
    for (const counts of [[1, 1, 1], [1, 3], [2, 2], [3]]) {
      const { total, counts: shown } = shownCounts(counts, 'public', { of: 'reports' })
      expect([total, shown]).toEqual([counts.reduce((sum, one) => sum + one, 0), counts.map(() => '–')])
    }
    expect(shownCounts([2], 'public', { of: 'reports' })).toEqual({ total: '<3', counts: ['–'] })
    expect(shownCounts([0, 0], 'public', { of: 'reports' })).toEqual({ total: 0, counts: [0, 0] })
  })

  test.each([2, 3, 4, 5])('cannot be worked out by anybody who knows the rule, in any table of %i', length => {
    const seen = new Map<string, Set<number>[]>()
    for (const counts of tables(length, 14)) {
      const key = JSON.stringify(shownCounts(counts, 'public', { of: 'reports' }))
      const could = seen.get(key) ?? counts.map(() => new Set<number>())
      counts.forEach((count, index) => {
        could[index]?.add(count)
      })
      seen.set(key, could)
    }
    const told = [...seen].filter(([key, could]) => {
      const { counts } = JSON.parse(key) as { counts: readonly ShownCount[] }
      return counts.some((shown, at) => typeof shown !== 'number' && could[at]?.size === 1 && !could[at].has(3))
    })
    expect(told).toEqual([])
  })
})

test('who we are in danger, what is to be decided and where nobody answers never leave the network', () => {
  for (const part of ['decisions', 'protection', 'coverage'] as const) {
    expect(editions.map(edition => hasPart(edition, part))).toEqual([true, true, false, false])
  }
  for (const part of ['alarms', 'urgent'] as const) {
    expect(editions.map(edition => hasPart(edition, part))).toEqual([true, true, true, false])
  }
})

/** All lists of that length of counts that add up to `most` at most. */
function tables(length: number, most: number): number[][] {
  if (length === 0) return [[]]
  return Array.from({ length: most + 1 }, (_, count) => count).flatMap(count =>
    tables(length - 1, most - count).map(rest => [count, ...rest]),
  )
}

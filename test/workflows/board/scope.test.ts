import { describe, expect, test } from 'vitest'
import { editionsFor, whyNotBoard } from '../../../workflows/board/right.ts'
import { type BoardScope, linkItem, readBoardItem, sessionItem } from '../../../workflows/board/scope.ts'
import type { Role } from '../../../workflows/directory.ts'
import { editions } from '../../../workflows/edition.ts'

const scopes: readonly BoardScope[] = editions.flatMap((edition): BoardScope[] => [
  { edition, regions: 'all' },
  { edition, regions: ['AZ'] },
  { edition, regions: ['AZ', 'GA', 'US'] },
])

describe('what a ticket says of a board', () => {
  test('is read as it was written, and a link is no session', () => {
    for (const scope of scopes) {
      expect(readBoardItem(linkItem(scope))).toEqual({ type: 'link', scope })
      expect(readBoardItem(sessionItem(scope))).toEqual({ type: 'session', scope })
    }
  })

  test('is nothing where it is of something else, or of an edition that is none', () => {
    const others = [
      null,
      '',
      'table:P-01',
      'board-link:everything:all',
      'board-link:response:',
      'board-other:public:all',
    ]
    expect(others.map(readBoardItem)).toEqual(others.map(() => null))
  })
})

describe('who may open a board', () => {
  const of = (...roles: Role[]) => ({ roles, vetted: true, regions: ['AZ'] })

  test('reads the edition of their role first, and none that is not theirs', () => {
    expect(editionsFor(of('mediator'))).toEqual([])
    expect(editionsFor(of('admin'))).toEqual([])
    expect(editionsFor(of('responder'))).toEqual(['response'])
    expect(editionsFor(of('leader'))).toEqual(['leadership', 'partner', 'public'])
    expect(editionsFor(of('coordinator'))).toEqual(editions)
    expect(editionsFor(of('responder', 'leader'))).toEqual(editions)
    expect(editionsFor({ ...of('coordinator'), vetted: false })).toEqual([])
  })

  test('sees their own regions, and all of them only where all are theirs', () => {
    const why = (regions: BoardScope['regions'], own: 'all' | readonly string[]) =>
      whyNotBoard({ ...of('responder'), regions: own }, { edition: 'response', regions })?.key ?? null
    expect(why(['AZ'], ['AZ', 'GA'])).toBeNull()
    expect(why(['AZ', 'MI'], ['AZ', 'GA'])).toBe('board.region-not')
    expect(why('all', ['AZ'])).toBe('board.region-not')
    expect(why('all', 'all')).toBeNull()
    expect(why(['AZ'], 'all')).toBeNull()
    expect(why([], [])).toBe('board.who')
  })
})

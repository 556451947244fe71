import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../workflows/directory.ts'
import { both, effective, type Grant } from '../../workflows/grant.ts'

const grant = (roles: readonly Role[], regions: Grant['regions']): Grant => ({ roles, regions })

/** Everything that a grant allows, role by region. */
function allows({ roles, regions }: Grant): Set<string> {
  const codes = regions === 'all' ? ['AZ', 'NV', 'US'] : regions
  const free = roles.filter(role => role === 'mediator' || role === 'admin')
  const bound = roles.filter(role => role !== 'mediator' && role !== 'admin')
  const implied = bound.includes('coordinator') ? [...bound, 'responder'] : bound
  return new Set([...free, ...implied.flatMap(role => codes.map(code => `${role} ${code}`))])
}

const grants = fc.record({
  roles: fc.subarray<Role>(['mediator', 'responder', 'coordinator', 'leader', 'admin'], { minLength: 1 }),
  regions: fc.oneof(fc.constant('all' as const), fc.subarray(['AZ', 'NV', 'US'], { minLength: 1, maxLength: 2 })),
})

describe('two grants', () => {
  test('add up where a person can hold both', () => {
    expect(both(grant(['responder'], ['AZ']), grant(['responder'], ['NV']))).toEqual(grant(['responder'], ['AZ', 'NV']))
    expect(both(grant(['responder'], ['AZ']), grant(['leader'], ['AZ']))).toEqual(
      grant(['responder', 'leader'], ['AZ']),
    )
    expect(both(grant(['mediator'], 'all'), grant(['responder'], ['AZ']))).toEqual(
      grant(['mediator', 'responder'], ['AZ']),
    )
    expect(both(grant([], []), grant(['coordinator'], ['AZ']))).toEqual(grant(['coordinator'], ['AZ']))
  })

  test('are refused where together they would give more than either meant', () => {
    expect(both(grant(['coordinator'], ['AZ']), grant(['responder'], ['NV']))).toBeNull()
    expect(both(grant(['leader'], 'all'), grant(['responder'], ['AZ']))).toBeNull()
  })

  test('never allow more than both, nor less', () => {
    fc.assert(
      fc.property(grants, grants, (one, other) => {
        const sum = both(one, other)
        if (!sum) return
        expect([...allows(sum)].sort()).toEqual([...new Set([...allows(one), ...allows(other)])].sort())
      }),
    )
  })

  test('of groups never take away what somebody has by themselves', () => {
    fc.assert(
      fc.property(grants, fc.array(grants, { maxLength: 4 }), (own, groups) => {
        const sum = allows(effective(own, groups))
        const most = new Set([own, ...groups].flatMap(one => [...allows(one)]))
        for (const right of allows(own)) expect(sum).toContain(right)
        for (const right of sum) expect(most).toContain(right)
      }),
    )
  })
})

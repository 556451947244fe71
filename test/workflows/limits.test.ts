import { describe, expect, test } from 'vitest'
import { gathered, gatherTime, lookBack, nextAllowed } from '../../workflows/limits.ts'
import { usualLimits } from '../../workflows/network/limits.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { plainView } from '../../workflows/view.ts'

const minute = 60_000
const now = 1_000 * minute
const ago = (...minutes: number[]) => minutes.map(each => now - each * minute)
const stranger = { vetted: false }
const mediator = { vetted: true }

describe('limits', () => {
  test('let a stranger send three in ten minutes', () => {
    expect(nextAllowed(stranger, ago(1, 2), usualLimits, now)).toBeNull()
    expect(nextAllowed(stranger, ago(1, 2, 3), usualLimits, now)).toBe(now + 7 * minute)
    expect(nextAllowed(stranger, ago(1, 2, 10), usualLimits, now)).toBeNull()
  })

  test('let a stranger send ten a day', () => {
    const day = ago(...Array.from({ length: 10 }, (_, at) => 60 + at * 60))
    expect(nextAllowed(stranger, day.slice(1), usualLimits, now)).toBeNull()
    expect(nextAllowed(stranger, day, usualLimits, now)).toBe((day.at(-1) ?? 0) + 24 * 60 * minute)
  })

  test('let one of the roster send twenty in ten minutes, and every S4 and S5', () => {
    const many = ago(...Array.from({ length: 20 }, (_, at) => at / 4))
    expect(nextAllowed(mediator, many.slice(1), usualLimits, now)).toBeNull()
    expect(nextAllowed(mediator, many, usualLimits, now)).toBe((many.at(-1) ?? 0) + 10 * minute)
    expect(lookBack(mediator, 3, usualLimits)).toEqual({ since: 10 * minute, most: 20 })
    expect(lookBack(mediator, 4, usualLimits)).toBeNull()
    expect(lookBack(stranger, 5, usualLimits)).not.toBeNull()
  })

  test('can be set in the network file, and a wrong one is told', () => {
    const file = {
      network: { name: 'N', zone: 'UTC', languages: ['en'] },
      regions: [{ code: 'US', name: 'All', places: [{ anywhere: true }], rooms: [{ workspace: 'us' }] }],
      coordination: { rooms: [{ workspace: 'c' }] },
    }
    expect(parseNetwork({ ...file, limits: { stranger: 5 } }).limits).toEqual({ ...usualLimits, stranger: 5 })
    expect(() => parseNetwork({ ...file, limits: { stranger: 0 } })).toThrow('limits.stranger')
    expect(() => parseNetwork({ ...file, limits: { strange: 5 } })).toThrow('strange')
  })
})

describe('a burst', () => {
  const post = {
    key: 'k',
    to: { account: 'a' as never },
    incident: null,
    thread: false,
    lane: 'S4',
    view: plainView([]),
  } as const

  test('gathers notices to people for the end of the running five minutes', () => {
    expect(gatherTime(now)).toBe(now + 5 * minute)
    expect(gatherTime(now + 1)).toBe(now + 5 * minute)
    const told = [{ ...post, list: true as const }, post, { ...post, list: true as const, to: { room: 'r' as never } }]
    expect(gathered(told, 5).map(one => one.gatherAt)).toEqual([5, undefined, undefined])
  })
})

import { describe, expect, test } from 'vitest'
import { createFiring } from '../../bot/firing.ts'
import { ConflictError, StoreError } from '../../workflows/errors.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { DueTimer } from '../../workflows/timer.ts'

const due = (incident: string, clock: DueTimer['clock'], dueAt = 0): DueTimer => ({
  ...{ incident: incident as IncidentId, clock, arming: 1, dueAt },
})
const many = (count: number) => Array.from({ length: count }, (_, at) => due(`AZ-${1000 + at}`, 'answer'))

/** Fires by hand: each clock waits until it is told how it went. */
function byHand() {
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const wrong: unknown[] = []
  let now = 0
  const firing = createFiring({
    clock: () => now,
    log: { error: (problem: unknown) => void wrong.push(problem) },
    fire: ({ incident, clock }) => {
      const end = Promise.withResolvers<void>()
      begun.push(`${incident} ${clock}`)
      ends.set(`${incident} ${clock}`, end)
      return end.promise
    },
  })
  return {
    firing,
    begun,
    wrong,
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string, error: Error) => ends.get(name)?.reject(error),
    /** Lets everything that is begun end well, until the round is over. */
    endAll: async <T>(round: Promise<T>): Promise<T> => {
      let over = false
      const end = () => {
        over = true
      }
      round.then(end, end)
      while (!over) {
        for (const each of ends.values()) each.resolve()
        await turn()
      }
      return round
    },
    skip: (ms: number) => {
      now += ms
    },
  }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

describe('clocks that are due', () => {
  test('fire side by side, as many at once as a commit carries, and no more', async () => {
    const hand = byHand()
    const round = hand.firing.round(many(200))
    await turn()
    expect(hand.begun).toHaveLength(64)
    hand.end('AZ-1000 answer')
    await turn()
    expect(hand.begun).toHaveLength(65)
    expect(await hand.endAll(round)).toBe(200)
    expect(new Set(hand.begun).size).toBe(200)
  })

  test('of one incident fire one after the other, as they were due', async () => {
    const hand = byHand()
    const round = hand.firing.round([due('AZ-1', 'claim'), due('AZ-2', 'answer'), due('AZ-1', 'update')])
    await turn()
    expect(hand.begun).toEqual(['AZ-1 claim', 'AZ-2 answer'])
    hand.end('AZ-1 claim')
    await turn()
    expect(hand.begun).toEqual(['AZ-1 claim', 'AZ-2 answer', 'AZ-1 update'])
    await hand.endAll(round)
  })

  test('that cannot fire stop no other, and are put off by a minute; a lost race is run anew at once', async () => {
    const hand = byHand()
    const timers = [due('AZ-1', 'claim'), due('AZ-1', 'update'), due('AZ-2', 'answer')]
    const round = hand.firing.round(timers)
    await turn()
    hand.fail('AZ-1 claim', new Error('broken'))
    hand.fail('AZ-2 answer', new ConflictError('changed meanwhile'))
    await turn()
    expect(await hand.endAll(round)).toBe(3)
    expect(hand.begun).toContain('AZ-1 update')
    expect(hand.wrong).toHaveLength(1)
    expect(hand.firing.stuck()).toBe(1)
    const again = hand.firing.round(timers)
    expect(await hand.endAll(again)).toBe(2)
    hand.skip(60_001)
    const later = hand.firing.round(timers)
    expect(await hand.endAll(later)).toBe(3)
  })

  test('wait while the database is away: nothing more is begun, and whoever runs them is told', async () => {
    const hand = byHand()
    const round = hand.firing.round(many(200))
    await turn()
    hand.fail('AZ-1003 answer', new StoreError('lost', 'none', 'away'))
    await expect(hand.endAll(round)).rejects.toThrow(StoreError)
    expect(hand.begun).toHaveLength(64)
    expect(hand.firing.stuck()).toBe(0)
  })
})

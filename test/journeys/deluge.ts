import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Ground, House } from '../house.ts'
import { flood, type Hand, openFlood, type Truth, workThrough } from './flood.ts'

/** What must be true once three people have looked through so many reports, a tenth of them real. */
export function triageFlood(name: string, count: number, open: () => Promise<Ground>): void {
  describe(`a flood of ${count} reports, looked through by three people, with ${name}`, () => {
    const direct = new Map<string, number>()
    const hands: Hand[] = ['owl', 'magpie', 'crane'].map(who => ({ who, opened: [], bulk: 0 }))
    const [owl, magpie, crane] = hands as [Hand, Hand, Hand]
    let at: Ground
    let house: House
    let truths: Map<IncidentId, Truth>

    beforeAll(async () => {
      at = await open()
      house = await openFlood(at, direct)
      for (const who of ['finch', 'osprey', 'loon', 'swift', 'nuthatch']) await house.type(who, '/duty on')
      truths = await flood(house, count)
      await house.settle()
      // One of the three leaves in the middle of a batch.
      await Promise.all([
        workThrough(house, owl, truths),
        workThrough(house, magpie, truths, count / 10),
        workThrough(house, crane, truths, 30),
      ])
      for (let round = 0; round < 10 && (await house.store.triage.standing()) !== null; round++) {
        await house.pass(6)
        await Promise.all([workThrough(house, owl, truths), workThrough(house, magpie, truths)])
      }
      await house.pass(6)
    }, 300_000)
    afterAll(async () => {
      await house.close()
      at.leave()
    })

    test('nothing is lost: all that is real is passed on, all else set aside', async () => {
      expect(truths.size).toBe(count)
      expect([...truths.values()].filter(one => one.real)).toHaveLength(count / 10)
      expect(await house.store.triage.standing()).toBeNull()
      const wrong: unknown[] = []
      for (const { id, real } of truths.values()) {
        const found = await house.store.incidents.find(id)
        const { triage, status } = found?.incident ?? { triage: null, status: null }
        if (real ? triage !== 'done' : status !== 'dismissed') wrong.push({ id, real, triage, status })
      }
      expect(wrong).toEqual([])
    })

    test('nothing is worked on twice', async () => {
      const twice: unknown[] = []
      for (const id of truths.keys()) {
        const entries = await house.store.incidents.timeline(id, 50)
        const worked = entries.filter(({ event }) => event.type === 'passed' || event.type === 'dismissed')
        if (worked.length !== 1) twice.push([id, worked.map(entry => entry.event.type)])
      }
      expect(twice).toEqual([])
      expect(hands.every(hand => hand.bulk > 0)).toBe(true)
    })

    test('the most severe come first, whoever works', () => {
      for (const { who, opened } of hands) {
        // What the one who left had in hand came back later, less urgent work being under way.
        const order = opened.filter(({ id }) => who === 'crane' || !/^(?:MI|WI)-/.test(id)).map(one => one.severity)
        expect(order).toEqual(order.toSorted((one, other) => other - one))
      }
    })

    test('those on duty are told of each S5, and of the rest in lists', () => {
      const told = ['finch', 'osprey', 'loon', 'swift', 'nuthatch'].map(who => direct.get(who) ?? 0)
      expect(Math.max(...told)).toBeLessThan(60)
      expect(Math.min(...told)).toBeGreaterThan(0)
    })

    test('every timeline still verifies', async () => {
      expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const ms = 5 * 60_000
const lease = 30_000

/** What two processes promise that work on one database, as two hubs on one server do. */
export function pairTests(scene: () => Scene): void {
  describe('two processes on one database', () => {
    test('never give the same report to two people to look through, nor after the time is over', async () => {
      const { store, place } = scene()
      const stores = [store, await place.again()] as const
      for (let at = 1; at <= 70; at += 1) {
        const id = `AZ-${String(at).padStart(4, '0')}`
        await keep(store, null, reported(id, { waiting: true, severity: 2, at: noon + at }))
      }
      const take = (people: readonly string[], now: number) =>
        Promise.all(people.map((who, n) => stores[n % 2 === 0 ? 0 : 1].triage.take({ ...asked(who), ms }, now)))
      for (const [people, now] of [
        [['a', 'b', 'c', 'd', 'e'], noon],
        [['f', 'g', 'h', 'i', 'j'], noon + ms + 1],
      ] as const) {
        const held = (await take(people, now)).map(batch => batch.items.map(item => item.incident.id))
        expect(new Set(held.flat()).size).toBe(held.flat().length)
        expect(held.flat()).toHaveLength(50)
        for (const one of stores) {
          const seen = await Promise.all(people.map(who => one.triage.held(asked(who), now)))
          expect(seen.map(batch => batch.items.map(item => item.incident.id))).toEqual(held)
        }
      }
    })

    test('let one of two who reach for the same report have it', async () => {
      const { store, place } = scene()
      const other = await place.again()
      await keep(store, null, reported('AZ-0001', { waiting: true, severity: 2 }))
      const hold = (one: Store, who: string) =>
        one.transaction(tx => tx.hold(az1, who as PersonId, noon, ms)).then(holder => holder?.person ?? who)
      const who = await Promise.all([hold(store, 'a'), hold(other, 'b'), hold(store, 'c'), hold(other, 'd')])
      expect(new Set(who).size).toBe(1)
    })

    test('call each message back once, though both look for what to call back all the time', async () => {
      const { store, place, room, person } = scene()
      const stores = [store, await place.again()] as const
      const [az, heron] = [room('az'), person('Heron')]
      const keys = Array.from({ length: 45 }, (_, n) => `line ${n}`)
      const posts = keys.map(key => post(key, az, { incident: az1, author: heron }))
      const first = reported('AZ-0001', { by: heron, effects: { posts } })
      await keep(store, null, first)
      for (let due = await send(store); due.length > 0; due = await send(store)) {
        for (const { id, key } of due) await store.outbox.sent(id, { room: 'r', id: key }, noon)
      }
      await keep(store, null, changed(first.after, [{ event: { type: 'withdrawn', kept: true } }], { by: heron }))
      const back = await Promise.all([0, 1, 0, 1].map(n => callBack(stores[n === 0 ? 0 : 1])))
      expect(back.flat().toSorted()).toEqual(keys.toSorted())
      for (const one of stores) {
        expect(await one.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
        expect(await one.recalls.lease([az], ['workspace'], noon + 2 * lease, lease, 10)).toEqual([])
      }

      async function callBack(one: Store): Promise<readonly string[]> {
        const done: string[] = []
        for (;;) {
          const due = await one.recalls.lease([az], ['workspace'], noon, lease, 3)
          if (due.length === 0) return done
          for (const recall of due) {
            done.push(recall.message.id)
            await one.recalls.done(recall, true)
          }
        }
      }

      function send(one: Store) {
        return leasePosts(one, [az], [], noon, lease, 10)
      }
    })
  })
}

const asked = (person: string) => ({ person: person as PersonId, regions: 'all' as const, name: person, limit: 10 })

import { describe, expect, test } from 'vitest'
import type { ToFetch } from '../../db/evidence.ts'
import { ConflictError } from '../../workflows/errors.ts'
import { changed, incidentId, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const minute = 60_000

/** That what platforms still have is fetched once, by one process at a time. */
export function fetchTests(scene: () => Scene): void {
  const file = (id: string, more: Partial<ToFetch> = {}): ToFetch => ({
    id,
    person: scene().person('Heron'),
    platform: 'discord',
    source: `https://cdn.example/sentinel/${id}`,
    name: 'line.jpg',
    type: 'image/jpeg',
    kind: 'photo',
    processed: true,
    ...more,
  })
  const report = (...fetches: ToFetch[]) => {
    const incidents = [reported('AZ-0001', { by: scene().person('Heron') })]
    return scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents, fetches }),
    )
  }
  const due = (now: number, platforms: readonly ToFetch['platform'][] = ['discord']) =>
    scene().store.fetches.due(platforms, now, 5 * minute, 10)
  const settled = (fetched: string) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], fetched }),
    )

  describe('fetches', () => {
    test('are due with the report, on their platform, and leased to one process', async () => {
      await report(file('one'), file('two', { platform: 'slack' }))
      expect(await due(noon - 1)).toEqual([])
      expect(await due(noon, ['signal'])).toEqual([])
      const [first, ...more] = await due(noon)
      expect(more).toEqual([])
      expect(first).toEqual({ ...file('one'), incident: az1, seq: 1, attempts: 1, createdAt: noon })
      const other = await scene().place.again()
      expect(await other.fetches.due(['discord'], noon + 5 * minute - 1, minute, 10)).toEqual([])
      expect(await other.fetches.due(['discord'], noon + 5 * minute, minute, 10)).toMatchObject([{ attempts: 2 }])
    })

    test('that failed are due again when it was said', async () => {
      const { fetches } = scene().store
      await report(file('one'))
      await due(noon)
      await fetches.failed('one', 'no answer', noon + minute)
      expect(await due(noon + minute - 1)).toEqual([])
      expect(await due(noon + minute)).toMatchObject([{ id: 'one', attempts: 2 }])
    })

    test('are settled with the commit that keeps them, once', async () => {
      const { fetches } = scene().store
      await report(file('one'), file('two'))
      await settled('one')
      expect(await fetches.waiting()).toBe(1)
      await expect(settled('one')).rejects.toThrow(ConflictError)
      expect((await due(noon)).map(one => one.id)).toEqual(['two'])
    })

    test('go with what their sender takes back, and those of others stay', async () => {
      const { store, person } = scene()
      await report(file('one'), file('two', { person: person('Finch') }), file('three', { person: null }))
      const standing = (await store.incidents.find(az1))?.incident ?? null
      const change = changed(standing, [{ event: { type: 'withdrawn', kept: true } }])
      const shred = { type: 'by', people: [person('Heron')] } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [{ ...change, shred }] }),
      )
      expect((await due(noon)).map(one => one.id).toSorted()).toEqual(['three', 'two'])
    })

    test('of an incident whose key is gone are forgotten', async () => {
      await report(file('one'))
      await scene().place.tamper(`delete from keys where scope = 'incident:AZ-0001'`)
      expect(await due(noon)).toEqual([])
      expect(await scene().store.fetches.waiting()).toBe(0)
    })
  })
}

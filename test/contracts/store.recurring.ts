import { describe, expect, test } from 'vitest'
import type { RecurringDeed } from '../../workflows/recurring.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

/** What is kept of broadcasts that come again. */
export function recurringTests(scene: () => Scene): void {
  const does = (callsign: string, deed: RecurringDeed, at = noon) =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: at, answer: null, incidents: [] },
        roster: { type: 'recurring', person: scene().person(callsign), at, do: deed },
      }),
    )
  const standing = async () => (await scene().store.recurring.standings()).get('check-in')
  const approve = { type: 'approve', name: 'check-in', digest: 'one', people: 10, rooms: 2 } as const

  describe('a broadcast that comes again', () => {
    test('is known as its digest since it was first seen, and approved as that by each person once', async () => {
      const { recurring } = scene().store
      await recurring.seen('check-in', 'one', noon)
      await recurring.seen('check-in', 'one', noon + 5)
      await Promise.all([does('Heron', approve), does('Finch', approve, noon + 1)])
      await does('Heron', { ...approve, people: 20 }, noon + 2)
      const [heron, finch] = [scene().person('Heron'), scene().person('Finch')]
      expect(await standing()).toMatchObject({ digest: 'one', since: noon, pausedAt: null })
      expect((await standing())?.approvals).toEqual([
        { by: finch, at: noon + 1, people: 10, rooms: 2 },
        { by: heron, at: noon + 2, people: 20, rooms: 2 },
      ])
      await recurring.seen('check-in', 'two', noon + 9)
      expect(await standing()).toMatchObject({ digest: 'two', since: noon + 9, approvals: [] })
      // Whoever saw the old one has approved nothing of the new.
      await does('Heron', approve)
      expect((await standing())?.approvals).toEqual([])
    })

    test('rests, and from when it goes on nothing before counts; the log says who', async () => {
      const { recurring, deeds } = scene().store
      await recurring.seen('check-in', 'one', noon)
      await does('Heron', { type: 'pause', name: 'check-in' }, noon + 1)
      expect(await standing()).toMatchObject({ pausedAt: noon + 1, pausedBy: scene().person('Heron'), since: noon })
      await does('Heron', { type: 'resume', name: 'check-in' }, noon + 7)
      expect(await standing()).toMatchObject({ pausedAt: null, pausedBy: null, since: noon + 7 })
      const [newest] = await deeds.latest(1)
      expect(newest).toMatchObject({ what: 'recurring', by: scene().person('Heron'), facts: { do: 'resume' } })
    })

    test('has made no broadcast under a name that nobody used', async () => {
      expect([...(await scene().store.recurring.made(['check-in@2026-10-19:UTC', 'x']))]).toEqual([])
      expect([...(await scene().store.recurring.made([]))]).toEqual([])
    })
  })
}

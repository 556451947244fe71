import { describe, expect, test } from 'vitest'
import { ConflictError, StoreError } from '../../workflows/errors.ts'
import { isOpen } from '../../workflows/incident.ts'
import { sourcesOf } from '../../workflows/sources.ts'
import { changed, incidentId, keep, noon, post, put, raced, reported } from './incidents.ts'
import { leaseCards, leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')

/** What a commit does, and what it refuses. */
export function commitTests(scene: () => Scene): void {
  describe('a commit', () => {
    test('keeps a report whole: the incident, its words, its card, its clocks, its posts and its answer', async () => {
      const { store, room, person } = scene()
      const az = room('az')
      const effects = {
        cards: [az],
        timers: [{ type: 'arm', clock: 'answer', dueAt: noon + 60_000 }] as const,
        posts: [post('receipt', az, { incident: az1 })],
      }
      const change = reported('AZ-0001', {
        by: person('Heron'),
        effects,
        what: 'Drei Männer — 👩🏽‍🚒 \u202e <b>@everyone',
      })
      await keep(store, 'form:1', change)

      const known = await store.incidents.find(az1)
      expect(known?.incident).toEqual(change.after)
      expect(known?.words).toEqual({ what: 'Drei Männer — 👩🏽‍🚒 \u202e <b>@everyone', where: 'by the library' })
      expect(await store.incidents.timeline(az1, 10)).toEqual(change.entries)
      expect(await store.inbox.answer('form:1')).toEqual({ said: 'form:1' })
      expect(await store.timers.due(noon + 60_000, 10)).toEqual([
        { incident: az1, clock: 'answer', arming: 1, dueAt: noon + 60_000 },
      ])
      expect(await leaseCards(store, [az], noon, 1000, 10)).toMatchObject([{ incident: az1, wanted: 1, generation: 0 }])
      const [sent] = await leasePosts(store, [az], [], noon, 1000, 10)
      expect(sent).toMatchObject({ ...post('receipt', az, { incident: az1 }), state: 'sending', attempts: 1 })
    })

    test('under a key that took effect is refused, and the first answer stands', async () => {
      const { store } = scene()
      await keep(store, 'form:1', reported('AZ-0001'))
      await expect(keep(store, 'form:1', reported('AZ-0002'))).rejects.toBeInstanceOf(ConflictError)
      expect(await store.transaction(tx => tx.answered('form:1'))).toEqual({ said: 'form:1' })
      expect(await store.incidents.find(incidentId('AZ-0002'))).toBeNull()
      expect(await store.inbox.answer('form:2')).toBeUndefined()
    })

    test('sent in twenty times at once takes effect once', async () => {
      const { store } = scene()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          raced(store, async tx => {
            const first = await tx.answered('form:1')
            if (first !== undefined) return first
            const change = reported(`AZ-00${at + 10}`)
            await tx.commit({ key: 'form:1', person: null, now: noon, answer: change.after.id, incidents: [change] })
            return change.after.id
          }),
        ),
      )
      expect(new Set(answers).size).toBe(1)
      const page = await store.incidents.list({ regions: 'all', viewer: '' as never, open: true, limit: 50 })
      expect(page.items.map(item => item.id)).toEqual([answers[0]])
    })

    test('of fifty claims at once exactly one wins, and the others read who has it', async () => {
      const { store } = scene()
      await keep(store, null, reported('AZ-0001'))
      const claims = Array.from({ length: 50 }, (_, at) => `person-${at}` as never)
      const winners = await Promise.all(
        claims.map(by =>
          raced(store, async tx => {
            const before = await tx.incident(az1)
            if (!before || before.claim) return before?.claim?.by
            const event = { type: 'claimed', until: noon + 60_000 } as const
            await put(tx, `press:${by}`, changed(before, [{ event }], { by }))
            return by
          }),
        ),
      )
      expect(new Set(winners).size).toBe(1)
      const timeline = await store.incidents.timeline(az1, 100)
      expect(timeline.map(entry => entry.event.type)).toEqual(['reported', 'claimed'])
      expect(timeline[1]?.by).toBe(winners[0])
    })

    test('on what is no longer so is a conflict, and leaves nothing', async () => {
      const { store, room } = scene()
      const first = reported('AZ-0001')
      await keep(store, null, first)
      const stale = first.after
      await keep(store, null, changed(stale, [{ event: { type: 'joined' } }], { by: 'p1' as never }))
      const effects = { cards: [room('az')], posts: [post('late', room('az'))] }
      const late = changed(stale, [{ event: { type: 'joined' } }], { by: 'p2' as never, effects })
      await expect(keep(store, 'late', late)).rejects.toBeInstanceOf(ConflictError)
      expect((await store.incidents.find(az1))?.incident.joined).toEqual(['p1'])
      expect(await store.inbox.answer('late')).toBeUndefined()
      expect(await store.outbox.exists('late')).toBe(false)
      expect(await leaseCards(store, [room('az')], noon, 1000, 10)).toEqual([])
    })

    test('that ends in an error leaves nothing, and its neighbours stand', async () => {
      const { store } = scene()
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, at) =>
          store.transaction(async tx => {
            await put(tx, `form:${at}`, reported(`AZ-1${at + 100}`))
            if (at % 3 === 0) throw new Error('changed my mind')
          }),
        ),
      )
      expect(results.filter(result => result.status === 'rejected')).toHaveLength(10)
      const page = await store.incidents.list({ regions: 'all', viewer: '' as never, open: true, limit: 50 })
      expect(page.total).toBe(20)
      expect(await store.inbox.answer('form:3')).toBeUndefined()
      expect(await store.inbox.answer('form:4')).toEqual({ said: 'form:4' })
    })

    test('on a full disk fails, says so, and leaves nothing', async () => {
      const { store, place } = scene()
      const empty = await place.fill()
      const big = reported('AZ-0001', { what: 'words '.repeat(20_000) })
      const error = await keep(store, 'form:1', big).catch(thrown => thrown)
      expect(error).toBeInstanceOf(StoreError)
      expect(error).toMatchObject({ reason: 'full', outcome: 'none' })
      expect(error.message).not.toContain('words')
      await empty()
      expect(await store.incidents.find(az1)).toBeNull()
      expect(await store.inbox.answer('form:1')).toBeUndefined()
      await keep(store, 'form:1', big)
      expect((await store.incidents.find(az1))?.words.what).toHaveLength(120_000)
    })

    test('merges two incidents in one go', async () => {
      const { store } = scene()
      const [one, two] = [reported('AZ-0001'), reported('AZ-0002')]
      await keep(store, null, one, two)
      const { evidence, severity, mark } = one.after
      const also = sourcesOf(one.after)
      await raced(store, async tx => {
        const [from, into] = [await tx.incident(az1), await tx.incident(two.after.id)]
        const absorbed = { type: 'absorbed', from: az1, also, evidence, severity, mark } as const
        const merged = { type: 'merged', into: two.after.id } as const
        await put(tx, 'merge', changed(from, [{ event: merged }]), changed(into, [{ event: absorbed }]))
      })
      const [from, into] = [await store.incidents.find(az1), await store.incidents.find(two.after.id)]
      expect(from && isOpen(from.incident)).toBe(false)
      expect(into?.incident).toMatchObject({ also, merged: [az1] })
    })

    test('takes the drafts away of what was sent in', async () => {
      const { store, person } = scene()
      const heron = person('Heron')
      const form = 'form-1' as never
      await store.drafts.save(heron, { form, name: 'report', about: '', values: { what: 'half' }, savedAt: noon })
      expect((await store.drafts.latest(heron, 'report', noon - 1))?.values).toEqual({ what: 'half' })
      expect(await store.drafts.latest(heron, 'report', noon + 1)).toBeNull()
      const change = reported('AZ-0001')
      await store.transaction(tx =>
        tx.commit({ key: 'k', person: heron, now: noon, answer: null, incidents: [change], draft: 'report' }),
      )
      expect(await store.drafts.latest(heron, 'report', 0)).toBeNull()
      expect(await store.inbox.answer('k')).toBeNull()
    })

    test('gives every report a number of its own, also from two processes', async () => {
      const { store, place } = scene()
      const other = await place.again()
      const numbers = await Promise.all(
        Array.from({ length: 100 }, (_, at) => (at % 2 ? store : other).nextNumber('AZ')),
      )
      expect(new Set(numbers).size).toBe(100)
      expect(await store.nextNumber('US')).toBe(1)
    })
  })
}

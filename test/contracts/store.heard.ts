import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../workflows/ids.ts'
import { changed, keep, noon, reported } from './incidents.ts'
import { leaseCards } from './leasing.ts'
import type { Scene } from './store.ts'

const lease = 30_000
const day = 24 * 60 * 60_000

/** What platforms heard, what they remember, and where people may still talk. */
export function heardTests(scene: () => Scene): void {
  describe('what was heard', () => {
    test('is in the hands of whoever kept it, and due to others only once that lease has run out', async () => {
      const { inbox } = scene().store
      const message = { key: 'raw:slack:1', payload: 'words', receivedAt: noon }
      expect(await inbox.take(message, lease)).toBe(true)
      expect(await inbox.due(noon + lease - 1, lease, 10)).toEqual([])
      const eight = await Promise.all(Array.from({ length: 8 }, () => inbox.due(noon + lease, lease, 10)))
      expect(eight.flat()).toEqual([{ ...message, attempts: 1 }])
    })

    test('is held for longer, or given back at once, unless it is handled or parked', async () => {
      const { inbox } = scene().store
      const keys = ['a', 'b', 'c', 'd']
      for (const key of keys) await inbox.take({ key, payload: key, receivedAt: noon }, lease)
      await inbox.handled('c', noon)
      await inbox.failed('d', 'no', null)
      await inbox.hold(['a'], noon + 2 * lease)
      await inbox.hold(['b', 'c', 'd', 'nobody knows'], noon)
      expect((await inbox.due(noon, lease, 10)).map(one => one.key)).toEqual(['b'])
      expect((await inbox.due(noon + 2 * lease, lease, 10)).map(one => one.key).toSorted()).toEqual(['a', 'b'])
    })
  })

  describe('what a platform remembers', () => {
    test('is its own, changed and forgotten by its key, and the same for every process', async () => {
      const { place, store } = scene()
      const other = await place.again()
      await store.memory.set('slack', 'seen', '1', noon)
      await store.memory.set('discord', 'seen', '2', noon)
      expect(await other.memory.get('slack', 'seen')).toBe('1')
      await other.memory.set('slack', 'seen', '3', noon, 'U0FINCH')
      expect(await store.memory.get('slack', 'seen')).toBe('3')
      expect(await store.memory.get('discord', 'seen')).toBe('2')
      await store.memory.set('slack', 'seen', null, noon)
      expect(await other.memory.get('slack', 'seen')).toBeNull()
      expect(await other.memory.get('discord', 'seen')).toBe('2')
    })

    test('is forgotten with whoever it is about, and with nobody else', async () => {
      const { store, person } = scene()
      await store.memory.set('slack', 'theirs', 'half a report', noon, 'U0FINCH')
      await store.memory.set('discord', 'namesake', 'kept', noon, 'U0FINCH')
      await store.memory.set('slack', 'nobody', 'kept', noon)
      await erase(person('Finch'))
      expect(await store.memory.get('slack', 'theirs')).toBeNull()
      expect(await store.memory.get('discord', 'namesake')).toBe('kept')
      expect(await store.memory.get('slack', 'nobody')).toBe('kept')
    })

    test('about somebody goes once nobody has changed it for long; what is nobody’s stays', async () => {
      const { memory } = scene().store
      await memory.set('signal', 'old', 'a', noon - 91 * day, 'somebody')
      await memory.set('signal', 'fresh', 'b', noon - 89 * day, 'somebody')
      await memory.set('signal', 'nobody', 'c', noon - 900 * day)
      expect(await memory.sweep(noon - 90 * day)).toBe(1)
      expect(await memory.get('signal', 'old')).toBeNull()
      expect(await memory.get('signal', 'fresh')).toBe('b')
      expect(await memory.get('signal', 'nobody')).toBe('c')
    })

    function erase(person: PersonId) {
      const roster = { type: 'erase', person } as const
      return scene().store.transaction(tx =>
        tx.commit({ key: 'erase', person, now: noon, answer: null, incidents: [], roster }),
      )
    }
  })

  test('the cards where people may still talk are those of incidents that stand or were just resolved', async () => {
    const { store, room } = scene()
    const az = room('az')
    const cards = { cards: [az] }
    const first = reported('AZ-0001', { at: noon, effects: cards })
    await keep(store, null, first)
    await keep(store, null, reported('AZ-0002', { at: noon + 1, effects: cards }))
    await keep(store, null, reported('AZ-0003', { at: noon + 2, effects: cards }))
    for (const card of await leaseCards(store, [az], noon + 5, lease, 10)) {
      // The third has no message yet.
      if (card.incident !== 'AZ-0003')
        await store.cards.shown(card, card.wanted, { room: 'C1', id: card.incident }, 'posted', noon)
    }
    const ids = async (limit = 10) => (await store.cards.standing([az], noon, limit)).map(ref => ref.id)
    expect(await ids()).toEqual(['AZ-0002', 'AZ-0001'])
    expect(await ids(1)).toEqual(['AZ-0002'])
    expect(await store.cards.standing([], noon, 10)).toEqual([])
    const resolved = changed(first.after, [{ event: { type: 'resolved', outcome: 'calmed' } as never }], {
      at: noon + 9,
    })
    await keep(store, null, resolved)
    expect(await ids()).toEqual(['AZ-0002', 'AZ-0001'])
    await keep(store, null, changed(resolved.after, [{ event: { type: 'closed' } as never }], { at: noon + 10 }))
    expect(await ids()).toEqual(['AZ-0002'])
  })

  test('a card whose message is gone is due anew while its incident is open; a former one, or another’s, is not', async () => {
    const { store, room } = scene()
    const az = room('az')
    const first = reported('AZ-0001', { effects: { cards: [az] } })
    await keep(store, null, first)
    const show = async (id: string) => {
      for (const card of await leaseCards(store, [az], noon + 5, lease, 10))
        await store.cards.shown(card, card.wanted, { room: 'C1', id }, 'posted', noon)
    }
    const due = async () => (await store.cards.due([az], noon + 9, 10)).length
    await show('one')
    expect(await due()).toBe(0)
    expect(await store.cards.lost('workspace', { room: 'C1', id: 'two' }, noon)).toBe(false)
    expect(await store.cards.lost('slack', { room: 'C1', id: 'one' }, noon)).toBe(false)
    expect(await due()).toBe(0)
    expect(await store.cards.lost('workspace', { room: 'C1', id: 'one' }, noon)).toBe(true)
    expect(await due()).toBe(1)
    await show('two')
    expect(await store.cards.lost('workspace', { room: 'C1', id: 'one' }, noon)).toBe(false)
    await keep(store, null, changed(first.after, [{ event: { type: 'closed' } as never }], { at: noon + 10 }))
    expect(await store.cards.lost('workspace', { room: 'C1', id: 'two' }, noon)).toBe(false)
    expect(await due()).toBe(0)
  })
}

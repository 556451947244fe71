import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RoomId } from '../../workflows/ids.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import { leaseCards, leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const lease = 30_000

/** What waits to be done: clocks, posts, cards, messages. */
export function queueTests(scene: () => Scene): void {
  describe('a clock', () => {
    const armed = (dueAt: number) => ({ timers: [{ type: 'arm', clock: 'answer', dueAt }] as const })

    test('that is due fires once, also when eight race for it', async () => {
      const { store } = scene()
      for (let at = 1; at <= 10; at += 1) {
        await keep(store, null, reported(`AZ-000${at}`, { effects: armed(noon + at) }))
      }
      expect(await store.timers.next()).toBe(noon + 1)
      const due = await store.timers.due(noon + 10, 100)
      expect(due).toHaveLength(10)
      const workers = Array.from({ length: 8 }, () => due).flat()
      const fired = await Promise.all(workers.map(timer => store.transaction(tx => tx.fire(timer))))
      expect(fired.filter(Boolean)).toHaveLength(10)
      expect(await store.timers.due(noon + 10, 100)).toEqual([])
      expect(await store.timers.next()).toBeNull()
    })

    test('is void once it was armed anew or settled', async () => {
      const { store } = scene()
      const first = reported('AZ-0001', { effects: armed(noon) })
      await keep(store, null, first)
      const [old] = await store.timers.due(noon, 1)
      const again = changed(first.after, [{ event: { type: 'updated' } }], { effects: armed(noon + 5) })
      await keep(store, null, again)
      const fire = (timer = old) => store.transaction(async tx => timer !== undefined && (await tx.fire(timer)))
      expect(await fire()).toBe(false)
      const [fresh] = await store.timers.due(noon + 5, 1)
      expect(fresh).toMatchObject({ arming: 2, dueAt: noon + 5 })
      const timers = [{ type: 'settle', clock: 'answer' }] as const
      await keep(store, null, changed(again.after, [{ event: { type: 'updated' } }], { effects: { timers } }))
      expect(await fire(fresh)).toBe(false)
    })

    test('still stands when what it did failed', async () => {
      const { store } = scene()
      await keep(store, null, reported('AZ-0001', { effects: armed(noon) }))
      const [due] = await store.timers.due(noon, 1)
      if (!due) throw new Error('no clock is due')
      const broken = store.transaction(async tx => {
        expect(await tx.fire(due)).toBe(true)
        throw new Error('no')
      })
      await expect(broken).rejects.toThrow('no')
      expect(await store.transaction(tx => tx.fire(due))).toBe(true)
    })
  })

  describe('posts', () => {
    test('are leased once each by eight workers at once, and in order within a conversation', async () => {
      const { store } = scene()
      const rooms = Array.from({ length: 6 }, (_, at) => `room-${at}` as RoomId)
      const posts = Array.from({ length: 300 }, (_, at) => post(`p${at}`, rooms[at % 6] as RoomId))
      expect(await store.outbox.add(posts, noon)).toBe(300)
      expect(await store.outbox.add(posts.slice(0, 10), noon)).toBe(0)
      const order = new Map<string, string[]>()
      const work = async () => {
        for (;;) {
          const due = await leasePosts(store, rooms, [], noon, lease, 5)
          for (const { id, key, to } of due) {
            const room = 'room' in to ? to.room : ''
            order.set(room, [...(order.get(room) ?? []), key])
            await store.outbox.sent(id, { room, id: key }, noon)
          }
          const { waiting } = await store.outbox.counts()
          if (waiting === 0) return
          await turn()
        }
      }
      await Promise.all(Array.from({ length: 8 }, work))
      expect([...order.values()].flat()).toHaveLength(300)
      for (const room of rooms) {
        expect(order.get(room)).toEqual(
          posts.filter(one => 'room' in one.to && one.to.room === room).map(one => one.key),
        )
      }
    })

    test('go out most urgent first, and to the platforms that were asked for', async () => {
      const { store, room, person } = scene()
      const { people } = store.roster.directory()
      const account = (callsign: string) => people.get(person(callsign))?.accounts[0]?.id as never
      await store.outbox.add(
        [
          post('summary', room('us'), { lane: 'summary' }),
          post('alert', room('az'), { lane: 'S5' }),
          post('practice', room('az'), { to: { account: account('Heron') } }),
          post('slack', room('az'), { to: { account: account('Finch') }, lane: 'S4' }),
          post('gone', room('az'), { to: { account: 'gone' as never } }),
        ],
        noon,
      )
      const keys = async (rooms: RoomId[], platforms: 'slack'[] | 'workspace'[]) =>
        (await leasePosts(store, rooms, platforms, noon, lease, 10)).map(one => one.key)
      expect(await keys([], ['slack'])).toEqual(['slack', 'gone'])
      expect(await keys([room('az'), room('us')], ['workspace'])).toEqual(['alert', 'practice', 'summary'])
      expect(await keys([room('az'), room('us')], ['workspace'])).toEqual([])
    })

    test('whose lease ran out come back as unknown; retries wait; what is given up lets the next go', async () => {
      const { store, room } = scene()
      const az = room('az')
      await store.outbox.add([post('one', az), post('two', az)], noon)
      const take = (now: number) => leasePosts(store, [az], [], now, lease, 10)
      const [first] = await take(noon)
      expect(first).toMatchObject({ key: 'one', state: 'sending', attempts: 1 })
      expect(await take(noon + lease - 1)).toEqual([])
      const [again] = await take(noon + lease)
      expect(again).toMatchObject({ key: 'one', state: 'unknown', attempts: 2 })
      const id = again?.id ?? 0
      await store.outbox.failed({ id, attempts: 2 }, 'refused', noon + 100_000)
      expect(await take(noon + 99_999)).toEqual([])
      expect(await take(noon + 100_000)).toMatchObject([{ key: 'one', state: 'sending' }])
      await store.outbox.failed({ id, attempts: 3 }, 'refused', null)
      expect(await take(noon + 100_000)).toMatchObject([{ key: 'two' }])
      expect(await store.outbox.counts()).toEqual({ waiting: 1, unknown: 0, failed: 1, oldestWaitingAt: noon })
    })

    test('behind one whose outcome stays unknown go out after ten minutes', async () => {
      const { store, room } = scene()
      const az = room('az')
      await store.outbox.add([post('one', az), post('two', az)], noon)
      const [first] = await leasePosts(store, [az], [], noon, lease, 10)
      if (!first) throw new Error('nothing is due')
      await store.outbox.unknown(first, 'no answer', noon + 3_600_000)
      expect(await leasePosts(store, [az], [], noon + 599_999, lease, 10)).toEqual([])
      expect(await leasePosts(store, [az], [], noon + 600_001, lease, 10)).toMatchObject([{ key: 'two' }])
    })

    test('of a thread wait for the card, and fail with it', async () => {
      const { store, room } = scene()
      const [az, us] = [room('az'), room('us')]
      const thread = (key: string, to: RoomId) => post(key, to, { incident: az1, thread: true })
      const posts = [thread('a', az), thread('b', us), post('room', az)]
      await keep(store, null, reported('AZ-0001', { effects: { cards: [az, us], posts } }))
      expect(await leasePosts(store, [az, us], [], noon, lease, 10)).toMatchObject([{ key: 'room' }])
      for (const card of await leaseCards(store, [az, us], noon, lease, 10)) {
        if (card.room === us) await store.cards.failed(card, 'no such room', null)
        else await store.cards.shown(card, card.wanted, { room: 'az', id: 'm1' }, 'posted', noon)
      }
      expect(await leasePosts(store, [az, us], [], noon, lease, 10)).toMatchObject([{ key: 'a' }])
      expect(await store.outbox.counts()).toMatchObject({ failed: 1, waiting: 2 })
    })

    test('that were shredded are given up, not sent', async () => {
      const { store, room, place } = scene()
      const az = room('az')
      await keep(store, null, reported('AZ-0001', { effects: { posts: [post('a', az, { incident: az1 })] } }))
      await place.tamper(`delete from keys where scope = 'incident:AZ-0001'`)
      expect(await leasePosts(store, [az], [], noon, lease, 10)).toEqual([])
      expect(await store.outbox.counts()).toMatchObject({ failed: 1 })
    })
  })

  describe('cards', () => {
    test('wanted a hundred times are due once, and show the last state', async () => {
      const { store, room } = scene()
      const az = room('az')
      let change = reported('AZ-0001', { effects: { cards: [az, az] } })
      await keep(store, null, change)
      for (let at = 0; at < 99; at += 1) {
        change = changed(change.after, [{ event: { type: 'updated' } }], { effects: { cards: [az] } })
        await keep(store, null, change)
      }
      const due = await leaseCards(store, [az], noon, lease, 10)
      expect(due).toMatchObject([{ incident: az1, wanted: 100, generation: 0, message: null, state: 'sending' }])
      const [card] = due
      if (!card) throw new Error('no card is due')
      // It may stand there already.
      expect(await store.cards.arriving(az)).toBe(true)
      // Wanted again while it is being sent.
      await keep(store, null, changed(change.after, [{ event: { type: 'updated' } }], { effects: { cards: [az] } }))
      expect(await leaseCards(store, [az], noon, lease, 10)).toEqual([])
      await store.cards.shown(card, card.wanted, { room: 'az', id: 'm1' }, 'posted', noon)
      expect(await store.cards.arriving(az)).toBe(false)
      const [next] = await leaseCards(store, [az], noon, lease, 10)
      expect(next).toMatchObject({
        wanted: 101,
        generation: 1,
        message: { room: 'az', id: 'm1' },
        edits: 0,
        sentAt: noon,
      })
      if (next) await store.cards.shown(next, next.wanted, { room: 'az', id: 'm1' }, 'edited', noon + 5)
      expect(await leaseCards(store, [az], noon + lease, lease, 10)).toEqual([])
    })

    test('of every generation lead to their incident', async () => {
      const { store, room } = scene()
      const az = room('az')
      const first = reported('AZ-0001', { effects: { cards: [az] } })
      await keep(store, null, first)
      expect(await store.cards.message(az1, az)).toBeNull()
      const show = async (id: string) => {
        const [card] = await leaseCards(store, [az], noon, lease, 10)
        if (card) await store.cards.shown(card, card.wanted, { room: 'az', id }, 'posted', noon)
      }
      await show('m1')
      await keep(store, null, changed(first.after, [{ event: { type: 'updated' } }], { effects: { cards: [az] } }))
      await show('m2')
      expect(await store.cards.message(az1, az)).toEqual({ room: 'az', id: 'm2' })
      for (const id of ['m1', 'm2']) expect(await store.cards.at('workspace', { room: 'az', id })).toBe(az1)
      expect(await store.cards.at('slack', { room: 'az', id: 'm1' })).toBeNull()
    })

    test('go out most urgent first, and come back as unknown when their lease ran out', async () => {
      const { store, room } = scene()
      const az = room('az')
      const effects = { cards: [az] }
      for (const severity of [2, 5, 4] as const) {
        await keep(store, null, reported(`AZ-000${severity}`, { severity, effects }))
      }
      const leased = await leaseCards(store, [az], noon, lease, 2)
      expect(leased.map(card => card.incident)).toEqual(['AZ-0005', 'AZ-0004'])
      const [card] = leased
      if (card) await store.cards.unknown(card, 'no answer', noon + 5)
      expect(await leaseCards(store, [az], noon + 5, lease, 1)).toMatchObject([
        { incident: 'AZ-0005', state: 'unknown' },
      ])
      expect(await leaseCards(store, [az], noon + lease, lease, 1)).toMatchObject([{ state: 'unknown' }])
    })
  })

  test('a raw message is kept once, leased, tried again, and gone when it is handled', async () => {
    const { inbox } = scene().store
    const message = { key: 'm1', payload: '{"text":"sentinel"}', receivedAt: noon }
    expect(await inbox.take(message)).toBe(true)
    expect(await inbox.take(message)).toBe(false)
    expect(await inbox.due(noon, lease, 10)).toEqual([{ ...message, attempts: 1 }])
    expect(await inbox.due(noon, lease, 10)).toEqual([])
    await inbox.failed('m1', 'broken', noon + 5)
    expect(await inbox.due(noon + 5, lease, 10)).toMatchObject([{ attempts: 2 }])
    await keep(scene().store, 'm1', reported('AZ-0001'))
    expect(await inbox.due(noon + lease * 2, lease, 10)).toEqual([])
    expect(await inbox.answer('m1')).toEqual({ said: 'm1' })
    expect(await inbox.take({ ...message, key: 'm2' })).toBe(true)
    await inbox.handled('m2', noon)
    expect(await inbox.answer('m2')).toBeNull()
    expect(await inbox.due(noon, lease, 10)).toEqual([])
  })

  test('what the dead hold is free at once, and what others hold is not', async () => {
    const { leases } = scene().store
    await leases.hold('sending', 'dead', 60_000)
    await leases.hold('clocks', 'dead', 60_000)
    await leases.hold('clearer', 'alive', 60_000)
    expect(await leases.bury(holder => holder === 'dead')).toBe(2)
    expect(await leases.hold('sending', 'next', 60_000)).toBe(true)
    expect(await leases.hold('clearer', 'next', 60_000)).toBe(false)
    expect(await leases.bury(() => false)).toBe(0)
  })

  test('a lease has one holder at a time, and can be seized', async () => {
    const { leases } = scene().store
    expect(await leases.hold('sending', 'a', 60_000)).toBe(true)
    expect(await leases.hold('sending', 'b', 60_000)).toBe(false)
    expect(await leases.hold('sending', 'a', 60_000)).toBe(true)
    await leases.seize('sending', 'b', 60_000)
    expect(await leases.hold('sending', 'a', 60_000)).toBe(false)
    await leases.release('sending', 'a')
    expect(await leases.hold('sending', 'a', 60_000)).toBe(false)
    await leases.release('sending', 'b')
    expect(await leases.hold('sending', 'a', -1)).toBe(true)
    expect(await leases.hold('sending', 'b', 60_000)).toBe(true)
    const raced = await Promise.all(Array.from({ length: 8 }, (_, at) => leases.hold('clocks', `w${at}`, 60_000)))
    expect(raced.filter(Boolean)).toHaveLength(1)
  })
}

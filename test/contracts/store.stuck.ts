import { describe, expect, test } from 'vitest'
import type { Post } from '../../workflows/change.ts'
import type { AccountId, RoomId } from '../../workflows/ids.ts'
import type { StuckDeed, StuckItem } from '../../workflows/stuck.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import { leaseCards, leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const lease = 30_000
const minute = 60_000

/** What came to rest without being sent, and rooms that refuse. */
export function stuckTests(scene: () => Scene): void {
  const decide = (item: StuckItem, deed: StuckDeed, now = noon) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now, answer: null, incidents: [], stuck: { item, deed } }),
    )
  const all = (state: Extract<StuckItem, { type: 'all' }>['state'], to: { room: RoomId } | { account: AccountId }) =>
    ({ type: 'all', state, to }) as const
  const due = async (...rooms: RoomId[]) =>
    (await scene().store.outbox.due({ rooms, accounts: ['workspace'] }, noon + minute, 20)).length

  async function rested(key: string, room: RoomId, how: 'unsure' | 'parked' | 'kept' | 'left') {
    const { store } = scene()
    await store.outbox.add([post(key, room)], noon)
    const [one] = await leasePosts(store, [room], [], noon, lease, 1)
    if (!one) throw new Error('nothing is due')
    await store.outbox.rest(one, how, `why ${how}`)
    return one.id
  }

  describe('what is stuck', () => {
    test('is listed newest first, each unsure one by itself, the rest by place and state', async () => {
      const { store, room } = scene()
      const [az, us] = [room('az'), room('us')]
      await rested('a', az, 'parked')
      await rested('b', az, 'parked')
      const first = await rested('c', us, 'unsure')
      const second = await rested('d', us, 'unsure')
      await rested('e', us, 'left')
      const list = await store.stuck.list(noon)
      expect(list).toHaveLength(3)
      expect(list).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            state: 'parked',
            count: 2,
            reason: 'why parked',
            item: all('parked', { room: az }),
          }),
          expect.objectContaining({ state: 'unsure', count: 1, item: { type: 'post', id: first } }),
          expect.objectContaining({ state: 'unsure', count: 1, item: { type: 'post', id: second } }),
        ]),
      )
      expect(await store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 4 })
    })

    test('is also what waits for too long, what is urgent sooner, and whatever was never tried', async () => {
      const { store, room } = scene()
      const az = room('az')
      await keep(store, null, reported('AZ-0001', { effects: { cards: [az], posts: [post('never tried', az)] } }))
      const urgent = { ...post('urgent', az), lane: 'S5' } as const
      const [heron] = [...store.roster.directory().people.values()].flatMap(person => person.accounts)
      const night: Post = { ...post('night', az), to: { account: heron?.id ?? ('none' as AccountId) } }
      await store.outbox.add([post('tried', room('us')), urgent, night], noon)
      const [tried] = await leasePosts(store, [room('us')], [], noon, lease, 1)
      if (tried) await store.outbox.failed(tried, 'busy', noon + 3_600_000)
      const listed = async (at: number) =>
        (await store.stuck.list(at)).map(one => [one.state, one.what, one.count, one.reason])
      expect(await listed(noon + minute)).toEqual([])
      expect(await listed(noon + 1.5 * minute)).toEqual([['waiting', 'message', 1, null]])
      expect(await listed(noon + 11 * minute)).toEqual([
        ['waiting', 'message', 3, null],
        ['waiting', 'message', 1, 'busy'],
      ])
    })

    test('is sent again, left or noted as arrived; whatever is settled is left alone', async () => {
      const { store, room } = scene()
      const az = room('az')
      const id = await rested('a', az, 'unsure')
      const other = await rested('b', az, 'unsure')
      await rested('c', az, 'kept')
      await decide({ type: 'post', id }, 'arrived')
      await decide({ type: 'post', id }, 'again')
      expect(await due(az)).toBe(0)
      await decide({ type: 'post', id: other }, 'again')
      expect(await due(az)).toBe(1)
      await decide(all('kept', { room: az }), 'leave')
      await decide(all('kept', { room: az }), 'again')
      expect(await due(az)).toBe(1)
      expect(await store.stuck.list(noon)).toEqual([])
      expect(await leasePosts(store, [az], [], noon, lease, 5)).toMatchObject([
        { key: 'b', state: 'sending', attempts: 1 },
      ])
    })

    test('may be a card: nobody draws it anew until somebody has decided', async () => {
      const { store, room } = scene()
      const az = room('az')
      const thread = post('line', az, { incident: az1, thread: true })
      const first = reported('AZ-0001', { effects: { cards: [az], posts: [thread] } })
      await keep(store, null, first)
      const [card] = await leaseCards(store, [az], noon, lease, 5)
      if (card) await store.cards.rest(card, 'unsure', 'no answer')
      await keep(store, null, changed(first.after, [{ event: { type: 'updated' } }], { effects: { cards: [az] } }))
      expect(await leaseCards(store, [az], noon + minute, lease, 5)).toEqual([])
      // What belongs to it goes on.
      expect(await due(az)).toBe(1)
      const item = { type: 'card', incident: az1, room: az } as const
      expect(await store.stuck.list(noon)).toMatchObject([{ state: 'unsure', what: 'card', incident: az1, item }])
      await decide(item, 'arrived')
      expect(await store.stuck.list(noon)).toEqual([])
    })
  })

  describe('a closed room', () => {
    test('is tried after growing pauses, by what was tried least; what works opens it for all', async () => {
      const { store, room } = scene()
      const az = room('az')
      const first = await store.stuck.close(az, 'archived', noon)
      const second = await store.stuck.close(az, 'archived', noon + minute)
      expect(first).toMatchObject({ tries: 1, since: noon, nextAt: noon + 30_000 })
      expect(second).toMatchObject({ tries: 2, since: noon, nextAt: noon + 2 * minute })
      expect(await store.stuck.closed([az, room('us')])).toEqual([second])
      await rested('tried', az, 'parked')
      const posts = [post('calm', az), post('calm too', az, { lane: 'summary' }), post('alarm', az, { lane: 'S4' })]
      await store.outbox.add(posts, noon)
      await store.stuck.park(second, noon)
      expect(await leasePosts(store, [az], [], noon, lease, 5)).toMatchObject([{ key: 'alarm' }])
      await store.stuck.probe(az, noon)
      expect(await leasePosts(store, [az], [], noon, lease, 5)).toMatchObject([{ key: 'calm' }])
      await store.stuck.open(az, noon)
      expect(await store.stuck.closed([az])).toEqual([])
      expect(await leasePosts(store, [az], [], noon, lease, 5)).toMatchObject([{ key: 'tried', attempts: 2 }])
    })

    test('opens when a coordinator sends again what waits for it', async () => {
      const { store, room } = scene()
      const az = room('az')
      await store.stuck.close(az, 'archived', noon)
      await rested('a', az, 'parked')
      await decide(all('parked', { room: az }), 'again')
      expect(await store.stuck.closed([az])).toEqual([])
      expect(await due(az)).toBe(1)
    })
  })

  test('a room that is bound anew gets what waited for it, in order', async () => {
    const { store, room, person } = scene()
    const az = room('az')
    const bound = store.roster.directory().rooms.find(one => one.id === az)
    if (!bound) throw new Error('no room')
    await store.stuck.close(az, 'archived', noon)
    await rested('parked', az, 'parked')
    await store.outbox.add([post('waiting', az), post('elsewhere', room('us'))], noon)
    const fresh = 'fresh' as RoomId
    const roster = { type: 'bind', person: person('Finch'), room: { ...bound, id: fresh } } as const
    await store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], roster }),
    )
    const took = async () => {
      const [one] = await leasePosts(store, [fresh], [], noon, lease, 5)
      if (one) await store.outbox.sent(one.id, { room: 'az', id: one.key }, noon)
      return one?.key
    }
    expect([await took(), await took(), await took()]).toEqual(['parked', 'waiting', undefined])
    expect(await store.stuck.closed([az, fresh])).toEqual([])
  })

  describe('what is kept for a person', () => {
    test('is shown once, or goes to where they are now', async () => {
      const { store, person } = scene()
      const finch = store.roster.directory().people.get(person('Finch'))
      const [account] = finch?.accounts.map(own => own.id) ?? []
      if (!account) throw new Error('no account')
      for (const key of ['a', 'b', 'c']) await store.outbox.add([{ ...post(key, '' as RoomId), to: { account } }], noon)
      for (let at = 0; at < 3; at++) {
        const [one] = await leasePosts(store, [], ['slack', 'workspace'], noon, lease, 1)
        if (one) await store.outbox.rest(one, 'kept', 'closed')
      }
      expect(await store.stuck.awaited()).toEqual([account])
      const [a, b] = await store.stuck.kept([account], 2)
      expect([a?.key, b?.key]).toEqual(['a', 'b'])
      expect(await store.stuck.shown(a?.id ?? 0, noon)).toBe(true)
      expect(await store.stuck.shown(a?.id ?? 0, noon)).toBe(false)
      await store.stuck.resume([account], account, noon)
      expect(await store.stuck.awaited()).toEqual([])
      expect(await leasePosts(store, [], ['slack', 'workspace'], noon, lease, 5)).toMatchObject([
        { key: 'b', state: 'sending', attempts: 1 },
      ])
    })

    test('or turned to another account of theirs remembers the first', async () => {
      const { store, room } = scene()
      const az = room('az')
      await store.outbox.add([post('a', az)], noon)
      const [one] = await leasePosts(store, [az], [], noon, lease, 1)
      if (!one) throw new Error('no post is due')
      await store.outbox.turn(one, 'first' as AccountId, 'second' as AccountId, noon)
      await store.outbox.turn(
        { ...one, first: 'first' as AccountId },
        'second' as AccountId,
        'third' as AccountId,
        noon,
      )
      expect(await store.outbox.states(['a', 'none'])).toEqual(['waiting'])
    })
  })

  test('a card posted anew asks that its former message says so, together with it', async () => {
    const { store, room } = scene()
    const az = room('az')
    const first = reported('AZ-0001', { effects: { cards: [az] } })
    await keep(store, null, first)
    const show = async (id: string) => {
      const [card] = await leaseCards(store, [az], noon, lease, 1)
      if (card) await store.cards.shown(card, card.wanted, { room: 'az', id }, 'posted', noon)
    }
    await show('m1')
    expect(await store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    await keep(store, null, changed(first.after, [{ event: { type: 'updated' } }], { effects: { cards: [az] } }))
    await show('m2')
    const [moved] = await store.recalls.lease([az], [], noon, lease, 5)
    expect(moved).toMatchObject({ reason: 'moved', incident: az1, message: { room: 'az', id: 'm1' }, card: 'yes' })
  })

  test('a card that was sent twice has one current message: the one known of too late says that it has moved', async () => {
    const { store, room } = scene()
    const az = room('az')
    await keep(store, null, reported('AZ-0001', { effects: { cards: [az] } }))
    const [card] = await leaseCards(store, [az], noon, lease, 1)
    if (!card) throw new Error('no card is due')
    const show = (id: string) => store.cards.shown(card, card.wanted, { room: 'az', id }, 'posted', noon)
    await show('second')
    await show('second')
    expect(await store.recalls.counts()).toMatchObject({ waiting: 0 })
    await show('first')
    expect(await store.cards.message(az1, az)).toEqual({ room: 'az', id: 'second' })
    expect(await store.cards.at('workspace', { room: 'az', id: 'first' })).toBe(az1)
    const [moved] = await store.recalls.lease([az], [], noon, lease, 5)
    expect(moved).toMatchObject({ reason: 'moved', message: { room: 'az', id: 'first' } })
  })
}

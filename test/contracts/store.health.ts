import { describe, expect, test } from 'vitest'
import type { AccountId } from '../../workflows/ids.ts'
import type { Pulse } from '../../workflows/pulse.ts'
import { keep, noon, post, reported } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const none = { count: 0, oldestAt: null }
const facts: Pulse = { aheadMs: 3, memory: 1, memoryShare: 0.5, loops: [], tools: [] }
const served = { platforms: ['workspace'], quiet: [] } as const

/** What the store knows of the hub's health. */
export function healthTests(scene: () => Scene): void {
  const heron = () =>
    [...scene().store.roster.directory().people.values()].find(one => one.callsign === 'Heron')?.accounts[0]
      ?.id as AccountId

  describe('the health of the hub', () => {
    test('nothing waits in a hub that has done its work', async () => {
      const { store } = scene()
      const queues = await store.health.queues(served, noon)
      expect(Object.values(queues.posts)).toEqual(Array(6).fill(none))
      expect(Object.values(queues.cards)).toEqual(Array(6).fill(none))
      expect(queues).toMatchObject({ timers: none, inbox: none, parked: none, fetches: none, stuck: 0 })
    })

    test('what waits is counted by urgency, with the moment since when the oldest does', async () => {
      const { store, room } = scene()
      await store.outbox.add([post('a', room('az'), { lane: 'S5' })], noon + minute)
      await store.outbox.add([post('b', room('az'), { lane: 'S5' })], noon)
      await store.outbox.add([post('c', room('us'), { lane: 'summary' })], noon)
      const { posts } = await store.health.queues(served, noon + 2 * minute)
      expect(posts).toMatchObject({ S5: { count: 2, oldestAt: noon }, summary: { count: 1 }, talk: none })
    })

    test('what is sent waits no more, what was put off still does, what came to rest is stuck', async () => {
      const { store, room } = scene()
      await store.outbox.add([post('a', room('az')), post('b', room('us')), post('c', room('us'))], noon)
      const [sent] = await leasePosts(store, [room('az')], [], noon, minute, 1)
      if (sent) await store.outbox.sent(sent.id, { room: 'az', id: '1' }, noon)
      const [first, second] = await leasePosts(store, [room('us')], [], noon, minute, 2)
      if (first) await store.outbox.unknown(first, 'lost', noon + 60 * minute)
      if (second) await store.outbox.rest(second, 'parked', 'closed')
      const queues = await store.health.queues(served, noon + minute)
      expect([queues.posts.talk.count + queues.stuck, queues.posts.talk.oldestAt]).toEqual([2, noon])
    })

    test('what a tool has put off of a broadcast is told by its live message, until it is overdue', async () => {
      const { store, room } = scene()
      const cast = (n: number) => post(`cast:B-0001:0:p:somebody-${n}:1`, room('az'), { lane: 'broadcast' })
      await store.outbox.add([cast(1), cast(2)], noon)
      const [first] = await leasePosts(store, [room('az')], [], noon, minute, 1)
      if (first) await store.outbox.failed(first, 'too many first contacts', noon + 60 * minute, false)
      const waiting = async (now: number) => (await store.health.queues(served, now)).posts.broadcast.count
      expect(await waiting(noon + 2 * minute)).toBe(1)
      expect(await waiting(noon + 62 * minute)).toBe(2)
    })

    test('nobody waits for what goes to a tool that is off, or to somebody who rests', async () => {
      const { store, room } = scene()
      const to = { account: heron() }
      await store.outbox.add([post('a', room('az')), post('b', room('az'), { to })], noon)
      await store.outbox.add([post('c', room('az'), { to, anytime: true, lane: 'claim' })], noon)
      const talk = async (platforms: readonly 'slack'[] | readonly 'workspace'[], quiet: readonly AccountId[]) => {
        const { posts } = await store.health.queues({ platforms, quiet }, noon)
        return [posts.talk.count, posts.claim.count]
      }
      expect(await talk(['workspace'], [])).toEqual([2, 1])
      expect(await talk(['workspace'], [heron()])).toEqual([1, 1])
      expect(await talk(['slack'], [])).toEqual([0, 0])
    })

    test('cards behind and clocks that should have rung are counted', async () => {
      const { store, room } = scene()
      const timer = { type: 'arm', clock: 'claim', dueAt: noon + minute } as const
      await keep(store, null, reported('AZ-0001', { effects: { cards: [room('az'), room('us')], timers: [timer] } }))
      const early = await store.health.queues(served, noon)
      expect(early.timers).toEqual(none)
      expect(Object.values(early.cards).reduce((sum, one) => sum + one.count, 0)).toBe(2)
      const late = await store.health.queues(served, noon + 5 * minute)
      expect(late.timers).toEqual({ count: 1, oldestAt: noon + minute })
    })

    test('what came in is waited for until it is handled or given up', async () => {
      const { store } = scene()
      for (const key of ['one', 'two', 'three'])
        await store.inbox.take({ key, payload: '{}', receivedAt: noon }, minute)
      await store.inbox.handled('one', noon)
      await store.inbox.failed('two', 'a bug', null)
      const queues = await store.health.queues(served, noon)
      expect(queues).toMatchObject({ inbox: { count: 1, oldestAt: noon }, parked: { count: 1, oldestAt: noon } })
    })

    test('a process is known by what it said last, until it leaves', async () => {
      const { store, place } = scene()
      const own = { id: 'one', host: 'hub-1', version: '1.0.0', facts }
      await store.health.say(own)
      await store.health.say({ ...own, facts: { ...facts, aheadMs: 7 } })
      await store.health.say({ ...own, id: 'two', version: '1.1.0' })
      const pulses = await (await place.again()).health.pulses()
      expect(pulses.map(one => [one.id, one.host, one.version, one.facts.aheadMs]).sort()).toEqual([
        ['one', 'hub-1', '1.0.0', 7],
        ['two', 'hub-1', '1.1.0', 3],
      ])
      for (const { ageMs, startedMs } of pulses) {
        expect(ageMs).toBeGreaterThanOrEqual(0)
        expect(startedMs).toBeGreaterThanOrEqual(ageMs)
        expect(startedMs).toBeLessThan(minute)
      }
      await store.health.leave('one')
      expect((await store.health.pulses()).map(one => one.id)).toEqual(['two'])
    })

    test('the leases that are held are listed, and none that ran out or was given back', async () => {
      const { store } = scene()
      await store.leases.hold('clocks', 'me', minute)
      await store.leases.hold('nightly', 'me', minute)
      await store.leases.release('nightly', 'me')
      expect(await store.health.leases()).toEqual([{ name: 'clocks', holder: 'me' }])
    })

    test('what coordinators are told goes out once, whoever of several processes was first', async () => {
      const { store, room } = scene()
      const said = post('notice:health', room('az'))
      expect(await store.health.told()).toBeNull()
      expect(await store.health.tell(null, 'a', [said], noon)).toBe(true)
      expect(await store.health.tell(null, 'b', [post('other', room('az'))], noon)).toBe(false)
      expect(await store.health.tell('b', 'c', [post('other', room('az'))], noon)).toBe(false)
      expect(await store.health.told()).toBe('a')
      expect(await store.health.tell('a', 'c', [], noon)).toBe(true)
      expect(await store.outbox.counts()).toMatchObject({ waiting: 1 })
    })

    test('the database tells its size and the hour', async () => {
      const { store } = scene()
      expect(await store.health.size()).toBeGreaterThan(100_000)
      expect(Math.abs((await store.health.now()) - Date.now())).toBeLessThan(minute)
    })
  })
}

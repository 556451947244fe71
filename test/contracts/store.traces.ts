import { describe, expect, test } from 'vitest'
import type { AccountId, IncidentId, RoomId } from '../../workflows/ids.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Decided } from '../../workflows/stuck.ts'
import { incidentId, keep, noon, post, reported } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const az1 = incidentId('AZ-0001')
const az2 = incidentId('AZ-0002')

/** How messages of an incident and for a room go, who has seen them, and what is said elsewhere. */
export function traceTests(scene: () => Scene): void {
  const about = (key: string, room: RoomId, incident: IncidentId = az1) => post(key, room, { incident })
  const account = (callsign: string): AccountId => {
    const { store, person } = scene()
    return store.roster.directory().people.get(person(callsign))?.accounts[0]?.id as AccountId
  }
  const decide = (stuck: Decided) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], stuck }),
    )

  /** A report with posts for a room, each of which came to what is said. */
  async function told(room: RoomId, ends: Readonly<Record<string, 'sent' | 'failed' | 'unsure' | 'wait'>>) {
    const { store } = scene()
    const posts = Object.keys(ends).map(key => about(key, room))
    await keep(store, null, reported('AZ-0001', { effects: { cards: [], posts } }))
    for (const [key, end] of Object.entries(ends)) {
      // In their order, one after the other.
      const [one] = await leasePosts(store, [room], [], noon, minute, 1)
      if (one?.key !== key) throw new Error(`it is not the turn of ${key}`)
      if (end === 'sent') await store.outbox.sent(one.id, { room: 'there', id: `1.${one.id}` }, noon + minute)
      if (end === 'failed') await store.outbox.failed(one, 'too long', null)
      if (end === 'unsure') await store.outbox.rest(one, 'unsure', 'no answer came back')
      if (end === 'wait') await store.outbox.failed(one, 'busy', noon + minute)
    }
  }

  describe('how messages go', () => {
    test('is told for an incident, wherever they go, and for a room, whatever they are about', async () => {
      const { store, room } = scene()
      const az = room('az')
      await told(az, { a: 'sent', b: 'failed', c: 'unsure', d: 'wait' })
      await store.outbox.add([about('e', room('us')), post('other', az), about('elsewhere', az, az2)], noon)
      const own = await store.stuck.traces({ incident: az1 })
      expect(own.map(one => [one.state, one.reason]).toSorted()).toEqual([
        ['again', 'busy'],
        ['failed', 'too long'],
        ['sent', null],
        ['unsure', 'no answer came back'],
        ['waiting', null],
      ])
      expect(own.find(one => one.state === 'sent')).toMatchObject({ to: { room: az }, at: noon + minute, seen: null })
      const here = await store.stuck.traces({ room: az })
      expect(here.map(one => one.state).toSorted()).toEqual(['again', 'failed', 'sent', 'unsure', 'waiting', 'waiting'])
      expect(await store.stuck.traces({ incident: az2 })).toHaveLength(1)
    })

    test('tells a card that is behind, up to date or stuck', async () => {
      const { store, room } = scene()
      const az = room('az')
      await keep(store, null, reported('AZ-0001', { effects: { cards: [az], posts: [] } }))
      expect(await store.stuck.traces({ incident: az1 })).toMatchObject([{ what: 'card', state: 'waiting' }])
      expect(await store.stuck.traces({ room: az })).toMatchObject([{ what: 'card', incident: az1 }])
    })

    test('tells how many received and read it, each counted once, whatever came twice', async () => {
      const { store, room } = scene()
      await told(room('az'), { a: 'sent' })
      await store.sightings.posted('signal', 'a', ['100'], noon)
      const seen = (by: string, how: 'received' | 'read', message = '100') => ({ by, how, message })
      expect(
        await store.sightings.count('signal', [seen('x', 'received'), seen('y', 'read'), seen('x', 'read', '7')], noon),
      ).toEqual([seen('x', 'read', '7')])
      await store.sightings.count('signal', [seen('x', 'received'), seen('x', 'received'), seen('y', 'received')], noon)
      expect(await store.stuck.traces({ incident: az1 })).toMatchObject([{ seen: { received: 2, read: 1, at: noon } }])
      await store.sightings.count('signal', [seen('x', 'read')], noon + minute)
      expect(await store.stuck.traces({ incident: az1 })).toMatchObject([{ seen: { received: 2, read: 2 } }])
      await store.sightings.prune(noon, noon + minute)
      await store.sightings.count('signal', [seen('z', 'read')], noon + minute)
      expect(await store.stuck.traces({ incident: az1 })).toMatchObject([{ seen: { received: 2, read: 2 } }])
      await store.sightings.prune(noon + minute, noon)
      expect(await store.stuck.traces({ incident: az1 })).toMatchObject([{ seen: null }])
    })

    test('a receipt settles one of which nobody could tell whether it arrived', async () => {
      const { store, room } = scene()
      await told(room('az'), { a: 'unsure', b: 'sent' })
      const [unsure] = await store.stuck.list(noon)
      const setback = { kind: 'unsure', to: null, incident: az1, reason: null } as const
      await store.setbacks.add([{ key: 'asked', item: unsure?.item ?? null, ...setback }], noon)
      await store.setbacks.add([{ key: 'other', item: { type: 'post', id: 9_999 }, ...setback }], noon)
      expect(await store.sightings.arrived('a', { room: 'there', id: '1.5' }, noon)).toBe(true)
      expect(await store.sightings.arrived('b', { room: 'there', id: '1.6' }, noon)).toBe(false)
      expect((await store.stuck.traces({ incident: az1 })).map(one => one.state)).toEqual(['sent', 'sent'])
      expect(await store.stuck.list(noon)).toEqual([])
      expect((await store.setbacks.untold(5)).map(one => one.key)).toEqual(['other'])
    })
  })

  describe('what is said elsewhere', () => {
    const lead = phrase('delivery.no-answer')
    const via = (to: RoomId | AccountId, same = false) =>
      same
        ? ({ to: { account: to as AccountId }, same, lead, notes: [] } as const)
        : ({ to: { room: to as RoomId }, same, lead, notes: [] } as const)

    test('for a room goes once to the other one, in front why; what was given up is done with', async () => {
      const { store, room } = scene()
      const [az, us] = [room('az'), room('us')]
      await told(az, { a: 'failed', [`b:${az}`]: 'failed' })
      await store.outbox.add([post(`b:${us}`, us, { incident: az1 })], noon)
      const item = { type: 'all', state: 'failed', to: { room: az }, incident: az1 } as const
      await decide({ item, deed: 'elsewhere', via: via(us) })
      await decide({ item, deed: 'elsewhere', via: via(us) })
      const [before] = await leasePosts(store, [us], [], noon, minute, 20)
      expect(before?.key).toBe(`b:${us}`)
      if (before) await store.outbox.sent(before.id, { room: 'there', id: '1.1' }, noon)
      const [copy, ...more] = await leasePosts(store, [us], [], noon, minute, 20)
      if (copy) await store.outbox.sent(copy.id, { room: 'there', id: '1.2' }, noon)
      expect([...more, ...(await leasePosts(store, [us], [], noon, minute, 20))]).toEqual([])
      expect(copy?.key).toBe(`a>${us}`)
      expect(copy?.view.lines[0]).toEqual({ type: 'note', text: lead })
      expect(copy?.incident).toBe(az1)
      // The other stands there anyway.
      expect((await store.stuck.list(noon)).map(one => one.count)).toEqual([1])
    })

    test('for a person goes to their other account under its own key', async () => {
      const { store } = scene()
      const [from, to] = [account('Heron'), account('Finch')]
      await store.outbox.add([{ ...post('told', scene().room('az')), to: { account: from } }], noon)
      const [one] = await leasePosts(store, [], ['workspace', 'slack', 'discord', 'signal'], noon, minute, 5)
      if (one) await store.outbox.rest(one, 'kept', 'no direct messages')
      const item = { type: 'all', state: 'kept', to: { account: from } } as const
      await decide({ item, deed: 'elsewhere', via: via(to, true) })
      const again = await leasePosts(store, [], ['workspace', 'slack', 'discord', 'signal'], noon, minute, 5)
      expect(again).toMatchObject([{ key: 'told', to: { account: to }, first: from }])
    })
  })
}

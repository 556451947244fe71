import { describe, expect, test } from 'vitest'
import type { Listed } from '../../db/recipients.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastEvent, Plan } from '../../workflows/broadcast.ts'
import { drawnLater, type RosterChange } from '../../workflows/change.ts'
import type { AccountId, BroadcastId } from '../../workflows/ids.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

/** What is kept of how people wish to be written to, and what follows for broadcasts that wait for them. */
export function wishTests(scene: () => Scene): void {
  const commit = (more: object) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], ...more }),
    )
  const change = (roster: RosterChange) => commit({ roster })
  const wishesOf = (callsign: string) =>
    scene().store.roster.directory().people.get(scene().person(callsign))?.wishes ?? null
  const accountOf = (callsign: string): AccountId =>
    scene().store.roster.directory().people.get(scene().person(callsign))?.accounts[0]?.id ?? ('' as AccountId)

  /** A broadcast that is being sent, with those people on its list. */
  async function sending(id: BroadcastId, plan: Partial<Plan>, callsigns: readonly string[]): Promise<void> {
    let at: Broadcast | null = null
    const happen = async (event: BroadcastEvent) => {
      const broadcast = enterBroadcast(at, [{ event }], { id, by: scene().person('Heron'), now: noon })
      if (broadcast) await commit({ broadcast })
      at = broadcast?.after ?? at
    }
    const whole = blankPlan({ audience: { type: 'everyone' }, words: { en: 'Calm' }, ...plan })
    await happen({ type: 'drafted', writer: scene().person('Heron'), plan: whole, recurring: null })
    const list = callsigns.map((callsign, rank): Listed => {
      const person = scene().person(callsign)
      return {
        ...{ broadcast: id, key: `p:${person}`, person, room: null, region: 'AZ', language: 'en', rank },
        ...{ platform: 'workspace', account: accountOf(callsign), first: false, state: 'waiting', error: null },
      }
    })
    await scene().store.recipients.add(id, list)
    await happen({ type: 'begun' })
  }

  async function give(id: BroadcastId): Promise<void> {
    const waiting = await scene().store.recipients.waiting(id, 'workspace', -1, 50)
    const list = waiting.map(one => ({
      ...({ waiting: one, platform: 'workspace', lane: 'broadcast', view: drawnLater } as const),
      to: { account: one.account ?? ('' as AccountId) },
    }))
    await scene().store.recipients.give(id, list, noon)
  }

  const reached = async (id: BroadcastId, callsign: string) =>
    (await scene().store.broadcasts.recipients(id, { person: scene().person(callsign), limit: 5 })).items[0]?.reached

  describe('what people wish of broadcasts', () => {
    test('stands in the directory, each wish by itself, until it is taken back', async () => {
      const person = scene().person('Heron')
      expect(wishesOf('Heron')).toBeNull()
      await change({ type: 'wish', person, wish: { platform: 'signal' } })
      await change({ type: 'wish', person, wish: { stopped: noon } })
      expect(wishesOf('Heron')).toEqual({ platform: 'signal', stopped: noon })
      await change({ type: 'wish', person, wish: { stopped: null } })
      expect(wishesOf('Heron')).toEqual({ platform: 'signal' })
      await change({ type: 'wish', person, wish: { platform: null } })
      expect(wishesOf('Heron')).toBeNull()
    })

    test('a stop takes them off the lists and out of the outbox, but for what saves lives', async () => {
      const [calm, later, lives] = ['B-0001', 'B-0002', 'B-0003'] as [BroadcastId, BroadcastId, BroadcastId]
      await sending(calm, {}, ['Heron', 'Finch'])
      await give(calm)
      await sending(later, {}, ['Heron', 'Finch'])
      await sending(lives, { urgency: 'life-safety' }, ['Heron'])
      await give(lives)
      await change({ type: 'wish', person: scene().person('Heron'), wish: { stopped: noon } })
      expect(await reached(calm, 'Heron')).toBe('stopped')
      expect(await reached(later, 'Heron')).toBe('stopped')
      expect(await reached(lives, 'Heron')).toBe('sending')
      expect(await reached(calm, 'Finch')).toBe('sending')
      expect(await reached(later, 'Finch')).toBe('waiting')
      const left = await scene().store.recipients.onItsWay(10)
      expect(left.map(one => one.key).toSorted()).toEqual(
        [`cast:${calm}:0:p:${scene().person('Finch')}:1`, `cast:${lives}:0:p:${scene().person('Heron')}:1`].toSorted(),
      )
    })

    test('whoever had it through one account stays one who had it', async () => {
      const id = 'B-0001' as BroadcastId
      await sending(id, {}, ['Heron'])
      await give(id)
      const { outbox, recipients, broadcasts } = scene().store
      const due = await outbox.due({ rooms: [], accounts: ['workspace'] }, noon + 1, 5)
      const taken = await outbox.take(
        due.map(one => one.id),
        noon + 1,
        60_000,
      )
      for (const post of taken) await outbox.sent(post.id, { room: 'x', id: '1' }, noon + 2)
      expect(await reached(id, 'Heron')).toBe('sent')
      const silent = await recipients.unanswered(id, 0, noon + 5, 5)
      const again = silent.map(one => ({
        ...({ waiting: one, platform: 'workspace', lane: 'broadcast', view: drawnLater } as const),
        to: { account: accountOf('Heron') },
      }))
      expect(await recipients.give(id, again, noon + 5)).toBe(1)
      await change({ type: 'wish', person: scene().person('Heron'), wish: { stopped: noon } })
      await recipients.settle(id)
      expect(await reached(id, 'Heron')).toBe('sent')
      const found = await broadcasts.recipients(id, { person: scene().person('Heron'), limit: 1 })
      expect(found.items[0]?.sentAt).toBe(noon + 2)
    })

    test('whoever turns out to be somebody else takes their stop, and what went to them, along', async () => {
      const id = 'B-0001' as BroadcastId
      const [heron, finch] = [scene().person('Heron'), scene().person('Finch')]
      await sending(id, {}, ['Heron'])
      await give(id)
      await change({ type: 'wish', person: heron, wish: { stopped: noon, platform: 'signal' } })
      await change({ type: 'wish', person: finch, wish: { platform: 'slack' } })
      await change({ type: 'unite', person: finch, former: heron })
      expect(wishesOf('Finch')).toEqual({ stopped: noon, platform: 'slack' })
      const { items } = await scene().store.broadcasts.recipients(id, { person: finch, limit: 5 })
      expect(items.map(one => one.key)).toEqual([`p:${heron}`])
    })

    test('what went to somebody is counted for them, and their words go when they are erased', async () => {
      const id = 'B-0001' as BroadcastId
      await sending(id, { answer: { type: 'got-it' } }, ['Heron', 'Finch'])
      expect((await scene().store.held.held(scene().person('Heron'))).broadcasts.count).toBe(0)
      await give(id)
      const person = scene().person('Heron')
      const held = (await scene().store.held.held(person)).broadcasts
      expect(held).toEqual({ count: 1, last: noon, answers: 0, said: 0 })
      await change({ type: 'erase', person })
      const { items } = await scene().store.broadcasts.recipients(id, { limit: 5 })
      expect(items).toHaveLength(2)
      expect(items.map(one => one.said)).toEqual([null, null])
    })
  })
}

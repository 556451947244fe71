import { describe, expect, test } from 'vitest'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import { type Broadcast, type BroadcastEvent, broadcastPostKey, type Correction } from '../../workflows/broadcast.ts'
import { drawnLater } from '../../workflows/change.ts'
import { makeBroadcastId } from '../../workflows/ids.ts'
import { noon, post } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const id = makeBroadcastId(1)
const minute = 60_000

/** What is kept of corrections, and of how broadcasts come on. */
export function amendTests(scene: () => Scene): void {
  let standing: Broadcast | null = null
  const correction = (recall = false, wave = 1): Correction => ({
    ...{ wave, by: scene().person('Heron'), at: noon + minute, words: { en: 'newer' }, recall },
  })
  const happen = async (...events: readonly BroadcastEvent[]) => {
    const by = scene().person('Heron')
    const change = enterBroadcast(
      standing,
      events.map(event => ({ event })),
      { id, by, now: noon },
    )
    if (!change) return
    const commit = { key: null, person: null, now: noon, answer: null, incidents: [], broadcast: change }
    await scene().store.transaction(tx => tx.commit(commit))
    standing = change.after
  }

  /** Two rooms are on the list and have a post each, in the outbox. */
  const given = async () => {
    standing = null
    const { store, room, person } = scene()
    const plan = blankPlan({ words: { en: 'older' }, audience: { type: 'rooms', region: 'all' } })
    await happen({ type: 'drafted', writer: person('Heron'), plan, recurring: null })
    const rooms = [room('az'), room('us')]
    const row = {
      broadcast: id,
      person: null,
      language: 'en',
      platform: 'workspace',
      account: null,
      first: false,
    } as const
    await store.recipients.add(
      id,
      rooms.map((own, rank) => ({
        ...{
          ...row,
          key: `r:${own}`,
          room: own,
          region: rank === 0 ? 'AZ' : 'US',
          rank,
          state: 'waiting',
          error: null,
        },
      })),
    )
    await happen({ type: 'begun' })
    const waiting = await store.recipients.waiting(id, 'workspace', -1, 9)
    const giving = waiting.map(one => ({
      ...{
        waiting: one,
        platform: 'workspace',
        lane: 'broadcast',
        view: drawnLater,
        to: { room: one.room ?? room('az') },
      },
    }))
    await store.recipients.give(id, giving as never, noon)
    return rooms
  }
  const lease = (name: 'az' | 'us') => leasePosts(scene().store, [scene().room(name)], [], noon, minute, 1)
  const send = async (name: 'az' | 'us') => {
    const [own] = await lease(name)
    if (own) await scene().store.outbox.sent(own.id, { room: name, id: `m-${name}` }, noon)
  }
  const due = (now: number) =>
    scene().store.recalls.lease([scene().room('az'), scene().room('us')], ['workspace'], now, minute, 9)

  describe('a correction of what was sent to many', () => {
    test('asks for each message that has the words, once, whoever asks and however often', async () => {
      const [first, second] = await given()
      await send('az')
      await send('us')
      const { amends } = scene().store
      const asked = await Promise.all([1, 2, 3].map(() => amends.ask(id, correction(), 9, noon)))
      expect(asked.toSorted()).toEqual([0, 0, 2])
      expect(await amends.counts(id, correction())).toEqual({ done: 0, all: 2 })
      const recalls = await due(noon)
      expect(recalls.map(one => [one.reason, one.post]).toSorted()).toEqual(
        [first, second].map(room => ['amended', broadcastPostKey(id, 0, `r:${room}` as never, 1)]).toSorted(),
      )
      for (const one of recalls) await scene().store.recalls.done(one, false)
      expect(await amends.counts(id, correction())).toEqual({ done: 2, all: 2 })
      expect(await amends.ask(id, correction(), 9, noon)).toBe(0)
    })

    test('asks for none that has not gone out, which goes with the newer words; what was taken back does not', async () => {
      await given()
      const { amends, recipients } = scene().store
      expect(await amends.ask(id, correction(), 9, noon)).toBe(2)
      expect(await due(noon)).toEqual([])
      expect((await recipients.onItsWay(9)).length).toBe(2)
      expect(await amends.ask(id, correction(true, 2), 9, noon)).toBe(2)
      expect(await recipients.onItsWay(9)).toEqual([])
    })

    test('is said anew to whom nobody can tell if they had it, once', async () => {
      await given()
      await send('us')
      const [own] = await lease('az')
      if (own) await scene().store.outbox.rest(own, 'unsure', 'no answer came back')
      const { amends, outbox } = scene().store
      await amends.ask(id, correction(), 9, noon)
      await amends.ask(id, correction(), 9, noon)
      const key = broadcastPostKey(id, 1, `r:${scene().room('az')}` as never, 1)
      expect(await outbox.exists(key)).toBe(true)
      expect(await outbox.exists(broadcastPostKey(id, 1, `r:${scene().room('us')}` as never, 1))).toBe(false)
    })

    test('of what was on its way and came to rest in doubt is said anew, and asked for no more', async () => {
      await given()
      const [own] = await lease('az')
      const { amends, outbox, recalls } = scene().store
      await amends.ask(id, correction(), 9, noon)
      expect((await recalls.counts()).waiting).toBe(1)
      if (own) await outbox.rest(own, 'unsure', 'no answer came back')
      expect(await amends.settle(id, correction(), 9, noon)).toBe(1)
      expect(await amends.settle(id, correction(), 9, noon)).toBe(0)
      expect(await outbox.exists(broadcastPostKey(id, 1, `r:${scene().room('az')}` as never, 1))).toBe(true)
      expect(await recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    })
  })

  describe('the live message of a broadcast', () => {
    test('is begun once, drawn by one at a time, and left alone in the end', async () => {
      await given()
      const { progress, outbox, recalls } = scene().store
      expect(await progress.watched(9)).toEqual([id])
      const live = post('progress:B-0001:x', scene().room('us'))
      await Promise.all([1, 2].map(() => progress.begin(id, [live], noon)))
      const row = await progress.find(id)
      expect(row).toMatchObject({ posts: [live.key], round: 0, few: 0, shown: '', drawnAt: noon })
      const sent = await leasePosts(scene().store, [scene().room('us')], [], noon, minute, 9)
      for (const one of sent) await outbox.sent(one.id, { room: 'us', id: one.key }, noon)
      const drawing = { shown: 'a', step: 's', keys: [live.key], few: true }
      const drawn = await Promise.all([1, 2].map(() => row && progress.draw(row, drawing, noon + minute)))
      expect(drawn.toSorted()).toEqual([false, true])
      expect((await due(noon + minute)).map(one => [one.reason, one.post])).toEqual([['progress', live.key]])
      expect(await progress.find(id)).toMatchObject({ round: 1, few: 1, shown: 'a', step: 's', drawnAt: noon + minute })
      expect(await recalls.counts()).toEqual({ waiting: 1, failed: 0 })
      expect(await progress.gone(id, noon - 1)).toEqual([{ platform: 'workspace', count: 1 }])
      expect((await progress.regions(id)).toSorted()).toEqual(['AZ', 'US'])
      await progress.close(id, noon)
      expect(await progress.watched(9)).toEqual([])
    })
  })
}

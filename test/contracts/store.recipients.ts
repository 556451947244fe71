import { describe, expect, test } from 'vitest'
import type { Giving } from '../../db/giving.ts'
import type { Listed, Waiting } from '../../db/recipients.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastEvent, Plan, RecipientKey } from '../../workflows/broadcast.ts'
import { drawnLater } from '../../workflows/change.ts'
import type { AccountId, BroadcastId } from '../../workflows/ids.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const id = 'B-0001' as BroadcastId
const ref = { platform: 'workspace', room: 'x', id: '1' } as const
const plan: Plan = {
  ...{ title: 'Calm', audience: { type: 'everyone' }, words: { en: 'Stay calm' }, urgency: 'urgent' },
  ...{ answer: { type: 'got-it' }, when: { type: 'now' }, quiet: 'keep', expiresAt: null, answerWithinMs: null },
  ...{ severity: null, public: false, incident: null, from: null, defaults: {}, without: [] },
}

/** What is kept of who gets a broadcast, and how it stands with them. */
export function recipientTests(scene: () => Scene): void {
  let at: Broadcast | null = null
  const happen = async (...events: readonly BroadcastEvent[]) => {
    const by = scene().person('Heron')
    const change = enterBroadcast(
      at,
      events.map(event => ({ event })),
      { id, by, now: noon },
    )
    if (!change) return
    const commit = { key: null, person: null, now: noon, answer: null, incidents: [], broadcast: change }
    await scene().store.transaction(tx => tx.commit(commit))
    at = change.after
  }
  const drafted = async () => {
    at = null
    await happen({ type: 'drafted', writer: scene().person('Heron'), plan, recurring: null })
  }
  const accountOf = (callsign: string): AccountId =>
    scene().store.roster.directory().people.get(scene().person(callsign))?.accounts[0]?.id ?? ('' as AccountId)
  const listed = (rank: number, callsign: string, more: Partial<Listed> = {}): Listed => ({
    ...{ broadcast: id, key: `p:${scene().person(callsign)}`, person: scene().person(callsign), room: null },
    ...{ region: 'AZ', language: 'en', platform: callsign === 'Heron' ? 'workspace' : 'slack' },
    ...{ account: accountOf(callsign), first: false, rank, state: 'waiting', error: null },
    ...more,
  })
  const room = (rank: number): Listed =>
    listed(rank, 'Heron', { key: `r:${scene().room('az')}`, person: null, room: scene().room('az'), account: null })
  const giving = (waiting: Waiting, account = waiting.account): Giving => ({
    ...{ waiting, platform: waiting.platform ?? 'workspace', lane: 'broadcast', view: drawnLater },
    to: waiting.room ? { room: waiting.room } : { account: account ?? ('' as AccountId) },
  })
  const begun = async () => {
    await drafted()
    await scene().store.recipients.add(id, [room(0), listed(1, 'Heron'), listed(2, 'Finch')])
    await happen({ type: 'begun' })
  }
  const all = (more = {}) => scene().store.broadcasts.recipients(id, { limit: 50, ...more })
  const waiting = async () =>
    (
      await Promise.all((['workspace', 'slack'] as const).map(on => scene().store.recipients.waiting(id, on, -1, 50)))
    ).flat()
  const give = async (now = noon, some: readonly Waiting[] | null = null) =>
    scene().store.recipients.give(
      id,
      (some ?? (await waiting())).map(one => giving(one)),
      now,
    )
  const take = async () => {
    const { outbox, roster } = scene().store
    const rooms = roster.directory().rooms.map(one => one.id)
    const due = await outbox.due({ rooms, accounts: ['workspace', 'slack'] }, noon + 1, 50)
    return outbox.take(
      due.map(one => one.id),
      noon + 1,
      60_000,
    )
  }

  describe('who gets a broadcast', () => {
    test('is listed before it begins, once, and by nobody after that', async () => {
      const { recipients } = scene().store
      expect(await recipients.add(id, [])).toBe(0)
      expect(await recipients.add(id, [listed(0, 'Heron')])).toBeNull()
      await drafted()
      expect(await recipients.add(id, [listed(0, 'Heron'), listed(1, 'Finch', { state: 'stopped' })])).toBe(2)
      expect(await recipients.add(id, [listed(5, 'Heron')])).toBe(0)
      await recipients.clear(id)
      expect(await waiting()).toEqual([])
      expect(await recipients.add(id, [room(0), listed(1, 'Heron')])).toBe(2)
      await happen({ type: 'begun' })
      expect(await recipients.add(id, [listed(3, 'Finch')])).toBeNull()
      await recipients.clear(id)
      expect((await waiting()).map(one => one.rank)).toEqual([0, 1])
      expect(await recipients.platforms(id)).toEqual(['workspace'])
      expect((await recipients.waiting(id, 'workspace', 0, 5)).map(one => one.rank)).toEqual([1])
    })

    test('is given it once, however often somebody tries, with a post each', async () => {
      await begun()
      const list = await waiting()
      const counts = await Promise.all([give(noon, list), give(noon, list), give(noon, list)])
      expect(counts.toSorted()).toEqual([0, 0, 3])
      expect(await waiting()).toEqual([])
      const way = await scene().store.recipients.onItsWay(50)
      expect(way.map(one => one.key).toSorted()).toEqual(list.map(one => `cast:${id}:0:${one.key}:1`).toSorted())
      expect(way.map(one => [one.platform, one.waits])).toEqual(
        expect.arrayContaining([
          ['slack', true],
          ['workspace', true],
        ]),
      )
      const found = (await all()).items
      expect(found.map(one => one.reached)).toEqual(['sending', 'sending', 'sending'])
    })

    test('stands as its post does, and as far as it was seen', async () => {
      await begun()
      await give()
      const { outbox, sightings, broadcasts } = scene().store
      const taken = await take()
      expect(taken).toHaveLength(3)
      for (const post of taken) await outbox.sent(post.id, ref, noon + 5)
      const finch = `cast:${id}:0:p:${scene().person('Finch')}:1`
      await sightings.posted('slack', finch, ['m1', 'm2'], noon)
      const seen = (message: string, how: 'received' | 'read') => ({ message, by: 'U0FINCH', how })
      await sightings.count('slack', [seen('m1', 'read')], noon)
      const reached = async () => (await all({ person: scene().person('Finch') })).items.map(one => one.reached)
      expect(await reached()).toEqual(['sent'])
      await sightings.count('slack', [seen('m2', 'received')], noon)
      expect(await reached()).toEqual(['delivered'])
      await sightings.count('slack', [seen('m2', 'read')], noon)
      expect(await reached()).toEqual(['read'])
      expect(await broadcasts.tally(id)).toEqual({
        people: { sent: 1, read: 1 },
        rooms: { sent: 1 },
        platforms: expect.arrayContaining([
          { platform: 'workspace', reached: 'sent', count: 2 },
          { platform: 'slack', reached: 'read', count: 1 },
        ]),
        answers: {},
        wrote: 0,
        silent: 2,
        lastSentAt: noon + 5,
      })
      expect((await all({ answer: 'silent' })).items).toHaveLength(2)
      expect(await scene().store.recipients.open(id)).toBe(false)
      expect((await broadcasts.asking(scene().person('Finch'), noon)).map(one => one.id)).toEqual([id])
      expect(await broadcasts.asking(scene().person('Finch'), noon + 1)).toEqual([])
    })

    test.each([
      ['failed', 'failed'],
      ['unsure', 'unsure'],
      ['parked', 'kept'],
      ['kept', 'kept'],
      ['left', 'dropped'],
    ] as const)('whose post came to rest as %s reads as %s, with why', async (how, reached) => {
      await begun()
      await give()
      const { outbox } = scene().store
      for (const post of await take())
        await (how === 'failed' ? outbox.failed(post, 'why not', null) : outbox.rest(post, how, 'why not'))
      const { items } = await all({ reached: [reached] })
      expect(items.map(one => one.why)).toEqual(['why not', 'why not', 'why not'])
      expect(await all({ reached: ['sent', 'read'] })).toEqual({ items: [], next: null })
      expect((await scene().store.broadcasts.tally(id)).silent).toBe(0)
    })

    test('is read page by page, by region and key, and by what was answered', async () => {
      await begun()
      const first = await all({ limit: 2 })
      expect(first.items).toHaveLength(2)
      const second = await all({ limit: 2, after: first.next })
      expect(second).toMatchObject({ items: [{ broadcast: id }], next: null })
      const keys = [...first.items, ...second.items].map(one => one.key)
      expect(keys).toEqual(keys.toSorted())
      expect((await all({ region: 'US' })).items).toEqual([])
      expect((await all({ region: 'AZ' })).items).toHaveLength(3)
      expect((await all({ answer: 'answered' })).items).toEqual([])
      expect((await all({ reached: ['waiting'] })).items).toHaveLength(3)
    })
  })

  describe('who waits in the outbox for a broadcast', () => {
    test('is taken out of it, as long as nobody has begun to send, and given it again later', async () => {
      await begun()
      await give()
      const { recipients, outbox } = scene().store
      const [first] = await take()
      const keys = (await recipients.onItsWay(50)).map(one => one.key)
      // Every post was taken to be sent.
      expect(await recipients.putBack(keys)).toBe(0)
      if (first) await outbox.failed(first, 'wait', noon + 9, false)
      expect((await recipients.onItsWay(50)).filter(one => one.waits)).toHaveLength(1)
      expect(await recipients.putBack(keys)).toBe(1)
      const again = await waiting()
      expect(again).toMatchObject([{ turn: 0, givenAt: null }])
      expect(await give(noon + 20)).toBe(1)
      expect(await scene().store.outbox.states([first?.key ?? ''])).toEqual(['waiting'])
    })

    test('is told by tool where all of it was put off, since when and until when', async () => {
      await begun()
      await give()
      const { recipients, outbox } = scene().store
      expect(await recipients.putOff(id, noon)).toEqual([])
      const until = noon + 3_600_000
      for (const post of await take()) await outbox.failed(post, 'limited', until, false)
      const off = await recipients.putOff(id, noon + 2)
      expect(off.toSorted((one, other) => (one.platform < other.platform ? -1 : 1))).toEqual([
        { platform: 'slack', since: noon, until },
        { platform: 'workspace', since: noon, until },
      ])
      expect(await recipients.putOff('B-0002' as BroadcastId, noon)).toEqual([])
      expect(await recipients.putOff(id, until)).toEqual([])
    })

    test('is left once it is called off, as whoever waits for their turn', async () => {
      await begun()
      const { recipients, outbox } = scene().store
      await give(noon, (await waiting()).slice(0, 1))
      expect(await recipients.open(id)).toBe(true)
      expect(await recipients.drop(id, 'called off')).toBe(3)
      expect((await all()).items.map(one => [one.reached, one.why])).toEqual(Array(3).fill(['dropped', 'called off']))
      expect(await recipients.open(id)).toBe(false)
      expect((await outbox.counts()).waiting).toBe(0)
      expect(await recipients.drop(id, 'called off')).toBe(0)
    })

    test('does not get it when they leave, or wish none, before', async () => {
      await begun()
      const keys = (await waiting()).map(one => one.key)
      await scene().store.recipients.leave(id, keys.slice(0, 1) as RecipientKey[], 'stopped', 'they wish none')
      await scene().store.recipients.leave(id, keys.slice(1, 2) as RecipientKey[], 'dropped', 'they left')
      expect((await scene().store.broadcasts.tally(id)).people).not.toEqual({ waiting: 2 })
      expect(await waiting()).toHaveLength(1)
    })
  })

  describe('who gives no answer', () => {
    const sendAll = async () => {
      for (const post of await take()) await scene().store.outbox.sent(post.id, ref, noon + 5)
    }
    const silent = (until = noon) => scene().store.recipients.unanswered(id, 0, until, 50)

    test('is found by when they were given it, people only', async () => {
      await begun()
      await give()
      expect(await silent(noon - 1)).toEqual([])
      expect((await silent()).map(one => one.person)).toEqual(
        expect.arrayContaining([scene().person('Heron'), scene().person('Finch')]),
      )
      expect(await silent()).toHaveLength(2)
    })

    test('is given it through another account, and stands as sent if that fails', async () => {
      await begun()
      await give()
      await sendAll()
      const { recipients, outbox } = scene().store
      const finch = (await silent()).find(one => one.person === scene().person('Finch'))
      if (!finch) throw new Error('nobody is silent')
      const other = { ...giving(finch, accountOf('Heron')), platform: 'workspace' } as const
      expect(await recipients.give(id, [other], noon + 60)).toBe(1)
      expect(await recipients.give(id, [other], noon + 60)).toBe(0)
      const tried = await recipients.tried(id, finch.key, 2)
      expect(tried.toSorted()).toEqual([accountOf('Finch'), accountOf('Heron')].toSorted())
      const standing = async () => (await all({ person: finch.person ?? undefined })).items[0]
      expect(await standing()).toMatchObject({ reached: 'sending', turn: 2, platform: 'workspace' })
      await recipients.settle(id)
      expect(await standing()).toMatchObject({ reached: 'sending' })
      const due = await outbox.due({ rooms: [], accounts: ['workspace'] }, noon + 60, 9)
      const [post] = await outbox.take([due[0]?.id ?? 0], noon + 60, 1000)
      if (!post) throw new Error('nothing is due')
      await outbox.failed(post, 'gone', null)
      expect(await standing()).toMatchObject({ reached: 'failed' })
      await recipients.settle(id)
      expect(await standing()).toMatchObject({ reached: 'sent', turn: 2, platform: 'slack' })
    })

    test('is not written to twice where the first has not gone out', async () => {
      await begun()
      await give()
      const { recipients, outbox } = scene().store
      const [heron] = await silent()
      if (!heron) throw new Error('nobody is silent')
      expect(await recipients.give(id, [giving(heron)], noon + 60)).toBe(1)
      expect(await outbox.states([`cast:${id}:0:${heron.key}:1`])).toEqual(['left'])
      // Taken back, the second waits for another round.
      expect(await recipients.putBack([`cast:${id}:0:${heron.key}:2`])).toBe(1)
      expect((await silent(noon + 60)).find(one => one.key === heron.key)).toMatchObject({ turn: 1 })
    })
  })
}

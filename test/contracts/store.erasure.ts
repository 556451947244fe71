import { describe, expect, test } from 'vitest'
import type { AccountId, PersonId, RoomId } from '../../workflows/ids.ts'
import { changed, incidentId, keep, noon, post, type put, reported } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const lease = 30_000
const day = 24 * 60 * 60_000

/** What is called back, cleared away and erased. */
export function erasureTests(scene: () => Scene): void {
  /** A report by Heron with a thread line of theirs and one of Finch's, sent or not. */
  async function talked(send = true) {
    const { store, room, person } = scene()
    const [heron, finch] = [person('Heron'), person('Finch')]
    const az = room('az')
    const posts = [
      post('mine', az, { incident: az1, author: heron }),
      post('theirs', az, { incident: az1, author: finch }),
      post('nobody', az, { incident: az1 }),
    ]
    const first = reported('AZ-0001', { by: heron, effects: { posts } })
    await keep(store, null, first)
    if (send) await sendAll([az], noon)
    return { store, az, heron, finch, first }
  }

  async function sendAll(rooms: readonly RoomId[], now: number, accounts: readonly 'workspace'[] = []) {
    const { store } = scene()
    for (;;) {
      const due = await leasePosts(store, rooms, accounts, now, lease, 10)
      for (const { id, key } of due) await store.outbox.sent(id, { room: 'r', id: key }, now)
      if (due.length === 0) return
    }
  }

  const withdraw = async ({ store, first, heron }: Awaited<ReturnType<typeof talked>>) => {
    const before = (await store.incidents.find(az1))?.incident ?? first.after
    const change = changed(before, [{ event: { type: 'withdrawn', kept: true } }], { by: heron })
    await keep(store, null, change)
    return change
  }

  describe('words that are called back', () => {
    test('are leased once each by whoever may reach them, tried again, and asked for no more once they are gone', async () => {
      const told = await talked()
      const { store, az } = told
      await withdraw(told)
      expect(await store.recalls.lease([], ['slack'], noon, lease, 10)).toEqual([])
      const eight = await Promise.all(
        Array.from({ length: 8 }, () => store.recalls.lease([az], ['workspace'], noon, lease, 10)),
      )
      const [mine, ...rest] = eight.flat()
      expect(rest).toEqual([])
      expect(mine).toMatchObject({
        reason: 'withdrawn',
        message: { id: 'mine' },
        attempts: 1,
        card: 'no',
        sentAt: noon,
      })
      if (!mine) return
      await store.recalls.failed(mine, 'down', noon + 1_000)
      expect(await store.recalls.lease([az], [], noon + 999, lease, 10)).toEqual([])
      const [again] = await store.recalls.lease([az], [], noon + 1_000, lease, 10)
      expect(again?.attempts).toBe(2)
      await store.recalls.done(mine, true)
      expect(await store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    })

    test('whose lease ran out are leased again, as after a crash; what is given up is counted', async () => {
      const told = await talked()
      const { store, az } = told
      await withdraw(told)
      const [first] = await store.recalls.lease([az], [], noon, lease, 10)
      expect(await store.recalls.lease([az], [], noon + lease - 1, lease, 10)).toEqual([])
      const [again] = await store.recalls.lease([az], [], noon + lease, lease, 10)
      expect(again?.key).toBe(first?.key)
      if (again) await store.recalls.failed(again, 'refused', null)
      expect(await store.recalls.counts()).toEqual({ waiting: 0, failed: 1 })
    })

    test('that are on their way wait for the outcome; those that still wait to be said lose their words', async () => {
      const told = await talked(false)
      const { store, az } = told
      const [going] = await leasePosts(store, [az], [], noon, lease, 1)
      expect(going?.key).toBe('mine')
      await withdraw(told)
      expect(await store.recalls.lease([az], [], noon, lease, 10)).toEqual([])
      await store.outbox.sent(going?.id ?? 0, { room: 'r', id: 'late' }, noon)
      expect(await store.recalls.lease([az], [], noon, lease, 10)).toMatchObject([{ message: { id: 'late' } }])
      const [next] = await leasePosts(store, [az], [], noon, lease, 1)
      expect(JSON.stringify(next?.view)).not.toContain('words of')
    })

    test('go from what was given up, too', async () => {
      const told = await talked(false)
      const { store, az } = told
      const [going] = await leasePosts(store, [az], [], noon, lease, 1)
      await store.outbox.failed({ id: going?.id ?? 0, attempts: 1 }, 'refused', null)
      await withdraw(told)
      await scene().place.tamper(`update posts set state = 'waiting', due_at = 0 where key = 'mine'`)
      const [again] = await leasePosts(store, [az], [], noon, lease, 1)
      expect(again?.key).toBe('mine')
      expect(JSON.stringify(again?.view)).not.toContain('words of')
    })

    test('stay marked where only fewer may see them, so that they can be called back later', async () => {
      const told = await talked()
      const { store, az, heron, first } = told
      await keep(store, null, changed(first.after, [{ event: { type: 'marked', from: 'AMBER', to: 'RED' } }]))
      const seen = await store.recalls.lease([az], [], noon, lease, 10)
      expect(seen.map(one => one.message.id).toSorted()).toEqual(['mine', 'theirs'])
      for (const one of seen) await store.recalls.done(one, false)
      await withdraw({ ...told, heron })
      expect(await store.recalls.lease([az], [], noon, lease, 10)).toMatchObject([{ message: { id: 'mine' } }])
    })
  })

  describe('a person who is erased', () => {
    const erase = (person: PersonId) =>
      scene().store.transaction(tx =>
        tx.commit({
          key: 'erase',
          person,
          now: noon,
          answer: null,
          incidents: [],
          roster: { type: 'erase', person },
        }),
      )

    test('is nobody from then on: key, name, accounts and words are gone, and the chain still holds', async () => {
      const { store, heron } = await talked()
      expect((await store.held.identity(heron))?.name).toBe('Heron Sentinel-Name')
      await store.drafts.save(heron, { form: 'f' as never, name: 'report', about: '', values: { a: 1 }, savedAt: noon })
      await erase(heron)
      expect(await store.held.identity(heron)).toBeNull()
      expect(await store.roster.whose('workspace', 'heron')).toBeNull()
      expect(store.roster.directory().people.has(heron)).toBe(false)
      expect(await store.drafts.latest(heron, 'report', 0)).toBeNull()
      expect((await store.incidents.find(az1))?.words).toEqual({ what: null, where: null })
      const wrong = []
      for await (const problem of store.audit.verify()) wrong.push(problem)
      expect(wrong).toEqual([])
    })

    test('is cleared away step by step, however often it is broken off', async () => {
      const { store, heron, az } = await talked()
      await erase(heron)
      expect(await store.erasures.due()).toEqual([heron])
      while (await store.erasures.sweep(heron, noon)) {}
      expect(await store.recalls.lease([az], [], noon, lease, 10)).toMatchObject([{ message: { id: 'mine' } }])
      expect(await store.erasures.reports(heron, 10)).toEqual([{ incident: az1, seqs: [1] }])
      const first = await store.erasures.look(heron)
      expect(await store.erasures.look(heron)).toEqual(first)
      expect(first?.found).toEqual([{ incident: az1, seqs: [1] }])
      await store.erasures.advance(heron, first?.found ?? [], first?.next ?? null)
      const posts = await store.erasures.look(heron)
      await store.erasures.advance(heron, [], posts?.next ?? null)
      expect(await store.erasures.look(heron)).toBeNull()
      await store.erasures.advance(heron, [], null)
      expect(await store.erasures.due()).toEqual([])
    })
  })

  describe('a name that is opened', () => {
    test('can be seen by whose it is', async () => {
      const { store, heron, finch, first } = await talked()
      const event = { type: 'revealed', whose: heron } as const
      await keep(store, null, changed(first.after, [{ event }], { by: finch, at: noon + 5 }))
      const held = await store.held.held(heron)
      expect(held).toMatchObject({ name: true, contact: false, platforms: ['workspace'], reports: { count: 1 } })
      expect(held.opened).toEqual([{ incident: az1, by: finch, at: noon + 5 }])
    })
  })

  describe('what a person sets for themselves', () => {
    test('quiet hours and a sealed contact stand, and go again', async () => {
      const { store, person } = scene()
      const heron = person('Heron')
      const set = (roster: Parameters<Parameters<typeof put>[0]['commit']>[0]['roster']) =>
        store.transaction(tx =>
          tx.commit({
            key: null,
            person: heron,
            now: noon,
            answer: null,
            incidents: [],
            ...(roster ? { roster } : {}),
          }),
        )
      await set({ type: 'quiet', person: heron, quiet: { from: 22, to: 7 } })
      await set({ type: 'contact', person: heron, contact: 'my sister' })
      expect(store.roster.directory().people.get(heron)?.quiet).toEqual({ from: 22, to: 7 })
      expect((await store.held.identity(heron))?.contact).toBe('my sister')
      await set({ type: 'quiet', person: heron, quiet: null })
      await set({ type: 'contact', person: heron, contact: null })
      expect(store.roster.directory().people.get(heron)?.quiet).toBeNull()
      expect((await store.held.held(heron)).contact).toBe(false)
    })

    test('in quiet hours what is not urgent waits, and does not stand in the way of what is', async () => {
      const { store, person } = scene()
      const account = store.roster.directory().people.get(person('Heron'))?.accounts[0]?.id as AccountId
      const to = { to: { account } }
      const none = '' as RoomId
      await store.outbox.add(
        [
          post('summary', none, { ...to, lane: 'summary' }),
          post('told', none, { ...to, lane: 'claim' }),
          post('alert', none, { ...to, lane: 'S4' }),
          post('receipt', none, { ...to, lane: 'claim', anytime: true }),
        ],
        noon,
      )
      const taken: string[] = []
      const take = async (quiet: readonly AccountId[]) => {
        const due = await leasePosts(store, [], ['workspace'], noon, lease, 10, quiet)
        for (const { id, key } of due) {
          taken.push(key)
          await store.outbox.sent(id, { room: 'r', id: key }, noon)
        }
        return due.length
      }
      while ((await take([account])) > 0) {}
      expect(taken).toEqual(['alert', 'receipt'])
      while ((await take([])) > 0) {}
      expect(taken).toEqual(['alert', 'receipt', 'told', 'summary'])
    })
  })

  describe('what is over its time', () => {
    const dismissed = (id: string) => {
      const first = reported(id)
      return [first, changed(first.after, [{ event: { type: 'dismissed', undoUntil: noon } }])] as const
    }

    test('is found by its stage, in turn, and no more once that was taken', async () => {
      const { store } = scene()
      for (const id of ['AZ-0001', 'AZ-0002', 'AZ-0003'])
        for (const change of dismissed(id)) await keep(store, null, change)
      await keep(store, null, reported('AZ-0004'))
      const { retention } = store
      expect(await retention.due('noise', noon - 1, 10)).toEqual([])
      expect(await retention.due('noise', noon, 2)).toEqual(['AZ-0001', 'AZ-0002'])
      expect(await retention.due('noise', noon, 2, 'AZ-0002' as never)).toEqual(['AZ-0003'])
      expect(await retention.due('contact', noon, 10)).toEqual([])
      expect(await retention.count('noise', noon)).toBe(3)
      const before = (await store.incidents.find(az1))?.incident ?? null
      const event = { type: 'removed', what: 'noise', count: 1, lost: ['what', 'where', 'reporter'] } as const
      expect(await store.transaction(tx => tx.holdings(az1))).toEqual({ words: 1, contacts: 0, files: 0 })
      await keep(store, null, changed(before, [{ event, by: null }]))
      expect(await store.transaction(tx => tx.holdings(az1))).toEqual({ words: 0, contacts: 0, files: 0 })
      expect(await retention.count('noise', noon)).toBe(2)
      expect((await store.incidents.find(az1))?.words).toEqual({ what: null, where: null })
    })

    test('of messages goes in stretches; what may still be called back, and what is fresh, stays', async () => {
      const { store } = await talked()
      await keep(store, 'old', reported('AZ-0009'))
      const sweep = async (before: number) => {
        let cursor = await store.retention.messages(before, null)
        while (cursor !== null) cursor = await store.retention.messages(before, cursor)
      }
      await sweep(noon)
      expect(await store.inbox.answer('old')).toEqual({ said: 'old' })
      await sweep(noon + day)
      expect(await store.inbox.answer('old')).toBeNull()
      // The key stays, so that it still counts once.
      await expect(keep(store, 'old', reported('AZ-0010'))).rejects.toThrow()
    })

    test('remembers when it ran, and leaves no trace that the engine can take away', async () => {
      const { store } = scene()
      expect(await store.retention.lastRun()).toBeNull()
      await store.retention.ran(noon)
      await store.retention.ran(noon + day)
      expect(await store.retention.lastRun()).toBe(noon + day)
      expect(await store.scrub()).toBe(true)
      expect(store.scrubDue()).toBe(false)
      const told = await talked()
      await withdraw(told)
      expect(store.scrubDue()).toBe(true)
    })
  })
}

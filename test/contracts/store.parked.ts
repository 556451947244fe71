import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { createIntake } from '../../bot/intake.ts'
import { park } from '../../bot/parking.ts'
import type { Platform, Whose } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { AccountId, PersonId, RoomId } from '../../workflows/ids.ts'
import type { StuckDeed } from '../../workflows/stuck.ts'
import { keep, noon, reported } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** What came in and could not be worked on, and what coordinators are told of. */
export function parkedTests(scene: () => Scene): void {
  const heron = () => {
    const { store, person } = scene()
    const [own] = store.roster.directory().people.get(person('Heron'))?.accounts ?? []
    return { id: person('Heron'), account: own?.id as AccountId, platform: own?.platform ?? 'workspace' }
  }
  const decide = (id: string, deed: StuckDeed) =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: noon, answer: null, incidents: [] },
        stuck: { item: { type: 'heard', id }, deed },
      }),
    )

  /** Heron writes something that cannot be worked on, however often. */
  async function lost(words = 'they are at the door', key = 'm1') {
    const { store } = scene()
    const { platform } = heron()
    const [address] = await addressesOf(heron().id)
    await store.inbox.take({ key, payload: JSON.stringify({ platform, order: '', body: words }), receivedAt: noon })
    const whose: Whose = { account: address ?? '', words }
    await park({ key, receivedAt: noon, platform, whose }, 'a bug', { store, now: noon + minute })
    const [one] = await store.parked.list()
    return one?.id ?? ''
  }

  async function addressesOf(person: PersonId) {
    const { store } = scene()
    const accounts = store.roster.directory().people.get(person)?.accounts ?? []
    return Promise.all(accounts.map(own => store.roster.address(own.id)))
  }

  async function told() {
    const { store } = scene()
    const posts = await leasePosts(store, [], [heron().platform], noon + minute, minute, 10)
    return posts.map(one => ({ to: one.to, said: JSON.stringify(one.view) }))
  }

  describe('what came in and cannot be worked on', () => {
    test('lies with its words; whoever sent it is told once, and coordinators are to be', async () => {
      const { store } = scene()
      const id = await lost()
      expect(await store.parked.list()).toEqual([
        { id, platform: heron().platform, person: heron().id, at: noon, reason: 'a bug' },
      ])
      expect(await store.parked.find(id)).toMatchObject({ id })
      expect(await store.parked.find('other')).toBeNull()
      const [post, ...more] = await told()
      expect(more).toEqual([])
      expect(post?.to).toEqual({ account: heron().account })
      expect(post?.said).toContain('they are at the door')
      expect(post?.said).toContain(`rerun::${id}`)
      expect(await store.setbacks.untold(5)).toMatchObject([{ kind: 'unread', item: { type: 'heard', id } }])
    })

    test('is not told to somebody who asked not to be written to', async () => {
      const { store } = scene()
      const { id: by, account } = heron()
      await keep(store, null, reported('AZ-0001', { by, account, contact: 'no', at: noon }))
      await lost()
      expect(await told()).toEqual([])
      expect(await store.setbacks.untold(5)).toHaveLength(1)
    })

    test('is due again with all its words at once when somebody says so, and is gone when they leave it', async () => {
      const { store } = scene()
      const id = await lost()
      await decide(id, 'again')
      expect(await store.parked.list()).toEqual([])
      const due = await store.inbox.due(noon, minute, 5)
      expect(due).toMatchObject([{ key: 'm1', attempts: 1 }])
      expect(due[0]?.payload).toContain('they are at the door')
      await decide(id, 'leave')
      const other = await lost('second', 'm2')
      await decide(other, 'leave')
      expect(await store.parked.list()).toEqual([])
      await decide(other, 'again')
      expect(await store.inbox.due(noon + day, minute, 5)).toMatchObject([{ key: 'm1' }])
      expect(await store.inbox.take({ key: 'm2', payload: '{}', receivedAt: noon })).toBe(false)
    })

    test('outlasts the time after which what was handled is forgotten', async () => {
      const { store } = scene()
      const id = await lost()
      let cursor: string | null = null
      do cursor = await store.retention.messages(noon + 60 * day, cursor)
      while (cursor !== null)
      expect(await store.parked.find(id)).not.toBeNull()
      await decide(id, 'again')
      expect((await store.inbox.due(noon + 60 * day, minute, 5))[0]?.payload).toContain('they are at the door')
    })

    test('is what a platform gave up, with whoever that platform says wrote it', async () => {
      const { store } = scene()
      const { id: person, platform: name } = heron()
      const [address] = await addressesOf(person)
      const platform = {
        name,
        handle: () => Promise.reject(new PlatformError(name, 'no such conversation', { permanent: true })),
        whose: ({ body }: { body: string }) => ({ account: address, words: body }),
      } as unknown as Platform
      const log = pino({ level: 'silent' })
      const intake = createIntake({ store, platforms: () => [platform], clock: () => noon, log })
      await intake.keep(name, { key: 'k', body: 'help' })
      await intake.stop()
      expect(await store.parked.list()).toMatchObject([{ person, reason: 'no such conversation' }])
      expect((await told())[0]?.said).toContain('help')
    })
  })

  describe('what coordinators are told of', () => {
    test('is kept once under its key, until it stands in a notice', async () => {
      const { store, room } = scene()
      const one = {
        kind: 'failed',
        to: { room: room('az') as RoomId },
        incident: null,
        item: null,
        reason: 'no',
      } as const
      await store.setbacks.add([{ key: 'a', ...one }], noon)
      await store.setbacks.add(
        [
          { key: 'a', ...one, reason: 'other' },
          { key: 'b', ...one },
        ],
        noon + 1,
      )
      const untold = await store.setbacks.untold(5)
      expect(untold).toMatchObject([
        { key: 'a', reason: 'no', at: noon, to: { room: room('az') } },
        { key: 'b', at: noon + 1 },
      ])
      expect(await store.setbacks.lastTold()).toBeNull()
      await store.setbacks.told([untold[0]?.id ?? 0], [], noon + minute)
      expect(await store.setbacks.untold(5)).toMatchObject([{ key: 'b' }])
      expect(await store.setbacks.lastTold()).toBe(noon + minute)
      await store.setbacks.add([{ key: 'a', ...one }], noon + minute)
      expect(await store.setbacks.untold(5)).toHaveLength(1)
      await store.setbacks.prune(noon + day)
      expect(await store.setbacks.lastTold()).toBeNull()
      expect(await store.setbacks.untold(5)).toHaveLength(1)
    })
  })
}

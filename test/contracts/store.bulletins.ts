import { describe, expect, test } from 'vitest'
import type { Bulletin, BulletinDeed, BulletinPlan } from '../../workflows/bulletin.ts'
import { makeBulletinId } from '../../workflows/bulletin.ts'
import { RuleError } from '../../workflows/errors.ts'
import { plainView } from '../../workflows/view.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const hour = 60 * 60_000
const id = makeBulletinId(7)
const plan: BulletinPlan = {
  edition: 'partner',
  from: noon - 24 * hour,
  to: noon,
  regions: ['AZ'],
  codes: [],
  show: 'summary',
}
const views = [plainView([{ words: 'Calm in Arizona.' }])]

/** Summaries that were asked to leave the network. */
export function bulletinTests(scene: () => Scene): void {
  const store = () => scene().store
  const does = (deed: BulletinDeed, callsign: string, at = noon) =>
    store().transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: at, answer: null, incidents: [] },
        bulletin: {
          ...{ do: deed, by: scene().person(callsign), at, until: at + hour },
          made: deed.type === 'ask' ? id : null,
        },
      }),
    )
  const asks = () => does({ type: 'ask', plan, views, platform: 'slack' }, 'Heron')
  const found = async () => (await store().bulletins.find(id)) as Bulletin

  describe('bulletins', () => {
    test('are kept word for word until a second person approves, once', async () => {
      expect(await store().bulletins.find(id)).toBeNull()
      await asks()
      const asked = await found()
      expect(asked).toMatchObject({ id, plan, views, state: 'asked', until: noon + hour, settledBy: null })
      await expect(does({ type: 'approve', of: asked }, 'Heron')).rejects.toThrow(RuleError)
      const both = await Promise.allSettled([
        does({ type: 'approve', of: asked }, 'Finch'),
        does({ type: 'refuse', of: asked }, 'Finch'),
      ])
      expect(both.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(['approved', 'refused']).toContain((await found()).state)
      expect((await found()).settledBy).toBe(scene().person('Finch'))
    })

    test('are too old after their time', async () => {
      await asks()
      await expect(does({ type: 'approve', of: await found() }, 'Finch', noon + hour)).rejects.toThrow(RuleError)
      expect((await found()).state).toBe('asked')
    })
  })

  describe('the first message of a summary', () => {
    test('is found where it stands, by its key, once it does', async () => {
      const room = scene().room('C0COORD')
      const key = 'summary:daily:2026-10-19:R:0'
      const post = { key, to: { room }, incident: null, thread: false, lane: 'summary', view: views[0] } as const
      await store().outbox.add([{ ...post, view: plainView([]) }], noon)
      expect(await store().outbox.message(key)).toBeNull()
      const [turn] = await store().outbox.due({ rooms: [room], accounts: [] }, noon, 10)
      await store().outbox.sent(turn?.id ?? 0, { room: 'C0COORD', id: '17.1' }, noon)
      expect(await store().outbox.message(key)).toEqual({ room: 'C0COORD', id: '17.1' })
      expect(await store().outbox.message('summary:other')).toBeNull()
    })
  })
}

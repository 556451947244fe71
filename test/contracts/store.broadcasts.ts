import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rows } from '../../db/database.ts'
import { decideBroadcast } from '../../workflows/broadcast/decide.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastChange, BroadcastDeed, Plan } from '../../workflows/broadcast.ts'
import { type BroadcastId, makeBroadcastId, type PersonId } from '../../workflows/ids.ts'
import type { Actor } from '../../workflows/permission.ts'
import { changed, incidentId, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const secret = 'Meet at the Sentinel bridge'
const hour = 60 * 60_000
const counted = { people: 2, rooms: 0 }

/** What is kept of broadcasts, and how it is chained. */
export function broadcastTests(scene: () => Scene): void {
  const plan = (more: Partial<Plan> = {}) =>
    blankPlan({ audience: { type: 'region', region: 'AZ' }, words: { en: secret }, ...more })
  const actor = (): Actor => ({
    ...{ id: scene().person('Heron'), callsign: 'Heron', roles: ['coordinator'], regions: ['AZ'], vetted: true },
    ...{ account: null, platform: 'workspace', language: 'en', zone: 'UTC' },
  })

  const made = (before: Broadcast | null, id: BroadcastId, deed: BroadcastDeed, now: number, by: Actor | null) => {
    const people = new Map([...scene().store.roster.directory().people])
    const own = actor()
    people.set(own.id, { ...own, languages: ['en'], accounts: [] })
    const directory = { ...scene().store.roster.directory(), people }
    const decisions = decideBroadcast(deed, before, { now, actor: by, directory, incident: null })
    return enterBroadcast(before, decisions, { id, by: by?.id ?? null, now })
  }
  const commit = (change: BroadcastChange | null, key: string | null = null, person: PersonId | null = null) =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key, person, now: noon, answer: { said: 'done' }, incidents: [] },
        ...(change ? { broadcast: change } : {}),
      }),
    )
  const does = async (id: BroadcastId, deed: BroadcastDeed, now = noon, by: Actor | null = actor()) => {
    const before = await scene().store.broadcasts.find(id)
    await commit(made(before, id, deed, now, by))
  }
  const id = makeBroadcastId(1)
  const write = (own = id, more: Partial<Plan> = {}) => does(own, { type: 'draft', plan: plan(more) })

  describe('a broadcast', () => {
    test('is read as it was written, with all that happened to it', async () => {
      await write()
      await does(id, { type: 'submit', counted }, noon + 1)
      const { broadcasts } = scene().store
      const found = await broadcasts.find(id)
      expect(found).toMatchObject({ id, seq: 4, state: 'approved', by: scene().person('Heron'), plan: plan() })
      expect(await broadcasts.entries(id)).toMatchObject([
        { seq: 1, at: noon, event: { type: 'drafted', plan: { words: { en: secret } } } },
        { seq: 2, by: scene().person('Heron'), event: { type: 'submitted' } },
        { seq: 3, event: { type: 'approved', approval: { people: 2 } } },
        { seq: 4, by: null, at: noon + 1, event: { type: 'cleared' } },
      ])
      expect(await scene().store.transaction(tx => tx.broadcast(id))).toEqual(found)
      expect(await broadcasts.find(makeBroadcastId(2))).toBeNull()
      expect(await broadcasts.tally(id)).toMatchObject({ people: {}, silent: 0 })
    })

    test('lies sealed: neither its words nor its log can be read in the database', async () => {
      await write()
      const read = scene().place.database.read
      const [own] = await rows<{ content: Buffer }>(read, sql`select content from broadcasts`)
      const [entry] = await rows<{ content: Buffer }>(read, sql`select content from broadcast_entries`)
      for (const row of [own, entry])
        expect(Buffer.from(row?.content ?? []).toString('latin1')).not.toContain('Sentinel')
    })

    test('takes one of two changes that were made at the same time', async () => {
      await write()
      const before = await scene().store.broadcasts.find(id)
      const [one, other] = ['first', 'second'].map(title =>
        made(before, id, { type: 'edit', plan: { title } }, noon + 1, actor()),
      )
      await commit(one ?? null)
      await expect(commit(other ?? null)).rejects.toThrow('changed meanwhile')
      expect((await scene().store.broadcasts.find(id))?.plan.title).toBe('first')
      await expect(commit(made(null, id, { type: 'draft', plan: plan() }, noon, actor()))).rejects.toThrow()
    })

    test('is listed by state, the newest first', async () => {
      for (const [index, own] of [1, 2, 3].entries())
        await does(makeBroadcastId(own), { type: 'draft', plan: plan() }, noon + index)
      await does(makeBroadcastId(2), { type: 'submit', counted }, noon + hour)
      const { broadcasts } = scene().store
      const ids = async (states?: readonly Broadcast['state'][]) =>
        (await broadcasts.latest({ limit: 2, ...(states ? { states } : {}) })).map(one => one.id)
      expect(await ids()).toEqual(['B-0003', 'B-0002'])
      expect(await ids(['approved'])).toEqual(['B-0002'])
      expect(await ids(['draft'])).toEqual(['B-0003', 'B-0001'])
    })

    test('is due at its hour, and while it is sent at its end', async () => {
      await write(id, { when: { type: 'at', at: noon + 2 * hour } })
      await does(id, { type: 'submit', counted })
      const due = async (at: number) => (await scene().store.broadcasts.due(at, 5)).map(one => one.state)
      expect(await due(noon + 2 * hour - 1)).toEqual([])
      expect(await due(noon + 2 * hour)).toEqual(['approved'])
      await does(id, { type: 'begin', counted }, noon + 2 * hour, null)
      expect(await due(noon + 3 * hour)).toEqual([])
      expect(await due(noon + 26 * hour)).toEqual(['sending'])
    })

    test('is shredded long after it is done with, unless what it is about is on hold', async () => {
      await keep(scene().store, null, reported('AZ-0001'))
      const held = { event: { type: 'held' } } as const
      const [one, other, going] = [id, makeBroadcastId(2), makeBroadcastId(3)]
      for (const own of [one, other, going]) await write(own, own === other ? { incident: incidentId('AZ-0001') } : {})
      await does(going, { type: 'submit', counted })
      const { broadcasts, audit, incidents } = scene().store
      const incident = (await incidents.find(incidentId('AZ-0001')))?.incident ?? null
      await keep(scene().store, null, changed(incident, [held]))
      expect(await broadcasts.clear(noon, 1)).toBe(0)
      expect(await broadcasts.clear(noon + 1, 1)).toBe(1)
      expect(await broadcasts.clear(noon + 1, 1)).toBe(0)
      expect(await broadcasts.find(one)).toBeNull()
      expect((await broadcasts.latest({ limit: 9 })).map(found => found.id).toSorted()).toEqual([other, going])
      expect(await Array.fromAsync(audit.verify())).toEqual([])
    })

    test('is made once for a window of a recurring one', async () => {
      const approvals = [{ by: actor().id, at: noon, plan: plan(), ...counted }]
      const draft = { type: 'draft', plan: plan(), recurring: 'weekly:2026-43', approvals } as const
      await does(id, draft, noon, null)
      const { broadcasts } = scene().store
      expect(await broadcasts.recurred('weekly:2026-43')).toBe(true)
      expect(await broadcasts.recurred('weekly:2026-44')).toBe(false)
      await expect(does(makeBroadcastId(2), draft, noon, null)).rejects.toThrow()
    })
  })

  describe('the log of a broadcast', () => {
    const findings = async () => {
      const found: string[] = []
      for await (const { of, seq, problem } of scene().store.audit.verify()) found.push(`${of} ${seq} ${problem}`)
      return found
    }
    const kept = async () => {
      await write()
      await does(id, { type: 'submit', counted })
      await does(id, { type: 'begin', counted }, noon, null)
    }

    test('verifies as it was written', async () => {
      await kept()
      expect(await findings()).toEqual([])
    })

    test.each([
      ['update broadcast_entries set at = at + 1 where seq = 3', 'B-0001 3 the entry was changed'],
      ["update broadcast_entries set by = 'other' where seq = 2", 'B-0001 2 the entry was changed'],
      ['delete from broadcast_entries where seq = 2', 'B-0001 2 an entry is missing'],
      ['delete from broadcast_entries where seq = 5', 'B-0001 5 the last entries are missing'],
      [
        'update broadcast_entries set content = (select content from broadcast_entries where seq = 1) where seq = 3',
        'B-0001 3 the entry was changed',
      ],
    ])('does not after %s', async (statement, finding) => {
      await kept()
      await scene().place.tamper(statement)
      expect(await findings()).toContain(finding)
    })

    test('does not when another state was put in its place', async () => {
      await kept()
      await write(makeBroadcastId(2))
      await scene().place.tamper(
        "update broadcasts set content = (select content from broadcasts where id = 'B-0002') where id = 'B-0001'",
      )
      expect(await findings()).toEqual(['B-0001 5 what stands of it is not what was kept'])
    })

    test('still verifies once its words are shredded', async () => {
      await kept()
      await scene().place.tamper("delete from keys where scope = 'broadcast:B-0001'")
      expect(await findings()).toEqual([])
      expect(await scene().store.broadcasts.find(id)).toBeNull()
    })
  })
}

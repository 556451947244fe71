import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rows } from '../../db/database.ts'
import type { Listed } from '../../db/recipients.ts'
import type { Given } from '../../workflows/broadcast/answer/given.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastEvent } from '../../workflows/broadcast.ts'
import { drawnLater } from '../../workflows/change.ts'
import type { AccountId, BroadcastId, IncidentId } from '../../workflows/ids.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const id = 'B-0001' as BroadcastId
const who = { region: 'AZ', language: 'en' } as const

/** What is kept of answers to broadcasts, and of what is done about who gives none. */
export function answerTests(scene: () => Scene): void {
  const store = () => scene().store
  const person = (callsign: string) => scene().person(callsign)
  const accountOf = (callsign: string): AccountId =>
    store().roster.directory().people.get(person(callsign))?.accounts[0]?.id ?? ('' as AccountId)

  /** A broadcast that asks for a yes or no, which Heron, Finch and a room had. */
  async function sent(): Promise<void> {
    let at: Broadcast | null = null
    const happen = async (event: BroadcastEvent) => {
      const broadcast = enterBroadcast(at, [{ event }], { id, by: person('Heron'), now: noon })
      const commit = { key: null, person: null, now: noon, answer: null, incidents: [] }
      if (broadcast) await store().transaction(tx => tx.commit({ ...commit, broadcast }))
      at = broadcast?.after ?? at
    }
    const plan = blankPlan({ audience: { type: 'everyone' }, words: { en: 'Calm?' }, answer: { type: 'yes-no' } })
    await happen({ type: 'drafted', writer: person('Heron'), plan, recurring: null })
    const base = { broadcast: id, language: 'en', first: false, state: 'waiting', error: null } as const
    const people = ['Heron', 'Finch'].map((callsign, rank): Listed => {
      const own = { key: `p:${person(callsign)}`, person: person(callsign), room: null, rank } as const
      return { ...base, ...own, region: 'AZ', platform: 'workspace', account: accountOf(callsign) }
    })
    const room = scene().room('az')
    const shared: Listed = {
      ...{ ...base, key: `r:${room}`, person: null, room, rank: 5, region: 'AZ', platform: 'workspace', account: null },
    }
    await store().recipients.add(id, [...people, shared])
    await happen({ type: 'begun' })
    const waiting = await store().recipients.waiting(id, 'workspace', -1, 50)
    const list = waiting.map(one => ({
      ...({ waiting: one, platform: 'workspace', lane: 'broadcast', view: drawnLater } as const),
      to: one.room ? { room: one.room } : { account: one.account ?? ('' as AccountId) },
    }))
    await store().recipients.give(id, list, noon)
    const out = await rows<{ id: number }>(scene().place.database.read, sql`select id from posts`)
    for (const post of out) await store().outbox.sent(post.id, { room: 'x', id: String(post.id) }, noon + 1)
  }

  const give = (callsign: string, more: Partial<Given>) =>
    store().transaction(tx =>
      tx.answer(
        { broadcast: id, person: person(callsign), answer: null, said: null, at: noon + 10, room: null, ...more },
        who,
      ),
    )
  const row = async (callsign: string) =>
    (await store().broadcasts.recipients(id, { person: person(callsign), limit: 1 })).items[0]
  const round = { round: 1, until: noon + 50, limit: 10, anytime: false }
  const keys = async () =>
    (await rows<{ key: string }>(scene().place.database.read, sql`select key from posts order by key`)).map(
      post => post.key,
    )

  describe('an answer', () => {
    test('stands in the row of whoever gave it; the last one holds, and what came late changes nothing', async () => {
      await sent()
      expect(await give('Heron', { answer: 'yes', at: noon + 10 })).toEqual({
        ...{ answer: null, incident: null, region: 'AZ' },
      })
      expect(await give('Heron', { answer: 'no', at: noon + 20 })).toMatchObject({ answer: 'yes' })
      expect(await give('Heron', { answer: 'yes', at: noon + 15 })).toBeNull()
      expect(await row('Heron')).toMatchObject({ answer: 'no', answeredAt: noon + 20, reached: 'sent' })
      expect(await store().broadcasts.tally(id)).toMatchObject({ answers: { no: 1 }, silent: 1 })
    })

    test('in words lies sealed under their own key, and nobody who wrote is silent', async () => {
      await sent()
      await give('Finch', { said: 'The bridge is closed' })
      await give('Finch', { said: 'Bring water', at: noon + 30 })
      expect(await row('Finch')).toMatchObject({ answer: null, said: 'The bridge is closed\nBring water' })
      expect(await store().broadcasts.tally(id)).toMatchObject({ answers: {}, wrote: 1, silent: 1 })
      const kept = await rows<{ said: Buffer | null }>(scene().place.database.read, sql`select said from recipients`)
      for (const { said } of kept) expect(Buffer.from(said ?? []).toString('latin1')).not.toContain('bridge')
      const silent = await store().broadcasts.recipients(id, { answer: 'silent', limit: 5 })
      expect(silent.items.map(one => one.person)).toEqual([person('Heron')])
    })

    test('is kept of somebody who read it in a room, and of nobody else', async () => {
      await sent()
      expect(await give('Wren', { answer: 'yes' })).toBeNull()
      expect(await give('Wren', { answer: 'yes', room: scene().room('az') })).toMatchObject({ answer: null })
      expect(await row('Wren')).toMatchObject({ answer: 'yes', region: 'AZ', reached: 'sent' })
    })

    test('may be written under the message that stands in a room, and under no other', async () => {
      await sent()
      const room = scene().room('az')
      const all = await rows<{ id: number; key: string }>(
        scene().place.database.read,
        sql`select id, key from posts order by id`,
      )
      const ids = (of: string) => all.filter(post => post.key.includes(`:${of}:`)).map(post => String(post.id))
      const [shared] = ids('r')
      const [alone] = ids('p')
      const under = (message: string, at = room) => store().answers.under(at, { room: 'x', id: message })
      expect(await under(shared ?? '')).toBe(id)
      expect(await under(alone ?? '')).toBeNull()
      expect(await under('none')).toBeNull()
      expect(await under(shared ?? '', scene().room('coordination'))).toBeNull()
      expect(await store().answers.under(room, { room: 'y', id: shared ?? '' })).toBeNull()
    })

    test('that calls for help names the incident that it opened', async () => {
      await sent()
      await store().transaction(async tx => {
        await tx.answer(
          { broadcast: id, person: person('Heron'), answer: 'help', said: null, at: noon + 10, room: null },
          who,
        )
        await tx.called({ broadcast: id, person: person('Heron') }, 'AZ-0007' as IncidentId)
      })
      expect(await store().answers.asked([person('Heron')], noon - 1, 5)).toEqual([
        {
          ...{ broadcast: id, person: person('Heron'), region: 'AZ', at: noon + 1, answer: 'help' },
          ...{ answeredAt: noon + 10, incident: 'AZ-0007' },
        },
      ])
    })
  })

  describe('whoever is silent', () => {
    test('is reminded once a round, and not at all once they have answered', async () => {
      await sent()
      await give('Heron', { answer: 'yes' })
      expect(await store().answers.nudge(id, round, [person('Finch')], noon + 60)).toBe(0)
      expect(await store().answers.nudge(id, round, [], noon + 60)).toBe(1)
      expect(await store().answers.nudge(id, round, [], noon + 70)).toBe(0)
      expect(await keys()).toContain(`cast:${id}:n1:p:${person('Finch')}:1`)
      expect(await store().answers.reminding()).toBe(1)
      expect(await row('Finch')).toMatchObject({ nudges: 1 })
      expect(await store().answers.isSilent(id, `p:${person('Finch')}`)).toBe(true)
      expect(await store().answers.isSilent(id, `p:${person('Heron')}`)).toBe(false)
      expect(await store().answers.nudge(id, { ...round, round: 2 }, [], noon + 80)).toBe(1)
    })

    test('is handed to their region once, with all of it who are', async () => {
      await sent()
      await give('Heron', { answer: 'yes' })
      expect(await store().answers.unhanded(id)).toEqual(['AZ'])
      const to = { account: accountOf('Heron') }
      const view = { tone: 'plain', title: null, lines: [], buttons: [] } as const
      const post = { key: 'hand:1', to, incident: null, thread: false, lane: 'talk', view } as const
      let told: unknown
      const tell = (silent: readonly unknown[]) => {
        told = silent
        return [post]
      }
      expect(await store().answers.hand(id, 'AZ', tell, noon + 60)).toBe(1)
      expect(told).toEqual([{ person: person('Finch') }])
      expect(await store().answers.hand(id, 'AZ', tell, noon + 61)).toBe(0)
      expect(await store().answers.unhanded(id)).toEqual([])
      expect(await row('Finch')).toMatchObject({ handedAt: noon + 60 })
      expect(await keys()).toContain('hand:1')
    })
  })
}

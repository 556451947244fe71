import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { Newcomer } from '../../workflows/change.ts'
import { ConflictError } from '../../workflows/errors.ts'
import type { AccountId, PersonId } from '../../workflows/ids.ts'
import type { Severity } from '../../workflows/taxonomy.ts'
import { plainView } from '../../workflows/view.ts'
import { changed, incidentId, keep, noon, post, reported, type Start } from './incidents.ts'
import { leasePosts } from './leasing.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const ms = 5 * minute
const all = (person: string) => ({ person: person as PersonId, regions: 'all' as const })
const ask = (person: string, name = person) => ({ ...all(person), name, limit: 20, ms })

/** The triage queue: who looks through what, senders, blocks, and notices that wait. */
export function triageTests(scene: () => Scene): void {
  const waiting = (id: string, more: Start = {}) => reported(id, { waiting: true, severity: 2, ...more })
  const fill = async (store: Store, count: number, severity: (at: number) => Severity = () => 2) => {
    for (let at = 1; at <= count; at += 1) {
      await keep(store, null, waiting(`AZ-${String(at).padStart(4, '0')}`, { at: noon + at, severity: severity(at) }))
    }
  }

  describe('what waits to be checked', () => {
    test('stands in no list but that of its sender, until it is passed on', async () => {
      const { store, person } = scene()
      const heron = person('Heron')
      const sent = waiting('AZ-0001', { by: heron })
      await keep(store, null, sent)
      const list = async (viewer: PersonId, more = {}) =>
        (await store.incidents.list({ regions: 'all', viewer, limit: 10, ...more })).items.length
      const finch = person('Finch')
      expect(await list(finch)).toBe(0)
      expect(await list(finch, { open: true })).toBe(0)
      expect(await list(heron, { reporter: heron })).toBe(1)
      await keep(store, null, changed(sent.after, [{ event: { type: 'passed', from: 'waiting' } }], { by: finch }))
      expect(await list(finch)).toBe(1)
      expect(await list(finch, { open: true })).toBe(1)
    })

    test('is held by one person at a time, however many ask at once', async () => {
      const { store } = scene()
      await fill(store, 130)
      const batches = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(who => store.triage.take(ask(who), noon)))
      const held = batches.flatMap(batch => batch.items.map(item => item.incident.id))
      expect(batches.map(batch => batch.items.length)).toEqual([20, 20, 20, 20, 20])
      expect(new Set(held).size).toBe(100)
      expect(batches[0]?.waiting).toBe(130)
    })

    test('comes most severe first, strangers before the roster, then oldest', async () => {
      const { store } = scene()
      await keep(store, null, reported('AZ-0001', { severity: 3, at: noon }))
      await keep(store, null, waiting('AZ-0002', { severity: 3, at: noon + 2 }))
      await keep(store, null, waiting('AZ-0003', { severity: 3, at: noon + 1 }))
      await keep(store, null, reported('AZ-0004', { severity: 5, at: noon + 9 }))
      await keep(store, null, waiting('US-0005', { severity: 4, at: noon + 9 }))
      const { items, urgent } = await store.triage.take(ask('a'), noon + 10)
      expect(items.map(item => item.incident.id)).toEqual(['AZ-0004', 'US-0005', 'AZ-0003', 'AZ-0002', 'AZ-0001'])
      expect(urgent).toBe(2)
      const here = await store.triage.take({ ...ask('b'), regions: ['US'] }, noon + ms + 11)
      expect(here.items.map(item => item.incident.id)).toEqual(['US-0005'])
    })

    test('names what is urgent of strangers, whoever holds it now', async () => {
      const { store } = scene()
      await keep(store, null, waiting('AZ-0001', { severity: 4, at: noon }))
      await keep(store, null, waiting('AZ-0002', { severity: 3, at: noon }))
      await keep(store, null, waiting('AZ-0003', { severity: 5, at: noon + 2 }))
      await keep(store, null, waiting('US-0004', { severity: 5, at: noon + 1 }))
      await keep(store, null, reported('AZ-0005', { severity: 5, at: noon }))
      await store.triage.take(ask('b'), noon)
      const urgent = async (limit: number, regions: 'all' | string[] = 'all') =>
        (await store.triage.urgent({ person: 'a' as PersonId, regions }, limit)).map(one => one.id)
      expect(await urgent(5)).toEqual(['US-0004', 'AZ-0003', 'AZ-0001'])
      expect(await urgent(1, ['AZ'])).toEqual(['AZ-0003'])
    })

    test('leaves out what is taken, looked through, own, restricted or over', async () => {
      const { store } = scene()
      const one = reported('AZ-0001')
      await keep(store, null, one)
      await keep(
        store,
        null,
        changed(one.after, [{ event: { type: 'claimed', until: noon } }], { by: 'x' as PersonId }),
      )
      const two = reported('AZ-0002')
      await keep(store, null, two)
      await keep(store, null, changed(two.after, [{ event: { type: 'passed', from: 'fresh' } }]))
      await keep(store, null, waiting('AZ-0003', { by: 'a' as PersonId }))
      await keep(store, null, waiting('AZ-0004', { visibility: 'restricted', allowed: ['z' as PersonId] }))
      const five = waiting('AZ-0005')
      await keep(store, null, five)
      await keep(store, null, changed(five.after, [{ event: { type: 'dismissed', undoUntil: noon } }]))
      expect((await store.triage.take(ask('a'), noon)).items).toEqual([])
      expect((await store.triage.take(ask('z'), noon)).items.map(item => item.incident.id)).toEqual([
        'AZ-0003',
        'AZ-0004',
      ])
    })

    test('returns to the queue when the time is over, and what is urgent joins a batch under way', async () => {
      const { store } = scene()
      await fill(store, 22)
      const first = await store.triage.take(ask('a', 'first'), noon)
      expect((await store.triage.take(ask('b'), noon + 1)).items).toHaveLength(2)
      const [done] = first.items
      if (!done) throw new Error('nothing was taken')
      await keep(store, null, changed(done.incident, [{ event: { type: 'passed', from: 'waiting' } }]))
      await keep(store, null, waiting('AZ-0100', { severity: 2 }), waiting('AZ-0101', { severity: 5 }))
      const more = await store.triage.take(ask('a', 'second'), noon + 2)
      expect(more.name).toBe('first')
      expect(more.items[0]?.incident.id).toBe('AZ-0101')
      expect(more.items.some(item => item.incident.id === 'AZ-0100')).toBe(false)
      const later = await store.triage.take(ask('c'), noon + ms + 3)
      expect(later.items).toHaveLength(20)
      expect(await store.triage.held(all('a'), noon + ms + 3)).toMatchObject({ items: [] })
    })

    test('can be acted on after the time, unless somebody else has it by then', async () => {
      const { store } = scene()
      await fill(store, 1)
      await store.triage.take(ask('a'), noon)
      const hold = (who: string, now: number) =>
        store.transaction(tx => tx.hold(incidentId('AZ-0001'), who as PersonId, now, ms))
      expect(await hold('b', noon + 1)).toEqual({ person: 'a', until: noon + ms })
      expect(await hold('a', noon + 2)).toBeNull()
      expect(await hold('b', noon + ms + 1)).toBeNull()
      expect(await hold('a', noon + ms + 2)).toEqual({ person: 'b', until: noon + ms + 1 + ms })
    })
  })

  describe('many at once', () => {
    test('are found by sender, by the same words however written, and by place in a batch', async () => {
      const { store } = scene()
      const troll = 't' as PersonId
      await keep(store, null, waiting('AZ-0001', { by: troll, what: 'They BURN  ballots!', at: noon }))
      await keep(store, null, waiting('AZ-0002', { what: 'they burn ballots', at: noon + 1 }))
      await keep(store, null, waiting('AZ-0003', { by: troll, what: 'something else', at: noon + 2 }))
      const chosen = async (rule: Parameters<Store['triage']['chosen']>[0], until = noon + 10) =>
        (await store.triage.chosen(rule, all('a'), until, until)).map(one => one.id)
      expect(await chosen({ type: 'from', sender: troll })).toEqual(['AZ-0001', 'AZ-0003'])
      expect(await chosen({ type: 'from', sender: troll }, noon + 1)).toEqual(['AZ-0001'])
      expect(await chosen({ type: 'like', id: incidentId('AZ-0002') })).toEqual(['AZ-0001', 'AZ-0002'])
      const { name } = await store.triage.take(ask('a'), noon + 3)
      expect(await chosen({ type: 'batch', name, places: [0, 2] })).toEqual(['AZ-0001', 'AZ-0003'])
      expect(await chosen({ type: 'batch', name, places: null })).toHaveLength(3)
      expect(await store.triage.chosen({ type: 'batch', name, places: null }, all('b'), noon + 10, noon + 10)).toEqual(
        [],
      )
    })

    test('leave to somebody else what they look through now', async () => {
      const { store } = scene()
      const from = { type: 'from', sender: 't' as PersonId } as const
      await keep(store, null, waiting('AZ-0001', { by: from.sender }), waiting('AZ-0002', { by: from.sender }))
      await store.triage.take(ask('a'), noon)
      const chosen = async (who: string, now: number) =>
        (await store.triage.chosen(from, all(who), now, now)).map(one => one.id)
      expect(await chosen('a', noon + 1)).toEqual(['AZ-0001', 'AZ-0002'])
      expect(await chosen('b', noon + 1)).toEqual([])
      expect(await chosen('b', noon + ms + 1)).toEqual(['AZ-0001', 'AZ-0002'])
    })

    test('leave their names, so that exactly those can be set back by whoever did it', async () => {
      const { store, person } = scene()
      const finch = person('Finch')
      const [one, two] = [waiting('AZ-0001'), waiting('AZ-0002')]
      const commit = { key: null, now: noon, answer: null, incidents: [one, two], person: finch, act: 'act' }
      await store.transaction(tx => tx.commit(commit))
      expect((await store.triage.act('act', finch)).toSorted()).toEqual(['AZ-0001', 'AZ-0002'])
      expect(await store.triage.act('act', person('Heron'))).toEqual([])
    })

    test('nothing is left of the words once they are gone', async () => {
      const { store } = scene()
      const sent = waiting('AZ-0001', { what: 'burn', by: 't' as PersonId })
      await keep(store, null, sent, waiting('AZ-0002', { what: 'burn' }))
      await keep(store, null, changed(sent.after, [{ event: { type: 'withdrawn', kept: true } }]))
      const like = { type: 'like', id: incidentId('AZ-0002') } as const
      expect((await store.triage.chosen(like, all('a'), noon, noon)).map(one => one.id)).toEqual(['AZ-0002'])
    })
  })

  describe('somebody from outside', () => {
    const guest = (name: string, address = name): Newcomer => ({
      person: name as PersonId,
      account: `${name}-account` as AccountId,
      platform: 'slack',
      address,
      callsign: `Guest-${name}`,
      language: 'es',
    })
    const first = (store: Store, newcomer: Newcomer, id: string) =>
      store.transaction(tx =>
        tx.commit({
          key: null,
          person: newcomer.person,
          now: noon,
          answer: null,
          incidents: [waiting(id, { by: newcomer.person, what: 'Sentinel-Words' })],
          newcomer,
        }),
      )

    test('becomes known with their first report, in this process and in others', async () => {
      const { store, place } = scene()
      const other = await place.again()
      await first(store, guest('31', 'U0GUEST'), 'AZ-0001')
      for (const one of [store, other]) {
        await one.roster.refresh()
        expect(await one.roster.whose('slack', 'U0GUEST')).toEqual({ person: '31', account: '31-account' })
        const known = one.roster.directory().people.get('31' as PersonId)
        expect(known).toMatchObject({ callsign: 'Guest-31', vetted: false, roles: [], languages: ['es'] })
        expect(await one.roster.address('31-account' as AccountId)).toBe('U0GUEST')
        expect((await one.incidents.find(incidentId('AZ-0001')))?.words.what).toBe('Sentinel-Words')
      }
      expect(await store.triage.sent('31' as PersonId, noon - 1, 10)).toEqual([noon])
    })

    test('is known once, whoever was faster', async () => {
      const { store } = scene()
      await first(store, guest('31', 'U0GUEST'), 'AZ-0001')
      await expect(first(store, guest('32', 'U0GUEST'), 'AZ-0002')).rejects.toThrow(ConflictError)
      await expect(first(store, { ...guest('33'), callsign: 'Guest-31' }, 'AZ-0002')).rejects.toThrow(ConflictError)
      expect(await store.incidents.find(incidentId('AZ-0002'))).toBeNull()
    })

    test('can be kept out and let in again; why stays sealed on record', async () => {
      const { store, person } = scene()
      await first(store, guest('31'), 'AZ-0001')
      const change = (roster: object) =>
        store.transaction(tx =>
          tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], roster } as never),
        )
      const who = { person: '31' as PersonId, by: person('Finch'), at: noon }
      await change({ ...who, type: 'block', reason: 'lies' })
      await change({ ...who, type: 'block', reason: 'again' })
      expect(store.roster.directory().people.get(who.person)?.blocked).toBe(true)
      expect(await store.triage.blocked()).toEqual([{ ...who, reason: 'lies' }])
      await change({ ...who, type: 'unblock' })
      expect(store.roster.directory().people.get(who.person)?.blocked).toBeUndefined()
      expect(await store.triage.blocked()).toEqual([])
    })
  })

  describe('notices that came too thick', () => {
    const account = 'acc' as AccountId
    const notice = (key: string, gatherAt: number) =>
      post(key, 'r' as never, { to: { account }, incident: incidentId('AZ-0001'), gatherAt })

    test('wait for their list, hold nothing else up, and are told once', async () => {
      const { store } = scene()
      const posts = [notice('one', noon + ms), notice('two', noon + ms), post('now', 'r' as never, { to: { account } })]
      await keep(store, null, reported('AZ-0001', { effects: { posts } }))
      const leased = await leasePosts(store, [], ['slack', 'workspace'], noon, 1000, 10)
      expect(leased.map(each => each.key)).toEqual(['now'])
      await store.outbox.sent(leased[0]?.id ?? 0, { room: 'r', id: '1' }, noon)
      expect(await store.notices.due(noon + ms - 1, 10)).toEqual([])
      const [due] = await store.notices.due(noon + ms, 10)
      expect(due).toEqual({ account, dueAt: noon + ms, incidents: ['AZ-0001'] })
      if (!due) throw new Error('nothing is due')
      const list = post('list', 'r' as never, { to: { account }, view: plainView([{ words: 'list' }]) })
      await Promise.all([store.notices.told(due, list, noon + ms), store.notices.told(due, list, noon + ms)])
      expect(await store.notices.due(noon + ms, 10)).toEqual([])
      const told = await leasePosts(store, [], ['slack', 'workspace'], noon + ms, 1000, 10)
      expect(told.map(each => each.key)).toEqual(['list'])
    })

    test('counts reports of a region and of all, no further than asked', async () => {
      const { store } = scene()
      for (let at = 1; at <= 5; at += 1) await keep(store, null, reported(`AZ-000${at}`, { at: noon + at }))
      await keep(store, null, reported('US-0001', { at: noon + 9 }))
      const count = (region: string | null, since: number, limit: number) =>
        store.transaction(tx => tx.reported(region, since, limit))
      expect(await count('AZ', noon, 10)).toBe(5)
      expect(await count('AZ', noon + 3, 10)).toBe(2)
      expect(await count(null, noon, 10)).toBe(6)
      expect(await count(null, noon, 4)).toBe(4)
    })

    test('counts anew once the oldest of as many as were asked for is too old', async () => {
      const { store } = scene()
      for (let at = 1; at <= 3; at += 1) await keep(store, null, reported(`AZ-000${at}`, { at: noon + at }))
      const count = (since: number) => store.transaction(tx => tx.reported('AZ', since, 2))
      expect(await count(noon)).toBe(2)
      await keep(store, null, reported('AZ-0004', { at: noon + 4 }))
      expect(await count(noon + 1)).toBe(2)
      expect(await count(noon + 2)).toBe(2)
      expect(await count(noon + 3)).toBe(1)
    })
  })
}

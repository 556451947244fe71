import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rows } from '../../db/database.ts'
import type { Store } from '../../db/store.ts'
import { countyOf } from '../../workflows/figures.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { judge } from '../../workflows/trigger/again.ts'
import type { Stretch } from '../../workflows/trigger/cluster.ts'
import type { Wanted } from '../../workflows/trigger/proposal.ts'
import { changed, incidentId, keep, noon, post, reported, type Start } from './incidents.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const hour = 60 * minute

/** What is kept of proposed protocols, and of what is still to be looked at. */
export function proposalTests(scene: () => Scene): void {
  const put = async (...all: readonly (readonly [string, Start?])[]) => {
    const changes = all.map(([id, start]) => reported(id, start))
    await keep(scene().store, null, ...changes)
    return changes.map(change => change.after)
  }
  const index = async () => {
    while ((await scene().store.search.catchUp(50, () => [])) > 0) {}
  }
  const wanted = (ids: readonly string[], more: Partial<Wanted> = {}): Wanted => ({
    ...{ protocol: 'P1', trigger: 'three', region: 'AZ', about: incidentId(ids[0] ?? ''), severity: 3 },
    ...{ incidents: ids.map(incidentId), itself: false, at: noon, dueAt: noon + 15 * minute },
    ...more,
  })
  const propose = (asked: Wanted, store: Store = scene().store, atLeast = 3) =>
    store.proposals.propose(
      asked,
      before => judge(asked, before, { atLeast }),
      ({ id, told }) => [post(`proposal:${id}:${told}`, scene().room('C-COORD'))],
    )
  const answer = (id: string, type: 'started' | 'declined') =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: noon, answer: null, incidents: [] },
        answered: { id, answer: type === 'started' ? { type } : { type, why: 'apart' }, by: scene().person('Heron') },
      }),
    )

  describe('what is still to be looked at', () => {
    test('is whatever is open and changed, until it was looked at, and then when it is said', async () => {
      const [first] = await put(['AZ-0001'], ['AZ-0002', { waiting: true, at: noon + 1 }])
      const { looks } = scene().store
      expect(await looks.due(noon, 10)).toEqual([])
      await index()
      const [look, ...more] = await looks.due(noon, 10)
      expect(more).toEqual([])
      expect(look).toMatchObject({ incident: 'AZ-0001' })
      if (!look) return
      await looks.looked(look, noon + minute)
      expect(await looks.due(noon, 10)).toEqual([])
      expect(await looks.due(noon + minute, 10)).toHaveLength(1)
      const raised = { type: 'severity-raised', from: 3, to: 4 } as const
      const change = changed(first as Incident, [{ event: raised }], { at: noon + 1 })
      await keep(scene().store, null, change)
      await index()
      const [again] = await looks.due(noon + 1, 10)
      expect(again?.round).toBeGreaterThan(look.round)
      // What changed while it was looked at is looked at again.
      await looks.looked(look, null)
      expect(await looks.due(noon + 1, 10)).toHaveLength(1)
      if (again) await looks.looked(again, null)
      expect(await looks.due(noon + hour, 10)).toEqual([])
    })
  })

  describe('what may form a pattern', () => {
    const stretch = (more: Partial<Stretch> = {}): Stretch => ({
      ...{
        from: noon - 2 * hour,
        to: noon,
        region: 'AZ',
        county: 'Maricopa County, AZ',
        kinds: ['VO-1'],
        severity: null,
      },
      ...more,
    })
    const found = async (more: Partial<Stretch> = {}) =>
      (await scene().store.proposals.matching(stretch(more), 10)).map(one => one.id).toSorted()

    test('lies in that stretch, and is neither restricted, unchecked, merged nor set aside', async () => {
      const kind = { kind: 'VO-1' } as const
      const nowhere = { state: 'asked', county: null, fips: null, usState: null } as const
      const [first, , , , , aside, resolved] = await put(
        ['AZ-0001', kind],
        ['AZ-0002', { ...kind, at: noon - 2 * hour }],
        ['AZ-0003', { ...kind, at: noon - 2 * hour - 1 }],
        ['AZ-0004', { kind: 'AR-1' }],
        ['AZ-0005', { ...kind, visibility: 'restricted' }],
        ['AZ-0006', kind],
        ['AZ-0007', kind],
        ['AZ-0008', { ...kind, waiting: true }],
        ['AZ-0009', { ...kind, place: nowhere }],
        ['US-0001', { ...kind, region: 'US' }],
      )
      const dismissed = { type: 'dismissed', undoUntil: noon } as const
      const calmed = { type: 'resolved', outcome: 'calmed', undoUntil: noon } as const
      await keep(scene().store, null, changed(aside as Incident, [{ event: dismissed }]))
      await keep(scene().store, null, changed(resolved as Incident, [{ event: calmed }]))
      const own = countyOf((first as Incident).place)
      expect(await found({ county: own })).toEqual(['AZ-0001', 'AZ-0002', 'AZ-0007'])
      expect(await found({ county: null })).toEqual(['AZ-0001', 'AZ-0002', 'AZ-0007', 'AZ-0009'])
      expect(await found({ county: own, region: null })).toContain('US-0001')
      expect(await found({ county: own, kinds: null })).toContain('AZ-0004')
      expect(await found({ county: own, severity: 4 })).toEqual([])
      expect(await scene().store.proposals.unchecked(stretch({ county: own }), 10)).toBe(1)
    })
  })

  describe('a proposal', () => {
    test('is made once, though two processes find it at the same time', async () => {
      const other = await scene().place.again()
      const made = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']), index % 2 ? other : scene().store),
        ),
      )
      expect(made.filter(one => one?.tell)).toHaveLength(1)
      expect(await scene().store.proposals.open('all')).toHaveLength(1)
      const sent = await rows<{ n: number }>(
        scene().place.database.read,
        sql`select count(*) as n from posts where key like 'proposal:%'`,
      )
      expect(Number(sent[0]?.n)).toBe(1)
    })

    test('grows, and is told anew with what there is by then', async () => {
      const first = await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']))
      expect(await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']))).toBeNull()
      const grown = await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3', 'AZ-4']))
      expect(grown).toMatchObject({ tell: false, proposal: { id: first?.proposal.id, incidents: { length: 4 } } })
      const doubled = await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3', 'AZ-4', 'AZ-5', 'AZ-6']))
      expect(doubled).toMatchObject({ tell: true, proposal: { told: 6 } })
      expect(await scene().store.proposals.about('P1', [incidentId('AZ-5')])).toMatchObject([{ told: 6 }])
      expect(await scene().store.proposals.about('P2', [incidentId('AZ-5')])).toEqual([])
    })

    test('is answered by the first; who begins after "not now" may', async () => {
      const { proposals } = scene().store
      const { proposal } = (await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']))) ?? {}
      const id = proposal?.id ?? ''
      await answer(id, 'declined')
      expect(await proposals.find(id)).toMatchObject({ state: 'declined', why: 'apart', dueAt: null, answeredAt: noon })
      expect(await proposals.due(noon + hour, 5)).toEqual([])
      await answer(id, 'started')
      expect(await proposals.find(id)).toMatchObject({ state: 'started', answeredBy: scene().person('Heron') })
      await expect(answer(id, 'declined')).rejects.toThrow('answered meanwhile')
      expect(await proposals.open('all')).toEqual([])
    })

    test('climbs once from where it stands, whoever else moves it on', async () => {
      const other = await scene().place.again()
      const { proposal } = (await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']))) ?? {}
      if (!proposal) throw new Error('nothing was proposed')
      expect(await scene().store.proposals.due(noon, 5)).toEqual([])
      expect(await scene().store.proposals.due(noon + 15 * minute, 5)).toMatchObject([{ id: proposal.id }])
      const to = { rung: 1, dueAt: noon + hour }
      const stores = [scene().store, other, scene().store, other]
      const moved = await Promise.all(
        stores.map((store, index) =>
          store.proposals.climb(proposal, to, [post(`climb:${index}`, scene().room('C-COORD'))], noon),
        ),
      )
      expect(moved.filter(Boolean)).toHaveLength(1)
      expect(await scene().store.proposals.find(proposal.id)).toMatchObject(to)
      await scene().store.proposals.settle([proposal.id], noon)
      expect(await scene().store.proposals.find(proposal.id)).toMatchObject({ state: 'over', dueAt: null })
      await scene().store.proposals.prune(noon + 1)
      expect(await scene().store.proposals.find(proposal.id)).toBeNull()
      expect(await scene().store.proposals.about('P1', [incidentId('AZ-1')])).toEqual([])
    })

    test('stands with its region', async () => {
      await propose(wanted(['AZ-1', 'AZ-2', 'AZ-3']))
      await propose(wanted(['GA-1', 'GA-2', 'GA-3'], { region: 'GA' }))
      const regions = async (of: 'all' | readonly string[]) =>
        (await scene().store.proposals.open(of)).map(one => one.region).toSorted()
      expect(await regions('all')).toEqual(['AZ', 'GA'])
      expect(await regions(['GA'])).toEqual(['GA'])
      expect((await scene().store.proposals.states(['AZ-9' as IncidentId])).length).toBe(0)
    })
  })
}

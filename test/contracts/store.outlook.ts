import { describe, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import type { OutlookDeed } from '../../workflows/outlook.ts'
import { changed, incidentId, keep, noon, reported, type Start } from './incidents.ts'
import type { Scene } from './store.ts'

const day = 24 * 60 * 60_000

/** What is kept of rumors, weekly briefs and what is to come. */
export function outlookTests(scene: () => Scene): void {
  const does = (deed: OutlookDeed, { by = 'Heron', at = noon } = {}) =>
    scene().store.transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: at, answer: null, incidents: [] },
        outlook: { do: deed, by: scene().person(by), at },
      }),
    )
  const put = async (id: string, start: Start = {}) => {
    const change = reported(id, start)
    await keep(scene().store, null, change)
    return change.after
  }
  const terms = (...words: readonly string[]) => words
  const said = terms('box', 'river', 'night', 'empty')

  /** Files a report under that rumor, or a new one. */
  async function filed(id: string, rumour: string | null, { at = noon, gist = said, ...start }: Filing = {}) {
    await put(id, { at, ...start })
    const { rumours } = scene().store
    const done = await rumours.file({ id: incidentId(id), at, terms: gist }, rumour, await rumours.count())
    expect(done).toBe(true)
    return incidentId(id)
  }
  type Filing = Start & { readonly gist?: readonly string[] }
  const list = (since = 0, regions: 'all' | readonly string[] = 'all', now = noon + 1) =>
    scene().store.rumours.reads(now).list({ since, regions }, 10)
  const near = (words: readonly string[], since = 0) =>
    scene().store.rumours.near({ id: 'AZ-9999' as IncidentId, at: noon, terms: words }, since)

  describe('a rumor', () => {
    test('is found by three terms of what was said, of late; what shares most comes first', async () => {
      const one = await filed('AZ-0001', null)
      const other = await filed('AZ-0002', null, { gist: terms('box', 'river', 'night', 'passport') })
      const old = await filed('AZ-0003', null, { at: noon - 40 * day })
      expect(await near(said, noon - 30 * day)).toMatchObject([
        { incident: one, rumour: 'R-0001' },
        { incident: other, rumour: 'R-0002' },
      ])
      expect(await near(said)).toHaveLength(3)
      expect(await near(terms('box', 'river', 'mayor'))).toEqual([])
      expect(await near([])).toEqual([])
      expect(old).toBe('AZ-0003')
    })

    test('is told with its reports, counties and days, the one that spreads most first', async () => {
      const pima = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' } as const
      await filed('US-0001', null, { at: noon - 3 * day })
      await filed('AZ-0001', null, { at: noon - 2 * day })
      await filed('AZ-0002', 'R-0002', { place: pima })
      expect(await list()).toMatchObject([
        { id: 'R-0002', incidents: ['AZ-0001', 'AZ-0002'], regions: ['AZ'], firstAt: noon - 2 * day, lastAt: noon },
        { id: 'R-0001', incidents: ['US-0001'], state: 'new', about: null, answeredWith: null },
      ])
      const [first] = await list()
      expect(first?.counties).toEqual(['Maricopa County, AZ', 'Pima County, AZ'])
      expect(first?.reach).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1])
      expect((await list(0, ['US'])).map(one => one.id)).toEqual(['R-0001'])
      expect((await list(noon - day)).map(one => one.id)).toEqual(['R-0002'])
      // A report that is older than the window is in none of its days.
      expect((await list(0, 'all', noon + 30 * day))[0]?.reach).toEqual(Array.from({ length: 14 }, () => 0))
    })

    test('as it is told beyond the network counts no RED report and none of other regions', async () => {
      const { rumours } = scene().store
      await filed('AZ-0001', null)
      await filed('AZ-0002', 'R-0001', { mark: 'RED' })
      await filed('US-0003', 'R-0001')
      await filed('AZ-0004', null, { mark: 'RED', gist: terms('ballot', 'truck', 'bridge') })
      const told = (regions: 'all' | readonly string[]) => {
        return rumours.reads(noon + 1).list({ since: 0, regions, outside: true }, 10)
      }
      expect((await told('all')).map(one => one.incidents)).toEqual([['AZ-0001', 'US-0003']])
      expect(await told(['AZ'])).toMatchObject([{ incidents: ['AZ-0001'], regions: ['AZ'] }])
      expect(await list()).toHaveLength(2)
    })

    test('counts nothing that only the named may know of, was set aside, taken back or is made up', async () => {
      const first = await filed('AZ-0001', null)
      await filed('AZ-0002', 'R-0001', { visibility: 'restricted', allowed: [scene().person('Heron')] })
      await filed('DRILL-0001', 'R-0001', { region: 'AZ', drill: 'D-1' })
      await filed('AZ-0003', 'R-0001')
      const third = (await scene().store.incidents.find(incidentId('AZ-0003')))?.incident
      if (!third) throw new Error('it was kept')
      await keep(scene().store, null, changed(third, [{ event: { type: 'dismissed', undoUntil: noon } }]))
      expect(await list()).toMatchObject([{ incidents: [first], reach: { length: 14 } }])
      expect((await scene().store.rumours.reads(noon).of(first))?.incidents).toEqual([first])
    })

    test('is one number each, however many are filed in the same moment; what was compared before is compared anew', async () => {
      const { rumours } = scene().store
      for (const id of ['AZ-0001', 'AZ-0002', 'AZ-0003']) await put(id)
      const known = await rumours.count()
      const file = (id: string) => rumours.file({ id: incidentId(id), at: noon, terms: said }, null, known)
      const done = await Promise.all(['AZ-0001', 'AZ-0002', 'AZ-0003'].map(file))
      expect(done.filter(Boolean)).toHaveLength(1)
      expect(await list()).toHaveLength(1)
    })

    test('is described, judged and joined; whoever asks for what was joined gets what it is now', async () => {
      await filed('AZ-0001', null, { at: noon - day })
      await filed('AZ-0002', null)
      await does({ type: 'describe', rumour: 'R-0002', about: 'Drop boxes' })
      await does({ type: 'judge', rumour: 'R-0002', state: 'false', with: null })
      await does({ type: 'join', rumour: 'R-0002', into: 'R-0001' }, { at: noon + 5 })
      const [one, ...more] = await list()
      expect(more).toEqual([])
      expect(one).toMatchObject({ id: 'R-0001', about: 'Drop boxes', state: 'false', lastAt: noon })
      expect(one?.incidents).toEqual(['AZ-0001', 'AZ-0002'])
      const { find } = scene().store.rumours.reads(noon)
      expect((await find('R-0002'))?.id).toBe('R-0001')
      expect(await find('R-0009')).toBeNull()
      // What is still filed under the old name lands in the new one.
      await filed('AZ-0003', 'R-0002')
      expect((await list())[0]?.incidents).toHaveLength(3)
      await expect(does({ type: 'judge', rumour: 'R-0009', state: 'true', with: null })).rejects.toThrow(
        'rumour.unknown',
      )
      const [deed] = await scene().store.deeds.latest(1)
      expect(deed).toMatchObject({
        what: 'rumour',
        by: scene().person('Heron'),
        facts: { did: 'join', into: 'R-0001' },
      })
      expect(JSON.stringify(await scene().store.deeds.latest(9))).not.toContain('Drop boxes')
    })

    test('keeps where a person put a report, whatever is compared or of whatever kind it is later', async () => {
      const first = await filed('AZ-0001', null)
      const other = await filed('AZ-0002', 'R-0001')
      await does({ type: 'put', incident: other, rumour: null })
      const { rumours } = scene().store
      await rumours.file({ id: other, at: noon, terms: said }, 'R-0001', await rumours.count())
      expect(await rumours.of(other)).toEqual({ rumour: 'R-0002', byHand: true })
      await rumours.drop(other)
      await rumours.drop(first)
      expect([await rumours.of(other), await rumours.of(first)]).toMatchObject([{ rumour: 'R-0002' }, null])
    })

    test('lies in the database without a word of it; what finds it goes when the words go, and when it is old', async () => {
      await filed('AZ-0001', null)
      await does({ type: 'describe', rumour: 'R-0001', about: 'Sentinel' })
      const { store } = scene()
      await store.rumours.prune(noon)
      expect(await near(said)).toHaveLength(1)
      await store.rumours.prune(noon + 1)
      expect(await near(said)).toEqual([])
      expect(await list()).toMatchObject([{ id: 'R-0001', about: 'Sentinel' }])
    })
  })

  describe('a weekly brief', () => {
    const week = '2026-10-19'
    const rule = { indicator: 'rules', value: 2, trend: 'rising' } as const
    const police = { indicator: 'police', value: 1, trend: 'steady' } as const
    const brief = { type: 'brief', region: 'AZ', week, words: {} } as const

    test('is a draft that two may fill at once; of each question the last rating stands', async () => {
      await Promise.all([
        does({ ...brief, scores: [rule], done: false }),
        does({ ...brief, scores: [police], done: false }, { by: 'Finch' }),
      ])
      const { briefs } = scene().store
      expect(await briefs.find('AZ', week)).toBeNull()
      expect(await briefs.latest('AZ', 5)).toEqual([])
      expect((await briefs.draft('AZ', week))?.scores).toHaveLength(2)
      await does({ ...brief, scores: [{ ...rule, value: 3 }], words: { likely: 'Calm' }, done: true }, { at: noon + 1 })
      await does({ ...brief, scores: [], words: { advice: 'Pairs' }, done: false }, { at: noon + 2 })
      const found = await briefs.find('AZ', week)
      expect(found).toMatchObject({ at: noon + 2, doneAt: noon + 1 })
      expect(found?.words).toEqual({ likely: 'Calm', worst: '', best: '', advice: 'Pairs' })
      expect(found?.scores).toContainEqual({ ...rule, value: 3 })
      expect(found?.scores).toContainEqual(police)
    })

    test('is one of each region and week, the newest first', async () => {
      for (const [region, monday] of [
        ['AZ', week],
        ['AZ', '2026-10-12'],
        ['US', week],
      ] as const)
        await does({ ...brief, region, week: monday, scores: [rule], done: true })
      expect((await scene().store.briefs.latest('AZ', 5)).map(one => one.week)).toEqual([week, '2026-10-12'])
      expect(await scene().store.briefs.latest('AZ', 1)).toHaveLength(1)
    })
  })

  describe('what is to come', () => {
    const plan: Extract<OutlookDeed, { type: 'plan' }> = {
      ...{ type: 'plan', kind: 'court', name: 'A ruling', region: 'AZ', from: noon + day, to: noon + day + 1 },
      ...{ allDay: false, incident: null },
    }
    const planned = (span = { from: noon, to: noon + 3 * day }, regions: 'all' | readonly string[] = 'all') =>
      scene().store.agenda.planned(span, regions)

    test('is what falls into a time and region, soonest first, with what is everywhere', async () => {
      await does(plan)
      await does({ ...plan, region: null, from: noon - day, to: noon + 1, name: 'A long one' })
      await does({ ...plan, region: 'US', from: noon + 4 * day, to: noon + 5 * day })
      await does({ ...plan, from: noon - day, to: noon - 1 })
      expect((await planned()).map(one => [one.id, one.name])).toEqual([
        ['E-0002', 'A long one'],
        ['E-0001', 'A ruling'],
      ])
      expect((await planned({ from: noon, to: noon + 9 * day }, ['US'])).map(one => one.id)).toEqual([
        'E-0002',
        'E-0003',
      ])
      expect((await planned({ from: noon + day, to: noon + day + 1 })).map(one => one.id)).toEqual(['E-0001'])
    })

    test('is said once of a report, and moved when it is said again; it is taken off once', async () => {
      const incident = (await put('AZ-0001', { kind: 'PR-1' })).id
      await does({ ...plan, name: null, incident })
      await does({ ...plan, name: null, incident, from: noon + 2 * day, to: noon + 2 * day + 1 })
      const [one, ...more] = await planned()
      expect(more).toEqual([])
      expect(one).toMatchObject({ id: 'E-0001', name: null, from: noon + 2 * day, state: { id: incident } })
      await does({ type: 'unplan', id: 'E-0001' })
      await expect(does({ type: 'unplan', id: 'E-0001' })).rejects.toThrow('agenda.unknown')
      expect(await planned()).toEqual([])
    })

    test('is known of open gatherings that everyone of their region may know of', async () => {
      const open = (await put('AZ-0001', { kind: 'PR-1' })).id
      await put('AZ-0002', { kind: 'AR-1' })
      await put('AZ-0003', { kind: 'PR-1', visibility: 'restricted' })
      await put('DRILL-0001', { region: 'AZ', kind: 'PR-1', drill: 'D-1' })
      const found = async (regions: 'all' | readonly string[]) =>
        (await scene().store.agenda.gatherings(['PR-1', 'PR-2'], regions)).map(one => one.id)
      expect(await found('all')).toEqual([open])
      expect(await found(['US'])).toEqual([])
      expect(await scene().store.agenda.gatherings([], 'all')).toEqual([])
    })

    test('is behind one link a person, until that runs out or a new one is made', async () => {
      const { agenda } = scene().store
      const person = scene().person('Heron')
      const first = await agenda.link(person, { at: noon, until: noon + day })
      expect(await agenda.linked(first, noon)).toBe(person)
      expect(await agenda.linked(first, noon + day)).toBeNull()
      const second = await agenda.link(person, { at: noon, until: noon + day })
      expect(await agenda.linked(first, noon)).toBeNull()
      await does({ type: 'feed', on: false })
      expect(await agenda.linked(second, noon)).toBeNull()
    })

    test('is forgotten once it is long over', async () => {
      await does(plan)
      await scene().store.agenda.prune(noon + day)
      expect(await planned()).toHaveLength(1)
      await scene().store.agenda.prune(noon + 2 * day)
      expect(await planned()).toEqual([])
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { Finding } from '../../db/warnings.ts'
import type { Post } from '../../workflows/change.ts'
import { ConflictError } from '../../workflows/errors.ts'
import { plainView } from '../../workflows/view.ts'
import { localDays } from '../../workflows/warning/days.ts'
import type { WarningDeed } from '../../workflows/warning/deed.ts'
import { changed, incidentId, keep, noon, reported, type Start } from './incidents.ts'
import type { Scene } from './store.ts'

const hour = 60 * 60_000
const day = 24 * hour

const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  ...{ id, method: 'ears-c2', region: 'AZ', counties: ['04013'], group: 'AR', day: '2026-10-18', level: 'watch' },
  ...{ count: 5, expected: 1.25, statistic: { name: 'C2', value: 3.5, bound: 3 } },
  ...{ reporters: { now: 4, usual: 3.5 }, incidents: [incidentId('AZ-0001')], foundAt: noon, endsAt: noon + 2 * day },
  ...more,
})

/** What is kept of early warning, and what it is reckoned from. */
export function warningTests(scene: () => Scene): void {
  const store = () => scene().store
  const post = (key: string): Post => ({
    ...{ key, to: { room: scene().room('C0COORD') }, incident: null, thread: false, lane: 'claim' },
    view: plainView([]),
  })
  const tellNone = () => []
  const keeps = (one: Finding, now = noon) => store().warnings.keep(one, tellNone, now)
  const does = (deed: WarningDeed, at = noon, callsign = 'Heron') =>
    store().transaction(tx =>
      tx.commit({
        ...{ key: null, person: null, now: at, answer: null, incidents: [] },
        warning: { do: deed, by: scene().person(callsign), at },
      }),
    )
  const az = async (now = noon) => (await store().warnings.at(now).standing(['AZ']))[0]

  describe('early warning', () => {
    test('a day is computed once, whoever is first, with what is said of it', async () => {
      const told: number[] = []
      const compute = () =>
        store().warnings.compute(
          {
            ...{ region: 'AZ', day: '2026-10-18', findings: [finding('W-1'), finding('W-2', { level: 'warning' })] },
            tell: alarms => {
              told.push(alarms.length)
              return [post('W')]
            },
          },
          noon,
        )
      const both = await Promise.all([compute(), compute()])
      expect(both.map(one => one?.length ?? null).toSorted()).toEqual([2, null])
      expect(told).toEqual([2])
      expect(await store().outbox.exists('W')).toBe(true)
      expect([...(await store().warnings.computed('AZ', ['2026-10-17', '2026-10-18'], noon))]).toEqual(['2026-10-18'])
      expect([...(await store().warnings.computed('US', ['2026-10-18'], noon))]).toEqual([])
      expect(await store().warnings.computed('US', [], noon)).toEqual(new Set())
    })

    test('a day that a clock looked at before it was over is looked at again, and told anew', async () => {
      const compute = (now: number, found: Finding) =>
        store().warnings.compute(
          {
            ...{ region: 'AZ', day: '2026-10-18', findings: [found] },
            tell: (_, again) => [post(again ? 'W:again' : 'W')],
          },
          now,
        )
      const ahead = noon + 9 * day
      await compute(ahead, finding('W-1', { count: 3, foundAt: ahead, endsAt: ahead + day }))
      expect(await store().warnings.computed('AZ', ['2026-10-18'], noon)).toEqual(new Set())
      expect(await compute(noon, finding('W-1'))).toMatchObject([{ id: 'W-1', count: 5, foundAt: noon }])
      expect(await store().outbox.exists('W:again')).toBe(true)
      expect(await compute(noon + 60_000, finding('W-1'))).toBeNull()
      expect([...(await store().warnings.computed('AZ', ['2026-10-18'], noon))]).toEqual(['2026-10-18'])
    })

    test('an alarm is read as it was found, and is over when its time is', async () => {
      await keeps(finding('W-1'))
      const answer = { answeredBy: null, answeredAt: null, why: null }
      expect(await store().warnings.at(noon).find('W-1')).toEqual({ ...finding('W-1'), ...answer, state: 'open' })
      expect(
        (
          await store()
            .warnings.at(noon + 2 * day)
            .find('W-1')
        )?.state,
      ).toBe('over')
      expect(await store().warnings.at(noon).find('W-2')).toBeNull()
      const bare = finding('W-3', { counties: [], group: null, expected: null, statistic: null, incidents: [] })
      await keeps(bare)
      expect(await store().warnings.at(noon).find('W-3')).toMatchObject(bare)
    })

    test('alarms of a time are listed, the newest first, of the asked regions', async () => {
      await keeps(finding('W-1', { foundAt: noon - hour }))
      await keeps(finding('W-2'))
      await keeps(finding('W-3', { region: 'US' }))
      const { found } = store().warnings.at(noon)
      const ids = async (span: { from: number; to: number }, regions: 'all' | readonly string[]) =>
        (await found(span, regions)).map(alarm => alarm.id)
      expect(await ids({ from: noon - hour, to: noon + 1 }, ['AZ'])).toEqual(['W-2', 'W-1'])
      expect(await ids({ from: noon - hour, to: noon }, 'all')).toEqual(['W-1'])
      expect(await ids({ from: noon, to: noon + 1 }, 'all')).toEqual(['W-2', 'W-3'])
      expect(await ids({ from: noon, to: noon + 1 }, [])).toEqual([])
    })

    test('a region stands as its worst open alarm, since the first of an unbroken row', async () => {
      expect(await az()).toEqual({ region: 'AZ', level: 'green', since: 0, alarms: [], alert: null })
      await keeps(finding('W-1', { foundAt: noon - 3 * day, endsAt: noon - day }))
      await keeps(finding('W-2', { foundAt: noon - 2 * day, endsAt: noon + day }))
      await keeps(finding('W-3', { foundAt: noon - hour, endsAt: noon + hour, level: 'warning' }))
      expect(await az()).toMatchObject({ level: 'warning', since: noon - hour })
      expect((await az())?.alarms.map(alarm => alarm.id)).toEqual(['W-3', 'W-2'])
      expect(await az(noon + 2 * hour)).toMatchObject({ level: 'watch', since: noon - 3 * day })
      expect(await az(noon + day)).toMatchObject({ level: 'green', since: noon + day, alarms: [] })
      const all = await store().warnings.at(noon).standing('all')
      expect(all.map(one => one.region)).toEqual([...all.map(one => one.region)].toSorted())
      expect(all.find(one => one.region === 'AZ')?.level).toBe('warning')
      expect(await store().warnings.at(noon).standing([])).toEqual([])
    })

    test('an alarm is dismissed once, with a reason that only its writer lets go of', async () => {
      await keeps(finding('W-1'))
      await does({ type: 'dismiss', alarm: 'W-1', why: 'A gun show' }, noon + 1)
      const answered = {
        state: 'dismissed',
        answeredAt: noon + 1,
        why: 'A gun show',
        answeredBy: scene().person('Heron'),
      }
      expect(
        await store()
          .warnings.at(noon + 2)
          .find('W-1'),
      ).toMatchObject(answered)
      await expect(does({ type: 'dismiss', alarm: 'W-1', why: 'Again' })).rejects.toThrow(ConflictError)
      expect(await az(noon + 2)).toMatchObject({ level: 'green', since: noon + 1 })
      expect(await keeps(finding('W-1', { count: 50 }), noon + 3)).toBeNull()
      expect((await store().deeds.latest(1))[0]).toMatchObject({ what: 'warning', facts: { alarm: 'W-1' } })
      expect(JSON.stringify(await store().deeds.latest(1))).not.toContain('gun')
    })

    test('an alert is confirmed by one, and stands until it is taken back', async () => {
      const confirm = (callsign: string) =>
        does({ type: 'alert', region: 'AZ', why: 'Two sites at once' }, noon, callsign)
      const both = await Promise.allSettled([confirm('Heron'), confirm('Finch')])
      expect(both.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await az(noon + day)).toMatchObject({
        level: 'alert',
        since: noon,
        alert: { at: noon, why: 'Two sites at once' },
      })
      const held = await store().transaction(async tx => [await tx.alertIn('AZ'), await tx.alertIn('US')])
      expect(held).toMatchObject([{ at: noon }, null])
      await does({ type: 'calm', region: 'AZ', why: 'All quiet' }, noon + day)
      expect(await az(noon + day)).toMatchObject({ level: 'green', since: noon + day, alert: null })
      await expect(does({ type: 'calm', region: 'AZ', why: 'Again' })).rejects.toThrow(ConflictError)
      await confirm('Finch')
      expect(await az()).toMatchObject({ level: 'alert' })
    })

    test('the same finding grows, and is told again once it has doubled or is worse', async () => {
      const how: string[] = []
      const found = (count: number, more: Partial<Finding> = {}) => {
        const incidents = Array.from({ length: count }, (_, index) => incidentId(`AZ-${1000 + index}`))
        const one = finding('W-1', { method: 'rule', count, incidents, ...more })
        return store().warnings.keep(
          one,
          (alarm, why) => {
            how.push(`${why} ${alarm.count}`)
            return [post(`W-1:${why}:${alarm.count}`)]
          },
          noon,
        )
      }
      await Promise.all([found(3), found(3)])
      await found(3)
      await found(4, { counties: ['04019'] })
      await found(2)
      await found(6)
      await found(7, { level: 'warning' })
      expect(how).toEqual(['new 3', 'grown 6', 'grown 7'])
      const alarm = await store().warnings.at(noon).find('W-1')
      expect(alarm).toMatchObject({ count: 7, level: 'warning', counties: ['04013', '04019'] })
      expect(alarm?.incidents).toHaveLength(7)
      await found(30)
      expect((await store().warnings.at(noon).find('W-1'))?.incidents).toHaveLength(20)
    })

    test('a finding that goes on takes the place of the one before, which counts no more from then on', async () => {
      await keeps(finding('W-1'))
      const findings = [finding('W-2', { foundAt: noon + day, endsAt: noon + 3 * day })]
      await store().warnings.compute(
        { region: 'AZ', day: '2026-10-19', findings, instead: ['W-1'], tell: tellNone },
        noon + day,
      )
      expect(await az(noon + day)).toMatchObject({ level: 'watch', since: noon, alarms: [{ id: 'W-2' }] })
      expect(
        await store()
          .warnings.at(noon + day)
          .find('W-1'),
      ).toMatchObject({ state: 'over', endsAt: noon + day })
    })

    test('alarms found in reports that count are listed, and end when they hold no longer', async () => {
      const rule = { method: 'rule', rule: 'cluster', places: ['Maricopa County, AZ'] } as const
      await keeps(finding('W-1', rule))
      await keeps(finding('W-2', { ...rule, endsAt: noon }))
      await keeps(finding('W-3', { method: 'silence' }))
      await keeps(finding('W-4', rule))
      await keeps(finding('W-5'))
      await does({ type: 'dismiss', alarm: 'W-4', why: 'None' })
      const ids = async () => (await store().warnings.ofReports(noon)).map(alarm => alarm.id)
      expect(await ids()).toEqual(['W-1', 'W-5'])
      await store().warnings.end(['W-1', 'W-2', 'W-5'], noon)
      expect(await ids()).toEqual([])
      expect(await az()).toMatchObject({ level: 'watch', alarms: [{ id: 'W-3' }] })
    })

    test('what is long over is forgotten', async () => {
      await keeps(finding('W-1', { endsAt: noon - day }))
      await keeps(finding('W-2'))
      await store().warnings.prune(noon)
      const ids = await store()
        .warnings.at(noon)
        .found({ from: 0, to: noon + day }, 'all')
      expect(ids.map(one => one.id)).toEqual(['W-2'])
    })
  })

  describe('what early warning is reckoned from', () => {
    const report = (id: string, at: number, more: Start = {}) => keep(store(), null, reported(id, { at, ...more }))
    const dismissed = { type: 'dismissed', undoUntil: noon } as const

    test('counts stand by region, county, kind and local day, across the hour that comes twice', async () => {
      const zone = 'America/New_York'
      // 1 November 2026 has 25 hours there.
      const { days, bounds } = localDays('2026-11-02', 4, zone)
      expect(days).toEqual(['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02'])
      const [, second = 0, third = 0, fourth = 0, end = 0] = bounds
      expect([third - second, fourth - third, end - fourth]).toEqual([day, 25 * hour, day])
      await report('US-0001', third - 1, { kind: 'AR-1' })
      await report('US-0002', third, { kind: 'AR-1' })
      await report('US-0003', fourth - 1, { kind: 'AR-1' })
      await report('US-0004', fourth, { kind: null })
      await report('US-0005', end, { kind: 'AR-1' })
      await report('US-0006', (bounds[0] ?? 0) - 1)
      await report('AZ-0007', fourth, { kind: 'AR-1' })
      const rows = await store().series.counts({ regions: ['US'], bounds })
      const county = 'Maricopa County, AZ'
      expect(rows.toSorted((one, other) => one.day - other.day)).toEqual([
        { region: 'US', county, kind: 'AR-1', day: 1, count: 1 },
        { region: 'US', county, kind: 'AR-1', day: 2, count: 2 },
        { region: 'US', county, kind: null, day: 3, count: 1 },
      ])
      expect(await store().series.counts({ regions: [], bounds })).toEqual([])
    })

    test('what is restricted, made up, unchecked or set aside counts nowhere; who reported it counts', async () => {
      const { bounds } = localDays('2026-10-19', 2, 'America/Phoenix')
      const by = scene().person('Heron')
      await report('AZ-0001', noon, { visibility: 'restricted', allowed: [by], by })
      await report('AZ-0002', noon, { drill: 'D-1', by } as Start)
      const gone = reported('AZ-0003', { at: noon - day, by })
      await keep(store(), null, gone)
      await keep(store(), null, changed(gone.after, [{ event: dismissed }], { at: noon, by }))
      await report('AZ-0004', noon, { by })
      await report('AZ-0005', noon + 1, { by })
      await report('AZ-0006', noon + 1)
      const query = { regions: ['AZ', 'US'], bounds }
      expect(await store().series.counts(query)).toEqual([
        { region: 'AZ', county: 'Maricopa County, AZ', kind: null, day: 1, count: 3 },
      ])
      const who = await store().series.reporters(query)
      expect(who.toSorted((one, other) => one.day - other.day)).toEqual([
        { region: 'AZ', reporter: by, day: 0 },
        { region: 'AZ', reporter: by, day: 1 },
      ])
    })
  })
}

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Decision } from '../../workflows/decision.ts'
import type { FigureWindow } from '../../workflows/figures.ts'
import { formerFor, readSitrep, type SitrepAsked, type SitrepReads } from '../../workflows/sitrep.ts'
import { parseTaxonomy } from '../../workflows/taxonomy.ts'
import { changed, keep, noon, reported, type Start } from './incidents.ts'
import type { Scene } from './store.ts'

const minute = 60_000
const day = 24 * 60 * minute

const asked: FigureWindow = {
  from: noon - day,
  to: noon,
  now: noon,
  stride: day,
  regions: 'all',
  positive: ['CO-1'],
  setAside: ['dismissed', 'duplicate', 'withdrawn', 'unfounded'],
  since: { load: noon - 14 * day, resolutions: noon - 7 * day, silence: noon - 2 * day },
  most: { urgent: 2, positive: 5 },
  days: [noon - 8 * day, noon - 3 * day, noon - 2 * day],
}

/** What a summary counts. */
export function figureTests(scene: () => Scene): void {
  /** An incident, and what happened to it so many minutes after its report. */
  async function lived(id: string, start: Start & { at: number }, ...later: [number, Decision['event']][]) {
    const { store } = scene()
    let change = reported(id, start)
    await keep(store, null, change)
    for (const [after, event] of later) {
      change = changed(change.after, [{ event }], { at: start.at + after * minute, by: 'p' as never })
      await keep(store, null, change)
    }
  }
  const claimed = { type: 'claimed', until: noon } as const
  const resolved = { type: 'resolved', outcome: 'calmed', undoUntil: noon } as const
  const dismissed = { type: 'dismissed', undoUntil: noon } as const

  test('figures count the window, the same hours of seven days before, and what is open', async () => {
    const { store } = scene()
    const hours = (count: number) => noon - count * 60 * minute
    await lived('AZ-0001', { at: hours(3), severity: 5, kind: 'VI-2' })
    await lived('AZ-0002', { at: hours(4), severity: 4, kind: 'VI-2' }, [10, claimed], [70, resolved])
    await lived('AZ-0003', { at: hours(5), severity: 2, kind: 'CO-1' }, [1, claimed])
    await lived('AZ-0004', { at: hours(6), severity: 3 }, [1, dismissed])
    await lived('US-0001', { at: hours(7), severity: 4, visibility: 'restricted', allowed: [] })
    await lived('US-0002', { at: hours(30), severity: 1 }, [26 * 60, claimed], [27 * 60, resolved])
    await lived('US-0003', { at: noon - 7 * day - minute, severity: 3 }, [2, claimed])
    // Exactly at the end of a period, and before all of them.
    await lived('US-0004', { at: noon, severity: 1 })
    await lived('US-0005', { at: noon - 9 * day, severity: 1 }, [5, resolved])

    const figures = await store.incidents.figures(asked)
    const same = <T>(rows: readonly T[], expected: readonly T[]) => {
      expect(rows).toHaveLength(expected.length)
      expect(rows).toEqual(expect.arrayContaining<unknown>([...expected]))
    }
    const one = { count: 1 }
    same(figures.reported, [
      { period: 0, severity: 5, status: 'reported', ...one },
      { period: 0, severity: 4, status: 'resolved', ...one },
      { period: 0, severity: 2, status: 'claimed', ...one },
      { period: 0, severity: 3, status: 'dismissed', ...one },
      { period: 1, severity: 1, status: 'resolved', ...one },
      { period: 7, severity: 3, status: 'claimed', ...one },
    ])
    same(figures.resolved, [
      { period: 0, severity: 4, ...one },
      { period: 0, severity: 1, ...one },
    ])
    same(figures.kinds, [
      { period: 0, kind: 'VI-2', count: 2 },
      { period: 0, kind: 'CO-1', ...one },
      { period: 1, kind: null, ...one },
      { period: 7, kind: null, ...one },
    ])
    same(figures.open, [
      { region: 'AZ', severity: 5, status: 'reported', ...one },
      { region: 'AZ', severity: 2, status: 'claimed', ...one },
      { region: 'US', severity: 3, status: 'claimed', ...one },
      { region: 'US', severity: 1, status: 'reported', ...one },
    ])
    expect(figures.openAtStart).toBe(2)
    expect(figures.urgent.map(incident => incident.id)).toEqual(['AZ-0001'])
    same(figures.claims, [
      { region: 'AZ', severity: 5, minutes: 180, done: false, ...one },
      { region: 'AZ', severity: 4, minutes: 10, done: true, ...one },
      { region: 'AZ', severity: 2, minutes: 1, done: true, ...one },
    ])
    same(figures.seen, [
      { severity: 5, minutes: 180, done: false, ...one },
      { severity: 4, minutes: 10, done: true, ...one },
      { severity: 2, minutes: 1, done: true, ...one },
    ])
    same(figures.actions, [
      { severity: 5, minutes: 180, done: false, ...one },
      { severity: 4, minutes: 70, done: true, ...one },
      { severity: 2, minutes: 300, done: false, ...one },
    ])
    same(figures.outcomes, [{ outcome: 'calmed', count: 2 }])
    same(figures.trend, [
      { day: 2, severity: 1, ...one },
      { day: 2, severity: 5, ...one },
      { day: 2, severity: 4, ...one },
      { day: 2, severity: 2, ...one },
      { day: 0, severity: 3, ...one },
    ])
    expect(figures.deployed).toBe(1)
    same(figures.resolutions, [
      { severity: 5, minutes: 180, done: false, ...one },
      { severity: 4, minutes: 70, done: true, ...one },
      { severity: 2, minutes: 300, done: false, ...one },
      { severity: 1, minutes: 1620, done: true, ...one },
    ])
    same(figures.unclaimed, [{ severity: 5, minutes: 180, done: false, ...one }])
    expect(figures.oldestOpen?.id).toBe('US-0003')
    expect(figures.oldestUnverified?.id).toBe('US-0003')
    const counted = figures.counties.map(row => [row.county, row.severity, row.day, row.within, row.count])
    same(counted, [
      ['Maricopa County, AZ', 5, 0, true, 1],
      ['Maricopa County, AZ', 4, 0, true, 1],
      ['Maricopa County, AZ', 1, 1, false, 1],
      ['Maricopa County, AZ', 3, 7, false, 1],
      ['Maricopa County, AZ', 1, 0, false, 1],
      ['Maricopa County, AZ', 1, 9, false, 1],
    ])
    same(figures.credibility, [{ credibility: 'unverified', count: 3 }])
    same(figures.lastReports, [
      { region: 'AZ', at: hours(3) },
      { region: 'US', at: noon },
    ])
    expect(figures.positives.map(incident => incident.id)).toEqual(['AZ-0003'])

    const arizona = await store.incidents.figures({ ...asked, regions: ['AZ'], positive: [] })
    expect(arizona.open.map(row => row.region)).toEqual(['AZ', 'AZ'])
    expect(arizona).toMatchObject({ openAtStart: 0, positives: [] })
    expect(arizona.oldestOpen?.id).toBe('AZ-0003')

    const shootings = await store.incidents.figures({ ...asked, kinds: ['VI-2'] })
    expect(shootings.open).toEqual([{ region: 'AZ', severity: 5, status: 'reported', ...one }])
    expect(shootings.kinds).toEqual([{ period: 0, kind: 'VI-2', count: 2 }])
    expect((await store.incidents.figures({ ...asked, kinds: [] })).reported).toEqual([])
  })

  test('figures that leave the network count no RED one', async () => {
    const { store } = scene()
    await lived('AZ-0011', { at: noon - minute, severity: 4, mark: 'RED' })
    await lived('AZ-0012', { at: noon - minute, severity: 2 })
    const count = async (window: FigureWindow) => (await store.incidents.figures(window)).open.length
    expect([await count(asked), await count({ ...asked, withoutRed: true })]).toEqual([2, 1])
  })

  test('first looks and deeds are told from those of its reporter', async () => {
    const { store } = scene()
    const reporter = 'p' as never
    await lived(
      'AZ-0021',
      { at: noon - 60 * minute, severity: 4, by: reporter },
      [5, claimed],
      [9, { type: 'updated' }],
    )
    const { seen, actions } = await store.incidents.figures(asked)
    expect(seen).toEqual([{ severity: 4, minutes: 60, done: false, count: 1 }])
    expect(actions).toEqual([{ severity: 4, minutes: 9, done: true, count: 1 }])
  })

  test('what was reported in a window is counted by what people may change of it', async () => {
    const { store } = scene()
    await lived('AZ-0031', { at: noon - minute, severity: 4, kind: 'VI-2' })
    await lived('AZ-0032', { at: noon - minute, severity: 4, kind: 'VI-2' }, [1, dismissed])
    await lived('US-0033', { at: noon - 2 * minute, severity: 4, kind: 'VI-2' })
    await lived('US-0034', { at: noon - 2 * day, severity: 4, kind: 'VI-2' })
    const cells = await store.incidents.cells(asked)
    const same = { severity: 4, kind: 'VI-2', count: 1 }
    expect(cells).toHaveLength(3)
    expect(cells).toEqual(
      expect.arrayContaining([
        { region: 'AZ', aside: false, ...same },
        { region: 'AZ', aside: true, ...same },
        { region: 'US', aside: false, ...same },
      ]),
    )
  })

  test('a summary that went out is kept once, and found by the next of its plan for sixty days', async () => {
    const { summaries } = scene().store
    const former = (key: string, to: number, hot: string) => {
      return { key, plan: 'morning', from: to - day, to, at: to, cells: [], urgent: [], hot: [hot], levels: {} }
    }
    await summaries.keep(former('one', noon - 70 * day, 'Pima'))
    expect(await summaries.last('morning', noon)).toMatchObject({ key: 'one', hot: ['Pima'] })
    await summaries.keep(former('two', noon, 'Maricopa'))
    await summaries.keep(former('two', noon, 'somewhere else'))
    expect(await summaries.last('morning', noon)).toBeNull()
    expect(await summaries.last('morning', noon + 1)).toEqual(former('two', noon, 'Maricopa'))
    expect(await summaries.last('evening', noon + 1)).toBeNull()
  })

  test('the next summary says what was corrected: moved to another region, judged otherwise, come late', async () => {
    const { store } = scene()
    const taxonomy = parseTaxonomy(parse(readFileSync('workflows/content/taxonomy.yaml', 'utf8')))
    const quiet = { standing: async () => [], find: async () => null, found: async () => [], list: async () => [] }
    const read = {
      ...{ incidents: store.incidents, broadcasts: store.broadcasts, directory: store.roster.directory() },
      ...{ warnings: quiet, rumours: quiet, agenda: { between: async () => [] }, summaries: store.summaries },
    } as unknown as SitrepReads
    const asked = (to: number): SitrepAsked => ({
      ...{ span: { from: to - day, to }, regions: 'all', edition: 'leadership', taxonomy, zone: 'UTC', now: to },
      plan: 'morning',
    })
    const moved = reported('AZ-0041', { at: noon - 60 * minute, severity: 3, kind: 'VI-2' })
    await keep(store, null, moved)
    await lived('AZ-0042', { at: noon - 50 * minute, severity: 3, kind: 'VI-2' }, [24 * 60, dismissed])
    expect((await readSitrep(read, asked(noon))).material.former).toBeNull()
    const told = { urgent: [], hot: [], levels: {} }
    await store.summaries.keep(await formerFor(read, { ...asked(noon), plan: 'morning', key: 'k1' }, told))
    expect((await readSitrep(read, asked(noon + day))).material.former).toMatchObject({ corrected: [] })

    const place = { state: 'found', county: 'Clark County', fips: '32003', usState: 'NV' } as const
    const events = [{ event: { type: 'placed', region: 'NV', place } }] as const
    await keep(store, null, changed(moved.after, events, { at: noon + minute, by: 'p' as never }))
    await lived('AZ-0043', { at: noon - minute, severity: 5, kind: 'AR-1' })
    const { material } = await readSitrep(read, asked(noon + day))
    expect(material.former?.corrected).toEqual([
      { of: 'reports', name: '', was: 2, is: 3 },
      { of: 'region', name: 'NV', was: 0, is: 1 },
      { of: 'severity', name: 'S5', was: 0, is: 1 },
      { of: 'kind', name: 'AR-1', was: 0, is: 1 },
    ])
  })
}

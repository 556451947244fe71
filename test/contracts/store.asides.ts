import { describe, expect, test } from 'vitest'
import type { Commit } from '../../db/store.ts'
import { makeBulletinId } from '../../workflows/bulletin.ts'
import { makeExportId } from '../../workflows/export/request.ts'
import type { OutlookDeed } from '../../workflows/outlook.ts'
import { plainView } from '../../workflows/view.ts'
import { incidentId, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const day = 24 * 60 * 60_000
const id = makeExportId(7)
const scores = [{ indicator: 'tension', value: 3, trend: 'rising' }] as const

/** What people wrote beside incidents, which goes with them and with its time. */
export function asideTests(scene: () => Scene): void {
  const commit = (part: Partial<Commit>) =>
    scene().store.transaction(tx =>
      tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], ...part }),
    )
  const outlook = (deed: OutlookDeed, callsign = 'Heron') =>
    commit({ outlook: { do: deed, by: scene().person(callsign), at: noon } })

  /** Heron asked for a file, rated Arizona, described a rumor, told of a rally, confirmed an alert. */
  async function wrote() {
    const { store, person } = scene()
    const heron = person('Heron')
    const filter = { from: 0, to: noon, regions: 'all', kinds: [], incident: null, drill: null } as const
    const plan = { ...filter, withoutRed: false, format: 'csv', edition: 'response', sealed: false } as const
    const ask = { type: 'ask', plan, reason: 'sentinel-reason', platform: 'signal', waits: false } as const
    await commit({ export: { do: ask, by: heron, at: noon, until: noon + day, made: id } })
    const words = { likely: 'sentinel-likely', worst: '', best: '', advice: '' }
    await outlook({ type: 'brief', region: 'AZ' as never, week: '2026-10-19', scores, words, done: true })
    await keep(store, null, reported('AZ-0001', { at: noon }))
    const filed = { id: incidentId('AZ-0001'), at: noon, terms: ['box', 'river', 'night'] }
    await store.rumours.file(filed, null, await store.rumours.count())
    await outlook({ type: 'describe', rumour: 'R-0001', about: 'sentinel-about' })
    const when = { from: noon + day, to: noon + 2 * day, allDay: false, incident: null }
    await outlook({ type: 'plan', kind: 'rally', name: 'sentinel-rally', region: null, ...when } as OutlookDeed)
    const alert = { type: 'alert', region: 'AZ' as never, why: 'sentinel-alert' } as const
    await commit({ warning: { do: alert, by: heron, at: noon } as never })
    return heron
  }

  async function said(): Promise<string> {
    const { store } = scene()
    const span = { from: noon, to: noon + 9 * day }
    return JSON.stringify([
      await store.exports.find(id),
      await store.exports.latest(9),
      await store.briefs.latest('AZ' as never, 9),
      await store.rumours.reads(noon + 1).list({ since: 0, regions: 'all' }, 9),
      await store.agenda.planned(span, 'all'),
      await store.warnings.at(noon + 1).standing('all'),
    ])
  }
  const words = async () => [...(await said()).matchAll(/sentinel-\w+/g)].map(found => found[0]).toSorted()
  const all = ['sentinel-about', 'sentinel-alert', 'sentinel-likely', 'sentinel-rally', 'sentinel-reason']

  describe('what somebody wrote beside incidents', () => {
    test('is counted for them, and goes with them; that it was done stays', async () => {
      const { store } = scene()
      const heron = await wrote()
      expect(new Set(await words())).toEqual(new Set(all))
      expect((await store.held.held(heron)).asides).toBe(5)
      await commit({ roster: { type: 'erase', person: heron } })
      expect(await words()).toEqual([])
      expect(await store.exports.find(id)).toMatchObject({ reason: '', by: heron, plan: { format: 'csv' } })
      expect(await store.briefs.find('AZ' as never, '2026-10-19')).toMatchObject({ scores })
      expect(await store.rumours.reads(noon + 1).find('R-0001')).toMatchObject({ about: null })
    })

    test('of somebody else stays: a rumor that they described anew', async () => {
      const heron = await wrote()
      await outlook({ type: 'describe', rumour: 'R-0001', about: 'sentinel-anew' }, 'Finch')
      await commit({ roster: { type: 'erase', person: heron } })
      expect(await words()).toEqual(['sentinel-anew'])
    })

    test('goes from the rumor that theirs was joined to, in a database that was restored too', async () => {
      const { store } = scene()
      const heron = await wrote()
      await keep(store, null, reported('AZ-0002', { at: noon }))
      const filed = { id: incidentId('AZ-0002'), at: noon, terms: ['mayor', 'fled', 'border'] }
      await store.rumours.file(filed, null, await store.rumours.count())
      await outlook({ type: 'join', rumour: 'R-0001', into: 'R-0002' }, 'Finch')
      expect(await words()).toContain('sentinel-about')
      await store.erasures.advance(heron, [], null)
      expect(await words()).toEqual(['sentinel-alert'])
    })

    test('goes when its time is over', async () => {
      const { store, person } = scene()
      await wrote()
      const plan = { edition: 'partner', from: 0, to: noon, regions: ['AZ'], codes: [], show: 'summary' } as const
      const views = [plainView([{ words: 'Calm.' }])]
      const made = makeBulletinId(1)
      const ask = { type: 'ask', plan, views, platform: 'slack' } as never
      await commit({ bulletin: { do: ask, by: person('Heron'), at: noon, until: noon + day, made } })
      await store.retention.asides(noon)
      expect(new Set(await words())).toEqual(new Set(all))
      expect(await store.bulletins.find(made)).not.toBeNull()
      await store.retention.asides(noon + 1)
      // The alert still stands, and the rally is still to come.
      expect(new Set(await words())).toEqual(new Set(['sentinel-alert', 'sentinel-rally']))
      expect(await store.bulletins.find(made)).toBeNull()
    })
  })
}

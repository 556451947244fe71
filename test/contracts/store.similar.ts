import { describe, expect, test } from 'vitest'
import type { IncidentId, PersonId } from '../../workflows/ids.ts'
import type { Incident, Place } from '../../workflows/incident.ts'
import type { Probe } from '../../workflows/ports.ts'
import { window } from '../../workflows/similar.ts'
import { sourcesOf } from '../../workflows/sources.ts'
import { changed, incidentId, keep, noon, reported, type Start } from './incidents.ts'
import { leaseCards } from './leasing.ts'
import type { Scene } from './store.ts'

const pima: Place = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' }
const nowhere: Place = { state: 'asked', county: null, fips: null, usState: null }

/** What is found that may be the same event, and what reports have in common. */
export function similarTests(scene: () => Scene): void {
  const probe = ({ id, region, visibility, place, severity, reportedAt }: Incident): Probe => ({
    id,
    region,
    visibility,
    place,
    severity,
    reportedAt,
    kinds: ['AR-1', 'AR-2'],
    within: window,
  })
  const put = async (...all: readonly (readonly [string, Start?])[]) => {
    const changes = all.map(([id, start]) => reported(id, start))
    await keep(scene().store, null, ...changes)
    return changes.map(change => change.after)
  }
  const found = async (incident: Incident, limit = 40) =>
    (await scene().store.incidents.similar(probe(incident), limit)).map(({ incident: { id } }) => id).toSorted()

  describe('what may be the same event', () => {
    test('lies in the same region and county, or has no county yet, and was told within hours', async () => {
      const [own] = await put(
        ['AZ-0001'],
        ['AZ-0002', { at: noon - window }],
        ['AZ-0003', { at: noon + 60_000 }],
        ['AZ-0004', { place: nowhere }],
        ['AZ-0005', { place: pima }],
        ['AZ-0006', { at: noon - window - 1 }],
        ['US-0001', { region: 'US' }],
      )
      expect(await found(own as Incident)).toEqual(['AZ-0002', 'AZ-0003', 'AZ-0004'])
    })

    test('to a report without a county may be anything of its region', async () => {
      const [own] = await put(['AZ-0001', { place: nowhere }], ['AZ-0002'], ['AZ-0005', { place: pima }], ['US-0001'])
      expect(await found(own as Incident)).toEqual(['AZ-0002', 'AZ-0005'])
    })

    test('is open, and restricted only among the restricted', async () => {
      const secret = { visibility: 'restricted', allowed: ['friend' as PersonId] } as const
      const [own, inside, ended] = await put(['AZ-0001'], ['AZ-0002', secret], ['AZ-0003'], ['AZ-0004', secret])
      const dismissed = { type: 'dismissed', undoUntil: noon } as const
      await keep(scene().store, null, changed(ended as Incident, [{ event: dismissed }]))
      expect(await found(own as Incident)).toEqual([])
      expect(await found(inside as Incident)).toEqual(['AZ-0004'])
    })

    test('comes with its words; near kinds first where there are too many', async () => {
      const [own] = await put(
        ['AZ-0001', { kind: 'AR-1' }],
        ['AZ-0002', { kind: 'PR-1', what: 'A march' }],
        ['AZ-0003', { kind: 'AR-1', what: 'Men with rifles', by: scene().person('Heron') }],
        ['AZ-0004', { kind: 'AR-2', what: 'A pistol was drawn' }],
      )
      const near = await scene().store.incidents.similar(probe(own as Incident), 2)
      expect(near.map(({ words }) => words.what).toSorted()).toEqual(['A pistol was drawn', 'Men with rifles'])
      expect(near.every(({ words, shared }) => words.where === 'by the library' && !shared)).toBe(true)
    })

    test('is whatever gave the same link, wherever in the region it is said to be', async () => {
      const post = 'They say it here: https://www.facebook.com/groups/1/posts/2?ref=share'
      const [own] = await put(
        ['AZ-0001', { what: post }],
        ['AZ-0002', { place: pima, what: 'Look: https://m.facebook.com/groups/1/posts/2' }],
        ['AZ-0003', { place: pima, what: 'https://m.facebook.com/groups/1/posts/3' }],
      )
      const near = await scene().store.incidents.similar(probe(own as Incident), 40)
      expect(near.map(({ incident, shared }) => [incident.id, shared])).toEqual([['AZ-0002', true]])
    })
  })

  test('of two who gave the same link the originals are the same, and no link stands in the database', async () => {
    const { store, person } = scene()
    const [heron, finch] = [person('Heron'), person('Finch')]
    const link = 'https://x.com/somebody/status/12345'
    const [one, other] = await put(
      ['AZ-0001', { what: link, by: heron }],
      ['AZ-0002', { what: `See ${link}`, by: finch }],
    )
    const sources = [one, other].flatMap(incident => sourcesOf(incident as Incident))
    const originals = await store.transaction(tx => tx.originals(sources))
    expect([...(originals.get(heron) ?? [])]).toEqual([...(originals.get(finch) ?? [])])
    expect([...(originals.get(heron) ?? [])][0]).toMatch(/^[\w-]{22}$/)
  })

  test('a card that names another as alike is drawn anew when that one ends', async () => {
    const { store, room } = scene()
    const effects = { cards: [room('az')] }
    const [first, second] = [reported('AZ-0001', { effects }), reported('AZ-0002', { effects })]
    await keep(store, null, first, second)
    const to = [{ id: 'AZ-0001' as IncidentId, kind: null, county: null, reportedAt: noon, offered: true }]
    const likened = changed(second.after, [{ event: { type: 'likened', to } }])
    await keep(store, null, likened)
    const lease = () => leaseCards(store, [room('az')], noon + 60_000, 1000, 10)
    for (const card of await lease()) {
      const message = { room: 'az', id: card.incident }
      await store.cards.shown(card, card.wanted, message, 'posted', noon)
    }
    expect(await lease()).toEqual([])
    await keep(store, null, changed(first.after, [{ event: { type: 'dismissed', undoUntil: noon } }]))
    expect((await lease()).map(card => card.incident)).toEqual([incidentId('AZ-0002')])
  })
}

import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { IncidentFilter } from '../../workflows/ports.ts'
import { stemsOf } from '../../workflows/search/stem.ts'
import { type Indexable, searchTerms } from '../../workflows/search/terms.ts'
import { taxonomy } from '../workflows/specification.ts'
import { changed, incidentId, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const nobody = 'nobody' as PersonId
const terms = (found: Indexable) => searchTerms(found, { taxonomy, directory: {} })

/** What the search index finds, for whom, and what it forgets. */
export function searchTests(scene: () => Scene): void {
  describe('a search', () => {
    const index = async () => {
      const { search } = scene().store
      let all = 0
      for (let taken = await search.catchUp(3, terms); taken > 0; taken = await search.catchUp(3, terms)) all += taken
      return all
    }
    const page = (words: string, filter: Partial<IncidentFilter> = {}) =>
      scene().store.incidents.list({ regions: 'all', viewer: nobody, limit: 10, words: stemsOf(words), ...filter })
    const find = async (words: string, filter: Partial<IncidentFilter> = {}) => {
      const { items, total } = await page(words, filter)
      expect(total).toBe(items.length)
      return items.map(item => item.id as string)
    }
    const held = async (id: string): Promise<Incident> => {
      const known = await scene().store.incidents.find(incidentId(id))
      if (!known) throw new Error(`there is no ${id}`)
      return known.incident
    }

    test('finds all words in any form and order, in what was reported and told since', async () => {
      const { store } = scene()
      const first = reported('AZ-0001', { what: 'Tres hombres con RIFLES gritan en la reunión', kind: 'VI-1' })
      await keep(store, null, first, reported('AZ-0002', { what: 'One rifle, no shouting', at: noon + 1 }))
      expect(await find('rifle')).toEqual([])
      expect(await index()).toBe(2)
      expect(await index()).toBe(0)
      expect(await find('rifles')).toEqual(['AZ-0002', 'AZ-0001'])
      expect(await find('reuniones rifle')).toEqual(['AZ-0001'])
      expect(await find('library maricopa arizona')).toHaveLength(2)
      expect(await find('rifle bicycle')).toEqual([])
      const news = { event: { type: 'updated' } as const, words: { text: 'they left on bicycles', note: 'hush' } }
      await keep(store, null, changed(first.after, [news]))
      expect(await index()).toBe(1)
      expect(await find('bicycle rifle')).toEqual(['AZ-0001'])
      expect(await find('hush')).toEqual([])
    })

    test('takes every filter beside the words, within the query', async () => {
      const { store, person } = scene()
      const finch = person('Finch')
      const claimed = { event: { type: 'claimed', until: noon + 9 } as const }
      const one = reported('AZ-0001', { severity: 4, what: 'rifles', kind: 'VI-1' })
      await keep(store, null, one, reported('AZ-0002', { severity: 5, at: noon + 60, what: 'rifles' }))
      await keep(store, null, reported('US-0001', { severity: 4, at: noon + 120, what: 'rifles', by: nobody }))
      await keep(store, null, changed(one.after, [claimed], { by: finch, at: noon + 5 }))
      await index()
      expect(await find('rifle')).toEqual(['AZ-0002', 'US-0001', 'AZ-0001'])
      expect(await find('rifle', { open: true })).toEqual(['AZ-0002', 'AZ-0001', 'US-0001'])
      expect(await find('rifle', { regions: ['AZ'] })).toEqual(['AZ-0002', 'AZ-0001'])
      expect(await find('rifle', { regions: ['AZ', 'US'], severity: 4, open: true })).toEqual(['AZ-0001', 'US-0001'])
      expect(await find('rifle', { regions: [] })).toEqual([])
      expect(await find('rifle', { kind: 'VI-1' })).toEqual(['AZ-0001'])
      expect(await find('rifle', { status: ['claimed', 'resolved'] })).toEqual(['AZ-0001'])
      expect(await find('rifle', { claimer: finch })).toEqual(['AZ-0001'])
      expect(await find('rifle', { reporter: nobody })).toEqual(['US-0001'])
      expect(await find('rifle', { since: noon + 60 })).toEqual(['AZ-0002', 'US-0001'])
      expect(await find('rifle', { since: noon + 1, until: noon + 100 })).toEqual(['AZ-0002'])
      expect(await find('rifle', { since: noon + 1_000 })).toEqual([])
    })

    test('goes page by page, by token or by number', async () => {
      const { store } = scene()
      const severities = [3, 5, 3, 4, 5, 1, 3] as const
      const all = severities.map((severity, at) =>
        reported(`AZ-000${at + 1}`, { severity, at: noon + at, what: 'rifle' }),
      )
      await keep(store, null, ...all)
      await index()
      for (const open of [true, undefined]) {
        const whole = await find('rifle', { ...(open && { open }) })
        expect(whole).toHaveLength(7)
        const paged: string[] = []
        const filter = { limit: 3, ...(open && { open }) }
        for (let after: string | null = ''; after !== null; ) {
          const { items, next, total }: Awaited<ReturnType<typeof page>> = await page('rifle', {
            ...filter,
            ...(after && { after }),
          })
          expect(total).toBe(7)
          paged.push(...items.map(item => item.id))
          after = next
        }
        expect(paged).toEqual(whole)
        const second = await page('rifle', { ...filter, skip: 3 })
        expect(second.items.map(item => item.id)).toEqual(whole.slice(3, 6))
      }
      expect((await page('rifle', { after: 'made up', limit: 1 })).items).toHaveLength(1)
    })

    test('shows nothing that the viewer may not know of, in pages and counts', async () => {
      const { store } = scene()
      const secret = {
        visibility: 'restricted',
        allowed: ['friend_1' as PersonId],
        what: 'rifles',
        kind: 'VI-1',
      } as const
      await keep(store, null, reported('AZ-0001', secret), reported('AZ-0002', { what: 'rifles' }))
      await index()
      expect(await find('rifle')).toEqual(['AZ-0002'])
      expect(await find('maricopa')).toEqual(['AZ-0002'])
      expect(await find('maricopa', { viewer: 'friend_1' as PersonId })).toEqual(['AZ-0002', 'AZ-0001'])
      // Not even the named find it by its words: those are not there.
      expect(await find('rifle', { viewer: 'friend_1' as PersonId })).toEqual(['AZ-0002'])
    })

    test('forgets words in the transaction that marks them RED, restricts or shreds them', async () => {
      const { store } = scene()
      const all = ['AZ-0001', 'AZ-0002', 'AZ-0003'].map(id => reported(id, { what: 'rifles', by: nobody }))
      await keep(store, null, ...all)
      await index()
      expect(await find('rifle')).toHaveLength(3)
      const events = [
        { type: 'marked', from: 'AMBER', to: 'RED' },
        { type: 'restricted', allowed: [nobody] },
        { type: 'withdrawn', kept: true },
      ] as const
      for (const [at, event] of events.entries()) {
        const change = changed(await held(`AZ-000${at + 1}`), [{ event }], { by: nobody })
        await keep(store, null, change)
        expect(await find('rifle')).toHaveLength(2 - at)
        expect(await find('maricopa')).toHaveLength(2 - at)
      }
      await index()
      expect(await find('rifle')).toEqual([])
      // What may be known of them is found again.
      expect(await find('maricopa')).toHaveLength(3)
      expect(await find('maricopa', { viewer: 'somebody' as PersonId })).toHaveLength(2)
      const green = changed(await held('AZ-0001'), [{ event: { type: 'marked', from: 'RED', to: 'AMBER' } }])
      await keep(store, null, green)
      await index()
      expect(await find('rifle')).toEqual(['AZ-0001'])
    })

    test('finds no number, name or address that is masked on cards', async () => {
      const { store } = scene()
      await keep(store, null, reported('AZ-0001', { what: 'call 602-555-0123 or ana@example.org, rifles' }))
      await index()
      expect(await find('rifle')).toHaveLength(1)
      for (const masked of ['602', '0123', '555', 'ana', 'example']) expect(await find(masked)).toEqual([])
    })

    test('is taken up once, however many processes do', async () => {
      const { store, place } = scene()
      const other = await place.again()
      const all = Array.from({ length: 12 }, (_, at) => reported(`AZ-${1000 + at}`, { what: 'rifles', at: noon + at }))
      await keep(store, null, ...all)
      const taken = [store, other, store, other].map(one => one.search.catchUp(5, terms))
      const some = (await Promise.all(taken)).reduce((sum, each) => sum + each, 0)
      expect(some + (await index())).toBe(12)
      expect((await page('rifle', { limit: 20 })).items).toHaveLength(12)
    })
  })
}

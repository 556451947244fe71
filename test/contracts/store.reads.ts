import { describe, expect, test } from 'vitest'
import type { Incident } from '../../workflows/incident.ts'
import type { IncidentFilter } from '../../workflows/ports.ts'
import { changed, incidentId, keep, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const nobody = 'nobody' as never
const ids = (items: readonly Incident[]) => items.map(item => item.id)

/** What lists and timelines show. */
export function readTests(scene: () => Scene): void {
  describe('a list', () => {
    const all = async (filter: Partial<IncidentFilter>) => {
      const found: string[] = []
      let after: string | null = null
      do {
        const { store } = scene()
        const asked: IncidentFilter = { regions: 'all', viewer: nobody, limit: 2, ...filter, ...(after && { after }) }
        const page = await store.incidents.list(asked)
        found.push(...ids(page.items))
        after = page.next
      } while (after)
      return found
    }

    test('of open incidents goes page by page from the most urgent to the youngest of the least', async () => {
      const { store } = scene()
      await keep(
        store,
        null,
        reported('AZ-0001', { severity: 3, at: noon }),
        reported('AZ-0002', { severity: 5, at: noon + 3 }),
        reported('US-0001', { severity: 3, at: noon - 5 }),
        reported('AZ-0003', { severity: 5, at: noon + 2 }),
        reported('AZ-0004', { severity: 5, at: noon + 2 }),
        reported('AZ-0005', { severity: 1, at: noon - 9 }),
      )
      expect(await all({ open: true })).toEqual(['AZ-0003', 'AZ-0004', 'AZ-0002', 'US-0001', 'AZ-0001', 'AZ-0005'])
      expect(await all({ open: true, regions: ['US'] })).toEqual(['US-0001'])
      expect(await all({ open: true, regions: [] })).toEqual([])
      expect(await all({ open: true, severity: 5, regions: ['AZ', 'US'] })).toHaveLength(3)
      const page = await store.incidents.list({ regions: ['AZ'], viewer: nobody, open: true, limit: 2 })
      expect(page.total).toBe(5)
    })

    test('that reaches into history goes from the newest to the oldest', async () => {
      const { store } = scene()
      const [one, two] = [reported('AZ-0001', { by: nobody }), reported('AZ-0002', { at: noon + 1 })]
      await keep(store, null, one, two, reported('US-0001', { at: noon + 2, by: nobody }))
      const withdrawn = { type: 'withdrawn', kept: false } as const
      await keep(store, null, changed(one.after, [{ event: withdrawn }]), changed(two.after, [{ event: withdrawn }]))
      expect(await all({})).toEqual(['US-0001', 'AZ-0002', 'AZ-0001'])
      expect(await all({ open: false })).toEqual(['AZ-0002', 'AZ-0001'])
      expect(await all({ regions: ['AZ', 'US'], limit: 1 })).toEqual(['US-0001', 'AZ-0002', 'AZ-0001'])
      expect(await all({ status: ['withdrawn'], regions: ['AZ'] })).toEqual(['AZ-0002', 'AZ-0001'])
      expect(await all({ since: noon + 1 })).toEqual(['US-0001', 'AZ-0002'])
      expect(await all({ reporter: nobody })).toEqual(['US-0001', 'AZ-0001'])
      const page = await store.incidents.list({ regions: 'all', viewer: nobody, open: false, limit: 1 })
      expect(page.total).toBe(2)
    })

    test('shows a restricted incident only to its reporter and the named', async () => {
      const { store } = scene()
      const secret = { visibility: 'restricted', allowed: ['friend_1' as never] } as const
      await keep(store, null, reported('AZ-0001', { ...secret, by: 'reporter' as never }))
      for (const open of [true, undefined]) {
        const seen = async (viewer: string) => all({ viewer: viewer as never, ...(open && { open }) })
        expect(await seen('friend_1')).toEqual(['AZ-0001'])
        expect(await seen('reporter')).toEqual(['AZ-0001'])
        for (const other of ['nobody', 'friendx1', 'FRIEND_1', 'friend', '%']) expect(await seen(other)).toEqual([])
      }
    })
  })

  test('a timeline shows its last entries, and who said what', async () => {
    const { store, person } = scene()
    const finch = person('Finch')
    const first = reported('AZ-0001', { by: person('Heron') })
    await keep(store, null, first)
    const said = Array.from({ length: 5 }, (_, at) => ({
      event: { type: 'said', room: null } as const,
      words: { text: `line ${at}` },
    }))
    await keep(store, null, changed(first.after, said, { by: finch }))
    const last = await store.incidents.timeline(incidentId('AZ-0001'), 3)
    expect(last.map(entry => [entry.seq, entry.by, entry.words?.text])).toEqual([
      [4, finch, 'line 2'],
      [5, finch, 'line 3'],
      [6, finch, 'line 4'],
    ])
    expect(await store.incidents.timeline(incidentId('AZ-0009'), 3)).toEqual([])
  })

  test('the practice workspace keeps its messages, each key once', async () => {
    const { practice } = scene().store
    const message = { key: 'k1', room: 'az', thread: null, author: 'hub', body: { b: 1, a: [null] }, at: noon }
    const first = await practice.add(message)
    expect(await practice.add({ ...message, body: 'other' })).toEqual(first)
    expect(first).toMatchObject({ ...message, editedAt: null })
    const second = await practice.add({ ...message, key: null, at: noon + 1 })
    const reply = await practice.add({ ...message, key: null, thread: first.id, at: noon + 2 })
    expect(await practice.list('az', 10)).toEqual([first, second])
    expect(await practice.list('az', 10, second.id)).toEqual([first])
    expect(await practice.thread(first.id)).toEqual([reply])
    expect([...(await practice.threadCounts([first.id, second.id]))]).toEqual([[first.id, 1]])
    const edited = await practice.edit(first.id, 'new', noon + 3)
    expect(edited).toEqual({ ...first, body: 'new', editedAt: noon + 3 })
    expect(await practice.byKey('k1')).toEqual(edited)
    expect(await practice.get(reply.id)).toEqual(reply)
    expect(await practice.since(noon + 2, 10)).toEqual([reply, edited])
  })
}

import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { Protocol, Protocols } from '../../workflows/protocol.ts'
import { changed, incidentId, keep, noon, put, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const none: Protocols = { current: [], find: () => null }

/** Wordings of protocols, which runs are pinned to. */
export function protocolTests(scene: () => Scene): void {
  describe('a wording of a protocol', () => {
    test('is kept once, and told only where its words changed and its number did not', async () => {
      const { protocols } = scene().store
      expect(await protocols.keep([wording('aaa', 1)], noon)).toEqual([])
      expect(await protocols.keep([wording('aaa', 1)], noon + 1)).toEqual([])
      expect(await protocols.keep([wording('bbb', 2)], noon + 2)).toEqual([])
      expect(await protocols.keep([wording('ccc', 2)], noon + 3)).toEqual([
        { now: wording('ccc', 2), before: wording('bbb', 2) },
      ])
      expect(await protocols.keep([wording('ccc', 2), wording('aaa', 1)], noon + 4)).toEqual([])
    })

    test('is found by a run that was started under it, after its file changed and after a restart', async () => {
      const { store, place } = scene()
      await store.protocols.keep([wording('old', 1)], noon)
      await begin(store, 'old')
      const later = await place.again()
      await later.protocols.keep([wording('new', 2)], noon + 1)
      const { find } = later.protocols.beside(among(wording('new', 2)))
      expect(find('P1', 'new')).toEqual(wording('new', 2))
      expect(find('P1', 'old')).toBeNull()
      await later.incidents.find(incidentId('AZ-0001'))
      expect(find('P1', 'old')).toEqual(wording('old', 1))
    })

    test('becomes known by whatever way the incident is read', async () => {
      const { store, place } = scene()
      await store.protocols.keep([wording('old', 1)], noon)
      await begin(store, 'old')
      const [listing, changing] = [await place.again(), await place.again()]
      await listing.incidents.list({ regions: 'all', order: 'urgent', open: true, limit: 5, viewer: null } as never)
      expect(listing.protocols.beside(none).find('P1', 'old')).toEqual(wording('old', 1))
      await changing.transaction(tx => tx.incident(incidentId('AZ-0001')))
      expect(changing.protocols.beside(none).find('P1', 'old')).toEqual(wording('old', 1))
    })

    test('is null where nobody ever kept it, and the incident can be read and changed all the same', async () => {
      const { store } = scene()
      await begin(store, 'lost')
      const { find } = store.protocols.beside(none)
      const known = await store.incidents.find(incidentId('AZ-0001'))
      expect(known?.incident.runs?.map(run => run.rev)).toEqual(['lost'])
      expect(find('P1', 'lost')).toBeNull()
      const stopped = { type: 'run', run: 'P1', on: { type: 'stopped', why: 'person' } } as const
      await store.transaction(async tx => {
        const before = await tx.incident(incidentId('AZ-0001'))
        await put(tx, null, changed(before, [{ event: stopped }]))
      })
      const after = await store.incidents.find(incidentId('AZ-0001'))
      expect(after?.incident.runs?.map(run => run.status)).toEqual(['stopped'])
    })

    test('of this process comes before what is kept, and is as it was written', async () => {
      const { store } = scene()
      await store.protocols.keep([wording('aaa', 1)], noon)
      const own = { ...wording('aaa', 1) }
      const beside = store.protocols.beside(among(own))
      expect(beside.find('P1', 'aaa')).toBe(own)
      expect(beside.current).toEqual([own])
    })
  })
}

async function begin(store: Store, rev: string): Promise<void> {
  const first = reported('AZ-0001')
  const started = { type: 'started', protocol: 'P1', rev, eventAt: null, roles: {}, undoUntil: noon } as const
  await keep(store, null, first)
  await store.transaction(async tx => {
    const before = await tx.incident(incidentId('AZ-0001'))
    await put(tx, null, changed(before, [{ event: { type: 'run', run: 'P1', on: started } }]))
  })
}

function among(...current: readonly Protocol[]): Protocols {
  return { current, find: (id, rev) => current.find(one => one.id === id && one.rev === rev) ?? null }
}

function wording(rev: string, version: number): Protocol {
  const said = { en: `Words of ${rev}`, es: `Palabras de ${rev}: ¿señal?` }
  return {
    ...{ id: 'P1', rev, version, title: said, summary: said, kinds: ['VO'], triggers: [], roles: ['RC'], told: [] },
    ...{ event: false, steps: [], closing: [], gates: [], reviewHours: null, sample: true },
  }
}

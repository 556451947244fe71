import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { Drill, DrillDeed } from '../../workflows/drill.ts'
import { RuleError } from '../../workflows/errors.ts'
import { figureWindow } from '../../workflows/figures.ts'
import type { IncidentId, PersonId, RoomId } from '../../workflows/ids.ts'
import { noProtocols } from '../../workflows/taxonomy.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const taxonomy = { groups: [], kinds: [], severities: [], protocols: noProtocols } as never

/** Exercises, and what is made up for them. */
export function drillTests(scene: () => Scene): void {
  const heron = () => scene().person('Heron')
  const act = (deed: DrillDeed, store: Store = scene().store) =>
    store.transaction(tx =>
      tx.commit({
        key: null,
        person: null,
        now: noon,
        answer: null,
        incidents: [],
        roster: { type: 'drill', do: deed },
      }),
    )
  const begin = (more: Partial<Drill> = {}) => {
    const drill = exercise([scene().room('az-response')], [heron()], more)
    return act({ type: 'start', drill, script: '[{"at":0}]' }).then(() => drill)
  }

  describe('an exercise', () => {
    test('is in the directory of every process, with who enters and leaves it', async () => {
      const drill = await begin()
      const other = await scene().place.again()
      expect(other.roster.directory().drills).toEqual([drill])
      const second = 'somebody' as PersonId
      await act({ type: 'join', drill: drill.id, person: second })
      await act({ type: 'join', drill: drill.id, person: second })
      await other.roster.refresh()
      expect(other.roster.directory().drills?.[0]?.people).toEqual([heron(), second])
      await act({ type: 'leave', drill: drill.id, person: second })
      expect((await scene().store.drills.find(drill.id))?.people).toEqual([heron()])
    })

    test('is the only one of its region', async () => {
      await begin()
      await expect(begin({ id: 'az-2' })).rejects.toThrow(RuleError)
      await begin({ id: 'ga-1', region: 'GA' })
      expect((await scene().store.drills.latest(5)).map(one => one.id).toSorted()).toEqual(['az-1', 'ga-1'])
    })

    test('keeps its script sealed, and how far it came, which never goes back', async () => {
      const { store } = scene()
      const { id } = await begin()
      await store.drills.played(id, 3)
      await store.drills.played(id, 2)
      expect(await store.drills.progress(id)).toEqual({ played: 3, settled: false, script: '[{"at":0}]' })
      expect(await store.drills.progress('none')).toBeNull()
    })

    test('ends once, drops what waits and stills its clocks, and those of nothing else', async () => {
      const { store, room } = scene()
      const drill = await begin()
      const azRoom = room('az-response')
      await made(store, drill.id, azRoom)
      const real = reported('AZ-0001', { effects: { posts: [post('real', azRoom)], timers: [answer] } })
      await keep(store, null, real)
      const end = {
        type: 'end',
        drills: [drill.id],
        why: 'real',
        because: incidentId('AZ-0001'),
        at: noon + 5,
      } as const
      await act(end)
      await act({ ...end, why: 'stopped', because: null, at: noon + 9 })
      expect(await store.drills.find(drill.id)).toMatchObject({ why: 'real', because: 'AZ-0001', endedAt: noon + 5 })
      const waiting = await store.outbox.due({ rooms: [azRoom], accounts: [] }, noon + 60_000, 10)
      expect(waiting).toHaveLength(1)
      const due = await store.timers.due(noon + 3_600_000, 10)
      expect(due.map(one => one.incident)).toEqual(['AZ-0001'])
      expect((await store.drills.unsettled()).map(one => one.id)).toEqual([drill.id])
      await store.drills.settled(drill.id, noon + 10)
      expect(await store.drills.unsettled()).toEqual([])
    })
  })

  describe('what is made up', () => {
    test('is found by its exercise and its id, and by nothing else', async () => {
      const { store, room } = scene()
      const drill = await begin()
      const id = await made(store, drill.id, room('az-response'))
      expect(await store.drills.incidents(drill.id)).toEqual([id])
      expect((await store.incidents.find(id))?.incident).toMatchObject({ drill: drill.id, region: 'AZ' })
      const viewer = heron()
      const asked = { viewer, limit: 10 } as const
      for (const filter of [
        { ...asked, regions: 'all', open: true },
        { ...asked, regions: 'all' },
        { ...asked, regions: ['AZ'], open: true },
        { ...asked, regions: ['AZ'], order: 'urgent' },
        { ...asked, regions: ['DRILL'] },
        { ...asked, regions: 'all', reporter: viewer },
        { ...asked, regions: 'all', claimer: viewer },
        { ...asked, regions: 'all', words: ['men'] },
      ] as const)
        expect(await store.incidents.list(filter)).toMatchObject({ items: [], total: 0 })
      expect(await store.reportedAfter({ at: 0, id: '' }, noon + 1, 10)).toEqual([])
    })

    test('stands in no figure and in no queue, and wakes no patience', async () => {
      const { store, room } = scene()
      const drill = await begin()
      await made(store, drill.id, room('az-response'))
      const span = { from: noon - 1000, to: noon + 1000 }
      for (const regions of ['all', ['AZ'], ['DRILL']] as const) {
        const found = await store.incidents.figures(figureWindow(span, { regions, taxonomy, now: noon + 1000 }))
        expect(found).toMatchObject({ reported: [], open: [], urgent: [], claims: [], unclaimed: [], counties: [] })
        expect(found).toMatchObject({ oldestOpen: null, openAtStart: 0, lastReports: [], credibility: [], kinds: [] })
      }
      expect(await store.transaction(tx => tx.reported('AZ', noon - 1000, 10))).toBe(0)
      const own = reported('AZ-0001', { by: heron(), place: near })
      await keep(store, null, own)
      const probe = { ...own.after, kinds: ['VO-1'], within: 3_600_000 }
      expect(await store.incidents.similar(probe, 5)).toEqual([])
    })
  })
}

const answer = { type: 'arm', clock: 'answer', dueAt: noon + 60_000 } as const
const near = { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' } as const

async function made(store: Store, drill: string, room: RoomId): Promise<IncidentId> {
  const id = incidentId('DRILL-0001')
  const effects = { posts: [post('made up', room, { incident: id })], timers: [answer] }
  const by = store.roster.directory().drills?.[0]?.by ?? null
  const first = reported(id, { region: 'AZ', drill, severity: 5, kind: 'VO-1', place: near, by, what: 'men', effects })
  await keep(store, null, first)
  await store.transaction(async tx => {
    const before = await tx.incident(id)
    const claim = changed(before, [{ event: { type: 'claimed', until: noon + 1000 } }], { by })
    await tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [claim] })
  })
  return id
}

function exercise(rooms: readonly RoomId[], people: readonly PersonId[], more: Partial<Drill>): Drill {
  return {
    id: 'az-1',
    region: 'AZ',
    protocol: 'P1',
    scenario: null,
    rooms,
    people,
    by: people[0] ?? ('' as PersonId),
    speed: 12,
    startedAt: noon,
    endsAt: noon + 3_600_000,
    endedAt: null,
    why: null,
    because: null,
    ...more,
  }
}

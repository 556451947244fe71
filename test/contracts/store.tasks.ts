import { describe, expect, test } from 'vitest'
import type { Decision } from '../../workflows/decision.ts'
import type { PersonId } from '../../workflows/ids.ts'
import type { Protocol, Step } from '../../workflows/protocol.ts'
import { taskChange } from '../../workflows/run/tasks.ts'
import type { RunEvent } from '../../workflows/run.ts'
import { changed, incidentId, keep, noon, put, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const minute = 60_000

/** What people are to do in protocols that go on, as it changes with the runs. */
export function taskTests(scene: () => Scene): void {
  const wording = { id: 'P1', rev: 'abc', steps: ['1', '2', '3'].map(stepOf), closing: [], gates: [] }
  const protocols = { current: [], find: () => wording as unknown as Protocol }

  /** The next entries of the run of an incident, with what they make of people's tasks. */
  async function go(id: string, ...on: readonly RunEvent[]) {
    await scene().store.transaction(async tx => {
      const before = await tx.incident(incidentId(id))
      const decisions = on.map((event): Decision => ({ event: { type: 'run', run: 'P1', on: event } }))
      const change = changed(before, decisions)
      const tasks = taskChange(before, change.after, { protocols })
      await put(tx, null, { ...change, effects: { ...change.effects, ...(tasks ? { tasks } : {}) } })
    })
  }
  const started = (...people: readonly PersonId[]): RunEvent => ({
    ...{ type: 'started', protocol: 'P1', rev: 'abc', eventAt: null },
    ...{ roles: { RC: people }, undoUntil: noon },
  })
  const given = (step: string, ...people: readonly PersonId[]): RunEvent => ({
    ...{ type: 'assigned', step, people, mode: 'any' },
  })
  const list = async (person: PersonId, limit = 10) =>
    (await scene().store.tasks.list(person, limit)).map(({ incident, run, step, dueAt }) => {
      return `${incident.id} ${run}.${step} ${dueAt === null ? 'any time' : (dueAt - noon) / minute}`
    })

  describe('what people are to do', () => {
    test('stands across incidents by when it is due, with the incident as it stands', async () => {
      const [heron, finch] = [scene().person('Heron'), scene().person('Finch')]
      await keep(scene().store, null, reported('AZ-0001'))
      await keep(scene().store, null, reported('AZ-0002', { at: noon }))
      await go('AZ-0001', started(heron))
      await go('AZ-0002', started(finch), given('2', heron))
      expect(await list(heron)).toEqual([
        'AZ-0001 P1.1 10',
        'AZ-0001 P1.2 20',
        'AZ-0002 P1.2 20',
        'AZ-0001 P1.3 any time',
      ])
      expect(await list(heron, 2)).toHaveLength(2)
      expect(await list(finch)).toEqual(['AZ-0002 P1.1 10', 'AZ-0002 P1.3 any time'])
      const [task] = await scene().store.tasks.list(finch, 1)
      expect(task?.incident.runs?.[0]?.steps['2']?.owners).toEqual([heron])
    })

    test('goes with what was done, and comes back with what was opened again', async () => {
      const heron = scene().person('Heron')
      await keep(scene().store, null, reported('AZ-0001'))
      await go('AZ-0001', started(heron))
      await go('AZ-0001', { type: 'step-done', step: '1' }, { type: 'step-skipped', step: '3' })
      expect(await list(heron)).toEqual(['AZ-0001 P1.2 20'])
      await go('AZ-0001', { type: 'step-reopened', step: '3' }, { type: 'paused' })
      expect(await list(heron)).toEqual(['AZ-0001 P1.2 any time', 'AZ-0001 P1.3 any time'])
    })

    test('is nothing any more once the run has ended, also where its wording is not known', async () => {
      const heron = scene().person('Heron')
      await keep(scene().store, null, reported('AZ-0001'))
      await go('AZ-0001', started(heron))
      const standing = await scene().store.incidents.find(incidentId('AZ-0001'))
      const before = standing?.incident ?? null
      const ended = changed(before, [{ event: { type: 'run', run: 'P1', on: { type: 'stopped', why: 'person' } } }])
      const tasks = taskChange(before, ended.after, { protocols: { current: [], find: () => null } })
      await keep(scene().store, null, { ...ended, effects: { ...ended.effects, ...(tasks ? { tasks } : {}) } })
      expect(await list(heron)).toEqual([])
    })

    test('follows whoever turned out to be somebody else', async () => {
      const { store, person } = scene()
      const [heron, finch] = [person('Heron'), person('Finch')]
      await keep(store, null, reported('AZ-0001'))
      await go('AZ-0001', started(heron, finch))
      const united = { type: 'unite', person: heron, former: finch } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: heron, now: noon, answer: null, incidents: [], roster: united }),
      )
      expect(await list(finch)).toEqual([])
      expect(await list(heron)).toEqual(['AZ-0001 P1.1 10', 'AZ-0001 P1.2 20', 'AZ-0001 P1.3 any time'])
    })
  })
}

function stepOf(id: string, index: number): Step {
  const due = index < 2 ? { from: 'start', minutes: 10 * (index + 1) } : null
  const plain = { when: null, gate: null, asks: [], notify: [], repeat: null, blocking: false, skill: null }
  return { id, role: 'RC', due, ...plain } as unknown as Step
}

import { describe, expect, test } from 'vitest'
import { createFiring } from '../../bot/firing.ts'
import { transact } from '../../bot/transact.ts'
import type { Store } from '../../db/store.ts'
import { announce } from '../../workflows/announce.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { lossOf } from '../../workflows/loss.ts'
import type { Actor } from '../../workflows/permission.ts'
import { enter } from '../../workflows/record.ts'
import { protocol, step } from '../workflows/run/shift.ts'
import { at as minuteOf, taxonomy } from '../workflows/specification.ts'
import { incidentId, keep, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const steps = 6
const ids = ['AZ-0001', 'AZ-0002', 'AZ-0003', 'AZ-0004'].map(incidentId)
const wording = protocol(...Array.from({ length: steps }, (_, index) => step(String(index + 1), 10 + index)))
const find = (_: string, rev: string) => (rev === wording.rev ? wording : null)
const rules = { ...taxonomy, protocols: { current: [wording], find } }

/** What clocks of runs promise, whoever fires them. */
export function clockTests(scene: () => Scene): void {
  describe('clocks of runs', () => {
    test('fire once each while three processes fire all that is due, and forget nobody', async () => {
      const { store, place, person } = scene()
      const stores = [store, await place.again(), await place.again()]
      const lead = { id: person('Heron') } as Actor
      for (const id of ids) {
        await keep(store, null, reported(id, { severity: 4, at: minuteOf(0) }))
        await begin(store, id, lead)
      }
      for (let minute = 1; minute <= 60; minute += 1) {
        const now = minuteOf(minute)
        await Promise.all(stores.map(one => round(one, now)))
        expect(await store.timers.due(now, 1000)).toEqual([])
      }
      for (const id of ids) {
        const said = (await store.incidents.timeline(id, 500)).flatMap(({ event }) =>
          event.type === 'run' && (event.on.type === 'step-reminded' || event.on.type === 'step-overdue')
            ? [`${event.on.step} ${event.on.type === 'step-overdue' ? event.on.rung : 1}`]
            : [],
        )
        expect(new Set(said).size).toBe(said.length)
        expect(said.filter(one => one.endsWith(' 1'))).toHaveLength(steps)
        expect(said.filter(one => one.endsWith(' 2'))).toHaveLength(steps)
      }
      expect(await store.timers.next()).toBe(null)
    })
  })
}

/** One process takes up all that it sees; what another was quicker with is looked for again. */
async function round(store: Store, now: number): Promise<void> {
  const wrong: unknown[] = []
  const firing = createFiring({
    clock: () => now,
    log: { error: (problem: unknown) => void wrong.push(problem) },
    fire: async timer => {
      const { incident: about, clock, dueAt } = timer
      const action = { type: 'incident', about, do: { type: 'clock', clock, due: dueAt } } as const
      const unit = { key: null, actor: null, now, action, words: { what: null, where: null }, timer }
      await transact({ ...unit, say: () => ({ type: 'nothing' }) }, { store, taxonomy: rules, pause: async () => {} })
    },
  })
  for (let due = await store.timers.due(now, 100); due.length > 0; due = await store.timers.due(now, 100)) {
    await firing.round(due)
    expect(wrong).toEqual([])
  }
}

async function begin(store: Store, about: IncidentId, actor: Actor): Promise<void> {
  const roles = { VE: [actor.id] }
  const started = {
    type: 'started',
    protocol: 'P1',
    rev: wording.rev,
    eventAt: null,
    roles,
    undoUntil: minuteOf(1),
  } as const
  await store.transaction(async tx => {
    const before = await tx.incident(about)
    if (!before) throw new Error(`${about} is gone`)
    const now = minuteOf(0)
    const { after, entries } = enter(before, [{ event: { type: 'run', run: 'P1', on: started } }], { now, actor })
    const context = { directory: store.roster.directory(), taxonomy: rules, now, words: { what: null, where: null } }
    const effects = announce(before, entries, after, context)
    const change = { before, after, entries, ...lossOf(before, entries, after), effects }
    await tx.commit({ key: null, person: actor.id, now, answer: null, incidents: [change] })
  })
}

import { expect, test } from 'vitest'
import { arming } from '../../../workflows/arming.ts'
import type { Entry } from '../../../workflows/event.ts'
import { evolve } from '../../../workflows/evolve.ts'
import { type Incident, isOpen } from '../../../workflows/incident.ts'
import type { Clock } from '../../../workflows/timer.ts'
import { everyLife } from '../lives.ts'
import { taxonomy } from '../specification.ts'

test('while nobody has it, the next step of its ladder is armed, whatever happened before', () => {
  everyLife(({ incident, entries }) => {
    if (incident.status !== 'reported') return
    const step = taxonomy.clocks[`S${incident.severity}`].escalate[incident.rung]
    expect(armed(entries).get('answer')).toBe(step && incident.poolSince + step.after * 60_000)
  })
})

test('while somebody has it, its lease and its offer are armed for their hours, and no ladder', () => {
  everyLife(({ incident, entries }) => {
    if (incident.status !== 'claimed') return
    const clocks = armed(entries)
    expect(clocks.get('claim')).toBe(incident.claim?.until)
    expect(clocks.has('claim-warning')).toBe(true)
    expect(clocks.get('handover')).toBe(incident.handover?.until)
    expect(clocks.has('answer')).toBe(false)
  })
})

test('once ended, it is only undone for a minute and closed', () => {
  everyLife(({ incident, entries }) => {
    if (isOpen(incident)) return
    const clocks = armed(entries)
    expect(clocks.get('undo')).toBe(incident.undo?.until)
    for (const clock of ['answer', 'told', 'claim', 'claim-warning', 'update', 'handover'] as const)
      expect(clocks.has(clock)).toBe(false)
    if (incident.status === 'resolved') expect(clocks.has('close')).toBe(true)
  })
})

/** The clocks that stand after a timeline. */
function armed(entries: readonly Entry[]): ReadonlyMap<Clock, number> {
  const clocks = new Map<Clock, number>()
  let incident: Incident | null = null
  for (const entry of entries) {
    incident = evolve(incident, entry)
    fired(entry, clocks)
    for (const change of arming(entry, incident, taxonomy)) {
      if (change.type === 'arm') clocks.set(change.clock, change.dueAt)
      else clocks.delete(change.clock)
    }
  }
  return clocks
}

const rings: Partial<Record<Entry['event']['type'], Clock>> = {
  'claim-lapsed': 'claim',
  'handover-expired': 'handover',
  'reporter-told': 'told',
  closed: 'close',
  settled: 'undo',
}

function fired(entry: Entry, clocks: Map<Clock, number>): void {
  const clock = rings[entry.event.type]
  if (clock) clocks.delete(clock)
}

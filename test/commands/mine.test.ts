import { describe, expect, it } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { RunEvent } from '../../workflows/run.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { step, protocol as written } from '../workflows/run/shift.ts'
import { at, by, crane, finch, incidentAfter, reported, taxonomy as shipped } from '../workflows/specification.ts'
import { desk } from './desk.ts'

const sample = { ...written(step('2', 9), step('10', 8), step('3', null)), kinds: [], roles: ['VE' as const] }
const taxonomy: Taxonomy = {
  ...shipped,
  protocols: { current: [sample], find: (id, rev) => (sample.id === id && sample.rev === rev ? sample : null) },
}
const started: RunEvent = {
  type: 'started',
  protocol: sample.id,
  rev: sample.rev,
  eventAt: null,
  roles: { VE: [finch.id], RC: [finch.id] },
  undoUntil: at(7),
}

/** An incident on which the protocol runs, begun at that minute. */
function running(id: string, minute: number): Incident {
  const past = by(crane, minute, { type: 'run', run: sample.id, on: started })
  return { ...incidentAfter(reported(), past), id: id as IncidentId }
}

describe('/mine', () => {
  const drill: Incident = { ...running('DRILL-0001', 2), drill: 'D1' }

  it('shows the steps of what is real above those of an exercise, whatever is due first', async () => {
    const { text } = await desk([drill, running('AZ-0412', 6)], { taxonomy }).types(finch, 'mine')
    expect(text.indexOf('AZ-0412 · P1.10')).toBeGreaterThan(-1)
    expect(text.lastIndexOf('AZ-0412')).toBeLessThan(text.indexOf('DRILL-0001'))
  })

  it('shows what nobody has above the steps of an exercise', async () => {
    const free: Incident = { ...incidentAfter(reported()), id: 'AZ-0500' as IncidentId }
    const { text } = await desk([drill, free], { taxonomy }).types(finch, 'mine')
    expect(text.indexOf('AZ-0500')).toBeGreaterThan(-1)
    expect(text.indexOf('AZ-0500')).toBeLessThan(text.indexOf('DRILL-0001 · P1'))
  })

  it('shows steps by their hour, and what has none last, as its protocol counts', async () => {
    const { text } = await desk([running('AZ-0412', 6)], { taxonomy }).types(finch, 'mine')
    const order = ['P1.10', 'P1.2', 'P1.3', 'P1.C1'].map(id => text.indexOf(id)).filter(place => place >= 0)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  it('says where the steps are for which there is no room', async () => {
    const { text } = await desk([running('AZ-0412', 6), running('AZ-0413', 7)], { taxonomy }).types(finch, 'mine')
    expect(text).toMatch(/more steps? of yours do(es)? not fit here\. See (it|them): \/protocol show AZ-041[23]\./)
  })
})

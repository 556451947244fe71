import type { Batch, TriageReads } from '../../workflows/batch.ts'
import { type Incident, isQueued } from '../../workflows/incident.ts'

/** The triage queue of some incidents as plain data, all of it held by whoever asks until then (epoch ms). */
export function queueOf(incidents: readonly Incident[], until: number): TriageReads {
  const queued = () =>
    incidents.filter(isQueued).toSorted((a, b) => b.severity - a.severity || a.reportedAt - b.reportedAt)
  return {
    held: async () => batchOf(queued(), until),
    chosen: async rule =>
      queued().filter((one, place) => {
        if (rule.type === 'from') return one.reporter === rule.sender
        return rule.type === 'like' || rule.places === null || rule.places.includes(place)
      }),
    urgent: async (who, limit) =>
      queued()
        .filter(one => one.triage === 'waiting' && one.severity >= 4 && one.reporter !== who.person)
        .slice(0, limit),
    act: async () => incidents.map(one => one.id),
    sent: async person => incidents.filter(one => one.reporter === person).map(one => one.reportedAt),
    recent: async () => queued().length,
    blocked: async () => [],
  }
}

/** A batch of these, in their order. */
export function batchOf(items: readonly Incident[], until: number): Batch {
  return {
    name: 'b',
    items: items.map((incident, place) => ({ incident, place, until })),
    waiting: items.length,
    urgent: items.filter(one => one.severity >= 4).length,
  }
}

import type { Directory } from './directory.ts'
import { type CurrentWords, type Incident, speaksFor } from './incident.ts'
import type { Known } from './ports.ts'
import { asSeen, sight, type Viewer } from './sight.ts'

/** What a card shows to a viewer: the incident and its words. */
type Shown = { readonly incident: Incident; readonly words: CurrentWords }

/**
 * An incident as its card shows it to that viewer. Once its own report was taken back it says what the first of those
 * merged into it says, whose reporter and how they know, where the viewer may see that one whole.
 */
export function shownOn(known: Known, viewer: Viewer, network: Pick<Directory, 'red' | 'people'>): Shown {
  const incident = asSeen(known, viewer, network)
  const { words, rest } = known
  if (!rest || speaksFor(incident) !== rest.incident.id) return { incident, words }
  if (sight(rest.incident, viewer, network) !== 'whole') return { incident, words }
  const { id, reporter, reportedAt, details } = rest.incident
  const others = (incident.also ?? []).filter(source => source.report !== id)
  return {
    incident: {
      ...incident,
      reporter,
      reportedAt,
      details: { ...incident.details, ...(details.known ? { known: details.known } : {}) },
      also: others.map(one => (one.derivedFrom === id ? { ...one, derivedFrom: incident.id } : one)),
    },
    words: { what: rest.words.what, where: words.where ?? rest.words.where },
  }
}

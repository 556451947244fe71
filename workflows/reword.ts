import type { IncidentAction } from './action.ts'
import { awaiting } from './collect.ts'
import { type Decision, follow, happen } from './decision.ts'
import type { IncidentEvent } from './event.ts'
import { relinked } from './given.ts'
import type { PersonId } from './ids.ts'
import type { FileRef, Incident } from './incident.ts'
import { linksIn } from './link.ts'
import { counted, sum } from './tally.ts'
import { limits, required } from './typed.ts'

/**
 * What somebody once said about an incident as it stands now: the entry in which they said it, the one that holds its
 * words, and the words themselves: '' if there never were any, null if they are gone.
 */
export type Said = {
  readonly seq: number
  readonly from: number
  readonly by: PersonId
  readonly text: string | null
  readonly files: readonly Pick<FileRef, 'id' | 'kind'>[]
  /** What came with it and is still to be fetched. */
  readonly coming?: readonly Pick<FileRef, 'kind'>[]
}

/** Why words are no more: their writer or somebody else took the message away, or its chat let it disappear. */
export type Unsaid = 'deleted' | 'removed' | 'expired'

type Of<Type extends IncidentAction['type']> = Extract<IncidentAction, { type: Type }>
type Event<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>

/** Newer words stand in the place of older ones; nothing where nothing changes, or the older ones are gone. */
export function reword({ said, text }: Of<'reword'>): Decision[] {
  const words = { text: required('text', text, limits.talk) }
  if (said.text === null || said.text === words.text) return []
  const links = linksIn(words.text).length - linksIn(said.text).length
  return [happen({ type: 'reworded', of: said.seq, from: said.from, ...(links === 0 ? {} : { links }) }, words)]
}

/** What was said is taken back, with the files that came with it, or are still to come. */
export function unsay({ said, why }: Of<'unsay'>): Decision[] {
  const { files, coming = [] } = said
  if (!said.text && files.length === 0 && coming.length === 0) return []
  const links = linksIn(said.text ?? '').length
  const event: Event<'unsaid'> = {
    ...({ type: 'unsaid', of: said.seq, from: said.from, whose: said.by, why } as const),
    ...(links > 0 ? { links } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(coming.length > 0 ? { awaited: counted(coming) } : {}),
  }
  return [why === 'deleted' ? happen(event) : follow(event)]
}

/** The incident with newer words of somebody in the place of older ones. */
export function reworded(incident: Incident, by: PersonId | null, event: Event<'reworded'>): Partial<Incident> {
  return { ...relinked(incident, by, event.links ?? 0), ...owing(incident, event.from) }
}

/** The incident without what somebody said. */
export function unsaid(incident: Incident, event: Event<'unsaid'>): Partial<Incident> {
  const { from, whose, links = 0, files = [], awaited } = event
  const gone = files.filter(file => incident.files?.includes(file.id))
  const ids = new Set(gone.map(file => file.id))
  const linked = relinked(incident, whose, -links)
  return {
    ...linked,
    ...(ids.size > 0
      ? {
          evidence: sum(linked.evidence ?? incident.evidence, counted(gone), -1),
          files: (incident.files ?? []).filter(id => !ids.has(id)),
        }
      : {}),
    ...awaiting(incident.awaited, awaited, -1),
    ...owing(incident, from, [...ids]),
  }
}

/** Under a legal hold the older words are hidden, and go when it ends; so do files. */
function owing({ hold }: Incident, from: number, gone: readonly string[] = []): Pick<Incident, 'hold'> {
  if (!hold) return {}
  const files = [...(hold.files ?? []), ...gone]
  return { hold: { ...hold, unsaid: [...(hold.unsaid ?? []), from], ...(files.length > 0 ? { files } : {}) } }
}

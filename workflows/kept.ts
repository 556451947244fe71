import type { Entry } from './event.ts'
import type { Evidence, Incident } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { type Button, buttonId } from './view.ts'

/** How much of each kind there is, in words and in an order that never changes: 2 photos, 1 link. */
export function evidenceParts(evidence: Partial<Evidence>): readonly Phrase[] {
  return (['photo', 'video', 'voice', 'document', 'link'] as const).flatMap(kind => {
    const count = evidence[kind] ?? 0
    return count > 0 ? [phrase(`card.evidence-${kind}`, { count })] : []
  })
}

/** Which files somebody sent are kept, and which are still being fetched; a sentence each, none for none. */
export function keptLines({ evidence, awaited }: Came): readonly Phrase[] {
  const kept = evidenceParts({ ...evidence, link: 0 })
  const coming = evidenceParts(awaited ?? {})
  return [
    ...(kept.length > 0 ? [phrase('file.kept-with', { parts: kept })] : []),
    ...(coming.length > 0 ? [phrase('file.still-coming', { parts: coming })] : []),
  ]
}

/** The same of what was just added. */
export function addedLines(entries: readonly Entry[]): readonly Phrase[] {
  return entries.flatMap(({ event }) => (event.type === 'added' ? keptLines(event) : []))
}

type Came = { readonly evidence: Evidence; readonly awaited?: Evidence }

/** What leads to the list of all that is kept with an incident. */
export function evidenceButton({ id }: Pick<Incident, 'id'>): Button {
  return { id: buttonId('evidence', id), label: phrase('button.open') }
}

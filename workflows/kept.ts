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

/** What leads to the list of all that is kept with an incident. */
export function evidenceButton({ id }: Pick<Incident, 'id'>): Button {
  return { id: buttonId('evidence', id), label: phrase('button.open') }
}

import type { Directory } from './directory.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import { receiptView } from './receipt.ts'
import type { Taxonomy } from './taxonomy.ts'
import { plainView, type View } from './view.ts'

/** What the message in which somebody's report was received says now: where it is, or that they took it back. */
export function receiptNow(
  incident: Incident,
  reader: { readonly id: PersonId },
  network: { readonly directory: Directory; readonly taxonomy: Taxonomy },
): View {
  if (incident.reporter === reader.id && incident.status !== 'withdrawn') return receiptView(incident, network)
  const anew = { id: 'report', label: phrase('button.report') }
  return plainView([phrase('receipt.taken-back', { id: incident.id })], [anew])
}

import type { Incident } from '../incident.ts'
import { evidenceButton, evidenceParts } from '../kept.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { sourcesText } from '../same.ts'
import type { Line } from '../view.ts'

/** Whose report it is, how they know, how far it is believed, and how many others say the same. */
export function sourceText(incident: Incident): Phrase {
  const told = {
    time: { time: incident.reportedAt },
    credibility: phrase(`card.credibility-${incident.credibility}`),
  }
  // Who took a report back is nobody's business any more.
  if (incident.status === 'withdrawn') return phrase('card.source-withdrawn', told)
  const params = {
    ...told,
    ...(incident.reporter ? { reporter: { person: incident.reporter } } : {}),
  }
  const known = incident.details.known
  const source = incident.reporter
    ? known
      ? phrase('card.source-known', { ...params, known: phrase(`card.known-${known}`) })
      : phrase('card.source', params)
    : phrase('card.source-anonymous', params)
  return sourcesText(source, incident)
}

/** What is kept with it and what is still on its way; null for nothing. */
export function evidenceLine(incident: Incident): Line | null {
  const { evidence, awaited } = incident
  const open = evidenceButton(incident)
  const coming = evidenceParts(awaited ?? {}).map(what => phrase('file.coming', { what }))
  const kept = evidenceParts(evidence)
  if (kept.length === 0)
    return coming.length > 0 ? { type: 'note', text: phrase('card.evidence', { parts: coming }) } : null
  return { type: 'item', text: phrase('card.evidence', { parts: [...kept, ...coming] }), button: open }
}

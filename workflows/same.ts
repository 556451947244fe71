import type { Entry } from './event.ts'
import type { IncidentId } from './ids.ts'
import { type Alike, type Incident, isOpen } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { independent, sourcesOf, unsaid } from './sources.ts'
import { kindInfo, type Taxonomy } from './taxonomy.ts'
import { type Button, buttonId, type Line, plainView, type View } from './view.ts'

/** The question to a reporter whether theirs is the same event, with what they may know of the other; null: none. */
export function offerView(id: IncidentId, to: readonly Alike[], taxonomy: Taxonomy): View | null {
  const offered = to.filter(one => one.offered)
  if (offered.length === 0) return null
  const buttons = offered.flatMap(one => offerButtons(id, one.id))
  const asked = offered.map((one): Line => ({ type: 'strong', text: offerText(one, taxonomy) }))
  const view = plainView([phrase('same.offer-why')], buttons)
  return { ...view, lines: [...asked, ...view.lines] }
}

/** The buttons of such a question: add mine to it, or it is another. */
export function offerButtons(id: IncidentId, to: IncidentId): readonly Button[] {
  return [
    { id: buttonId('same', id, to), label: phrase('same.button-add', { id: to }) },
    { id: buttonId('different', id, to), label: phrase('same.button-different', { id: to }) },
  ]
}

/** What was offered to the reporter by these entries. */
export function offeredBy(entries: readonly Entry[]): readonly Alike[] {
  return entries.flatMap(({ event }) => (event.type === 'likened' ? event.to.filter(one => one.offered) : []))
}

/** Merges an incident into that one with one press. */
export function mergeButton(incident: Pick<Incident, 'id'>, into: IncidentId): Button {
  return { id: buttonId('merge', incident.id, into), label: phrase('same.button-merge', { id: into }) }
}

/** What a responder can press about those that may be the same event: merge into each, or say that it is another. */
export function alikeButtons(incident: Incident): readonly Button[] {
  if (!isOpen(incident)) return []
  return (incident.like ?? []).flatMap(id => [
    mergeButton(incident, id),
    { id: buttonId('different', incident.id, id), label: phrase('same.button-different', { id }) },
  ])
}

/** Where a report is from, as the card says it; with how many reports and sources there are, if several,
 * and that somebody should be asked how they know. */
export function sourcesText(source: Phrase, incident: Incident): Phrase {
  const all = sourcesOf(incident)
  if (all.length < 2) return source
  const count = independent(all)
  const reports = phrase('same.reports', { count: all.length })
  const sources = phrase('same.sources', { count })
  return phrase(count < 2 && all.some(unsaid) ? 'same.source-ask' : 'same.source', { source, reports, sources })
}

function offerText({ id, kind, county, reportedAt }: Alike, taxonomy: Taxonomy): Phrase {
  const name = (kind && kindInfo(taxonomy, kind)?.name) || phrase('card.no-kind')
  return phrase('same.offer', {
    id,
    kind: name,
    place: county ?? phrase('card.place-asked'),
    time: { time: reportedAt },
  })
}

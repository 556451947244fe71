import type { CardContext } from '../card.ts'
import { onDuty, regionName } from '../directory.ts'
import { type Incident, isOpen, isWaiting } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { clocksFor } from '../taxonomy.ts'
import type { Line } from '../view.ts'

/** Who has it and until when, or how it ended; and what is asked or known of it besides. */
export function statusLines(incident: Incident, context: CardContext): Line[] {
  const lines: Phrase[] = [...whoHasIt(incident, context)]
  if (incident.handover) lines.push(phrase('card.handover', { person: { person: incident.handover.to } }))
  if (incident.lowering)
    lines.push(phrase('card.lowering', { to: `S${incident.lowering.to}`, person: { person: incident.lowering.by } }))
  if (isOpen(incident) && incident.like?.length) lines.push(phrase('same.like', { ids: incident.like }))
  if (incident.merged.length > 0) lines.push(phrase('card.merged', { ids: incident.merged }))
  return lines.map(text => ({ type: 'text', text }))
}

function whoHasIt(incident: Incident, context: CardContext): Phrase[] {
  const { claim, joined, status } = incident
  if (status === 'claimed' && claim) {
    const params = { person: { person: claim.by }, until: { time: claim.until } }
    const others = joined.filter(person => person !== claim.by).length
    return [others > 0 ? phrase('card.claimed-joined', { ...params, count: others }) : phrase('card.claimed', params)]
  }
  if (isWaiting(incident)) return [phrase('triage.standing')]
  if (status === 'reported') return unclaimed(incident, context)
  return [ending(incident)]
}

function unclaimed(incident: Incident, { directory, taxonomy, now }: CardContext): Phrase[] {
  const minutes = clocksFor(taxonomy, incident.severity).claim
  const line =
    minutes === null
      ? phrase('card.unclaimed')
      : phrase('card.unclaimed-by', { time: { time: incident.poolSince + minutes * 60_000 } })
  const deserted = incident.severity >= 4 && onDuty(directory, incident.region, now).length === 0
  return deserted ? [line, phrase('card.nobody-on-duty', { region: regionName(directory, incident.region) })] : [line]
}

function ending(incident: Incident): Phrase {
  if (incident.mergedInto) return phrase('card.merged-into', { id: incident.mergedInto })
  if (!incident.resolvedAt) return phrase(`card.ended-${endings[incident.status] ?? 'other'}`)
  const params = {
    time: { time: incident.resolvedAt },
    minutes: { minutes: Math.max(1, Math.round((incident.resolvedAt - incident.reportedAt) / 60_000)) },
    outcome: incident.outcome ? phrase(`outcome.${incident.outcome}`) : phrase(`card.status-${incident.status}`),
  }
  return incident.claim
    ? phrase('card.resolved-by', { ...params, person: { person: incident.claim.by } })
    : phrase('card.resolved', params)
}

const endings: Partial<Record<Incident['status'], 'dismissed' | 'withdrawn' | 'other'>> = {
  dismissed: 'dismissed',
  withdrawn: 'withdrawn',
}

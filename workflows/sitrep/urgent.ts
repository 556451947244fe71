import { kindOf } from '../card.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { ageOf, isHidden, item, type SitrepContext, section, total, whereOf } from './context.ts'
import { nextClock } from './needs.ts'

/** The open S4 and S5, one line each, and how many are not listed. */
export function urgentLines(context: SitrepContext): readonly Line[] {
  const { urgent, open } = context.figures
  const unlisted = total(open.filter(row => row.severity >= 4)) - urgent.length
  return section(phrase('sitrep.urgent'), [
    ...urgent.map(incident => urgentLine(incident, context)),
    unlisted > 0 ? item('sitrep.urgent-more', { count: unlisted }) : null,
  ])
}

/** Severity, id, county and kind: what everyone who reads the summary may see of an incident. */
export function briefOf(incident: Incident, context: SitrepContext): Readonly<Record<string, Param>> {
  return {
    severity: `S${incident.severity}`,
    id: incident.id,
    where: whereOf(incident, context),
    kind: kindOf(incident, context.taxonomy),
  }
}

function urgentLine(incident: Incident, context: SitrepContext): Line {
  const brief = briefOf(incident, context)
  if (isHidden(incident, context)) return item('sitrep.urgent-red', brief)
  const next = nextOf(incident, context)
  return item(next ? 'sitrep.urgent-line' : 'sitrep.urgent-line-still', {
    ...brief,
    credibility: phrase(`card.credibility-${incident.credibility}`),
    lead: incident.status === 'claimed' && incident.claim ? { person: incident.claim.by } : phrase('sitrep.nobody'),
    age: { minutes: ageOf(incident, context) },
    ...(next ? { next } : {}),
  })
}

function nextOf(incident: Incident, context: SitrepContext): Phrase | null {
  const clock = nextClock(incident, context)
  if (!clock) return null
  const late = clock.at < context.figures.window.now
  return phrase(late ? `sitrep.late-${clock.type}` : `sitrep.next-${clock.type}`, { time: { time: clock.at } })
}

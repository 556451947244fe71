import { kindOf } from '../card.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { hasPart } from '../withheld.ts'
import {
  ageOf,
  isHidden,
  isOutside,
  item,
  marked,
  type SitrepContext,
  section,
  shownOf,
  total,
  whereOf,
} from './context.ts'
import { nextClock } from './needs.ts'
import { outsideLine } from './outside.ts'

/** The open S4 and S5, one line each, and how many are not listed. */
export function urgentLines(context: SitrepContext): readonly Line[] {
  const { urgent, open } = context.figures
  if (!hasPart(context.edition, 'urgent')) return []
  const told = context.material.former?.told
  const unlisted = total(open.filter(row => row.severity >= 4)) - urgent.length
  return section(phrase('sitrep.urgent'), [
    ...urgent.flatMap(incident => {
      const line = urgentLine(incident, context)
      return line ? [marked(line, !told?.urgent.includes(incident.id), context)] : []
    }),
    unlisted > 0 ? item(isOutside(context) ? 'sitrep.more' : 'sitrep.urgent-more', { count: unlisted }) : null,
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

function urgentLine(incident: Incident, context: SitrepContext): Line | null {
  const shown = shownOf(incident, context)
  if (!shown) return null
  if (isOutside(context)) return outsideLine(incident, shown, context)
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

import { regionName } from './directory.ts'
import type { Figures } from './figures.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import { isHidden, type SitrepContext, type SitrepOptions } from './sitrep/context.ts'
import { leadLines } from './sitrep/lead.ts'
import { numberLines } from './sitrep/numbers.ts'
import { coverageLines, hotSpotLines } from './sitrep/places.ts'
import { positiveLines, verificationLines } from './sitrep/reports.ts'
import { timingLines } from './sitrep/timing.ts'
import { urgentLines } from './sitrep/urgent.ts'
import type { Line, View } from './view.ts'
import { formatDate, zoneName } from './zone.ts'

/** What summaries are made of, as the database counts it, and how to ask for it. */
export { type Figures, type FigureWindow, figureWindow } from './figures.ts'
/** What a summary is drawn with, besides its figures. */
export type { SitrepOptions } from './sitrep/context.ts'

/**
 * The situation report: first what decides whether to call someone (bottom line, decisions, numbers, open S4 and
 * S5), then the details, as one message or two. A section with nothing to say is left out; the last line says what
 * is counted.
 */
export function buildSitrep(figures: Figures, options: SitrepOptions): readonly View[] {
  const context = { ...options, figures }
  const details = [
    ...timingLines(context),
    ...hotSpotLines(context),
    ...verificationLines(context),
    ...coverageLines(context),
    ...positiveLines(context),
  ]
  const first = [...headLines(context), ...leadLines(context), ...numberLines(context), ...urgentLines(context)]
  const views = details.length > 0 ? [first, details] : [first]
  return views.map((lines, index) => ({
    tone: 'plain',
    title: index === 0 ? titleOf(context) : phrase('sitrep.details'),
    lines: [...lines, note(phrase('sitrep.caveat'))],
    buttons: [],
  }))
}

function titleOf({ directory, region }: SitrepContext): Phrase {
  return phrase('sitrep.title', { name: region === 'all' ? directory.name : regionName(directory, region) })
}

function headLines(context: SitrepContext): readonly Line[] {
  const { late = false, missed = 0, figures, zone } = context
  const { from, to, now } = figures.window
  const period = { from: dateIn(zone, from, now), to: dateIn(zone, to, now), zone: nameOf(zone, to) }
  return [
    note(phrase('sitrep.period', { ...period, mark: markOf(context) })),
    ...(late ? [note(phrase('sitrep.late', { time: period.to }))] : []),
    ...(missed > 0 ? [note(phrase('sitrep.missed', { count: missed }))] : []),
  ]
}

/** A period is one of the schedule's zone, so it is told in that zone wherever its readers are. */
function dateIn(zone: string, at: number, now: number): Param {
  return { en: formatDate(at, { language: 'en', zone, now }), es: formatDate(at, { language: 'es', zone, now }) }
}

function nameOf(zone: string, at: number): Param {
  return { en: zoneName(zone, at, 'en'), es: zoneName(zone, at, 'es') }
}

/** The summary is as secret as the most secret thing it shows. */
function markOf(context: SitrepContext): string {
  const { urgent, oldestOpen, oldestUnverified, positives } = context.figures
  const shown = [...urgent, ...positives, oldestOpen, oldestUnverified].filter(incident => incident !== null)
  return shown.some(incident => incident.mark === 'RED' && !isHidden(incident, context)) ? 'TLP:RED' : 'TLP:AMBER'
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}

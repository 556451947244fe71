import { regionName } from './directory.ts'
import { leaves } from './edition.ts'
import type { Figures } from './figures.ts'
import type { Former } from './former.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import { aheadLines, phaseOf } from './sitrep/ahead.ts'
import { alarmLines, worstLevel } from './sitrep/alarms.ts'
import { isHidden, isOutside, type SitrepContext, type SitrepOptions } from './sitrep/context.ts'
import { correctedLines } from './sitrep/corrected.ts'
import { leadLines } from './sitrep/lead.ts'
import { noMaterial } from './sitrep/material.ts'
import { numberLines } from './sitrep/numbers.ts'
import { packed } from './sitrep/pack.ts'
import { coverageLines, hotSpotLines, hotSpots } from './sitrep/places.ts'
import { protectionLines } from './sitrep/protection.ts'
import { positiveLines, verificationLines } from './sitrep/reports.ts'
import { responseLines } from './sitrep/response.ts'
import { rumourLines } from './sitrep/rumours.ts'
import { timingLines } from './sitrep/timing.ts'
import { trendLines } from './sitrep/trend.ts'
import { urgentLines } from './sitrep/urgent.ts'
import { type Kind, kindInfo } from './taxonomy.ts'
import type { Line, View } from './view.ts'
import { formatDate, zoneName } from './zone.ts'

/** What summaries are made of, as the database counts it, and how to ask for it. */
export { type Figures, type FigureWindow, figureWindow } from './figures.ts'
/** What a summary is drawn with, besides its figures. */
export type { SitrepOptions } from './sitrep/context.ts'
/** What a summary tells besides figures, and how to read it. */
export { formerFor, type Material, readSitrep, type SitrepAsked, type SitrepReads } from './sitrep/material.ts'

/**
 * The situation report, cut to its edition: first what decides whether to call someone (bottom line, decisions,
 * numbers, open S4 and S5, what was corrected), then the details in as many messages as every platform can show. A part
 * with nothing to say is left out; the last line of each says what is counted. Figures for an edition that leaves the
 * network must be without RED. @throws Error otherwise
 */
export function buildSitrep(figures: Figures, options: SitrepOptions): readonly View[] {
  const context = contextOf(figures, options)
  if (leaves(context.edition) && !figures.window.withoutRed) throw new Error('figures with RED must not leave')
  const first = [
    ...headLines(context),
    ...leadLines(context),
    ...numberLines(context),
    ...urgentLines(context),
    ...correctedLines(context),
  ]
  const details = packed(
    [
      timingLines(context),
      hotSpotLines(context),
      alarmLines(context),
      trendLines(context),
      verificationLines(context),
      rumourLines(context),
      protectionLines(context),
      coverageLines(context),
      responseLines(context),
      aheadLines(context),
      positiveLines(context),
    ],
    { directory: context.directory, zone: context.zone, now: figures.window.now },
  )
  return [first, ...details].map((lines, index) => ({
    tone: 'plain',
    title: index === 0 ? titleOf(context) : detailsTitle(index, details.length),
    lines: [...lines, ...closingLines(context)],
    buttons: [],
  }))
}

/** What the next summary of the plan is compared with: what this one listed. */
export function toldBy(figures: Figures, options: SitrepOptions): Pick<Former, 'urgent' | 'hot' | 'levels'> {
  const context = contextOf(figures, options)
  return {
    urgent: figures.urgent.map(incident => incident.id),
    hot: hotSpots(context).map(one => one.county),
    levels: Object.fromEntries(context.material.warnings.map(({ region, level }) => [region, level])),
  }
}

const mostKinds = 3
const hour = 3_600_000

function contextOf(figures: Figures, options: SitrepOptions): SitrepContext {
  return { ...options, edition: options.edition ?? 'response', material: options.material ?? noMaterial, figures }
}

function titleOf({ directory, region }: SitrepContext): Phrase {
  return phrase('sitrep.title', { name: region === 'all' ? directory.name : regionName(directory, region) })
}

function detailsTitle(part: number, of: number): Phrase {
  return of === 1 ? phrase('sitrep.details') : phrase('sitrep.details-of', { part, of })
}

function headLines(context: SitrepContext): readonly Line[] {
  const { late = false, missed = 0, figures, zone } = context
  const { from, to, now } = figures.window
  const period = { from: dateIn(zone, from, now), to: dateIn(zone, to, now), zone: nameOf(zone, to) }
  return [
    note(phrase('sitrep.period', { ...period, mark: dotted(factsOf(context)) })),
    ...(late ? [note(phrase('sitrep.late', { time: period.to }))] : []),
    ...(now - to > hour ? [note(phrase('sitrep.as-of', { time: { date: now } }))] : []),
    ...(missed > 0 ? [note(phrase('sitrep.missed', { count: missed }))] : []),
  ]
}

/** Level of the network, days to the vote, for whom it is, and how far it may go. */
function factsOf(context: SitrepContext): readonly Param[] {
  const { edition, material, zone, figures } = context
  const level = worstLevel(context)
  const phase = phaseOf(material.poll, figures.window.to - 1, zone)
  return [
    ...(level === null || edition === 'public'
      ? []
      : [phrase('sitrep.worst', { level: phrase(`warning.level-${level}`) })]),
    ...(phase === null ? [] : [phase]),
    ...(figures.window.kinds ? [phrase('sitrep.only', { kinds: kindsOf(figures.window.kinds, context) })] : []),
    ...(edition === 'response' ? [] : [phrase(`sitrep.edition-${edition}`)]),
    markOf(context),
  ]
}

/** The names of some kinds: of a group where it is all of that, else three at most. */
function kindsOf(kinds: readonly Kind[], { taxonomy }: SitrepContext): Param {
  const whole = taxonomy.groups.find(group => {
    const all = taxonomy.kinds.filter(kind => kind.group === group.code)
    return all.length === kinds.length && all.every(kind => kinds.includes(kind.code))
  })
  if (whole) return whole.name
  const names = kinds.map(kind => kindInfo(taxonomy, kind)?.name ?? kind)
  if (names.length <= mostKinds) return names
  return phrase('sitrep.and-more', { names: names.slice(0, mostKinds), count: names.length - mostKinds })
}

function dotted(facts: readonly Param[]): Param {
  return facts.reduce((one, other) => phrase('sitrep.dotted', { one, other }))
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
  if (context.edition === 'public') return 'TLP:CLEAR'
  const { urgent, oldestOpen, oldestUnverified, positives } = context.figures
  const shown = [...urgent, ...positives, oldestOpen, oldestUnverified].filter(incident => incident !== null)
  return shown.some(incident => incident.mark === 'RED' && !isHidden(incident, context)) ? 'TLP:RED' : 'TLP:AMBER'
}

function closingLines(context: SitrepContext): readonly Line[] {
  return [
    ...(isOutside(context)
      ? [note(phrase(`sitrep.withheld-${context.edition === 'public' ? 'public' : 'partner'}`))]
      : []),
    note(phrase('sitrep.caveat')),
  ]
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}

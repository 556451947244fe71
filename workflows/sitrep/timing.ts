import type { DurationCount } from '../figures.ts'
import { type Param, phrase, type Text } from '../phrase.ts'
import { fewest, type Point, quantile, sizeOf, withinClock } from '../statistics.ts'
import { clocksFor, type Severity, severities } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { ageOf, few, isHidden, isOutside, item, type SitrepContext, section, total } from './context.ts'
import { newIn } from './numbers.ts'
import { weekIn } from './trend.ts'
import { briefOf } from './urgent.ts'

/**
 * How soon reports that need an answer are seen, claimed, acted upon and resolved, by severity where they are five or
 * more, and all together; how many were claimed in time; and what waits too long. Those that still wait count for as
 * long as they have waited.
 */
export function timingLines(context: SitrepContext): readonly Line[] {
  const { seen, claims, actions, resolutions } = context.figures
  const fresh = newIn(0, context)
  const week = weekIn(context)
  const answered = severities.filter(severity => clocksFor(context.taxonomy, severity).claim !== null)
  // Who is outside could take the severities from the whole, and find the one that is missing.
  const apart = isOutside(context) ? [] : answered
  const rows = [
    ...(mayTell(seen, fresh, answered, context) ? rowsOf('seen', seen, apart, answered) : []),
    ...(mayTell(claims, fresh, answered, context) ? rowsOf('claimed', claims, apart, answered) : []),
    ...(mayTell(actions, fresh, answered, context) ? rowsOf('acted', actions, apart, answered) : []),
    ...(mayTell(resolutions, week, answered, context) ? rowsOf('resolved', resolutions, apart, answered) : []),
  ]
  const head = ['sitrep.head-time', 'sitrep.head-half', 'sitrep.head-most', 'sitrep.head-n'] as const
  return section(phrase('sitrep.timing'), [
    rows.length > 0 ? { type: 'table', head: head.map(key => phrase(key)), rows } : null,
    rows.length > 0 ? { type: 'note', text: phrase('sitrep.timing-note') } : null,
    metLine(apart, answered, context),
    ...waitingLines(context),
  ])
}

/** What the public reads must not be few, nor leave few of all that is told: those that need no answer. */
function mayTell(
  durations: readonly DurationCount[],
  all: number | null,
  answered: readonly Severity[],
  { edition }: SitrepContext,
): boolean {
  if (edition !== 'public') return true
  const n = sizeOf(durations.filter(one => answered.includes(one.severity)))
  return all !== null && n >= fewest && typeof few(all - n, { edition }) === 'number'
}

type Measure = 'seen' | 'claimed' | 'acted' | 'resolved'

function rowsOf(
  measure: Measure,
  durations: readonly DurationCount[],
  apart: readonly Severity[],
  answered: readonly Severity[],
): readonly (readonly Text[])[] {
  const all = durations.filter(one => answered.includes(one.severity))
  if (all.length === 0) return []
  const known = apart.filter(severity => sizeOf(of(all, severity)) >= fewest)
  // All of one severity are told once.
  const alone = known.length === 1 && sizeOf(of(all, known[0] as Severity)) === sizeOf(all)
  return [
    ...known.map(severity => rowOf(phrase(`sitrep.time-${measure}`, { of: `S${severity}` }), of(all, severity))),
    ...(alone ? [] : [rowOf(phrase(`sitrep.time-${measure}`, { of: phrase('sitrep.row-all') }), all)]),
  ]
}

function rowOf(name: Text, durations: readonly DurationCount[]): readonly Text[] {
  const count = sizeOf(durations)
  const point = (share: number) => (count < fewest ? '–' : pointOf(quantile(durations, share)))
  return [name, ...[point(0.5), point(0.9), count].map(cell => phrase('sitrep.cell', { count: cell }))]
}

function pointOf(point: Point | null): Param {
  if (!point) return '–'
  const minutes = { minutes: point.minutes }
  return point.over ? phrase('sitrep.over', { minutes }) : minutes
}

/** How many were claimed within their clock, of those whose time has come. */
function metLine(apart: readonly Severity[], answered: readonly Severity[], context: SitrepContext): Line | null {
  const { figures, taxonomy, edition } = context
  const clock = (severity: Severity) =>
    withinClock(of(figures.claims, severity), clocksFor(taxonomy, severity).claim ?? 0)
  const clocks = answered.map(clock)
  const whole = { met: sum(clocks.map(one => one.met)), due: sum(clocks.map(one => one.due)) }
  const fit =
    mayTell(figures.claims, newIn(0, context), answered, context) && (edition !== 'public' || whole.due >= fewest)
  if (whole.due === 0 || !fit) return null
  const parts = apart.flatMap(severity => {
    const { met, due } = clock(severity)
    return due === 0 ? [] : [phrase('sitrep.met', { name: `S${severity}`, met, due, share: percent(met, due) })]
  })
  const all = { ...whole, share: percent(whole.met, whole.due) }
  return parts.length > 1 ? item('sitrep.in-time', { ...all, parts }) : item('sitrep.in-time-all', all)
}

function waitingLines(context: SitrepContext): readonly (Line | null)[] {
  return isOutside(context) ? [] : [breachLine(context), oldestLine(context)]
}

function breachLine(context: SitrepContext): Line | null {
  const parts = severities.flatMap(severity => {
    const limit = clocksFor(context.taxonomy, severity).claim
    if (limit === null) return []
    const late = of(context.figures.unclaimed, severity).filter(row => row.minutes > limit)
    if (late.length === 0) return []
    const longest = { minutes: Math.max(...late.map(row => row.minutes)) }
    return [phrase('sitrep.breach', { name: `S${severity}`, count: total(late), longest })]
  })
  return parts.length > 0 ? item('sitrep.breaches', { parts }) : null
}

function oldestLine(context: SitrepContext): Line | null {
  const oldest = context.figures.oldestOpen
  if (!oldest) return null
  const brief = briefOf(oldest, context)
  if (isHidden(oldest, context)) return item('sitrep.oldest-red', brief)
  return item('sitrep.oldest', { ...brief, age: { minutes: ageOf(oldest, context) } })
}

function of(durations: readonly DurationCount[], severity: Severity): readonly DurationCount[] {
  return durations.filter(duration => duration.severity === severity)
}

function percent(part: number, all: number): number {
  return Math.round((100 * part) / all)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}

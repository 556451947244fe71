import type { DurationCount } from '../figures.ts'
import { type Param, phrase } from '../phrase.ts'
import { fewest, type Point, quantile, sizeOf, withinClock } from '../statistics.ts'
import { clocksFor, type Severity, severities } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { ageOf, isHidden, item, type SitrepContext, section, total } from './context.ts'
import { briefOf } from './urgent.ts'

/** How soon incidents that need an answer are claimed and resolved, by severity, and what waits too long. */
export function timingLines(context: SitrepContext): readonly Line[] {
  const { claims, resolutions } = context.figures
  const answered = severities.filter(severity => clocksFor(context.taxonomy, severity).claim !== null)
  return [
    ...section(phrase('sitrep.claims'), [
      ...answered.map(severity => claimLine(severity, of(claims, severity), context)),
      breachLine(context),
      oldestLine(context),
    ]),
    ...section(
      phrase('sitrep.resolutions'),
      answered.map(severity => timeLine(severity, of(resolutions, severity))),
    ),
  ]
}

function claimLine(severity: Severity, durations: readonly DurationCount[], context: SitrepContext): Line | null {
  const limit = clocksFor(context.taxonomy, severity).claim
  const clock = limit === null ? null : withinClock(durations, limit)
  if (!clock || limit === null || clock.due === 0) return timeLine(severity, durations)
  const share = Math.round((100 * clock.met) / clock.due)
  return item('sitrep.time-clock', { ...timesOf(severity, durations), ...clock, share, limit: { minutes: limit } })
}

function timeLine(severity: Severity, durations: readonly DurationCount[]): Line | null {
  return durations.length > 0 ? item('sitrep.time', timesOf(severity, durations)) : null
}

function timesOf(severity: Severity, durations: readonly DurationCount[]): Readonly<Record<string, Param>> {
  const count = sizeOf(durations)
  const waiting = sizeOf(durations.filter(duration => !duration.done))
  const reports = phrase('sitrep.reports', { count })
  return {
    severity: `S${severity}`,
    median: pointOf(quantile(durations, 0.5)),
    most: count < fewest ? '–' : pointOf(quantile(durations, 0.9)),
    reports: waiting > 0 ? phrase('sitrep.reports-waiting', { reports, waiting }) : reports,
  }
}

function pointOf(point: Point | null): Param {
  if (!point) return '–'
  const minutes = { minutes: point.minutes }
  return point.over ? phrase('sitrep.over', { minutes }) : minutes
}

function breachLine(context: SitrepContext): Line | null {
  const parts = severities.flatMap(severity => {
    const limit = clocksFor(context.taxonomy, severity).claim
    if (limit === null) return []
    const count = total(of(context.figures.unclaimed, severity).filter(row => row.minutes > limit))
    return count > 0 ? [phrase('sitrep.count', { name: `S${severity}`, count })] : []
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

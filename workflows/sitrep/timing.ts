import type { DurationCount } from '../figures.ts'
import { type Param, phrase, type Text } from '../phrase.ts'
import { fewest, type Point, quantile, sizeOf, withinClock } from '../statistics.ts'
import { clocksFor, type Severity, severities } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { ageOf, isHidden, isOutside, item, type SitrepContext, section, total } from './context.ts'
import { briefOf } from './urgent.ts'

/**
 * How soon reports that need an answer are seen, claimed, acted upon and resolved, by severity and all together; how
 * many in time; and what waits too long. Those that still wait count for as long as they have waited.
 */
export function timingLines(context: SitrepContext): readonly Line[] {
  const { seen, claims, actions, resolutions } = context.figures
  const all = [seen, claims, actions, resolutions]
  const answered = severities.filter(severity => clocksFor(context.taxonomy, severity).claim !== null)
  const among = all.map(durations => durations.filter(one => answered.includes(one.severity)))
  if (among.every(durations => durations.length === 0)) return section(phrase('sitrep.timing'), waitingLines(context))
  const rows = answered
    .filter(severity => among.some(durations => of(durations, severity).length > 0))
    .map(severity =>
      rowOf(
        `S${severity}`,
        among.map(durations => of(durations, severity)),
        inTime([severity], context),
      ),
    )
  const whole = rowOf(phrase('sitrep.row-all'), among, inTime(answered, context))
  const head = ['sitrep.head-severity', 'sitrep.head-seen', 'sitrep.head-claimed', 'sitrep.head-acted'] as const
  return section(phrase('sitrep.timing'), [
    {
      type: 'table',
      head: [...head, 'sitrep.head-resolved' as const, 'sitrep.head-met' as const].map(key => phrase(key)),
      // The public could take the rows from the whole, and find the one that is missing.
      rows: context.edition === 'public' ? [whole] : [...rows, ...(rows.length > 1 ? [whole] : [])],
    },
    { type: 'note', text: phrase('sitrep.timing-note') },
    ...waitingLines(context),
  ])
}

function rowOf(name: Param, measures: readonly (readonly DurationCount[])[], met: Text): readonly Text[] {
  const [count = 0, ...others] = measures.map(sizeOf)
  // The same number of each is told once.
  const same = count >= fewest && others.every(other => other === count)
  return [
    phrase(same ? 'sitrep.cell-of' : 'sitrep.cell', { count: same ? count : name, name }),
    ...measures.map(durations => timeOf(durations, same)),
    met,
  ]
}

/** Half of them, nine in ten, and how many they are; fewer than five tell of nobody's usual. */
function timeOf(durations: readonly DurationCount[], bare: boolean): Text {
  const count = sizeOf(durations)
  if (count < fewest) return phrase(count === 0 ? 'sitrep.cell-none' : 'sitrep.cell-few', { count })
  const [median, most] = [pointOf(quantile(durations, 0.5)), pointOf(quantile(durations, 0.9))]
  return phrase(bare ? 'sitrep.cell-times' : 'sitrep.cell-time', { median, most, count })
}

function pointOf(point: Point | null): Param {
  if (!point) return '–'
  const minutes = { minutes: point.minutes }
  return point.over ? phrase('sitrep.over', { minutes }) : minutes
}

/** How many were claimed within their clock, of those whose time has come. */
function inTime(which: readonly Severity[], { figures, taxonomy, edition }: SitrepContext): Text {
  const clocks = which.map(severity => {
    return withinClock(of(figures.claims, severity), clocksFor(taxonomy, severity).claim ?? 0)
  })
  const [met, due] = [sum(clocks.map(clock => clock.met)), sum(clocks.map(clock => clock.due))]
  if (due === 0 || (edition === 'public' && due < fewest)) return phrase('sitrep.cell-none')
  return phrase('sitrep.cell-met', { share: Math.round((100 * met) / due), met, due })
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

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}

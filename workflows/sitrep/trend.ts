import { type Param, phrase } from '../phrase.ts'
import { kindInfo } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { few, item, type SitrepContext, section, total } from './context.ts'

const mostMovers = 3
// Fewer than this in two weeks are no trend, whatever their ratio.
const fewest = 10
// A kind has moved if it is so many above or below its mean, and by so large a share of it.
const moved = { by: 2, share: 0.5 }

/** The last seven days against the seven before, in words, and the kinds that moved most. */
export function trendLines(context: SitrepContext): readonly Line[] {
  return section(phrase('sitrep.trend'), [weeksLine(context), moversLine(context)])
}

/** How many stand of the last seven days; null where their number would give back a day that is not told. */
export function weekIn(context: SitrepContext): number | null {
  const { trend, window } = context.figures
  const week = daysOf(trend, window.days?.length ?? 0).slice(-7)
  return hasFew(week, context) ? null : sumOf(week)
}

function weeksLine(context: SitrepContext): Line | null {
  const { trend, window } = context.figures
  if (!window.days) return null
  const days = window.days.length
  const all = daysOf(trend, days)
  const [before, week] = [sumOf(all.slice(0, -7)), sumOf(all.slice(-7))]
  if (week + before === 0) return null
  const grave = daysOf(
    trend.filter(row => row.severity >= 4),
    days,
  ).slice(-7)
  const told = { grave: hasFew(grave, context) && sumOf(grave) > 2 ? '–' : few(sumOf(grave), context) }
  if (hasFew(all, context)) {
    // The days stand in the picture: what is not told of one would be what is missing of the week.
    const about = all.map(count => (typeof few(count, context) === 'number' ? count : 1.5))
    return item(`sitrep.trend-plain-${wayOf(sumOf(about.slice(-7)), sumOf(about.slice(0, -7)))}`, told)
  }
  const weeks = phrase('sitrep.weeks', { week, before })
  return item(`sitrep.trend-${wayOf(week, before)}`, { ...told, weeks, mean: week / 7, today: all.at(-1) ?? 0 })
}

function daysOf(trend: SitrepContext['figures']['trend'], days: number): readonly number[] {
  return Array.from({ length: days }, (_, day) => total(trend.filter(row => row.day === day)))
}

function hasFew(counts: readonly number[], context: SitrepContext): boolean {
  return counts.some(count => typeof few(count, context) !== 'number')
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function wayOf(week: number, before: number): 'rising' | 'steady' | 'falling' | 'few' {
  if (week + before < fewest) return 'few'
  if (week > before * 1.25) return 'rising'
  return week < before * 0.8 ? 'falling' : 'steady'
}

function moversLine(context: SitrepContext): Line | null {
  const { kinds } = context.figures
  const parts = [...new Set(kinds.flatMap(row => row.kind ?? []))]
    .map(kind => {
      const periods = [0, 1, 2, 3, 4, 5, 6, 7].map(period => {
        return total(kinds.filter(row => row.kind === kind && row.period === period))
      })
      const [count = 0, ...before] = periods
      return { kind, count, mean: sumOf(before) / 7, told: !hasFew(periods, context) }
    })
    .map(mover => ({ ...mover, by: Math.abs(mover.count - mover.mean) }))
    // The public is told of no kind with one or two reports on a day: the mean would give them back as well.
    .filter(({ by, mean, told }) => by >= moved.by && by >= moved.share * mean && told)
    .toSorted((one, other) => other.by - one.by || (one.kind < other.kind ? -1 : 1))
    .slice(0, mostMovers)
    .map(({ kind, count, mean }): Param => {
      const name = kindInfo(context.taxonomy, kind)?.name ?? kind
      return phrase('sitrep.mover', { name, count, arrow: count > mean ? '↑' : '↓', mean })
    })
  return parts.length > 0 ? item('sitrep.movers', { parts }) : null
}

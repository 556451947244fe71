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

function weeksLine(context: SitrepContext): Line | null {
  const { trend, window } = context.figures
  if (!window.days) return null
  const days = window.days.length
  const week = total(trend.filter(row => row.day >= days - 7))
  const before = total(trend.filter(row => row.day < days - 7))
  if (week + before === 0) return null
  const today = total(trend.filter(row => row.day === days - 1))
  const grave = total(trend.filter(row => row.day >= days - 7 && row.severity >= 4))
  const weeks = phrase('sitrep.weeks', { week: few(week, context), before: few(before, context) })
  const params = { weeks, mean: week / 7, today: few(today, context), grave: few(grave, context) }
  return item(`sitrep.trend-${wayOf(week, before)}`, params)
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
      const count = total(kinds.filter(row => row.kind === kind && row.period === 0))
      return { kind, count, mean: total(kinds.filter(row => row.kind === kind && row.period > 0)) / 7 }
    })
    .map(mover => ({ ...mover, by: Math.abs(mover.count - mover.mean) }))
    .filter(({ by, mean, count }) => by >= moved.by && by >= moved.share * mean && isTold(count, mean, context))
    .toSorted((one, other) => other.by - one.by || (one.kind < other.kind ? -1 : 1))
    .slice(0, mostMovers)
    .map(({ kind, count, mean }): Param => {
      const name = kindInfo(context.taxonomy, kind)?.name ?? kind
      return phrase('sitrep.mover', { name, count, arrow: count > mean ? '↑' : '↓', mean })
    })
  return parts.length > 0 ? item('sitrep.movers', { parts }) : null
}

/** The public is told of no kind with one or two reports; the mean would give them back as well. */
function isTold(count: number, mean: number, { edition }: SitrepContext): boolean {
  return edition !== 'public' || (count >= 3 && mean >= 1)
}

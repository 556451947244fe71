import type { Span } from '../figures.ts'
import { type Param, type Phrase, type PhraseKey, phrase, type Text } from '../phrase.ts'
import { kindInfo, severities } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { shownCounts } from '../withheld.ts'
import { arrow, few, isOutside, item, type SitrepContext, section, total } from './context.ts'

const hour = 3_600_000
const mostKinds = 3

/**
 * How many incidents were reported in a period, 0 being the present one; beyond the network without those set aside,
 * of which nobody there is told: the days of the trend would give their number back.
 */
export function newIn(period: number, context: SitrepContext): number {
  return total(newRows(context).filter(row => row.period === period))
}

function newRows(context: SitrepContext): SitrepContext['figures']['reported'] {
  const { reported, window } = context.figures
  return isOutside(context) ? reported.filter(row => !window.setAside.includes(row.status)) : reported
}

/** What a number is compared with: the day before, the same hours of it, or the span before. */
export function baseOf({ figures }: SitrepContext): Phrase {
  return phrase(`sitrep.base-${lengthOf(figures.window)}`)
}

/** The numbers, each against the same hours of the day before and the mean of seven days. */
export function numberLines(context: SitrepContext): readonly Line[] {
  const { reported, resolved, window, waiting } = context.figures
  const aside = reported.filter(row => window.setAside.includes(row.status))
  const inside = !isOutside(context)
  const rows = [
    compared('sitrep.row-new', newRows(context), context),
    ...(anyOf(resolved) ? [compared('sitrep.row-resolved', resolved, context)] : []),
    ...(anyOf(aside) && inside ? [compared('sitrep.row-aside', aside, context)] : []),
  ]
  const head = ['sitrep.head-now', `sitrep.head-${lengthOf(window)}`, `sitrep.mean-${lengthOf(window)}`] as const
  return section(phrase('sitrep.numbers'), [
    { type: 'table', head: [phrase('sitrep.head-what'), ...head.map(key => phrase(key))], rows },
    openLine(context),
    anyOf(resolved) && inside ? item('sitrep.rate', { rate: rateOf(context) }) : null,
    severityLine(context),
    waiting && inside ? item('triage.waiting', { count: waiting }) : null,
    kindLine(context),
  ])
}

type Counted = readonly { readonly period: number; readonly count: number }[]

function compared(key: PhraseKey, rows: Counted, context: SitrepContext): readonly Text[] {
  const of = (period: number) => total(rows.filter(row => row.period === period))
  const mean = total(rows.filter(row => row.period > 0)) / 7
  const told = context.edition !== 'public' || (of(0) >= 3 && of(1) >= 3)
  return [
    phrase(key),
    told ? phrase('sitrep.cell-arrow', { count: of(0), arrow: arrow(of(0), of(1)) }) : cell(few(of(0), context)),
    cell(few(of(1), context)),
    // A mean over a time that is not told would tell it.
    cell([1, 2, 3, 4, 5, 6, 7].some(period => typeof few(of(period), context) !== 'number') ? '–' : mean),
  ]
}

function cell(count: Param): Text {
  return phrase('sitrep.cell', { count })
}

/** A day may be an hour shorter or longer, where clocks change. */
function lengthOf({ from, to }: Span): 'day' | 'hours' | 'span' {
  if (to - from < 23 * hour) return 'hours'
  return to - from > 25 * hour ? 'span' : 'day'
}

/** How many are open, now and at the start of the window; beyond the network nobody reads how many are left alone. */
function openLine(context: SitrepContext): Line {
  const { figures } = context
  const open = total(figures.open)
  const alone = total(figures.open.filter(row => row.status === 'reported'))
  const before = figures.openAtStart
  if (context.edition === 'public') return item('sitrep.open-public', { open: few(open, context) })
  const params = { open, arrow: arrow(open, before), before, alone, claimed: open - alone }
  return item(isOutside(context) || open === 0 ? 'sitrep.open-now' : 'sitrep.open-who', params)
}

/** Resolved in the period, of what was open at its start and what came in. */
function rateOf(context: SitrepContext): number {
  const resolved = total(context.figures.resolved.filter(row => row.period === 0))
  const work = context.figures.openAtStart + newIn(0, context)
  return work === 0 ? 0 : Math.round((100 * resolved) / work)
}

function severityLine(context: SitrepContext): Line | null {
  const { edition } = context
  const now = newRows(context).filter(row => row.period === 0)
  const found = severities.map(severity => total(now.filter(row => row.severity === severity)))
  const { counts } = shownCounts(found, edition, { of: 'reports' })
  const parts = severities.flatMap((severity, at) => {
    return found[at] === 0 ? [] : [phrase('sitrep.count', { name: `S${severity}`, count: counts[at] ?? '–' })]
  })
  // Nothing but dashes says nothing.
  return counts.every(count => count === 0 || count === '–') ? null : item('sitrep.by-severity', { parts })
}

function kindLine({ figures, taxonomy, edition }: SitrepContext): Line | null {
  const parts = figures.kinds
    .filter(row => row.period === 0 && row.kind !== null && (edition !== 'public' || row.count >= 3))
    .toSorted((one, other) => other.count - one.count || ((one.kind ?? '') < (other.kind ?? '') ? -1 : 1))
    .slice(0, mostKinds)
    .map(({ kind, count }) => {
      const before = total(figures.kinds.filter(row => row.period === 1 && row.kind === kind))
      const name = kindInfo(taxonomy, kind ?? '')?.name ?? kind ?? ''
      if (edition === 'public') return phrase('sitrep.count', { name, count })
      return phrase('sitrep.count-arrow', { name, count, arrow: arrow(count, before) })
    })
  return parts.length > 0 ? item('sitrep.by-kind', { parts }) : null
}

function anyOf(rows: Counted): boolean {
  return rows.some(row => row.count > 0)
}

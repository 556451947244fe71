import type { Span } from '../figures.ts'
import { type Param, type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import { kindInfo, severities } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { arrow, item, type SitrepContext, section, total } from './context.ts'

const hour = 3_600_000
const mostKinds = 3

/** How many incidents were reported in a period, 0 being the present one. */
export function newIn(period: number, { figures }: SitrepContext): number {
  return total(figures.reported.filter(row => row.period === period))
}

/** What a number is compared with: the day before, the same hours of it, or the span before. */
export function baseOf({ figures }: SitrepContext): Phrase {
  return phrase(`sitrep.base-${lengthOf(figures.window)}`)
}

/** The numbers, each against the same hours of the day before and the mean of seven days. */
export function numberLines(context: SitrepContext): readonly Line[] {
  const { reported, resolved, window } = context.figures
  const aside = reported.filter(row => window.setAside.includes(row.status))
  return section(phrase('sitrep.numbers'), [
    compared('sitrep.new', reported, context),
    openLine(context),
    anyOf(resolved) ? compared('sitrep.resolved', resolved, context, { rate: rateOf(context) }) : null,
    anyOf(aside) ? compared('sitrep.aside', aside, context) : null,
    severityLine(context),
    context.figures.waiting ? item('triage.waiting', { count: context.figures.waiting }) : null,
    kindLine(context),
  ])
}

type Counted = readonly { readonly period: number; readonly count: number }[]

function compared(
  key: PhraseKey,
  rows: Counted,
  context: SitrepContext,
  more: Readonly<Record<string, Param>> = {},
): Line {
  const of = (period: number) => total(rows.filter(row => row.period === period))
  const mean = total(rows.filter(row => row.period > 0)) / 7
  const usual = phrase(`sitrep.mean-${lengthOf(context.figures.window)}`)
  const params = { count: of(0), arrow: arrow(of(0), of(1)), before: of(1), mean, base: baseOf(context), usual }
  return item(key, { ...params, ...more })
}

/** A day may be an hour shorter or longer, where clocks change. */
function lengthOf({ from, to }: Span): 'day' | 'hours' | 'span' {
  if (to - from < 23 * hour) return 'hours'
  return to - from > 25 * hour ? 'span' : 'day'
}

function openLine({ figures }: SitrepContext): Line {
  const open = total(figures.open)
  const alone = total(figures.open.filter(row => row.status === 'reported'))
  const params = { open, arrow: arrow(open, figures.openAtStart), before: figures.openAtStart, count: alone }
  return item(alone > 0 ? 'sitrep.open-alone' : 'sitrep.open', params)
}

/** Resolved in the period, of what was open at its start and what came in. */
function rateOf(context: SitrepContext): number {
  const resolved = total(context.figures.resolved.filter(row => row.period === 0))
  const work = context.figures.openAtStart + newIn(0, context)
  return work === 0 ? 0 : Math.round((100 * resolved) / work)
}

function severityLine({ figures }: SitrepContext): Line | null {
  const now = figures.reported.filter(row => row.period === 0)
  const parts = severities
    .map(severity => ({ severity, count: total(now.filter(row => row.severity === severity)) }))
    .filter(part => part.count > 0)
    .map(part => phrase('sitrep.count', { name: `S${part.severity}`, count: part.count }))
  return parts.length > 0 ? item('sitrep.by-severity', { parts }) : null
}

function kindLine({ figures, taxonomy }: SitrepContext): Line | null {
  const parts = figures.kinds
    .filter(row => row.period === 0 && row.kind !== null)
    .toSorted((one, other) => other.count - one.count || ((one.kind ?? '') < (other.kind ?? '') ? -1 : 1))
    .slice(0, mostKinds)
    .map(({ kind, count }) => {
      const before = total(figures.kinds.filter(row => row.period === 1 && row.kind === kind))
      const name = kindInfo(taxonomy, kind ?? '')?.name ?? kind ?? ''
      return phrase('sitrep.count-arrow', { name, count, arrow: arrow(count, before) })
    })
  return parts.length > 0 ? item('sitrep.by-kind', { parts }) : null
}

function anyOf(rows: Counted): boolean {
  return rows.some(row => row.count > 0)
}

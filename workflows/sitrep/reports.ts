import type { Credibility, Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { shownCounts } from '../withheld.ts'
import { ageOf, isHidden, isOutside, item, type SitrepContext, section, shownOf, total } from './context.ts'
import { outsideLine } from './outside.ts'
import { briefOf } from './urgent.ts'

const order: readonly Credibility[] = ['unverified', 'checking', 'corroborated', 'verified', 'false']

/** How far the period's reports are checked, and the oldest grave one that is not. */
export function verificationLines(context: SitrepContext): readonly Line[] {
  const { credibility, oldestUnverified } = context.figures
  return section(phrase('sitrep.verification'), [
    shareLine(context, total(credibility)),
    oldestUnverified && !isOutside(context) ? unverifiedLine(oldestUnverified, context) : null,
  ])
}

/** Good news of the period. */
export function positiveLines(context: SitrepContext): readonly Line[] {
  return section(
    phrase('sitrep.positive'),
    context.figures.positives.flatMap(incident => {
      const shown = shownOf(incident, context)
      if (!shown) return []
      return [
        isOutside(context)
          ? outsideLine(incident, shown, context, 'sitrep.positive-outside')
          : item('sitrep.positive-line', briefOf(incident, context)),
      ]
    }),
  )
}

function shareLine({ figures, edition }: SitrepContext, all: number): Line | null {
  // Shares of so few give each of them back.
  if (edition === 'public' && all < 10) return null
  const found = order.map(credibility => total(figures.credibility.filter(row => row.credibility === credibility)))
  const { counts } = shownCounts(found, edition, { of: 'reports' })
  const parts = order.flatMap((credibility, at) => {
    const count = counts[at]
    if (typeof count !== 'number' || count === 0) return []
    return [phrase('sitrep.share', { name: phrase(`card.credibility-${credibility}`), share: percent(count, all) })]
  })
  return parts.length > 0 ? item('sitrep.shares', { parts, count: all }) : null
}

function unverifiedLine(incident: Incident, context: SitrepContext): Line {
  const brief = briefOf(incident, context)
  if (isHidden(incident, context)) return item('sitrep.unverified-red', brief)
  return item('sitrep.unverified', { ...brief, age: { minutes: ageOf(incident, context) } })
}

function percent(count: number, all: number): number {
  return Math.round((100 * count) / all)
}

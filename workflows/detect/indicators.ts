import type { Indicator, Level, Score } from '../warning.ts'

/** What the weekly indicators of a region come to. */
export type IndicatorSum = {
  /** 0 (calm) to 100 (the worst in all); null: none was scored. */
  readonly value: number | null
  readonly level: Exclude<Level, 'alert'>
  /** What weighs most, heaviest first, at most three, with what each adds to the 100. */
  readonly heaviest: readonly { readonly indicator: string; readonly adds: number }[]
}

/** How indicators are weighed; a network may set its own. */
export type IndicatorRule = {
  readonly weights: Readonly<Record<Indicator['layer'], number>>
  /** From which value on a region stands at watch, and at warning. */
  readonly watch: number
  readonly warning: number
}

/** What the rule is where nobody says otherwise: what sets violence off weighs most. */
export const indicatorRule: IndicatorRule = {
  weights: { structural: 1, intermediate: 2, trigger: 3, capacity: 2 },
  ...{ watch: 35, warning: 60 },
}

/**
 * Sums up scored indicators: each 0 to 3 (turned round where it protects), half a point more where it gets worse and
 * half a point less where it gets better, within 0 to 3, weighed by layer, as a share of the worst, in hundredths.
 * A trigger at 3 is at least `watch`, two are `warning`. Scores of unknown indicators are left out.
 */
export function indicators(
  known: readonly Indicator[],
  scores: readonly Score[],
  rule: IndicatorRule = indicatorRule,
): IndicatorSum {
  const weighed = scores.flatMap(score => {
    const indicator = known.find(one => one.id === score.indicator)
    if (indicator === undefined) return []
    const weight = rule.weights[indicator.layer]
    return [{ indicator, weight, burden: burden(score, indicator.protective) }]
  })
  const worst = weighed.reduce((sum, one) => sum + one.weight * 3, 0)
  if (worst === 0) return { value: null, level: 'green', heaviest: [] }
  const adds = (one: (typeof weighed)[number]) => (100 * one.weight * one.burden) / worst
  const value = weighed.reduce((sum, one) => sum + adds(one), 0)
  const triggers = weighed.filter(one => one.indicator.layer === 'trigger' && one.burden >= 3).length
  const heaviest = weighed
    .filter(one => one.burden > 0)
    .map(one => ({ indicator: one.indicator.id, adds: adds(one) }))
    .sort((one, other) => other.adds - one.adds)
    .slice(0, 3)
  if (value >= rule.warning || triggers >= 2) return { value, level: 'warning', heaviest }
  return { value, level: value >= rule.watch || triggers === 1 ? 'watch' : 'green', heaviest }
}

function burden(score: Score, protective: boolean): number {
  const worse = protective ? 'falling' : 'rising'
  const trend = score.trend === 'steady' ? 0 : score.trend === worse ? 0.5 : -0.5
  return Math.min(3, Math.max(0, (protective ? 3 - score.value : score.value) + trend))
}

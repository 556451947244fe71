import type { Alarm, Level } from '../warning.ts'
import { levels } from '../warning.ts'

/** What a level rests on. */
export type Standing = {
  readonly level: Level
  /** The alarms that make it so, the most severe and then the newest first. */
  readonly because: readonly Alarm[]
  /** Several kinds of method warn at once: a person should decide whether this is an alert. */
  readonly proposesAlert: boolean
}

/** The part that reporting itself may have had: active reporters more than 30 % apart from what is usual. */
export function reportingEffect(reporters: Alarm['reporters']): boolean {
  const { now, usual } = reporters
  return usual > 0 ? Math.abs(now - usual) / usual > 0.3 : now > 0
}

/** The worst of the alarms that still count at `now` (epoch ms); `alert` only if somebody confirmed it. */
export function combine(alarms: readonly Alarm[], alert: object | null, now: number): Standing {
  const counting = alarms
    .filter(alarm => alarm.state === 'open' && alarm.endsAt > now)
    .sort((one, other) => levels.indexOf(other.level) - levels.indexOf(one.level) || other.foundAt - one.foundAt)
  const worst = counting[0]?.level ?? 'green'
  const layers = new Set(counting.filter(alarm => alarm.level === 'warning').map(layerOf))
  const level = alert === null ? worst : 'alert'
  const because = counting.filter(alarm => alarm.level === worst)
  return { level, because, proposesAlert: alert === null && layers.size >= 2 }
}

function layerOf(alarm: Alarm): string {
  switch (alarm.method) {
    case 'rule':
    case 'silence':
    case 'scan':
    case 'indicators':
      return alarm.method
    case 'ears-c1':
    case 'ears-c2':
    case 'ears-c3':
    case 'poisson':
    case 'negative-binomial':
    case 'cusum':
      return 'statistics'
  }
}

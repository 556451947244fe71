import type { Incident } from '../incident.ts'
import type { StepState } from '../run.ts'
import { rungs } from './rung.ts'

/**
 * For how many minutes at most one may put the own reminder of a step off now: 0 for an S5 that is overdue, which
 * cannot wait. Others are called meanwhile as if nobody had.
 */
export function mostWait({ severity }: Pick<Incident, 'severity'>, { rung }: Pick<StepState, 'rung'>): number {
  const overdue = rung >= rungs.overdue
  if (severity === 5) return overdue ? 0 : 10
  return severity === 4 ? (overdue ? 10 : 30) : 60
}

/** The times to choose from (minutes), shortest first. */
export function waitsFor(incident: Pick<Incident, 'severity'>, state: Pick<StepState, 'rung'>): readonly number[] {
  return [10, 30, 60].filter(minutes => minutes <= mostWait(incident, state))
}

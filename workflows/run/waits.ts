import type { Incident } from '../incident.ts'
import type { StepState } from '../run.ts'
import { rungs } from './rung.ts'

/**
 * For how many minutes one may put the own reminder of a step off now; none for an S5 that is overdue. Others are called
 * meanwhile as if nobody had.
 */
export function waitsFor({ severity }: Pick<Incident, 'severity'>, { rung }: Pick<StepState, 'rung'>) {
  const overdue = rung >= rungs.overdue
  const most = severity === 5 ? (overdue ? 0 : 10) : severity === 4 ? (overdue ? 10 : 30) : 60
  return ([10, 30, 60] as const).filter(minutes => minutes <= most)
}

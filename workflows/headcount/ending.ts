import type { Context } from '../decision.ts'
import type { RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Condition, type Step, stepsOf } from '../protocol.ts'
import { openRuns, type Run } from '../run.ts'

/** Whether check-ins end: their run is gone, or a step was done or skipped that theirs lasts until. */
export function isEnded(id: RunId, step: StepId, incident: Incident, { taxonomy }: Pick<Context, 'taxonomy'>): boolean {
  const run = openRuns(incident).find(one => one.id === id)
  const protocol = run && taxonomy.protocols.find(run.protocol, run.rev)
  const found = protocol && stepsOf(protocol).find(one => one.id === step)
  return !run || (found !== undefined && found !== null && lastsNoMore(found, run))
}

/** Whether a step was done that this one lasts until; other conditions may change while people are out there. */
export function lastsNoMore({ when }: Step, { steps }: Run): boolean {
  return untilOf(when).some(one => (steps[one]?.state ?? 'open') !== 'open')
}

// A definition says `until: 8`; as a condition it is that step 8 is open.
function untilOf(when: Condition | null): readonly StepId[] {
  if (when?.type === 'all') return when.of.flatMap(untilOf)
  return when?.type === 'step' && when.is === 'open' ? [when.step] : []
}

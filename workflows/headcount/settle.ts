import { type Context, type Decision, follow } from '../decision.ts'
import type { CountEvent } from '../headcount.ts'
import type { Incident } from '../incident.ts'
import { type Step, stepsOf } from '../protocol.ts'
import { openRuns, type Run } from '../run.ts'
import { lastsNoMore } from './ending.ts'
import { deployedFor, whomToAsk } from './whom.ts'

/**
 * What else happens because a step was done: one that asks whether people are safe begins to ask, one until which
 * check-ins last ends them.
 */
export function settleCounts(before: Incident, after: Incident, context: Context): Decision[] {
  if (before.runs === after.runs) return []
  return openRuns(after).flatMap(run => {
    const protocol = context.taxonomy.protocols.find(run.protocol, run.rev)
    const was = before.runs?.find(one => one.id === run.id)
    return (protocol ? stepsOf(protocol) : []).flatMap(step => {
      return (step.headcount || step.checkin) && was?.steps !== run.steps ? counted(step, was, run, after, context) : []
    })
  })
}

function counted(step: Step, was: Run | undefined, run: Run, incident: Incident, context: Context): Decision[] {
  const count = run.counts[step.id]
  const happens = (on: CountEvent) => [follow({ type: 'run', run: run.id, on })]
  if (step.checkin && count && !count.over && lastsNoMore(step, run))
    return happens({ type: 'count-over', step: step.id })
  const state = run.steps[step.id]
  if (state?.state !== 'done' || state.times <= (was?.steps[step.id]?.times ?? 0)) return []
  const round = (count?.round ?? 0) + 1
  if (step.headcount) {
    const { headcount: scope, id } = step
    const people = whomToAsk(scope, incident, context)
    return happens({ type: 'count-asked', step: id, kind: 'headcount', scope, people, round, every: null })
  }
  // They are being asked already.
  if (!step.checkin || (count && !count.over) || lastsNoMore(step, run)) return []
  const people = deployedFor(run, incident).filter(one => context.directory.people.has(one))
  const every = step.checkin
  return happens({ type: 'count-asked', step: step.id, kind: 'checkin', scope: 'deployed', people, round, every })
}

import { type Context, type Decision, follow } from '../decision.ts'
import type { StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { isLate } from '../late.ts'
import { openRuns, type Run, type RunClock, type RunEvent, readRunClock } from '../run.ts'
import { chainOf, nextLink } from './chain.ts'
import { rungs } from './rung.ts'
import { type StandingStep, standingSteps } from './standing.ts'
import { silenceOf, stepTimes } from './times.ts'

/**
 * What a clock of a run that is due makes happen; nothing if it no longer matters. `due` (epoch ms): since when. What
 * is due at the same time of other steps of the run happens with it, so that people are told of it at once.
 * @throws Error if nobody here knows the wording of the run: the clock must not be lost for that
 */
export function fireRun(clock: RunClock, incident: Incident, context: Context, due?: number): Decision[] {
  const { of, run: id, step } = readRunClock(clock) ?? { of: null, run: null, step: '' }
  const run = openRuns(incident).find(one => one.id === id)
  if (!run) return []
  switch (of) {
    case 'step':
      return run.status === 'running' ? stepsDue(step, run, incident, context, due ?? context.now) : []
    case 'lead':
      return offerOver(run, context, due)
    default:
      return []
  }
}

/** What is due this much later than another step of its run is not told with it (ms). */
const together = 60_000

function stepsDue(id: StepId, run: Run, incident: Incident, context: Context, due: number): Decision[] {
  const { now, taxonomy } = context
  const protocol = taxonomy.protocols.find(run.protocol, run.rev)
  if (!protocol) throw new Error(`the wording ${run.rev} of ${run.protocol} is not known here`)
  const silence = silenceOf(incident, taxonomy)
  const away = isLate(due, now)
  return standingSteps(run, protocol, incident).flatMap(standing => {
    const times = stepTimes(standing, run, silence)
    const rings = standing.step.id === id
    const isDue = (at: number | null) => at !== null && at <= now && (rings || away || at > now - together)
    const again = isDue(times.again)
    // Its own clock rings although it is not due any more: clocks were changed meanwhile, and silence is worse.
    const chain = isDue(times.chain) || (rings && !again && times.chain !== null)
    const step = { standing, run, incident, context }
    const since = rings ? due : Math.min(times.chain ?? now, times.again ?? now)
    return [...(again ? [snoozeOver(step, since)] : []), ...(chain ? climb(step, since) : [])]
  })
}

type Due = {
  readonly standing: StandingStep
  readonly run: Run
  readonly incident: Incident
  readonly context: Context
}

/** The next thing that is said of a step: before it is due once, then level by level; each only once a round. */
function climb({ standing, run, incident, context }: Due, since: number): Decision[] {
  const { step, state } = standing
  const { now } = context
  const dueAt = standing.dueAt ?? now
  if (state.rung === rungs.none && now < dueAt) {
    return [entry(run, { type: 'step-reminded', step: step.id, dueAt, ...late(since, now) })]
  }
  const chain = chainOf(standing, run, incident, context)
  const link = nextLink(chain, Math.max(state.rung, rungs.reminded))
  // Where nobody is left to be called, the room still learns that it is overdue.
  const rung = link?.rung ?? (state.rung < rungs.overdue ? rungs.overdue : null)
  if (rung === null) return []
  return [entry(run, { type: 'step-overdue', step: step.id, dueAt, rung, ...late(Math.max(since, dueAt), now) })]
}

function snoozeOver({ standing, run, context }: Due, since: number): Decision {
  const { step, state, dueAt } = standing
  const again = { again: state.snoozedBy, ...late(since, context.now) }
  return entry(run, { type: 'step-reminded', step: step.id, dueAt: dueAt ?? since, ...again })
}

function offerOver({ id, leadOffer }: Run, { now }: Context, due = now): Decision[] {
  if (!leadOffer) return []
  return [follow({ type: 'run', run: id, on: { type: 'lead-expired', to: leadOffer.to, ...late(due, now) } })]
}

function entry({ id }: Run, on: RunEvent): Decision {
  return follow({ type: 'run', run: id, on })
}

function late(due: number, now: number): { readonly late?: number } {
  return isLate(due, now) ? { late: due } : {}
}

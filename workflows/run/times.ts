import type { Incident } from '../incident.ts'
import type { Protocol } from '../protocol.ts'
import { openRuns, type Run, type RunClock, runClock } from '../run.ts'
import { clocksFor, type Taxonomy } from '../taxonomy.ts'
import { rungs } from './rung.ts'
import { isRefused, type StandingStep, standingSteps } from './standing.ts'

/** When something is said of a step next (epoch ms): what its chain says, and to those who snoozed; null: nothing. */
export type StepTimes = { readonly chain: number | null; readonly again: number | null }

/** One minute in milliseconds. */
const minute = 60_000
const hour = 60 * minute
// A reminder comes when a fifth of the time is left, in these bounds; of what takes hours or days, an hour before.
const share = 0.2
const least = minute
const most = 30 * minute
const long = 4 * hour

/** How long (ms) silence lasts before the next level of a chain is called: the severity's clock of acknowledgement. */
export function silenceOf({ severity }: Pick<Incident, 'severity'>, taxonomy: Taxonomy): number {
  return clocksFor(taxonomy, severity).acknowledge * minute
}

/** How long (ms) before it is due one is reminded of a step that takes so long; null where there is no time for it. */
export function reminderBefore(takes: number): number | null {
  if (takes >= long) return hour
  const before = Math.min(most, Math.max(least, Math.floor(takes * share)))
  return before < takes ? before : null
}

/** When something is said next of a step that stands; nothing of what is done, waits, or is due at no set time. */
export function stepTimes({ step, state, dueAt, behind }: StandingStep, run: Run, silence: number): StepTimes {
  if (run.status !== 'running' || state.state !== 'open' || dueAt === null || waits(behind, run)) return none
  const { rung, saidAt, heldBy, help, snoozedUntil: again } = state
  if (rung >= rungs.overdue) {
    // Given back to its role since it was said last: it goes on from when it is due.
    const chain = rung >= rungs.leaders ? null : Math.max(dueAt, saidAt === null ? dueAt : saidAt + silence)
    return { chain, again }
  }
  const before = rung === rungs.none ? reminderBefore(taking(run, { step, state, dueAt })) : null
  const answered = saidAt !== null && (heldBy !== null || help !== null)
  return { chain: answered ? Math.max(dueAt, saidAt + silence) : dueAt - (before ?? 0), again }
}

/** The earlier of the two; null if there is neither. */
function earliest({ chain, again }: StepTimes): number | null {
  if (chain === null || again === null) return chain ?? again
  return Math.min(chain, again)
}

/** When a clock rings next, and when that is due which it is about (epoch ms). */
export type RunTime = { readonly at: number; readonly dueAt: number }

/** When each clock of the runs of an incident rings by its present state, as far as their wordings are known here. */
export function runTimes(incident: Incident, taxonomy: Taxonomy): ReadonlyMap<RunClock, RunTime> {
  const times = new Map<RunClock, RunTime>()
  for (const run of openRuns(incident)) {
    const { leadOffer } = run
    if (leadOffer) times.set(`lead:${run.id}`, { at: leadOffer.until, dueAt: leadOffer.until })
    const protocol = taxonomy.protocols.find(run.protocol, run.rev)
    if (protocol) for (const [clock, time] of ofSteps(run, protocol, incident, taxonomy)) times.set(clock, time)
  }
  return times
}

const none: StepTimes = { chain: null, again: null }

function ofSteps(run: Run, protocol: Protocol, incident: Incident, taxonomy: Taxonomy): readonly [RunClock, RunTime][] {
  if (run.status !== 'running') return []
  const silence = silenceOf(incident, taxonomy)
  return standingSteps(run, protocol, incident).flatMap(standing => {
    const at = earliest(stepTimes(standing, run, silence))
    if (at === null) return []
    // Armed times are whole milliseconds, and a clock must not ring before its time.
    const time = { at: Math.ceil(at), dueAt: Math.ceil(standing.dueAt ?? at) }
    return [[runClock('step', run.id, standing.step.id), time] as const]
  })
}

/** A gate that nobody has answered is asked where its step is done; all else must come first, and has clocks itself. */
function waits(behind: StandingStep['behind'], run: Run): boolean {
  if (behind === null) return false
  return 'step' in behind || isRefused(run, behind.gate)
}

function taking(run: Run, { step, state, dueAt }: Pick<StandingStep, 'step' | 'state'> & { dueAt: number }): number {
  if (step.repeat !== null && state.times > 0) return step.repeat * minute
  if (step.due && step.due.from !== 'event') return step.due.minutes * minute
  return dueAt - run.startedAt - run.pausedMs
}

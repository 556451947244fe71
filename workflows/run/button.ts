import type { GateId, IncidentId, RunId, StepId } from '../ids.ts'
import type { RunRole } from '../protocol.ts'
import { buttonId } from '../view.ts'

/** What can be pressed about a step. */
export type StepVerb = 'done' | 'skip' | 'hand' | 'take' | 'back' | 'help' | 'hold' | 'snooze' | 'reopen' | 'open'
/** What can be pressed about a run as a whole. */
export type RunVerb =
  | 'open'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'undo'
  | 'assign'
  | 'lead'
  | 'lead-accept'
  | 'lead-decline'
  | `open-${number}`
  | `take-${RunRole}`
  | `override-${GateId}`
  | `agree-${GateId}`

/** The id of a button about a step, with the round that the presser could see: `step:AZ-0412:P1.4.0.done`. */
export function stepPress(incident: IncidentId, run: RunId, step: StepId, times: number, verb: StepVerb): string {
  return buttonId('step', incident, `${run}.${step}.${times}.${verb}`)
}

/** The id of a button that puts a reminder off by so many minutes: `step:AZ-0412:P1.4.0.snooze.30`. */
export function waitPress(incident: IncidentId, run: RunId, step: StepId, times: number, minutes: number): string {
  return `${stepPress(incident, run, step, times, 'snooze')}.${minutes}`
}

/** The id of a button that asks a gate: `gate:AZ-0412:P1.G2`. */
export function gatePress(incident: IncidentId, run: RunId, gate: GateId): string {
  return buttonId('gate', incident, `${run}.${gate}`)
}

/** The id of a button about a run: `run:AZ-0412:P1.pause`. */
export function runPress(incident: IncidentId, run: RunId, verb: RunVerb): string {
  return buttonId('run', incident, `${run}.${verb}`)
}

/** What a press of a step was about: its assumption read back; null if that is none. */
export function readStepPress(assumed: string): StepPress | null {
  const [, run, step, times, verb, rest = ''] =
    /^([^.]+)\.([^.]+)\.(\d+)\.([a-z]+)(?:\.(\d{1,3}))?$/.exec(assumed) ?? []
  return run && step && times && verb ? { run, step, times: Number(times), verb: verb as StepVerb, rest } : null
}

type StepPress = {
  readonly run: RunId
  readonly step: StepId
  readonly times: number
  readonly verb: StepVerb
  /** What was chosen with it: for how many minutes; else empty. */
  readonly rest: string
}

import { type Context, type Decision, happen, minute } from '../decision.ts'
import { InputError } from '../errors.ts'
import type { StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import type { RunDeed } from '../run.ts'
import type { Reading } from './reading.ts'
import { requireOpenStep } from './require.ts'
import { requirePart } from './rights.ts'

// Nobody puts a reminder off for longer than this, in minutes.
const longest = 24 * 60

/** The actor answers a reminder: they see to it, and nobody further is called meanwhile. */
export function hold(incident: Incident, reading: Reading, id: StepId, context: Context): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  requireOpenStep(incident, reading, id)
  return [happen({ type: 'run', run: run.id, on: { type: 'step-held', step: id } })]
}

/** The actor asks to be reminded again later; what is due, and who is called by it, stays as it is. */
export function snooze(
  incident: Incident,
  reading: Reading,
  { step: id, minutes }: Extract<RunDeed, { type: 'snooze' }>,
  context: Context,
): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  requireOpenStep(incident, reading, id)
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > longest) {
    throw new InputError({ minutes: phrase('run.snooze-wrong') })
  }
  const until = context.now + minutes * minute
  return [happen({ type: 'run', run: run.id, on: { type: 'step-snoozed', step: id, until } })]
}

import { type Context, type Decision, happen, minute, no, severityName } from '../decision.ts'
import { InputError } from '../errors.ts'
import type { StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import type { RunDeed } from '../run.ts'
import { stepName } from './naming.ts'
import type { Reading } from './reading.ts'
import { requireOpenStep } from './require.ts'
import { requirePart } from './rights.ts'
import { mostWait } from './waits.ts'

/** The actor answers a reminder: they see to it, and nobody further is called meanwhile. */
export function hold(incident: Incident, reading: Reading, id: StepId, context: Context): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  requireOpenStep(incident, reading, id)
  return [happen({ type: 'run', run: run.id, on: { type: 'step-held', step: id } })]
}

/**
 * The actor asks to be reminded again later; what is due, and who else is called by it, stays as it is. @throws
 * RuleError where it cannot wait, InputError where it cannot wait for so long
 */
export function snooze(
  incident: Incident,
  reading: Reading,
  { step: id, minutes }: Extract<RunDeed, { type: 'snooze' }>,
  context: Context,
): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  const { state } = requireOpenStep(incident, reading, id)
  const most = mostWait(incident, state)
  const params = { step: stepName(run.id, id), severity: severityName(incident.severity), count: most }
  if (most === 0) throw no('remind.wait-never', params)
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > most) {
    throw new InputError({ minutes: phrase('remind.wait-most', params) })
  }
  const until = context.now + minutes * minute
  return [happen({ type: 'run', run: run.id, on: { type: 'step-snoozed', step: id, until } })]
}

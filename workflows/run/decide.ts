import type { Context, Decision } from '../decision.ts'
import { decideCount } from '../headcount/decide.ts'
import type { Incident } from '../incident.ts'
import type { RunDeed } from '../run.ts'
import { acceptLead, declineLead, offerLead, pause, resume, stop } from './course.ts'
import { askHelp, doStep, reopenStep, skip } from './doing.ts'
import { agreeOverride, answerGate, askOverride } from './gate.ts'
import { assign, fill, giveBack, take, takeRole } from './hands.ts'
import { hold, snooze } from './hold.ts'
import { requireReading, requireRun } from './require.ts'
import { settleRuns as settled } from './settle.ts'
import { start, undoStart } from './start.ts'

/** What a person's deed makes happen in a run. @throws RuleError, InputError when the present state says no */
export function decideRun(incident: Incident, deed: RunDeed, context: Context): Decision[] {
  const count = decideCount(incident, deed, context)
  return count ?? decideDeed(incident, deed, context)
}

/** What else happens to runs because of what was decided: those that must end, or steps that are given back. */
export function settleRuns(before: Incident, after: Incident, context: Context): Decision[] {
  return after.runs ? settled(before, after, context) : []
}

function decideDeed(incident: Incident, deed: RunDeed, context: Context): Decision[] {
  if (deed.type === 'start') return start(incident, deed, context)
  const run = requireRun(incident, deed.run)
  switch (deed.type) {
    case 'undo-start':
      return undoStart(incident, run, context)
    case 'pause':
      return pause(incident, run, context)
    case 'resume':
      return resume(incident, run, context)
    case 'stop':
      return stop(incident, run, deed.reason, context)
    case 'offer-lead':
      return offerLead(incident, run, deed.to, context)
    case 'accept-lead':
      return acceptLead(incident, run, context)
    case 'decline-lead':
      return declineLead(run, context)
    default:
      return decideStep(incident, deed, context)
  }
}

type Whole = 'start' | 'undo-start' | 'pause' | 'resume' | 'stop' | 'offer-lead' | 'accept-lead' | 'decline-lead'

function decideStep(incident: Incident, deed: Exclude<RunDeed, { type: Whole }>, context: Context): Decision[] {
  const reading = requireReading(incident, deed.run, context)
  switch (deed.type) {
    case 'fill':
      return fill(incident, reading, deed, context)
    case 'take-role':
      return takeRole(incident, reading, deed.role, context)
    case 'assign':
      return assign(incident, reading, deed, context)
    case 'take':
      return take(incident, reading, deed.step, context)
    case 'give-back':
      return giveBack(incident, reading, deed.step, context)
    case 'do':
      return doStep(incident, reading, deed, context)
    case 'skip':
      return skip(incident, reading, deed, context)
    case 'reopen':
      return reopenStep(incident, reading, deed, context)
    case 'help':
      return askHelp(incident, reading, deed, context)
    case 'hold':
      return hold(incident, reading, deed.step, context)
    case 'snooze':
      return snooze(incident, reading, deed, context)
    case 'gate':
      return answerGate(incident, reading, deed, context)
    case 'ask-override':
      return askOverride(incident, reading, deed, context)
    case 'agree-override':
      return agreeOverride(incident, reading, deed.gate, context)
    case 'count-ask':
    case 'count-answer':
    case 'count-back':
    case 'count-end':
    case 'count-contact':
      return []
  }
}

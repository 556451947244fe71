import type { IncidentId, PersonId, RunId, StepId } from '../ids.ts'
import { readIncidentId } from '../ids.ts'
import { phrase } from '../phrase.ts'
import { type Button, buttonId } from '../view.ts'
import type { StandingCount } from './count.ts'

/** What somebody who is asked can press. */
export type CountVerb = 'safe' | 'help' | 'back'

/** A head count as a button names it; `seen` tells one drawing of it from the next. */
export type CountPress = {
  readonly incident: IncidentId
  readonly run: RunId
  readonly step: StepId
  readonly verb: CountVerb
}

type About = Pick<StandingCount, 'run' | 'step'>

/**
 * A button that answers for whoever presses it. It is not about an incident as others are: people are asked who may
 * know nothing of that one. `seen`: what tells this drawing of the question from others, so that each counts once.
 */
export function answerButton(verb: CountVerb, incident: IncidentId, { run, step }: About, seen: string): Button {
  const style =
    verb === 'help' ? ({ style: 'danger' } as const) : verb === 'safe' ? ({ style: 'primary' } as const) : {}
  const id = buttonId('safe', ['q', incident, run, step, verb].join('.'), seen)
  return { id, label: phrase(`headcount.button-${verb}`), ...style }
}

/** What a press of such a button was about; null if that is none. */
export function readAnswer(about: string): CountPress | null {
  const [, id = '', run, step, verb] = /^q\.([^.]+)\.([^.]+)\.([^.]+)\.(safe|help|back)$/.exec(about) ?? []
  const incident = readIncidentId(id)
  return incident && run && step && verb ? { incident, run, step, verb: verb as CountVerb } : null
}

/** What those can press who see to a count. */
export type CareVerb = 'see' | 'end' | 'reached'

/** A button for those who see to a count: looking at it, ending it, or saying of one person that they are safe. */
export function careButton(
  verb: CareVerb,
  incident: IncidentId,
  { run, step, count }: StandingCount,
  person: PersonId | null = null,
): Button {
  const names = {
    see: 'headcount.button-tally',
    end: 'headcount.button-end',
    reached: 'headcount.button-reached',
  } as const
  const confirm = verb === 'end' ? { confirm: phrase('headcount.confirm-end') } : {}
  const seen = verb === 'see' ? [] : [String(count.round)]
  const assumed = [verb, run, step, ...seen, ...(person ? [person] : [])].join('.')
  return { id: buttonId('tally', incident, assumed), label: phrase(names[verb]), ...confirm }
}

/** What such a press was about; null if that is none. */
export function readCare(
  assumed: string,
): (About & { readonly verb: CareVerb; readonly person: PersonId | null }) | null {
  const found = /^(see|end|reached)\.([^.]+)\.([^.]+)(?:\.\d+)?(?:\.([^.]+))?$/.exec(assumed)
  const [, verb, run, step, person] = found ?? []
  return verb && run && step ? { verb: verb as CareVerb, run, step, person: (person as PersonId) ?? null } : null
}

/** A button that opens the contact of somebody who is silent, which asks for a reason. */
export function reachButton(incident: IncidentId, { run, step }: About, person: PersonId): Button {
  return { id: buttonId('reach', incident, [run, step, person].join('.')), label: phrase('headcount.button-contact') }
}

/** Whose contact a press wants to open; null if that is none. */
export function readReach(assumed: string): (About & { readonly person: PersonId }) | null {
  const [, run, step, person] = /^([^.]+)\.([^.]+)\.([^.]+)$/.exec(assumed) ?? []
  return run && step && person ? { run, step, person: person as PersonId } : null
}

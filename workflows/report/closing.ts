import { button } from '../button.ts'
import type { RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import { type Button, buttonId } from '../view.ts'

/**
 * Where a closing step leads in one press, because the work itself is done there: how sure and how severe it is (C3),
 * what the run was (C4), who may know of it and how long it is kept (C5). None for any other step.
 */
export function closingButtons(step: StepId, incident: Incident, run: RunId): readonly Button[] {
  switch (step) {
    case 'C1':
      return [button('details', incident)]
    case 'C3':
      return [button('verify', incident), button('update', incident)]
    case 'C4':
      return [reportButton(incident, run)]
    case 'C5':
      return [
        button('mark', incident),
        button(incident.hold ? 'unhold' : 'hold', incident),
        { id: buttonId('evidence', incident.id), label: phrase('after.button-kept') },
      ]
    default:
      return []
  }
}

/** Opens the report of a run. */
function reportButton({ id }: Incident, run: RunId): Button {
  return { id: buttonId('after', id, `${run}.1`), label: phrase('after.button-report') }
}

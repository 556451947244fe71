import { type Incident, isOpen } from './incident.ts'
import { type PhraseKey, phrase } from './phrase.ts'
import { type Button, buttonId } from './view.ts'

type ButtonName = PhraseKey extends infer Key ? (Key extends `button.${infer Name}` ? Name : never) : never

/** The first four actions that apply, in the order that never changes, then More; after closing only Reopen. */
export function cardButtons(incident: Incident): readonly Button[] {
  if (incident.mergedInto) return [{ id: buttonId('more', incident.mergedInto), label: phrase('button.open') }]
  if (!isOpen(incident)) return reopenable.has(incident.status) ? [button('reopen', incident)] : []
  const order = ['claim', 'join', 'update', 'resolve', 'handover', 'escalate', 'dismiss'] as const
  const apply = new Set(
    incident.status === 'reported'
      ? ['claim', 'update', 'escalate', 'dismiss']
      : ['join', 'update', 'resolve', 'handover', 'escalate'],
  )
  return [...order.filter(name => apply.has(name)).slice(0, 4), 'more' as const].map(name => button(name, incident))
}

const reopenable = new Set<Incident['status']>(['resolved', 'closed', 'unfounded', 'dismissed'])

/** A button of a card with its label. */
export function button(name: ButtonName, incident: Incident): Button {
  const style = name === 'claim' ? ({ style: 'primary' } as const) : {}
  const confirm = name === 'withdraw' ? { confirm: phrase('card.confirm-withdraw', { id: incident.id }) } : {}
  return { id: pressId(name, incident), label: phrase(`button.${name}`), ...style, ...confirm }
}

/** What can be pressed about one report in triage. */
export type TriageDeed =
  | 'pass'
  | 'no'
  | 'open'
  | 'same'
  | 'kind'
  | 'grade'
  | 'region'
  | 'next'
  | 'block'
  | 'undo'
  | 'unpass'

/** A button of triage; pressed again after the report has changed, it counts again. */
export function triageButton(deed: TriageDeed, incident: Incident, more = ''): Button {
  const style = deed === 'pass' ? ({ style: 'primary' } as const) : {}
  const assumed = [deed, incident.seq.toString(36), ...(more === '' ? [] : [more])].join('.')
  return { id: buttonId('triage', incident.id, assumed), label: phrase(`triage.button-${deed}`), ...style }
}

/**
 * The id of a button that acts on an incident, with what the presser could see of it: a press counts once per
 * situation.
 */
export function pressId(command: string, incident: Incident): string {
  return buttonId(command, incident.id, assumption(command, incident))
}

function assumption(command: string, incident: Incident): string {
  switch (command) {
    case 'claim':
    case 'cannot':
    case 'join':
    case 'leave':
    case 'release':
      return (incident.claim?.since ?? incident.poolSince).toString(36)
    case 'accept':
    case 'decline':
      return incident.handover?.until.toString(36) ?? ''
    case 'agree':
    case 'keep':
      return incident.lowering ? `S${incident.lowering.to}` : ''
    case 'separate':
      return incident.apart?.at.toString(36) ?? ''
    case 'undo':
      return incident.undo?.until.toString(36) ?? ''
    default:
      return ''
  }
}

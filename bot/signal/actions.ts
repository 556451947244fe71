import { type Phrase, phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Button, View } from '../../workflows/view.ts'

/**
 * Something that can be done by its number: the id of the button that it stands for (or, behind a `/`, what is typed
 * for it, behind a `>`, what answers the question that waits; `''`: nothing is done), how it reads, and what is asked
 * first, if anything.
 */
export type Numbered = {
  readonly number: number
  readonly id: string
  readonly label: string
  readonly confirm?: string
}

/** The numbers that mean the same on every card for ever. */
const fixed: Readonly<Record<string, number>> = {
  cannot: 0,
  claim: 1,
  join: 2,
  update: 3,
  handover: 4,
  escalate: 5,
  resolve: 6,
  dismiss: 7,
  more: 8,
  reopen: 9,
}
// Whatever else stands on a card comes behind them.
const beyond = 10
const working = new Set([...Object.keys(fixed)].filter(name => name !== 'more'))

/** The command that a number on a card stands for, or null. */
export function cardCommand(number: number): string | null {
  return Object.entries(fixed).find(([, one]) => one === number)?.[0] ?? null
}

/** True if the numbers of a view are those of cards: it is about the work on one incident. */
export function isCard({ buttons, lines }: View): boolean {
  const names = buttons.map(commandOf)
  // A list of incidents has their buttons on its lines; a card has there only what opens a part of it.
  if (new Set(names).size < names.length || inLines(lines).some(one => commandOf(one) in fixed)) return false
  return names.some(name => working.has(name)) || (names.length > 0 && names.every(name => name in fixed))
}

/**
 * Everything that can be done with a view, by number; on cards what stands on lines comes behind what never changes.
 */
export function numberActions(view: View, reader: Reader): readonly Numbered[] {
  const opening = inLines(view.lines)
  if (!isCard(view)) {
    // The same stands twice in some lists; it has one number.
    const each = new Map([...opening, ...view.buttons].map(one => [one.id, one]))
    return [...each.values()].map((one, index) => numbered(one, index + 1, reader))
  }
  let next = beyond
  const own = whole(view.buttons).map(one => numbered(one, fixed[commandOf(one)] ?? next++, reader))
  const all = [...own, ...opening.filter(one => !isNamed(one)).map(one => numbered(one, next++, reader))]
  return all.toSorted((one, other) => one.number - other.number)
}

/**
 * True if it is asked for by the name of a step, a gate or a run: the lines of a checklist move on while its card
 * stands, so that a number would soon mean another one.
 */
export function isNamed({ id }: Pick<Button, 'id'>): boolean {
  return named.has(id.split(':')[0] ?? '')
}

const named = new Set(['step', 'gate', 'run'])

/** How the lines of a checklist on a card are answered, by the names that stand on it; null if there are none. */
export function howNamed(view: View): Phrase | null {
  const ids = isCard(view) ? inLines(view.lines).filter(isNamed) : []
  const first = (command: string) => ids.find(one => commandOf(one) === command)?.id.split(':')[2] ?? null
  const [run = null, step = ''] = (first('step') ?? first('run') ?? first('gate'))?.split('.') ?? []
  if (run === null) return null
  const [of = '', asked = ''] = first('gate')?.split('.') ?? []
  const params = { run, id: `${run}.${step}`, gate: `${of}.${asked}` }
  if (first('step')) return phrase(asked === '' ? 'protocol.how-signal' : 'protocol.how-signal-both', params)
  return phrase(asked === '' ? 'protocol.how-signal-list' : 'protocol.how-signal-gate', params)
}

/** The incident that a button is about, or null. */
export function aboutOf(id: string): string | null {
  return /^[^:/]+:([A-Z]{2,5}-\d+)/.exec(id)?.[1] ?? null
}

/** Text needs no room for buttons: calling for help stands there too, not only behind "more". */
function whole(buttons: readonly Button[]): readonly Button[] {
  const names = buttons.map(commandOf)
  const about = buttons.map(({ id }) => aboutOf(id)).find(id => id !== null)
  if (!about || !names.includes('join') || !names.includes('more') || names.includes('escalate')) return buttons
  const escalate: Button = { id: `escalate:${about}`, label: phrase('button.escalate') }
  return [...buttons, escalate]
}

function inLines(lines: View['lines']): readonly Button[] {
  return lines.flatMap(line => (line.type === 'item' && line.button ? [line.button] : []))
}

function commandOf({ id }: Button): string {
  return id.split(':')[0] ?? ''
}

function numbered({ id, label, confirm }: Button, number: number, reader: Reader): Numbered {
  const asked = confirm ? { confirm: say(confirm, reader) } : {}
  return { number, id, label: say(label, reader), ...asked }
}

/** How it is told what to do with numbers: only a card that can be claimed is claimed by a raised hand, too. */
export function howTo(view: View, actions: readonly Numbered[]): Phrase | null {
  if (actions.length === 0) return null
  const claims = isCard(view) && actions.some(({ id }) => id.startsWith('claim:'))
  return phrase(claims ? 'signal.how-claim' : 'signal.how')
}

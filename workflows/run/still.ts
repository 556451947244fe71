import type { Incident } from '../incident.ts'
import { openRuns } from '../run.ts'
import type { Button, View } from '../view.ts'
import { readStepPress } from './button.ts'

/** Whether the post of that key calls somebody to steps that are due. */
export function isCall(key: string): boolean {
  return /^[A-Z]+-\d+:\d+:due(:|$)/.test(key)
}

/**
 * What of a call to steps is still to be said, now that its incident stands like this: without the steps that were
 * done, skipped or ended with their run while it waited; null if that is all of them.
 */
export function stillCalled(view: View, incident: Incident): View | null {
  const isPast = (button: Button | undefined) => button !== undefined && isOver(button.id, incident)
  // A call to one step has its buttons below, one to several has them beside each.
  const own = view.buttons.find(button => button.id.startsWith('step:'))
  if (own) return isPast(own) ? null : view
  const items = view.lines.filter(line => line.type === 'item')
  const left = items.filter(line => !isPast(line.button))
  if (left.length === items.length) return view
  if (left.length === 0) return null
  const { title } = view
  const counts = title !== null && 'key' in title && title.key === 'remind.title'
  return {
    ...view,
    title: counts ? { ...title, params: { ...title.params, count: left.length } } : title,
    lines: view.lines.filter(line => line.type !== 'item' || !isPast(line.button)),
  }
}

/** Whether a press of that step or gate is about nothing any more. */
function isOver(id: string, incident: Incident): boolean {
  const assumed = id.split(':')[2] ?? ''
  const [about] = assumed.split('.')
  const run = openRuns(incident).find(one => one.id === about)
  const step = readStepPress(assumed)
  // Doing and skipping begin another round.
  return !run || (step !== null && (run.steps[step.step]?.times ?? 0) !== step.times)
}

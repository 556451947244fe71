import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import { countAt } from './count.ts'
import { isOfCount } from './state.ts'

// A Signal message can be edited ten times; a tally takes four of them.
const quarters = 4

/** Whether an entry of a check-in leaves what cards show as it was: they tell of whom nothing was heard. */
export function isUnseen({ event }: Entry, before: Incident | null, after: Incident): boolean {
  if (event.type !== 'run' || !isOfCount(event.on)) return false
  const { run, on } = event
  const was = before && countAt(before, run, on.step)
  const is = countAt(after, run, on.step)
  if (is?.kind !== 'checkin' || was?.kind !== 'checkin' || was.over) return false
  if (on.type === 'count-asked') return was.asked.join() === is.asked.join()
  if (on.type !== 'count-answered' || on.answer === 'help') return false
  return !(on.person in was.missed) && !(on.person in was.help)
}

/**
 * Whether a room where a card can be edited only a few times is spared what happened: all it changes is how many are
 * safe, by less than a quarter of those asked.
 */
export function sparing(entries: readonly Entry[], before: Incident | null, after: Incident): boolean {
  return entries.every(({ event }) => {
    if (event.type !== 'run' || event.on.type !== 'count-answered' || event.on.answer === 'help') return false
    const was = before && countAt(before, event.run, event.on.step)
    const is = countAt(after, event.run, event.on.step)
    if (!was || is?.kind !== 'headcount' || event.on.person in was.help) return false
    const all = is.asked.length
    const part = (answers: object) => Math.floor((Object.keys(answers).length * quarters) / all)
    return part(is.answers) === part(was.answers)
  })
}

import type { Outcome } from '../incident.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { isOverdue, type Reading, readRuns } from '../run/reading.ts'
import type { Line } from '../view.ts'
import { shownCounts } from '../withheld.ts'
import { isHidden, item, type SitrepContext, section } from './context.ts'
import type { Sent } from './material.ts'

const mostListed = 5
const order: readonly (Outcome | null)[] = [
  'calmed',
  'supported',
  'referred',
  'moved-on',
  'no-action',
  'unfounded',
  'worse',
  null,
]

/** What the network does: protocols, their overdue steps, messages to many and how far they came, how things ended. */
export function responseLines(context: SitrepContext): readonly Line[] {
  const inside = context.edition === 'response' || context.edition === 'leadership'
  return section(phrase('sitrep.response'), [
    context.edition === 'public' ? null : protocolLine(context),
    ...(context.edition === 'response' ? overdueLines(context) : []),
    ...(inside ? context.material.broadcasts.slice(0, mostListed).map(sentLine) : [reachLine(context)]),
    outcomeLine(context),
  ])
}

function readings({ figures, taxonomy }: SitrepContext): readonly (Reading & { id: string; late: number })[] {
  const { now } = figures.window
  return figures.running.flatMap(incident =>
    readRuns(incident, taxonomy).map(reading => {
      const late = reading.steps.filter(step => isOverdue(step, reading.run, now)).length
      return { ...reading, id: incident.id, late }
    }),
  )
}

function protocolLine(context: SitrepContext): Line | null {
  const found = readings(context)
  const late = found.reduce((sum, one) => sum + one.late, 0)
  return found.length > 0 ? item('sitrep.protocols', { count: found.length, late: lateOf(late) }) : null
}

function overdueLines(context: SitrepContext): readonly Line[] {
  const secret = new Set(context.figures.running.filter(one => isHidden(one, context)).map(one => one.id as string))
  const late = readings(context).filter(one => one.late > 0 && !secret.has(one.id))
  return late
    .toSorted((one, other) => other.late - one.late)
    .slice(0, mostListed)
    .map(({ id, late: count, protocol }) => {
      return item('sitrep.overdue', { id, protocol: protocol.title, late: lateOf(count) })
    })
}

function lateOf(count: number): Phrase {
  return count === 0 ? phrase('sitrep.steps-none') : phrase('sitrep.steps', { count })
}

function sentLine({ id, tally }: Sent): Line {
  const { people, had } = reachedBy(tally)
  const answered = Object.values(tally.answers).reduce((sum: number, count) => sum + (count ?? 0), 0) + tally.wrote
  const due = answered + tally.silent
  const reach = { id, had, people, share: percent(had, people) }
  if (due === 0) return item('sitrep.sent', reach)
  return item('sitrep.sent-asked', { ...reach, answered, due, answers: percent(answered, due) })
}

/** Beyond the network: how many messages, to how many people in all. */
function reachLine({ material: { broadcasts }, edition }: SitrepContext): Line | null {
  const had = broadcasts.reduce((sum, one) => sum + reachedBy(one.tally).had, 0)
  if (edition === 'public' || had === 0) return null
  return item('sitrep.reached', { count: broadcasts.length, people: had })
}

function reachedBy({ people }: Sent['tally']): { people: number; had: number } {
  const all = Object.values(people).reduce((sum: number, count) => sum + (count ?? 0), 0)
  return { people: all, had: (people.sent ?? 0) + (people.delivered ?? 0) + (people.read ?? 0) }
}

function outcomeLine({ figures, edition }: SitrepContext): Line | null {
  const found = order.map(outcome => figures.outcomes.find(one => one.outcome === outcome)?.count ?? 0)
  const { counts } = shownCounts(found, edition, { of: 'reports' })
  const parts = order.flatMap((outcome, at): Param[] => {
    const count = counts[at] ?? 0
    if (found[at] === 0 || count === '–') return []
    return [phrase('sitrep.count', { name: phrase(`sitrep.outcome-${outcome ?? 'none'}`), count })]
  })
  return parts.length > 0 ? item('sitrep.outcomes', { parts }) : null
}

function percent(part: number, all: number): number {
  return all === 0 ? 0 : Math.round((100 * part) / all)
}

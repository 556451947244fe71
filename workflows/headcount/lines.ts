import type { CardContext } from '../card.ts'
import { type Directory, servesRegion } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Param, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { askedNow, countsOf, helplessIn, type StandingCount, safeIn, silentIn } from './count.ts'
import { careButton } from './press.ts'
import { deployed } from './whom.ts'

/**
 * Head counts and check-ins as the card of their incident shows them: who needs help first, then how many are safe and
 * how many have not answered. People of other regions are counted and not named.
 */
export function countLines(incident: Incident, { directory }: Pick<CardContext, 'directory'>): readonly Line[] {
  const counts = countsOf(incident)
  const help = [...new Set(counts.flatMap(({ count }) => helplessIn(count, directory)))]
  const first: Line[] =
    help.length > 0
      ? [{ type: 'strong', text: phrase('headcount.card-help', { people: named(help, incident, directory) }) }]
      : []
  return [...first, ...counts.flatMap(about => linesOf(about, incident, directory))]
}

function linesOf(about: StandingCount, incident: Incident, directory: Directory): readonly Line[] {
  const { count } = about
  if (count.kind === 'headcount') {
    return [{ type: 'item', text: tallyText(count, directory), button: careButton('see', incident.id, about) }]
  }
  if (count.over) return []
  const every = { minutes: count.every ?? 0 }
  const people = askedNow(count, directory)
  const missed = Object.keys(count.missed).filter(one => people.includes(one as PersonId)) as PersonId[]
  const said =
    people.length > 0
      ? phrase('headcount.card-checkins', { every, people: named(people, incident, directory) })
      : phrase('headcount.card-nobody', { every })
  return [
    { type: 'item', text: said, button: careButton('see', incident.id, about) },
    ...(missed.length > 0
      ? [
          {
            type: 'strong',
            text: phrase('headcount.card-missed', { people: named(missed, incident, directory) }),
          } as const,
        ]
      : []),
  ]
}

function tallyText(count: StandingCount['count'], directory: Directory) {
  const of = askedNow(count, directory).length
  const line = phrase('headcount.card', { time: { time: count.at }, safe: safeIn(count, directory).length, of })
  const silent = silentIn(count, directory).length
  const told = silent > 0 ? phrase('headcount.card-silent', { line, silent }) : line
  return count.over ? phrase('headcount.card-over', { line: told }) : told
}

const mostNamed = 12

/** Who a room of that region may read of, by name; the others as a number. */
function named(people: readonly PersonId[], incident: Incident, directory: Directory): readonly Param[] {
  const there = new Set(deployed(incident))
  const known = people.filter(one => {
    const person = directory.people.get(one)
    return there.has(one) || (person !== undefined && servesRegion(person, incident.region))
  })
  const shown = known.slice(0, mostNamed).map((person): Param => ({ person }))
  const others = people.length - shown.length
  return others > 0 ? [...shown, phrase('headcount.elsewhere', { count: others })] : shown
}

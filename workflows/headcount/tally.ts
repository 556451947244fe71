import type { Directory } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Param, phrase } from '../phrase.ts'
import type { Line, View } from '../view.ts'
import { askedNow, countsOf, helplessIn, type StandingCount, safeIn, silentIn } from './count.ts'
import { mayCare } from './decide.ts'
import { careButton } from './press.ts'
import { toolsOf } from './tools.ts'

// A message holds only so many buttons (Slack: 25 of them in 50 blocks).
const mostPressed = 8
const mostListed = 60

/** Who is safe, needs help or has not answered, by name, for whoever sees to it; for others the numbers. */
export function tallyView(incident: Incident, actor: Actor, directory: Directory): View {
  const { id } = incident
  const counts = countsOf(incident).toSorted((one, other) => Number(one.count.over) - Number(other.count.over))
  const lines = counts.flatMap(about => tallyOf(about, incident, actor, directory))
  const open = counts.filter(({ run, count }) => !count.over && mayCare(incident, run, actor))
  return {
    tone: 'plain',
    title: phrase('headcount.tally-title', { id }),
    lines: lines.length > 0 ? lines : [{ type: 'text', text: phrase('headcount.tally-none', { id }) }],
    buttons: open.length === 1 ? open.map(about => careButton('end', id, about)) : [],
  }
}

function tallyOf(about: StandingCount, incident: Incident, actor: Actor, directory: Directory): Line[] {
  const { count } = about
  const [safe, help, silent] = [safeIn(count, directory), helplessIn(count, directory), silentIn(count, directory)]
  const numbers = phrase('headcount.tally-asked', {
    time: { time: count.at },
    of: askedNow(count, directory).length,
    safe: safe.length,
    help: help.length,
    silent: silent.length,
  })
  const head: Line = { type: 'text', text: numbers }
  if (!mayCare(incident, about.run, actor)) return [head]
  const pressable = [...help, ...silent].slice(0, mostPressed)
  const one = (person: PersonId): Line => {
    const tools = toolsOf(person, directory)
    const where = tools.length > 0 ? tools : phrase('headcount.silent-none')
    const since = count.help[person]
    const said =
      since === undefined
        ? phrase('headcount.silent-person', { person: { person }, tools: where })
        : phrase('headcount.tally-help', { person: { person }, time: { time: since }, tools: where })
    if (count.over || !pressable.includes(person)) return { type: 'item', text: said }
    return { type: 'item', text: said, button: careButton('reached', incident.id, about, person) }
  }
  const more = silent.length - mostListed
  return [
    ...help.map(one),
    head,
    ...(silent.length > 0 ? [{ type: 'text', text: phrase('headcount.tally-silent') } as const] : []),
    ...silent.slice(0, mostListed).map(one),
    ...(more > 0 ? [{ type: 'text', text: phrase('headcount.silent-more', { count: more }) } as const] : []),
    ...(safe.length > 0 ? [list('headcount.tally-safe', safe)] : []),
    ...(count.back.length > 0 ? [list('headcount.tally-back', count.back)] : []),
  ]
}

function list(key: 'headcount.tally-safe' | 'headcount.tally-back', people: readonly PersonId[]): Line {
  const shown = people.slice(0, mostListed).map((person): Param => ({ person }))
  const more = people.length - shown.length
  const rest = more > 0 ? [phrase('headcount.silent-more', { count: more })] : []
  return { type: 'note', text: phrase(key, { people: [...shown, ...rest] }) }
}

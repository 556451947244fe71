import { type Context, type Decision, follow, minute } from '../decision.ts'
import type { Directory } from '../directory.ts'
import type { Count, CountEvent } from '../headcount.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { isLate } from '../late.ts'
import { type RunClock, readRunClock, runClock } from '../run.ts'
import type { TimerChange } from '../timer.ts'
import { askedNow, countAt, countsOf, type Roster, silentIn } from './count.ts'
import { isEnded } from './ending.ts'
import { deployedFor } from './whom.ts'

/** Whom silence is told, in this order: partner and lead (of check-ins), coordinators, who may open a contact. */
export const told = { nobody: 0, partner: 1, coordinators: 2, contact: 3 } as const

// Minutes after the question; a head count that nobody ends is over by itself.
const coordinatorsAfter = 15
const contactAfter = 30
const overAfter = 12 * 60
const shortestWait = 3

/**
 * When each person who is silent is (next) told of, and to whom (rung): once a rung is climbed, the next. Check-ins
 * give a third of their interval, at least three minutes, then as much again (15 minutes at most) to each rung.
 */
function climbs(count: Count, directory: Roster): readonly Climb[] {
  const silent = silentIn(count, directory)
  if (count.kind === 'headcount') {
    if (silent.length === 0 || count.rung >= told.contact) return []
    const rung = count.rung < told.coordinators ? told.coordinators : told.contact
    const after = rung === told.contact ? contactAfter : coordinatorsAfter
    return [{ people: silent, rung, at: count.at + after * minute }]
  }
  const wait = waitOf(count)
  const further = Math.min(wait, coordinatorsAfter * minute)
  const after = [0, wait, wait + further, wait + further + coordinatorsAfter * minute]
  return silent.flatMap(person => {
    const was = count.missed[person] ?? { since: count.at, rung: told.nobody }
    const rung = was.rung + 1
    return rung > told.contact ? [] : [{ people: [person], rung, at: was.since + (after[rung] ?? 0) }]
  })
}

type Climb = { readonly people: readonly PersonId[]; readonly rung: number; readonly at: number }

/** How long (ms) a check-in waits for an answer. */
function waitOf({ every }: Pick<Count, 'every'>): number {
  return Math.max(shortestWait * minute, Math.floor(((every ?? 0) * minute) / 3))
}

/** When a check-in is asked again, or a head count is over by itself (epoch ms). */
function turnsAt({ every, at }: Count): number {
  return at + (every ?? overAfter) * minute
}

/**
 * What the clock of a count that is due makes happen: whoever is silent is named to whom it is time to tell, check-ins
 * are asked anew, a head count that nobody ended is over. After an outage each is told at once how far it has come.
 */
export function fireCount(clock: RunClock, incident: Incident, context: Context, due?: number): Decision[] {
  const about = readRunClock(clock)
  const count = about && countAt(incident, about.run, about.step)
  if (!about || !count || count.over) return []
  const { now, directory } = context
  const late = due !== undefined && isLate(due, now) ? { late: due } : {}
  const happens = (on: CountEvent) => follow({ type: 'run', run: about.run, on })
  const gone = count.asked.filter(one => !directory.people.has(one) && !count.back.includes(one))
  const left = gone.map(person => happens({ type: 'count-back', step: about.step, person }))
  const highest = new Map<PersonId, number>()
  for (let at = count, due = duePeople(at, directory, now); due.length > 0; due = duePeople(at, directory, now)) {
    for (const { people, rung } of due) for (const person of people) highest.set(person, rung)
    at = climbed(at, due)
  }
  const byRung = Map.groupBy(highest.keys(), person => highest.get(person) ?? 0)
  const silent = [...byRung].map(([rung, people]) => {
    return happens({ type: 'count-silent', step: about.step, people, rung, ...late })
  })
  const decisions = [...left, ...silent]
  if (turnsAt(count) > now) {
    if (decisions.length > 0) return decisions
    // It rang too early: it is set anew.
    return [happens({ type: 'count-silent', step: about.step, people: [], rung: count.rung })]
  }
  const over = happens({ type: 'count-over', step: about.step })
  if (count.every === null || isEnded(about.run, about.step, incident, context)) return [...decisions, over]
  const people = nextRound(about.run, count, incident, directory)
  const { kind, scope, every, round } = count
  const again = {
    type: 'count-asked',
    step: about.step,
    kind,
    scope,
    people,
    every,
    round: round + 1,
    ...late,
  } as const
  return [...decisions, happens(again)]
}

function duePeople(count: Count, directory: Directory, now: number): readonly Climb[] {
  return climbs(count, directory).filter(({ at }) => at <= now)
}

function climbed(count: Count, due: readonly Climb[]): Count {
  const [first] = due
  if (count.kind === 'headcount') return { ...count, rung: first?.rung ?? count.rung }
  const missed = due.flatMap(({ people, rung }) => {
    return people.map(one => [one, { since: count.missed[one]?.since ?? count.at, rung }] as const)
  })
  return { ...count, missed: { ...count.missed, ...Object.fromEntries(missed) } }
}

/** Whom the next check-in asks: who was asked and is out there still, and who was sent there since. */
function nextRound(id: string, count: Count, incident: Incident, directory: Directory): readonly PersonId[] {
  const run = incident.runs?.find(one => one.id === id)
  const joined = run ? deployedFor(run, incident).filter(one => !count.back.includes(one)) : []
  return [...new Set([...askedNow(count, directory), ...joined])]
}

/**
 * Which clocks of its head counts and check-ins stand otherwise after what was entered. Each rings when somebody silent
 * is to be told of, when it asks anew, or when it is over by itself.
 */
export function armCounts(before: Incident | null, after: Incident): readonly TimerChange[] {
  const was = times(before)
  const is = times(after)
  const armed = [...is].flatMap(([clock, dueAt]): TimerChange[] => {
    return was.get(clock) === dueAt ? [] : [{ type: 'arm', clock, dueAt }]
  })
  const settled = [...was.keys()].filter(clock => !is.has(clock))
  return [...armed, ...settled.map((clock): TimerChange => ({ type: 'settle', clock }))]
}

function times(incident: Incident | null): ReadonlyMap<RunClock, number> {
  const counts = incident ? countsOf(incident).filter(({ count }) => !count.over) : []
  return new Map(counts.map(({ run, step, count }) => [runClock('count', run, step), ringsAt(count)]))
}

// Who has left the roster counts as silent here: what is armed must not hang on who is there just now.
function ringsAt(count: Count): number {
  return Math.min(turnsAt(count), ...climbs(count, { people: new Set(count.asked) }).map(({ at }) => at))
}

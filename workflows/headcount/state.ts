import type { IncidentEvent } from '../event.ts'
import { byHand, type Count, type CountEvent } from '../headcount.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Run } from '../run.ts'

type Counts = Run['counts']

/** The counts of a run, or of an incident, after one more entry of theirs at that time (epoch ms). */
export function evolveCounts(counts: Counts, on: CountEvent, at: number): Counts {
  const was = counts[on.step]
  const count = on.type === 'count-asked' ? asked(was, on, at) : was && changed(was, on, at)
  return count ? { ...counts, [on.step]: count } : counts
}

/** What an entry changes of an incident, if it is about a head count that was asked by hand; else null. */
export function evolveHandCounts(
  { counts = {} }: Pick<Incident, 'counts'>,
  { run, on }: Extract<IncidentEvent, { type: 'run' }>,
  at: number,
): Pick<Incident, 'counts'> | null {
  return run === byHand && isOfCount(on) ? { counts: evolveCounts(counts, on, at) } : null
}

/** Whether that is something that happens in a head count or a check-in. */
export function isOfCount(on: { readonly type: string }): on is CountEvent {
  return on.type.startsWith('count-')
}

/** What of the counts of a run goes on when it ends: head counts that have not. Check-ins end with it. */
export function lastingCounts(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, { kind, over }]) => kind === 'headcount' && !over))
}

/** The counts of a run that somebody leaves: they are asked no more, but whoever needs help is not forgotten for it. */
export function leaveCounts(counts: Counts, person: PersonId): Counts {
  const left = Object.entries(counts).map(([step, count]) => {
    return [step, waitsFor(count, person) ? backOff(count, person) : count] as const
  })
  return Object.fromEntries(left)
}

/** The counts, by their step, that still ask somebody who does not need help. */
export function countsAsking({ counts = {} }: Pick<Incident, 'counts'>, person: PersonId): readonly string[] {
  return Object.entries(counts).flatMap(([step, count]) => (waitsFor(count, person) ? [step] : []))
}

function waitsFor({ asked: all, over, back, help }: Count, person: PersonId): boolean {
  return all.includes(person) && !over && !back.includes(person) && help[person] === undefined
}

type Asked = Extract<CountEvent, { type: 'count-asked' }>

function asked(was: Count | undefined, on: Asked, at: number): Count {
  const { kind, scope, people, round, every } = on
  // Who needs help, or was not heard of, is not forgotten because everyone is asked anew.
  const goesOn = was && !was.over
  const { help, missed, back } = goesOn ? was : { help: {}, missed: {}, back: [] }
  return {
    kind,
    scope,
    asked: people,
    answers: {},
    help,
    at,
    round,
    every,
    rung: 0,
    missed,
    back,
    over: false,
  }
}

function changed(was: Count, on: Exclude<CountEvent, Asked>, at: number): Count {
  switch (on.type) {
    case 'count-answered': {
      const { person, answer } = on
      const answers = { ...was.answers, [person]: answer }
      const help = answer === 'help' ? { ...was.help, [person]: was.help[person] ?? at } : without(was.help, person)
      return { ...was, answers, help, missed: without(was.missed, person) }
    }
    case 'count-silent': {
      if (was.kind === 'headcount') return { ...was, rung: Math.max(was.rung, on.rung) }
      const missed = on.people.map(one => [one, { since: was.missed[one]?.since ?? was.at, rung: on.rung }] as const)
      return { ...was, missed: { ...was.missed, ...Object.fromEntries(missed) } }
    }
    case 'count-back':
      return backOff(was, on.person)
    case 'count-over':
      return { ...was, over: true }
  }
}

function backOff(was: Count, person: PersonId): Count {
  const back = was.back.includes(person) ? was.back : [...was.back, person]
  return { ...was, back, help: without(was.help, person), missed: without(was.missed, person) }
}

function without<T>(record: Readonly<Record<PersonId, T>>, person: PersonId): Readonly<Record<PersonId, T>> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== person))
}

import { type Context, clocksOf, minute } from './decision.ts'
import { coordinatorsOf, networkCoordinators, onDuty } from './directory.ts'
import type { Level } from './event.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'

const levels: readonly Level[] = ['RC', 'DO', 'LD']

/** Who is called now, and which step of the ladder then comes next. */
export type Climb = { readonly rung: number; readonly to: readonly Level[] }

/** What the ladder says when its clock fires: the next step and all that are due by now; null at its end. */
export function climbByClock(incident: Incident, context: Context): Climb | null {
  const steps = clocksOf(incident.severity, context).escalate
  const next = steps[incident.rung]
  if (!next) return null
  const due = Math.max(next.after, (context.now - incident.poolSince) / minute)
  return climb(incident, steps, due)
}

/** The next step of the ladder, called before its time; null at its end. */
export function climbNow(incident: Incident, context: Context): Climb | null {
  const steps = clocksOf(incident.severity, context).escalate
  const next = steps[incident.rung]
  return next ? climb(incident, steps, next.after) : null
}

/** Whom a person calls by escalating: the next step, then the levels the ladder leaves out, then leaders again. */
export function callFurther(incident: Incident, context: Context): Climb {
  const next = climbNow(incident, context)
  if (next) return next
  const steps = clocksOf(incident.severity, context).escalate
  const rest = levels.filter(level => !steps.some(step => step.to === level))
  const level = rest[incident.rung - steps.length]
  return level ? { rung: incident.rung + 1, to: [level] } : { rung: incident.rung, to: ['LD'] }
}

/** True if that person is the last of those called first who has not said that they cannot. */
export function isLastToDecline(incident: Incident, person: PersonId, context: Context): boolean {
  const called = calledFirst(incident, context)
  return called.includes(person) && called.every(one => one === person || incident.declined.includes(one))
}

function calledFirst(incident: Incident, { directory, now }: Context): readonly PersonId[] {
  if (incident.visibility === 'restricted') return incident.allowed
  const groups = [
    onDuty(directory, incident.region, now),
    coordinatorsOf(directory, incident.region),
    networkCoordinators(directory),
  ]
  return (groups.find(people => people.length > 0) ?? []).map(person => person.id)
}

type Step = { readonly after: number; readonly to: Level }

function climb(incident: Incident, steps: readonly Step[], due: number): Climb {
  const until = steps.findIndex((step, index) => index >= incident.rung && step.after > due)
  const rung = until < 0 ? steps.length : until
  return { rung, to: [...new Set(steps.slice(incident.rung, rung).map(step => step.to))] }
}

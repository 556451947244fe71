import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Protocol } from '../protocol.ts'
import { gateName, roleName, stepName, stepText } from '../run/naming.ts'
import type { Run, RunEvent } from '../run.ts'
import { isOver, type Moment } from './course.ts'

/** What happened, without who did it and when, as a short sentence: `Skipped`, `G2 Responder safety: no`. */
export function whatOf({ on }: Pick<Moment, 'on'>, run: Run, protocol: Protocol | null): Phrase {
  switch (on.type) {
    case 'open':
      return phrase(isOver(run) ? 'after.what-open' : 'after.what-waits')
    case 'started':
    case 'undone':
    case 'paused':
    case 'resumed':
    case 'done':
      return phrase(`after.what-${on.type}`)
    case 'adopted':
      return phrase('after.what-adopted', { id: on.from })
    case 'stopped':
      return phrase(`after.what-stopped-${on.why}`)
    case 'filled':
      return on.people.length === 0
        ? phrase('after.what-unfilled', { role: roleName(on.role) })
        : phrase('after.what-filled', { role: roleName(on.role), people: named(on.people) })
    case 'lead-offered':
    case 'lead-declined':
    case 'lead-expired':
      return phrase(`after.what-${on.type}`, { to: { person: on.to } })
    case 'lead-accepted':
      return on.from
        ? phrase('after.what-lead-from', { from: { person: on.from } })
        : phrase('after.what-lead-accepted')
    case 'assigned':
      return on.people.length === 0
        ? phrase('after.what-unassigned')
        : phrase(on.mode === 'all' ? 'after.what-assigned-all' : 'after.what-assigned', { people: named(on.people) })
    case 'returned':
      return phrase(on.step === null ? 'after.what-left' : 'after.what-returned', { whose: { person: on.person } })
    case 'step-done':
      return phrase(on.part ? 'after.what-part' : 'after.what-step-done')
    case 'step-skipped':
    case 'step-reopened':
    case 'step-help':
    case 'step-held':
    case 'step-reminded':
      return phrase(`after.what-${on.type}`)
    case 'step-snoozed':
      return phrase('after.what-step-snoozed', { until: { time: on.until } })
    case 'step-overdue':
      return phrase(`after.what-called-${level(on.rung)}`)
    case 'gate-answered':
      return phrase(on.passed ? 'after.what-passed' : 'after.what-refused', { gate: gate(on.gate, run, protocol) })
    case 'override-asked':
      return phrase('after.what-override-asked', { gate: gate(on.gate, run, protocol) })
    case 'overridden':
      return phrase('after.what-overridden', { gate: gate(on.gate, run, protocol), asked: { person: on.asked } })
    default:
      return counted(on)
  }
}

/** What of a step it is about: `P1.4 Call the poll manager`, or null where it is about the whole run. */
export function stepOf({ step }: Pick<Moment, 'step'>, run: Run): Phrase | null {
  return step && phrase('protocol.name', { run: stepName(run.id, step.id), title: stepText(step.text) })
}

type Counted = Extract<RunEvent, { type: `count-${string}` }>

function counted(on: Counted): Phrase {
  switch (on.type) {
    case 'count-asked':
      return phrase('after.what-count-asked', { count: on.people.length })
    case 'count-answered':
      return phrase(on.answer === 'safe' ? 'after.what-safe' : 'after.what-help', { whose: { person: on.person } })
    case 'count-silent':
      return phrase(`after.what-silent-${on.rung >= 3 ? 'contact' : 'coordinators'}`, { people: named(on.people) })
    case 'count-back':
      return phrase('after.what-back', { whose: { person: on.person } })
    case 'count-over':
      return phrase('after.what-count-over')
  }
}

function gate(id: string, { id: run }: Run, protocol: Protocol | null): Phrase {
  return protocol ? gateName(protocol, id) : phrase('protocol.name', { run, title: id })
}

function named(people: readonly string[]): Param {
  return people.map(person => ({ person }) as Param)
}

function level(rung: number): 2 | 3 | 4 | 5 | 6 {
  return Math.min(6, Math.max(2, rung)) as 2 | 3 | 4 | 5 | 6
}

import type { GateId, RunId, StepId } from '../ids.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Gate, Protocol, RunRole } from '../protocol.ts'
import type { Run } from '../run.ts'
import type { InLanguages } from '../taxonomy.ts'
import { isOverdue, type Reading } from './reading.ts'
import type { StandingStep } from './standing.ts'

/** How a step is named in talk, in every language: `P1.4`. */
export function stepName(run: RunId, step: StepId): string {
  return `${run}.${step}`
}

/** What is to be done, without a full stop, in at most so many characters of each language. */
export function stepText(text: InLanguages, most = 110): InLanguages {
  return { en: cut(text.en, most), es: cut(text.es, most) }
}

/** A gate by its code and title: `G2 Responder safety`. */
export function gateName(protocol: Protocol, gate: GateId): Phrase {
  const title = gateOf(protocol, gate)?.title
  return phrase(title ? 'protocol.gate' : 'protocol.name', { gate, title: title ?? '', run: gate })
}

/** The gate of that code as the protocol words it, or null. */
export function gateOf(protocol: Protocol, gate: GateId): Gate | null {
  return protocol.gates.find(one => one.id === gate) ?? null
}

/** The name of a role in a sentence. */
export function roleName(role: RunRole): Phrase {
  return phrase(`protocol.role-${role}`)
}

/** Who is to do a step: by call sign, or the role that nobody has yet. */
export function ownerText({ people, state, step }: StandingStep): Param {
  const named = people.slice(0, 3).map(person => ({ person }))
  const more = people.length - named.length
  const listed: Param = more > 0 ? phrase('protocol.people-more', { people: named, count: more }) : named
  const some: Param = named.length === 0 ? phrase('protocol.nobody', { role: roleName(step.role) }) : listed
  const all = state.mode === 'all' && people.length > 1 ? phrase('protocol.each', { people: some }) : some
  if (!step.people || state.state !== 'open') return all
  return phrase('protocol.so-many', { owner: all, done: String(state.doneBy.length), all: String(step.people) })
}

/** A step as one line: its name, what is to be done, who does it, by when, and what it waits for. */
export function stepLine(standing: StandingStep, reading: Reading, now: number): Phrase {
  const { step, behind, dueAt } = standing
  const params = { id: stepName(reading.run.id, step.id), text: stepText(step.text), owner: ownerText(standing) }
  if (behind && 'step' in behind) {
    return phrase('protocol.line-behind', { ...params, step: stepName(reading.run.id, behind.step) })
  }
  if (isOverdue(standing, reading.run, now))
    return phrase('protocol.line-overdue', { ...params, time: { time: at(dueAt) } })
  if (behind) {
    const gated = { ...params, gate: gateName(reading.protocol, behind.gate) }
    return dueAt === null
      ? phrase('protocol.line-gate', gated)
      : phrase('protocol.line-gate-by', { ...gated, time: { time: dueAt } })
  }
  return dueAt === null || reading.run.status === 'paused'
    ? phrase('protocol.line', params)
    : phrase('protocol.line-by', { ...params, time: { time: dueAt } })
}

/** The same inside of a sentence: `P1.4 Call the poll manager (Finch, by 14:20)`. */
export function stepWhat(standing: StandingStep, reading: Reading, overdue = false): Phrase {
  const { step, behind, dueAt } = standing
  const params = { id: stepName(reading.run.id, step.id), text: stepText(step.text), owner: ownerText(standing) }
  if (behind && 'gate' in behind && !overdue) {
    const gated = { ...params, gate: gateName(reading.protocol, behind.gate) }
    return dueAt === null
      ? phrase('protocol.what-gate', gated)
      : phrase('protocol.what-gate-by', { ...gated, time: { time: dueAt } })
  }
  return dueAt === null || overdue
    ? phrase('protocol.what', params)
    : phrase('protocol.what-by', { ...params, time: { time: dueAt } })
}

/** Several short facts in one line. */
export function joinFacts(facts: readonly Param[]): Phrase | null {
  const [first, ...rest] = facts
  if (first === undefined) return null
  const one: Param = first
  return rest.reduce<Phrase>((line, next) => phrase('protocol.and', { one: line, other: next }), whole(one))
}

/** A run by its code and the title of its protocol. */
export function runTitle({ run, protocol }: { readonly run: Pick<Run, 'id'>; readonly protocol: Protocol }): Phrase {
  return phrase('protocol.name', { run: run.id, title: protocol.title })
}

function whole(param: Param): Phrase {
  return typeof param === 'object' && 'key' in param ? param : phrase('protocol.form-question', { text: param })
}

function at(time: number | null): number {
  return time ?? 0
}

function cut(text: string, most: number): string {
  const bare = text.trim().replace(/\.$/, '')
  if (bare.length <= most) return bare
  const start = bare.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')
  const word = start.lastIndexOf(' ')
  return `${(word > most / 2 ? start.slice(0, word) : start).trimEnd().replace(/[,;:.]$/, '')}…`
}

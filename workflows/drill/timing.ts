import type { Entry } from '../event.ts'
import { evolve } from '../evolve.ts'
import type { GateId, IncidentId, PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Protocols } from '../protocol.ts'
import { standingSteps } from '../run/standing.ts'
import { openRuns, type Run } from '../run.ts'
import type { InLanguages } from '../taxonomy.ts'

/** One thing that a checklist asked for: when it was due and when it was done (epoch ms), by whom, how late (ms). */
export type Timed = {
  readonly incident: IncidentId
  readonly step: string
  readonly text: InLanguages
  readonly people: readonly PersonId[]
  readonly dueAt: number | null
  readonly at: number | null
  readonly by: PersonId | null
  readonly how: 'done' | 'skipped' | 'never'
  readonly lateMs: number
}

/** What a gate was told, by whom and when (epoch ms). */
export type Gated = {
  readonly incident: IncidentId
  readonly gate: GateId
  readonly said: 'passed' | 'refused' | 'overridden'
  readonly by: PersonId | null
  readonly at: number
}

/** How somebody did: how many steps were theirs, how many of them late or not done, and the longest delay (ms). */
export type PersonTiming = {
  readonly person: PersonId
  readonly steps: number
  readonly late: number
  readonly worstMs: number
}

/** How an exercise went. */
export type Timing = {
  readonly steps: readonly Timed[]
  readonly gates: readonly Gated[]
  readonly people: readonly PersonTiming[]
}

/**
 * How an exercise went, from the timelines of what was made up for it (each from its first entry, oldest first), up to
 * its end or the present (epoch ms). A step that was not due when it ended is left out.
 */
export function timingOf(timelines: readonly (readonly Entry[])[], protocols: Protocols, until: number): Timing {
  const told = timelines.map(entries => timeOf(entries, protocols, until))
  const steps = told.flatMap(one => one.steps)
  return { steps, gates: told.flatMap(one => one.gates), people: peopleOf(steps) }
}

function timeOf(entries: readonly Entry[], protocols: Protocols, until: number): Pick<Timing, 'steps' | 'gates'> {
  const steps: Timed[] = []
  const gates: Gated[] = []
  let incident: Incident | null = null
  for (const entry of entries) {
    const before: Incident | null = incident
    incident = evolve(before, entry)
    const { event, at, by } = entry
    if (event.type !== 'run' || !before) continue
    const { on } = event
    const run = before.runs?.find(one => one.id === event.run)
    if (!run) continue
    switch (on.type) {
      case 'step-done':
      case 'step-skipped': {
        if (on.type === 'step-done' && on.part) break
        const how = on.type === 'step-done' ? 'done' : 'skipped'
        const found = standing(run, before, protocols).find(one => one.step.id === on.step)
        if (found) steps.push(timed(before, found, { how, at, by }, at))
        break
      }
      case 'stopped':
      case 'done':
        steps.push(...missed(run, before, protocols, at))
        break
      case 'gate-answered':
        gates.push({ incident: before.id, gate: on.gate, said: on.passed ? 'passed' : 'refused', by, at })
        break
      case 'overridden':
        gates.push({ incident: before.id, gate: on.gate, said: 'overridden', by, at })
        break
      default:
        break
    }
  }
  for (const run of incident ? openRuns(incident) : []) {
    if (incident) steps.push(...missed(run, incident, protocols, until))
  }
  return { steps, gates }
}

function missed(run: Run, incident: Incident, protocols: Protocols, at: number): Timed[] {
  return standing(run, incident, protocols)
    .filter(({ state, dueAt }) => state.state === 'open' && dueAt !== null && dueAt <= at)
    .map(found => timed(incident, found, { how: 'never', at: null, by: null }, at))
}

function standing(run: Run, incident: Incident, protocols: Protocols) {
  const protocol = protocols.find(run.protocol, run.rev)
  return protocol ? standingSteps(run, protocol, incident).map(one => ({ ...one, run: run.id })) : []
}

function timed(
  incident: Incident,
  { run, step, people, dueAt }: ReturnType<typeof standing>[number],
  done: Pick<Timed, 'how' | 'at' | 'by'>,
  until: number,
): Timed {
  const lateMs = dueAt === null ? 0 : Math.max(0, until - dueAt)
  return { incident: incident.id, step: `${run}.${step.id}`, text: step.text, people, dueAt, ...done, lateMs }
}

function peopleOf(steps: readonly Timed[]): readonly PersonTiming[] {
  const each = new Map<PersonId, Timed[]>()
  for (const step of steps) {
    const whose = step.by ? [step.by] : step.people
    for (const person of new Set(whose)) each.set(person, [...(each.get(person) ?? []), step])
  }
  return [...each].map(([person, own]) => ({
    person,
    steps: own.length,
    late: own.filter(isLate).length,
    worstMs: Math.max(0, ...own.map(one => one.lateMs)),
  }))
}

/** True if it was not done, or a minute or more after it was due. */
export function isLate({ how, lateMs }: Timed): boolean {
  return how === 'never' || lateMs >= 60_000
}

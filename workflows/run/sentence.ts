import type { IncidentEvent } from '../event.ts'
import type { PersonId } from '../ids.ts'
import { type Param, type PhraseKey, phrase, type Text } from '../phrase.ts'
import { type Protocol, stepsOf } from '../protocol.ts'
import type { Run } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { roleName } from './naming.ts'

type Happened = Extract<IncidentEvent, { type: 'run' }>

/** What the timeline says of an entry of a run, with the wording of the step where this process knows it. */
export function runSentence(
  { run, on }: Happened,
  by: PersonId | null,
  { named, taxonomy, runs }: Telling,
): Text | null {
  const person = by === null ? phrase('hub.the-hub') : named(by)
  const protocol = protocolOf(run, runs, taxonomy)
  const line = (key: PhraseKey, params: Readonly<Record<string, Param>> = {}) => phrase(key, { person, run, ...params })
  const about = (step: string) => ({ step, text: stepText(protocol, step) })
  const all = (people: readonly PersonId[]): Param => people.map(named)
  const few = (people: readonly PersonId[]): Param => {
    const more = people.length - mostNamed
    const rest = more > 0 ? [phrase('headcount.silent-more', { count: more })] : []
    return [...people.slice(0, mostNamed).map(named), ...rest]
  }
  switch (on.type) {
    case 'started': {
      const title = taxonomy.protocols.find(on.protocol, on.rev)?.title ?? on.protocol
      return line('run.entry-started', { title })
    }
    case 'adopted':
      return line('run.entry-adopted', { id: on.from })
    case 'undone':
    case 'paused':
    case 'resumed':
    case 'done':
      return line(`run.entry-${on.type}`)
    case 'stopped':
      return line(on.why === 'person' ? 'run.entry-stopped' : `run.entry-stopped-${on.why}`)
    case 'filled': {
      const role = roleName(on.role)
      if (on.people.length === 0) return line('run.entry-unfilled', { role })
      return line('run.entry-filled', { role, people: all(on.people) })
    }
    case 'lead-offered':
    case 'lead-declined':
    case 'lead-expired':
      return line(`run.entry-${on.type}`, { to: named(on.to) })
    case 'lead-accepted':
      return on.from === null
        ? line('run.entry-lead-accepted')
        : line('run.entry-lead-accepted-from', { from: named(on.from) })
    case 'assigned': {
      const [first, second] = on.people
      if (first === undefined) return line('run.entry-unassigned', about(on.step))
      if (first === by && second === undefined) return line('run.entry-taken', about(on.step))
      const key = on.mode === 'all' ? 'run.entry-assigned-all' : 'run.entry-assigned'
      return line(key, { ...about(on.step), people: all(on.people) })
    }
    case 'returned':
      return on.step === null
        ? line('run.entry-returned', { whose: named(on.person) })
        : line('run.entry-returned-step', { whose: named(on.person), step: on.step })
    case 'step-done':
      return line(on.part ? 'run.entry-step-part' : 'run.entry-step-done', about(on.step))
    case 'step-skipped':
    case 'step-reopened':
    case 'step-help':
    case 'step-held':
      return line(`run.entry-${on.type}`, about(on.step))
    case 'step-snoozed':
      return line('run.entry-step-snoozed', { ...about(on.step), until: { time: on.until } })
    case 'step-reminded':
    case 'step-overdue':
      return line(`run.entry-${on.type}`, { ...about(on.step), due: { time: on.dueAt } })
    case 'gate-answered':
      if (on.again) return line('run.entry-gate-again', { gate: on.gate })
      return line(on.passed ? 'run.entry-gate-passed' : 'run.entry-gate-refused', { gate: on.gate })
    case 'override-asked':
      return line('run.entry-override-asked', { gate: on.gate })
    case 'overridden':
      return line('run.entry-overridden', { gate: on.gate, asked: named(on.asked) })
    case 'count-asked':
      return line('run.entry-count-asked', { count: on.people.length })
    case 'count-answered':
      return line(`run.entry-count-${on.answer}`, { whose: named(on.person) })
    case 'count-silent':
      return line('run.entry-count-silent', { people: few(on.people) })
    case 'count-back':
      return line('run.entry-count-back', { whose: named(on.person) })
    case 'count-over':
      return line('run.entry-count-over')
  }
}

// Of hundreds nobody reads all, and the tally names them.
const mostNamed = 12

/** What telling needs: how people are named, and how the runs were begun that the entries are about. */
export type Telling = {
  readonly named: (person: PersonId) => Param
  readonly taxonomy: Pick<Taxonomy, 'protocols'>
  readonly runs: ReadonlyMap<string, Pick<Run, 'protocol' | 'rev'>>
}

/** How each run was begun, by its entries. */
export function runsTold(events: readonly IncidentEvent[]): Telling['runs'] {
  const found = new Map<string, Pick<Run, 'protocol' | 'rev'>>()
  for (const event of events) {
    if (event.type !== 'run') continue
    if (event.on.type === 'started') found.set(event.run, event.on)
    if (event.on.type === 'adopted') found.set(event.run, event.on.state)
  }
  return found
}

function protocolOf(run: string, runs: Telling['runs'], { protocols }: Telling['taxonomy']): Protocol | null {
  const begun = runs.get(run)
  return begun ? protocols.find(begun.protocol, begun.rev) : null
}

function stepText(protocol: Protocol | null, id: string): Param {
  return (protocol && stepsOf(protocol).find(step => step.id === id)?.text) ?? ''
}

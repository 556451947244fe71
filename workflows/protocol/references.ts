import type { Problem } from '../problems.ts'
import type { Gate } from '../protocol.ts'
import type { StepFile } from './shape.ts'
import { type Fact, factsOf, type Path } from './when.ts'

type Known = {
  readonly gates: readonly Gate[]
  readonly kinds: ReadonlySet<string>
  readonly weapons: ReadonlySet<string>
}

/** What steps name that is not there, or that comes too late to decide anything. */
export function checkReferences(steps: readonly StepFile[], path: Path, known: Known): readonly Problem[] {
  const gates = new Set(known.gates.map(gate => gate.id))
  return steps.flatMap((step, index) => {
    const at = [...path, index]
    const found: Problem[] = []
    const noStep = (id: string) => (steps.some(one => one.id === id) ? null : `there is no step ${id}`)
    if (step.gate && !gates.has(step.gate)) {
      found.push({
        path: [...at, 'gate'],
        message: `there is no gate ${step.gate}`,
        allowed: `Use ${list([...gates])}`,
      })
    }
    if (step.until) {
      const message = step.until === step.id ? 'is the step itself' : noStep(step.until)
      if (message) found.push({ path: [...at, 'until'], message })
    }
    for (const { fact, path: where } of factsOf(step.when, [...at, 'when'])) {
      const wrong = checkFact(fact, index, steps, known)
      if (wrong) found.push({ ...wrong, path: wrong.path ? [...where, ...wrong.path] : where })
    }
    return found
  })
}

function checkFact(
  fact: Fact,
  index: number,
  steps: readonly StepFile[],
  { gates, kinds, weapons }: Known,
): (Omit<Problem, 'path'> & { path?: Path }) | null {
  switch (fact.type) {
    case 'answer':
    case 'number': {
      const key = fact.type
      const place = steps.findIndex(step => step.asks.some(ask => ask.id === fact.ask))
      const asking = steps[place]
      const ask = asking?.asks.find(one => one.id === fact.ask)
      if (!asking || !ask) return { path: [key], message: `no step asks ${fact.ask}, so this can never be answered` }
      if (place === index) return { path: [key], message: `${fact.ask} is asked by this very step` }
      if (place > index) {
        return { path: [key], message: `${fact.ask} is asked only later, in step ${asking.id}` }
      }
      if (fact.type === 'number') {
        return ask.type === 'number' ? null : { path: [key], message: `${fact.ask} is not answered with a number` }
      }
      if (ask.type !== 'choice') {
        const allowed = 'Ask it with type yes-no or choice'
        return { path: [key], message: `${fact.ask} is answered with a ${ask.type}, which decides nothing`, allowed }
      }
      const codes = ask.choices.map(choice => choice.code)
      const strange = fact.is.find(code => !codes.includes(code))
      if (strange === undefined) return null
      return { path: ['is'], message: `${strange} is no answer to ${fact.ask}`, allowed: `Use ${list(codes)}` }
    }
    case 'gate': {
      if (!gates.some(gate => gate.id === fact.gate))
        return { path: ['gate'], message: `there is no gate ${fact.gate}` }
      if (fact.is === 'open' || steps.some(step => step.gate === fact.gate)) return null
      return { path: ['gate'], message: `no step stands behind ${fact.gate}, so it is never asked` }
    }
    case 'step': {
      const place = steps.findIndex(step => step.id === fact.step)
      if (place < 0) return { path: ['step'], message: `there is no step ${fact.step}` }
      if (place === index) return { path: ['step'], message: 'is the step itself' }
      if (place > index && fact.is !== 'open') {
        return { path: ['step'], message: `step ${fact.step} comes only later` }
      }
      return null
    }
    case 'kind': {
      const strange = fact.in.find(kind => !kinds.has(kind))
      return strange ? { path: ['kinds'], message: `no kind and no group has the code ${strange}` } : null
    }
    case 'weapons': {
      const strange = fact.in.find(code => !weapons.has(code))
      return strange
        ? { path: ['weapons'], message: `${strange} is not known`, allowed: `Use ${list([...weapons])}` }
        : null
    }
    case 'severity':
    case 'credibility':
      return null
  }
}

function list(codes: readonly string[]): string {
  return codes.length < 2 ? codes.join('') : `${codes.slice(0, -1).join(', ')} or ${codes.at(-1)}`
}

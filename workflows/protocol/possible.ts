import type { Problem } from '../problems.ts'
import type { Condition } from '../protocol.ts'
import type { StepFile } from './shape.ts'
import { type Fact, factsOf, type Path } from './when.ts'

// What a fact is about takes one of these values; null: nobody answered, nothing is known.
type Value = string | number | null
type World = Map<string, Value>

// More combinations than that are not tried: such a condition is taken to be possible.
const mostWorlds = 20_000

/** The steps whose condition can never hold, whatever is answered and whatever the incident is. */
export function neverShown(steps: readonly StepFile[], path: Path): readonly Problem[] {
  const shown = new Set(steps.map(step => step.id))
  // A step that never appears answers nothing, so that others may never appear for want of it.
  for (let before = -1; before !== shown.size; ) {
    before = shown.size
    for (const step of steps) if (!possible(conditionOf(step), steps, shown)) shown.delete(step.id)
  }
  return steps.flatMap((step, index) =>
    shown.has(step.id)
      ? []
      : [
          {
            path: [...path, index, 'when'],
            message: `step ${step.id} can never appear: its conditions rule each other out`,
          },
        ],
  )
}

function conditionOf({ when, until }: StepFile): Condition | null {
  const ends: Condition[] = until ? [{ type: 'step', step: until, is: 'open' }] : []
  return when || until ? { type: 'all', of: [...(when ? [when] : []), ...ends] } : null
}

function possible(when: Condition | null, steps: readonly StepFile[], shown: ReadonlySet<string>): boolean {
  if (!when) return true
  const facts = factsOf(when, []).map(one => one.fact)
  const ranges = [...Map.groupBy(facts, about)].map(([key, about]) => [key, rangeOf(about, steps, shown)] as const)
  const worlds = ranges.reduce((product, [, range]) => product * range.length, 1)
  return worlds > mostWorlds || tried(when, ranges, new Map())
}

function tried(when: Condition, ranges: readonly (readonly [string, readonly Value[]])[], world: World): boolean {
  const [first, ...rest] = ranges
  if (!first) return holds(when, world)
  return first[1].some(value => tried(when, rest, world.set(first[0], value)))
}

function holds(when: Condition, world: World): boolean {
  switch (when.type) {
    case 'all':
      return when.of.every(one => holds(one, world))
    case 'any':
      return when.of.some(one => holds(one, world))
    case 'not':
      return !holds(when.of, world)
    default:
      return factHolds(when, world.get(about(when)) ?? null)
  }
}

function factHolds(fact: Fact, value: Value): boolean {
  switch (fact.type) {
    case 'answer':
      return fact.is.includes(String(value))
    case 'number':
      return typeof value === 'number' && value > fact.over
    case 'gate':
    case 'step':
      return value === fact.is
    case 'severity':
      return Number(value) >= fact.atLeast
    case 'kind':
      return fact.in.some(code => code === value || String(value).startsWith(`${code}-`))
    case 'weapons':
    case 'credibility':
      return fact.in.includes(String(value))
  }
}

function about(fact: Fact): string {
  switch (fact.type) {
    case 'answer':
    case 'number':
      return `ask ${fact.ask}`
    case 'gate':
      return `gate ${fact.gate}`
    case 'step':
      return `step ${fact.step}`
    default:
      return fact.type
  }
}

/** All that matters of what something can be: each value that some fact names, and one that none does. */
function rangeOf(facts: readonly Fact[], steps: readonly StepFile[], shown: ReadonlySet<string>): readonly Value[] {
  const [fact] = facts
  switch (fact?.type) {
    case undefined:
      return []
    case 'answer':
    case 'number': {
      const asking = steps.find(step => step.asks.some(ask => ask.id === fact.ask))
      if (!asking || !shown.has(asking.id)) return [null]
      const codes = asking.asks.find(ask => ask.id === fact.ask)?.choices.map(choice => choice.code) ?? []
      const overs = facts.flatMap(one => (one.type === 'number' ? [one.over, one.over + 1] : []))
      return [null, ...codes, ...overs]
    }
    case 'gate':
      return steps.some(step => step.gate === fact.gate && shown.has(step.id))
        ? ['passed', 'refused', 'open']
        : ['open']
    case 'step':
      return shown.has(fact.step) ? ['done', 'skipped', 'open'] : ['open']
    case 'severity':
      return [1, 2, 3, 4, 5]
    case 'kind':
    case 'weapons':
    case 'credibility':
      return [null, ...facts.flatMap(one => ('in' in one ? one.in : []))]
  }
}

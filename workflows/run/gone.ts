import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Condition, type Protocol, type Step, stepsOf } from '../protocol.ts'
import { type Facts, holds } from './condition.ts'
import type { Reading } from './reading.ts'

/** Why a step does not appear: the first thing that it depends on and that is otherwise now. */
export function whyGone({ run, protocol, steps }: Reading, { when }: Step, incident: Incident): Phrase {
  const shown = new Set(steps.map(one => one.step.id))
  const facts: Facts = { run, incident, appears: id => shown.has(id) }
  const leaf = when && failing(when, facts)
  return leaf ? said(leaf, protocol, incident) : phrase('run.gone-other')
}

function failing(condition: Condition, facts: Facts): Condition | null {
  if (holds(condition, facts)) return null
  if (condition.type !== 'all' && condition.type !== 'any') return condition
  for (const one of condition.of) {
    const found = failing(one, facts)
    if (found) return found
  }
  return null
}

function said(condition: Condition, protocol: Protocol, { severity }: Incident): Phrase {
  switch (condition.type) {
    case 'answer': {
      const ask = askOf(protocol, condition.ask)
      const choices = condition.is.map(code => ask?.choices.find(choice => choice.code === code)?.name ?? code)
      return phrase('run.gone-answer', { question: ask?.text ?? condition.ask, choices })
    }
    case 'number': {
      const question = askOf(protocol, condition.ask)?.text ?? condition.ask
      return phrase('run.gone-number', { question, over: condition.over })
    }
    case 'gate':
      return phrase(`run.gone-gate-${condition.is}`, { gate: condition.gate })
    case 'step':
      return phrase(`run.gone-step-${condition.is}`, { other: condition.step })
    case 'severity':
      return phrase('run.gone-severity', { severity: `S${condition.atLeast}`, now: `S${severity}` })
    case 'kind':
      return phrase('run.gone-kind')
    case 'weapons':
      return phrase('run.gone-weapons')
    case 'credibility':
      return phrase('run.gone-credibility')
    default:
      return phrase('run.gone-other')
  }
}

function askOf(protocol: Protocol, id: string) {
  return stepsOf(protocol)
    .flatMap(step => step.asks)
    .find(ask => ask.id === id)
}

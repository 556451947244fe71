import { actorOf, type Context, type Decision, happen, no } from '../decision.ts'
import { InputError, RuleError } from '../errors.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Ask, Step } from '../protocol.ts'
import type { RunDeed, RunEvent } from '../run.ts'
import { limits, optional, required } from '../typed.ts'
import type { Reading } from './reading.ts'
import { hindrance, otherwise, requireOpenStep, requireRound, requireStanding } from './require.ts'
import { requirePart, steers } from './rights.ts'

type Do = Extract<RunDeed, { type: 'do' }>
type Skip = Extract<RunDeed, { type: 'skip' }>
type Reopen = Extract<RunDeed, { type: 'reopen' }>
type Help = Extract<RunDeed, { type: 'help' }>

// Nobody counts more than that.
const mostDigits = 6

/**
 * A step is done, with the answers that it wants. Judged against the round that was seen: of two who press at once the
 * first wins, and the other reads who did it. Of several who must all do it, or of so many who must, each does their
 * part.
 */
export function doStep(incident: Incident, reading: Reading, deed: Do, context: Context): Decision[] {
  const { run } = reading
  const actor = actorOf(context)
  requirePart(run, incident, context)
  const standing = requireRound(incident, reading, deed)
  const { step, state, people } = standing
  const hindered = hindrance(reading, standing)
  if (hindered) throw new RuleError(hindered)
  const shared = state.mode === 'all' && state.owners.length > 1
  if (shared && !state.owners.includes(actor.id) && !steers(actor, run, incident)) {
    throw no('run.step-shared', { step: step.id, people: people.map(person => ({ person })) })
  }
  if (shared && state.owners.includes(actor.id) && !people.includes(actor.id)) {
    throw no('run.part-done', { step: step.id, people: people.map(person => ({ person })) })
  }
  if (!shared && step.people && state.doneBy.includes(actor.id)) {
    throw no('run.part-done-others', { step: step.id, done: state.doneBy.length, all: step.people })
  }
  const { answers, words } = answered(step, deed)
  const each = shared && people.includes(actor.id) && people.length > 1
  const part = each || new Set([...state.doneBy, actor.id]).size < (step.people ?? 1)
  const told = Object.keys(answers).length > 0 ? { answers } : {}
  const event: RunEvent = { type: 'step-done', step: step.id, ...told, ...(part ? { part: true } : {}) }
  return [happen({ type: 'run', run: run.id, on: event }, words)]
}

/** A step is left out, with the reason; what blocks others only by who steers the run. */
export function skip(incident: Incident, reading: Reading, deed: Skip, context: Context): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  const { step } = requireRound(incident, reading, deed)
  if (step.blocking && !steers(actorOf(context), run, incident)) throw no('run.skip-blocking', { step: step.id })
  const words = { reason: required('reason', deed.reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'run', run: run.id, on: { type: 'step-skipped', step: step.id } }, words)]
}

/** It was done or skipped by mistake: it is open again. By who did that, or who steers the run. */
export function reopenStep(incident: Incident, reading: Reading, deed: Reopen, context: Context): Decision[] {
  const { run } = reading
  const actor = actorOf(context)
  requirePart(run, incident, context)
  const standing = requireStanding(incident, reading, deed.step)
  const { step, state } = standing
  if (state.state === 'open') {
    // One that repeats is open anew by itself: to do it again, with what is true, is how it is put right.
    if (step.repeat !== null && state.by !== null) throw no('run.repeats-open', { step: step.id })
    if (state.doneBy.includes(actor.id) || (state.doneBy.length > 0 && steers(actor, run, incident))) {
      return [happen({ type: 'run', run: run.id, on: { type: 'step-reopened', step: step.id } })]
    }
    throw no('run.open-already', { step: step.id })
  }
  if (state.times !== deed.times) throw otherwise(standing)
  if (state.by !== actor.id && !steers(actor, run, incident)) {
    throw no('run.reopen-theirs', { step: step.id, people: state.by ? [{ person: state.by }] : phrase('hub.the-hub') })
  }
  return [happen({ type: 'run', run: run.id, on: { type: 'step-reopened', step: step.id } })]
}

/** The actor asks for help with an open step. */
export function askHelp(incident: Incident, reading: Reading, { step: id, note }: Help, context: Context): Decision[] {
  const { run } = reading
  requirePart(run, incident, context)
  requireOpenStep(incident, reading, id)
  const words = { note: optional('note', note, limits.note) }
  return [happen({ type: 'run', run: run.id, on: { type: 'step-help', step: id } }, words)]
}

/** The answers as they are kept, codes and numbers, and the words that go with the entry. */
function answered(step: Step, deed: Do): { answers: Record<string, string>; words: Record<string, string> } {
  const answers: Record<string, string> = {}
  const words: Record<string, string> = {}
  const wrong: Record<string, Phrase> = {}
  for (const ask of step.asks) {
    try {
      if (ask.type === 'text') words[ask.id] = text(ask, deed.texts[ask.id] ?? '')
      else answers[ask.id] = code(ask, (deed.answers[ask.id] ?? '').trim())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      Object.assign(wrong, error.fields)
    }
  }
  try {
    words.note = optional('note', deed.note, limits.note)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    Object.assign(wrong, error.fields)
  }
  if (Object.keys(wrong).length > 0) throw new InputError(wrong)
  return { answers, words }
}

function text(ask: Ask, typed: string): string {
  return ask.required ? required(ask.id, typed, limits.note) : optional(ask.id, typed, limits.note)
}

function code(ask: Ask, typed: string): string {
  if (typed === '') {
    if (ask.required) throw new InputError({ [ask.id]: phrase('run.answer-needed') })
    return ''
  }
  if (ask.type === 'number') {
    const number = /^\d+$/.test(typed) && typed.length <= mostDigits ? String(Number(typed)) : null
    if (number === null) throw new InputError({ [ask.id]: phrase('run.answer-number') })
    return number
  }
  if (!ask.choices.some(choice => choice.code === typed)) {
    throw new InputError({ [ask.id]: phrase('run.answer-choice', { choices: ask.choices.map(choice => choice.name) }) })
  }
  return typed
}

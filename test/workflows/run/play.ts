import { expect } from 'vitest'
import type { IncidentAction } from '../../../workflows/action.ts'
import { decide } from '../../../workflows/decide.ts'
import { InputError, RuleError } from '../../../workflows/errors.ts'
import type { Entry } from '../../../workflows/event.ts'
import { replay } from '../../../workflows/evolve.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import type { Phrase } from '../../../workflows/phrase.ts'
import type { Ask, Gate, Protocol } from '../../../workflows/protocol.ts'
import { enter } from '../../../workflows/record.ts'
import { readRun, runOf } from '../../../workflows/run/reading.ts'
import type { Run, RunDeed } from '../../../workflows/run.ts'
import { say } from '../../../workflows/text/say.ts'
import { at, everybody, heron, reported, roster, taxonomy } from '../specification.ts'
import { protocol, step } from './shift.ts'

/** A gate with one question, which it needs to be answered so. */
function gate(id: string, needs: 'yes' | 'record', overriddenBy: string | null = null): Gate {
  const text = { en: `Is ${id} so?`, es: `¿Es así ${id}?` }
  const title = { en: `Gate ${id}`, es: `Puerta ${id}` }
  const refused = { en: 'Do it by phone.', es: 'Hágalo por teléfono.' }
  return { id, title, questions: [{ id: 'q', text, needs }], refused, note: null, overriddenBy }
}

/** A question of that kind, which must be answered. */
export function ask(id: string, type: Ask['type'], ...codes: readonly string[]): Ask {
  const choices = codes.map(code => ({ code, name: { en: code, es: code } }))
  return { id, text: { en: `What about ${id}?`, es: `¿Y ${id}?` }, type, required: true, choices }
}

/** A protocol in which everything occurs that can stand between people and a step. */
export const whole: Protocol = {
  ...protocol(
    step('1', 2, { role: 'DO', gate: 'G1', blocking: true }),
    step('2', 5, { role: 'RC', asks: [ask('armed', 'number'), ask('mood', 'choice', 'calm', 'tense')] }),
    step('3', 8, { role: 'SO', gate: 'G2' }),
    step('4', 10, { role: 'LI', gate: 'G3' }),
    step('5', 10, { role: 'RC', when: { type: 'answer', ask: 'mood', is: ['tense'] } }),
    step('6', 15, { role: 'RC', repeat: 15, when: { type: 'step', step: '7', is: 'open' } }),
    step('7', null, { role: 'RC' }),
  ),
  roles: ['DO', 'RC', 'SO', 'LI', 'LD', 'FR'],
  told: ['DO', 'LD'],
  closing: [step('C1', null, { role: 'RC' }), step('C2', null, { role: 'RC' })],
  gates: [gate('G1', 'record'), gate('G2', 'yes'), gate('G3', 'yes', 'G1')],
}

/** What is to be true of a play: its wording, who is on duty, and how the report is unlike the usual one. */
type Unlike = {
  readonly wording?: Protocol
  readonly directory?: ReturnType<typeof roster>
  readonly facts?: Parameters<typeof reported>[0]
}

/** One incident, on which people act at the minutes given; everything is judged as the hub judges it. */
export function play({ wording = whole, directory = roster(), facts = {} }: Unlike = {}) {
  const first = reported(facts)
  const entries: Entry[] = [{ seq: 1, at: at(0), by: heron.id, event: first.event, words: first.words ?? null }]
  let incident = replay(entries)
  let minute = 0
  const find = (_: string, rev: string) => (rev === wording.rev ? wording : null)
  const rules = { ...taxonomy, protocols: { current: [wording], find } }
  const context = (actor: Actor | null) => ({ now: at(minute), actor, taxonomy: rules, directory })

  function act(actor: Actor | null, action: IncidentAction): readonly Entry[] {
    const decisions = decide(action, incident, context(actor))
    if (decisions.length === 0) return []
    const made = enter(incident, decisions, context(actor))
    incident = made.after
    entries.push(...made.entries)
    return made.entries
  }

  const deed = (actor: Actor | null, one: RunDeed) => act(actor, { type: 'run', do: one })
  const run = (id = 'P1') => runOf(incident, id) as Run
  const steps = (id = 'P1') => readRun(run(id), incident, rules)?.steps ?? []
  return {
    act,
    deed,
    run,
    steps,
    entries,
    rules,
    directory,
    incident: () => incident,
    /** Goes on at that minute. */
    at(later: number) {
      minute = later
      return this
    },
    start: (actor: Actor | null) => deed(actor, { type: 'start', protocol: 'P1', eventAt: null }),
    /** Presses Done, as somebody who sees the step in that round. */
    press: (actor: Actor, id: string, times = 0, answers: Readonly<Record<string, string>> = {}) =>
      deed(actor, { type: 'do', run: 'P1', step: id, times, answers, texts: {}, note: '' }),
    gate: (actor: Actor, id: string, answer: 'yes' | 'no') =>
      deed(actor, { type: 'gate', run: 'P1', gate: id, answers: { q: answer }, note: '' }),
    /** Everything that is left, done or skipped by that person. */
    finish(actor: Actor) {
      for (const one of steps()) {
        const { times, state } = run().steps[one.step.id] ?? { times: 0, state: 'open' }
        if (state !== 'open' || run().status !== 'running') continue
        deed(actor, { type: 'skip', run: 'P1', step: one.step.id, times, reason: 'over' })
      }
    },
    /** What somebody reads who is refused, in English. */
    refused: (does: () => unknown) => said(refusal(does, RuleError).phrase),
    /** The fields at which words are refused, with why. */
    refusedAt: (does: () => unknown) => {
      const { fields } = refusal(does, InputError)
      return Object.fromEntries(Object.entries(fields).map(([field, why]) => [field, said(why)]))
    },
    /** The state that the timeline tells. */
    replayed: (): Incident => replay(entries),
  }
}

/** A sentence in English; that it is whole in Spanish too is checked on the way. */
export function said(phrase: Phrase): string {
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  const [en, es] = (['en', 'es'] as const).map(language => say(phrase, { language, zone: 'UTC', now: at(0), person }))
  for (const one of [en, es]) expect(one).not.toMatch(/[{}]|undefined|^run\./)
  return en ?? ''
}

function refusal<T extends Error>(does: () => unknown, kind: new (...args: never[]) => T): T {
  try {
    does()
  } catch (error) {
    if (error instanceof kind) return error
    throw error
  }
  throw new Error('it was not refused')
}

import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, type PhraseKey, phrase } from '../phrase.ts'
import { type Skill, skillNames } from '../protocol/skills.ts'
import { closingButtons } from '../report/closing.ts'
import type { Button, Line, View } from '../view.ts'
import type { StepVerb } from './button.ts'
import { gateName, gateOf, ownerText, roleName, stepName, stepText } from './naming.ts'
import { gateButton, runButton, stepButton } from './press.ts'
import { isDoneOnce, isOverdue, type Reading } from './reading.ts'
import type { StandingStep } from './standing.ts'

/** Who looks at a step, and when; whether they may work on it at all. */
export type Onlooker = { readonly id: PersonId; readonly works: boolean; readonly now: number }

const whole = 1_000

/** One step with all that is said of it, and everything that can be done with it. */
export function stepView(standing: StandingStep, reading: Reading, incident: Incident, person: Onlooker): View {
  const { step } = standing
  const { run } = reading
  const name = stepName(run.id, step.id)
  return {
    tone: 'plain',
    title: phrase('protocol.step-title', { id: name, incident: incident.id }),
    lines: [
      line('strong', 'protocol.form-question', { text: stepText(step.text, whole) }),
      ...(step.detail ? [line('text', 'protocol.form-question', { text: step.detail })] : []),
      ...standingLines(standing, reading, person.now),
      ...wantedLines(standing),
    ],
    buttons: [
      ...(person.works && run.status === 'running' ? stepButtons(standing, reading, incident, person) : []),
      ...(person.works ? closingButtons(step.id, incident, run.id) : []),
      runButton(incident.id, run, 'open'),
    ],
  }
}

/** Everything this person can do with a step as it stands, in an order that never changes. */
function stepButtons(
  standing: StandingStep,
  { run }: Reading,
  incident: Incident,
  { id, now }: Onlooker,
): readonly Button[] {
  const { state, behind, people } = standing
  const button = (verb: StepVerb) => stepButton(incident.id, run, standing, verb)
  if (state.state !== 'open') return [button('reopen')]
  const mine = people.includes(id)
  const called = mine && (state.rung > 0 || isOverdue(standing, run, now))
  const first =
    behind && 'step' in behind ? [] : behind ? [gateButton(incident.id, run, behind.gate)] : [button('done')]
  const verbs: readonly StepVerb[] = [
    ...(mine ? [] : (['take'] as const)),
    ...(called && state.heldBy !== id ? (['hold'] as const) : []),
    'skip',
    'hand',
    'help',
    ...(called ? (['snooze'] as const) : []),
    ...(state.owners.includes(id) ? (['back'] as const) : []),
    ...(isDoneOnce(standing) || state.doneBy.includes(id) ? (['reopen'] as const) : []),
  ]
  return [...first, ...verbs.map(button)]
}

function standingLines(standing: StandingStep, reading: Reading, now: number): readonly Line[] {
  const { step, state, dueAt, behind } = standing
  const { run, protocol } = reading
  const by = { person: state.by ? { person: state.by } : phrase('hub.the-hub'), time: { time: state.at ?? 0 } }
  if (state.state !== 'open') {
    const key = state.state === 'done' ? 'protocol.line-done' : 'protocol.line-skipped'
    return [line('text', key, { ...by, id: stepName(run.id, step.id), text: stepText(step.text) })]
  }
  const gate = behind && 'gate' in behind ? gateOf(protocol, behind.gate) : null
  return [
    line('text', 'protocol.step-who', { owner: ownerText(standing) }),
    line('note', 'protocol.step-role', { role: roleName(step.role) }),
    ...(dueAt === null ? [] : [line('text', dueKey(standing, reading, now), { time: { time: dueAt } })]),
    ...(gate ? [line('strong', 'protocol.step-waits-gate', { gate: gateName(protocol, gate.id) })] : []),
    ...(behind && 'step' in behind
      ? [line('strong', 'protocol.step-waits-step', { step: stepName(run.id, behind.step) })]
      : []),
    ...(state.heldBy ? [line('text', 'protocol.step-held', { person: { person: state.heldBy } })] : []),
    ...(state.help
      ? [line('strong', 'protocol.help', { person: { person: state.help }, id: stepName(run.id, step.id) })]
      : []),
  ]
}

function dueKey(standing: StandingStep, { run }: Reading, now: number): PhraseKey {
  return isOverdue(standing, run, now) ? 'protocol.step-overdue' : 'protocol.step-due'
}

function wantedLines({ step }: StandingStep): readonly Line[] {
  return [
    ...(step.repeat === null ? [] : [line('note', 'protocol.step-repeat', { minutes: { minutes: step.repeat } })]),
    ...(step.skill === null
      ? []
      : [line('note', 'protocol.step-skill', { skill: skillNames[step.skill as Skill] ?? step.skill })]),
    ...(step.people ? [line('note', 'protocol.step-people', { people: String(step.people) })] : []),
    ...(step.evidence ? [line('note', 'protocol.step-evidence')] : []),
    ...(step.blocking ? [line('note', 'protocol.step-blocking')] : []),
  ]
}

function line(type: 'strong' | 'text' | 'note', key: PhraseKey, params: Phrase['params'] = {}): Line {
  return { type, text: phrase(key, params) }
}

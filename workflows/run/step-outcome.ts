import type { Entry } from '../event.ts'
import type { PersonId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { RunDeed } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Button, Line, View } from '../view.ts'
import { stepName, stepWhat } from './naming.ts'
import { mainButton, runButton, stepButton } from './press.ts'
import { nextSteps, type Reading, readRun, runOf } from './reading.ts'
import type { StandingStep } from './standing.ts'

/** A deed about one step. */
export type StepDeed = Extract<
  RunDeed,
  { type: 'do' | 'skip' | 'help' | 'snooze' | 'reopen' | 'take' | 'hold' | 'give-back' | 'assign' }
>

/** What whoever did something with a step reads: what is so now, and their next step with its button. */
export function saidOfDeed(
  deed: StepDeed,
  incident: Incident,
  entries: readonly Entry[],
  { person, taxonomy }: { readonly person: PersonId; readonly taxonomy: Taxonomy },
): View {
  const run = runOf(incident, deed.run)
  const reading = run && readRun(run, incident, taxonomy)
  if (!run || !reading || isOver(entries)) {
    return view([phrase('protocol.done-over', { run: deed.run, incident: incident.id })], [])
  }
  const standing = reading.steps.find(one => one.step.id === deed.step) ?? null
  const next = deed.type === 'do' || deed.type === 'skip' ? theirNext(reading, person, deed.step) : null
  const lines = [
    said(deed, standing, entries),
    ...(next ? [phrase('protocol.next', { what: stepWhat(next, reading) })] : []),
  ]
  const main = next && mainButton(incident.id, run, next)
  return view(lines, [
    ...(main ? [main] : []),
    ...after(deed, standing, reading, incident),
    runButton(incident.id, run, 'open'),
  ])
}

/** Somebody else was quicker, or it stands otherwise than was seen; what was typed is given back. */
export function otherwiseView(
  incident: Incident,
  { run }: Reading,
  { step, state }: StandingStep,
  typed: string,
): View {
  const params = { id: stepName(run.id, step.id), time: { time: state.at ?? 0 } }
  const person = state.by ? { person: state.by } : phrase('hub.the-hub')
  const key = state.state === 'skipped' ? 'protocol.was-skipped' : 'protocol.was-done'
  const line = state.at === null ? phrase('protocol.reopened', params) : phrase(key, { ...params, person })
  return kept(view([line], [...backTo(incident, run)]), incident, typed)
}

/** That step does not appear any more; what was typed is given back. */
export function goneView(incident: Incident, { run }: Reading, step: StepId, typed: string): View {
  return kept(
    view([phrase('protocol.step-gone', { id: stepName(run.id, step) })], backTo(incident, run)),
    incident,
    typed,
  )
}

function said(deed: StepDeed, standing: StandingStep | null, entries: readonly Entry[]): Phrase {
  const id = stepName(deed.run, deed.step)
  const people = (standing?.people ?? []).map(person => ({ person }))
  switch (deed.type) {
    case 'do': {
      const part = entries.some(({ event }) => event.type === 'run' && event.on.type === 'step-done' && event.on.part)
      if (part && standing?.step.people) {
        const done = String(standing.state.doneBy.length)
        return phrase('protocol.done-some', { id, done, all: String(standing.step.people) })
      }
      if (part) return phrase('protocol.done-part', { id, people })
      const again = standing?.state.state === 'open' ? standing.dueAt : null
      return again === null
        ? phrase('protocol.done', { id })
        : phrase('protocol.done-again', { id, time: { time: again } })
    }
    case 'skip':
      return phrase('protocol.skipped', { id })
    case 'assign':
      if (people.length === 0) return phrase('protocol.returned', { id })
      return phrase(deed.mode === 'all' && people.length > 1 ? 'protocol.assigned-each' : 'protocol.handed', {
        id,
        people,
      })
    case 'help':
      return phrase('protocol.helped', { id })
    case 'take': {
      const due = standing?.dueAt ?? null
      return due === null ? phrase('protocol.taken', { id }) : phrase('protocol.taken-by', { id, time: { time: due } })
    }
    case 'give-back':
      return phrase('protocol.returned', { id })
    case 'hold':
      return phrase('protocol.held', { id })
    case 'snooze':
      return phrase('protocol.snoozed', { id, time: { time: standing?.state.snoozedUntil ?? standing?.dueAt ?? 0 } })
    case 'reopen':
      return phrase('protocol.reopened', { id })
  }
}

function after(deed: StepDeed, standing: StandingStep | null, { run }: Reading, incident: Incident): readonly Button[] {
  if (!standing) return []
  if (deed.type === 'do' || deed.type === 'skip') {
    return standing.state.state === 'open' ? [] : [stepButton(incident.id, run, standing, 'reopen')]
  }
  const main = deed.type === 'take' || deed.type === 'hold' ? mainButton(incident.id, run, standing) : null
  return main ? [main] : []
}

/** The next step of theirs, else one that nobody has. */
function theirNext(reading: Reading, person: PersonId, just: StepId): StandingStep | null {
  const next = nextSteps(reading).filter(({ step, behind }) => step.id !== just && !(behind && 'step' in behind))
  return next.find(one => one.people.includes(person)) ?? next.find(one => one.people.length === 0) ?? null
}

function isOver(entries: readonly Entry[]): boolean {
  return entries.some(({ event }) => event.type === 'run' && event.on.type === 'done')
}

function backTo(incident: Incident, run: Reading['run']): readonly Button[] {
  return [runButton(incident.id, run, 'open')]
}

function kept(shown: View, { id }: Incident, typed: string): View {
  if (typed.trim() === '') return shown
  const lines: readonly Line[] = [
    { type: 'text', text: phrase('protocol.words-kept') },
    { type: 'quote', text: { words: typed } },
  ]
  const update: Button = { id: `update:${id}`, label: phrase('button.update') }
  return { ...shown, lines: [...shown.lines, ...lines], buttons: [update, ...shown.buttons] }
}

function view(lines: readonly Phrase[], buttons: readonly Button[]): View {
  return { tone: 'plain', title: null, lines: lines.map(text => ({ type: 'text', text })), buttons }
}

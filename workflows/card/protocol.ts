import type { CardContext } from '../card.ts'
import { type Incident, isOpen } from '../incident.ts'
import { phrase } from '../phrase.ts'
import { gateName, gateOf, joinFacts, stepLine, stepName, stepText, stepWhat } from '../run/naming.ts'
import { gateButton, mainButton, runButton } from '../run/press.ts'
import { isOverdue, nextSteps, progress, type Reading, readRun } from '../run/reading.ts'
import type { StandingStep } from '../run/standing.ts'
import { openRuns, type Run } from '../run.ts'
import type { Button, Line } from '../view.ts'

// As many as the tightest tool shows with a button each, beside all else that stands on a card.
const mostSteps = 3
const mostRuns = 3
const mostRefused = 2

/** The checklists of an incident as its card shows them: how far each is, and what is to be done next by whom. */
export function protocolLines(incident: Incident, context: CardContext): readonly Line[] {
  if (context.outside) return []
  const open = openRuns(incident)
  const shown = open.slice(0, mostRuns)
  const left = open.length - shown.length
  return [
    ...shown.flatMap(run => runLines(run, incident, context, open.length === 1)),
    ...(left > 0 ? [{ type: 'note', text: phrase('protocol.more-runs', { count: left }) } as const] : []),
    ...(open.length === 0 && isOpen(incident) ? overLines(incident) : []),
  ]
}

function runLines(run: Run, incident: Incident, context: CardContext, whole: boolean): readonly Line[] {
  const reading = readRun(run, incident, context.taxonomy)
  if (!reading) return [{ type: 'text', text: phrase('protocol.unknown', { run: run.id }) }]
  const steps = dueFirst(reading, context.now).slice(0, whole ? mostSteps : 1)
  const [first, ...others] = steps
  return [
    line(
      headOf(reading, first, context.now),
      run.status === 'paused' || !first ? null : main(first, reading, incident),
    ),
    ...(run.status === 'paused' ? [] : others).map(one =>
      line(stepLine(one, reading, context.now), main(one, reading, incident)),
    ),
    ...(whole ? [...refusedLines(reading, incident), ...helpLines(reading)] : []),
    line(factsOf(reading, first, context.now), runButton(incident.id, run, 'open')),
  ]
}

/** The steps that are owed, those that are overdue first. */
function dueFirst(reading: Reading, now: number): readonly StandingStep[] {
  const next = nextSteps(reading)
  const late = (one: StandingStep) => isOverdue(one, reading.run, now)
  return [...next.filter(late), ...next.filter(one => !late(one))]
}

function headOf(reading: Reading, first: StandingStep | undefined, now: number) {
  const { run } = reading
  const { over, of } = progress(reading)
  const params = { run: run.id, step: String(Math.min(over + 1, of)), total: String(of), over: String(over) }
  if (run.status === 'paused') return phrase('protocol.head-paused', { ...params, time: { time: run.pausedAt ?? now } })
  if (!first) return phrase('protocol.head-waits', params)
  if (!isOverdue(first, run, now)) return phrase('protocol.head', { ...params, what: stepWhat(first, reading) })
  return phrase('protocol.head-overdue', {
    ...params,
    time: { time: first.dueAt ?? now },
    what: stepWhat(first, reading, true),
  })
}

/** Title, phase, who leads it, how much is overdue: what the eye needs after the steps. */
function factsOf(reading: Reading, first: StandingStep | undefined, now: number) {
  const { run, protocol, steps } = reading
  const late = steps.filter(one => isOverdue(one, run, now)).length
  const lead = run.lead ? phrase('protocol.lead', { person: { person: run.lead } }) : phrase('protocol.lead-none')
  const facts = [
    protocol.title,
    ...(first?.step.phase ? [first.step.phase] : []),
    ...(late > 1 ? [phrase('protocol.overdue', { count: late })] : []),
    lead,
    ...(run.leadOffer ? [offered(run.leadOffer)] : []),
  ]
  return joinFacts(facts) ?? phrase('protocol.lead-none')
}

function offered({ to, until }: NonNullable<Run['leadOffer']>) {
  return phrase('protocol.lead-offered', { person: { person: to }, time: { time: until } })
}

/** What a gate said no to, and what is to be done instead: nobody may have to look for that. */
function refusedLines({ run, protocol }: Reading, incident: Incident): readonly Line[] {
  const refused = Object.entries(run.gates).filter(([, gate]) => !gate.passed)
  return refused.slice(0, mostRefused).flatMap(([id, gate]) => {
    const wording = gateOf(protocol, id)
    if (!wording) return []
    const named = gateName(protocol, id)
    const params = { gate: named, time: { time: gate.at }, person: { person: gate.by } }
    const said = phrase('protocol.refused', { ...params, refused: stepText(wording.refused, 160) })
    const asked = gate.override && gate.override.agreed === null ? gate.override.asked : null
    return [
      line(said, gateButton(incident.id, run, id)),
      ...(asked ? [line(phrase('protocol.override', { person: { person: asked }, gate: named }), null)] : []),
    ]
  })
}

function helpLines({ run, steps }: Reading): readonly Line[] {
  const asked = steps.filter(one => one.state.state === 'open' && one.state.help !== null).slice(0, 2)
  return asked.map(({ state, step }) => ({
    type: 'strong',
    text: phrase('protocol.help', { person: { person: state.help as never }, id: stepName(run.id, step.id) }),
  }))
}

function overLines({ runs = [] }: Incident): readonly Line[] {
  const over = runs.filter(({ status, endedAt }) => (status === 'done' || status === 'stopped') && endedAt !== null)
  return over.slice(-2).map(({ id, status, endedAt }) => ({
    type: 'note',
    text: phrase(status === 'done' ? 'protocol.head-done' : 'protocol.head-stopped', {
      run: id,
      time: { time: endedAt ?? 0 },
    }),
  }))
}

function main(standing: StandingStep, { run }: Reading, incident: Incident): Button | null {
  return mainButton(incident.id, run, standing)
}

function line(text: Extract<Line, { type: 'item' }>['text'], button: Button | null): Line {
  return button ? { type: 'item', text, button } : { type: 'text', text }
}

import { type Directory, regionName } from '../directory.ts'
import type { Drill } from '../drill.ts'
import type { Incident } from '../incident.ts'
import { type Param, type Phrase, phrase, type Text } from '../phrase.ts'
import type { Line, View } from '../view.ts'
import { whatOf } from './posts.ts'
import { type Gated, isLate, type PersonTiming, type Timed, type Timing } from './timing.ts'

const most = 40

/** How an exercise stands: who is in it, how far it has come, and what was made up for it. */
export function drillView(
  drill: Drill,
  incidents: readonly Incident[],
  { played, all }: { readonly played: number; readonly all: number },
  directory: Directory,
): View {
  const people = drill.people.map(person => ({ person }))
  return {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'strong', text: headOf(drill, directory) },
      { type: 'text', text: phrase('drill.status-people', { people, count: people.length }) },
      ...(all > 1 ? [note(phrase('drill.status-played', { played, all }))] : []),
      ...incidents.slice(-most).map(({ id, severity, status }): Line => {
        const facts = { id, severity: `S${severity}`, status: phrase(`card.status-${status}`) }
        return { type: 'item', text: phrase('drill.status-incident', facts) }
      }),
    ],
    buttons: [],
  }
}

/** One line of what an exercise is, or was. */
function headOf(drill: Drill, directory: Directory): Phrase {
  const { region, by, startedAt, endedAt } = drill
  const facts = { region: regionName(directory, region), what: whatOf(drill), person: { person: by } }
  return endedAt === null
    ? phrase('drill.status', { ...facts, time: { time: startedAt } })
    : phrase('drill.status-ended', { ...facts, from: { date: startedAt }, until: { time: endedAt } })
}

/** How an exercise went, step by step and person by person. */
export function timingView(drill: Drill, timing: Timing, directory: Directory, now: number): View {
  const { region, by, startedAt, endedAt } = drill
  const title = phrase('drill.report-title', { region: regionName(directory, region), what: whatOf(drill) })
  const times = { from: { date: startedAt }, until: { time: endedAt ?? now }, person: { person: by } }
  const lines: Line[] = [{ type: 'text', text: phrase('drill.report-times', times) }]
  if (timing.steps.length === 0) lines.push(note(phrase('drill.report-none')))
  for (const [incident, steps] of Map.groupBy(timing.steps.slice(0, most), step => step.incident)) {
    lines.push({ type: 'strong', text: phrase('drill.id', { id: incident }) })
    lines.push(stepTable(steps))
    lines.push(...timing.gates.filter(gate => gate.incident === incident).map(gateLine))
  }
  if (timing.people.length > 0) lines.push({ type: 'rule' }, peopleTable(timing.people))
  return { tone: 'plain', title, lines, buttons: [] }
}

function stepTable(steps: readonly Timed[]): Line {
  return {
    type: 'table',
    head: (['step', 'who', 'due', 'done', 'late'] as const).map(name => phrase(`drill.head-${name}`)),
    rows: steps.map(step => [
      phrase('drill.report-step', { step: step.step, text: step.text }),
      asText(step.by ? { person: step.by } : step.people.length > 0 ? step.people.map(person => ({ person })) : null),
      step.dueAt === null ? phrase('drill.no-due') : asText({ time: step.dueAt }),
      step.how === 'never'
        ? phrase('drill.never')
        : step.how === 'skipped'
          ? phrase('drill.skipped')
          : asText({ time: step.at ?? 0 }),
      step.dueAt === null || !isLate(step) ? phrase('drill.on-time') : asText({ minutes: minutesOf(step.lateMs) }),
    ]),
  }
}

function peopleTable(people: readonly PersonTiming[]): Line {
  return {
    type: 'table',
    head: (['person', 'steps', 'count', 'worst'] as const).map(name => phrase(`drill.head-${name}`)),
    rows: people.map(({ person, steps, late, worstMs }) => [
      asText({ person }),
      asText(steps),
      asText(late),
      asText({ minutes: minutesOf(worstMs) }),
    ]),
  }
}

function gateLine({ gate, said, by, at }: Gated): Line {
  const person = by ? { person: by } : phrase('drill.nobody')
  return { type: 'item', text: phrase(`drill.gate-${said}`, { gate, person, time: { time: at } }) }
}

function asText(param: Param | null): Text {
  return param === null ? phrase('drill.nobody') : phrase('drill.cell', { param })
}

/** Begun minutes count whole. */
function minutesOf(ms: number): number {
  return Math.ceil(ms / 60_000)
}

function note(text: Text): Line {
  return { type: 'note', text }
}

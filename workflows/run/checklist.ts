import type { IncidentId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Run } from '../run.ts'
import type { Button, Line, View } from '../view.ts'
import { gatePress, runPress } from './button.ts'
import { gateName, joinFacts, roleName, stepLine, stepName, stepText } from './naming.ts'
import { roleButton, runButton, stepButton } from './press.ts'
import { isDoneOnce, progress, type Reading } from './reading.ts'
import type { StandingStep } from './standing.ts'
import { isRefused } from './standing.ts'

/** Who looks at it, and when: what they may steer, and why steps were skipped, masked, as far as it is still known. */
export type Looking = {
  readonly now: number
  readonly steers: boolean
  readonly works: boolean
  readonly reasons: ReadonlyMap<StepId, string>
}

// With the roles' and the run's own buttons that is what the tightest tool shows in one message.
const mostLines = 8
const mostRoles = 4

/** The whole list of a run for one person: what is done, skipped (and why) and open, a page at a time, from 1. */
export function checklistView(reading: Reading, incident: Incident, page: number, looking: Looking): View {
  const { run, steps } = reading
  const pages = Math.max(1, Math.ceil(steps.length / mostLines))
  const at = Math.min(Math.max(1, page), pages)
  const shown = steps.slice((at - 1) * mostLines, at * mostLines)
  return {
    tone: 'plain',
    title: phrase('protocol.list-title', { run: run.id, title: reading.protocol.title, id: incident.id }),
    lines: [
      { type: 'note', text: standing(reading) },
      ...(at === 1 ? [...gateLines(reading), ...rolesLine(reading)] : []),
      ...stepLines(shown, reading, incident.id, looking),
      ...(pages > 1
        ? [note(phrase('protocol.list-page', { page: String(at), pages: String(pages) }))]
        : reading.protocol.sample
          ? [note(phrase('protocol.list-sample'))]
          : []),
    ],
    buttons: [...(at < pages ? [nextPage(incident.id, run, at + 1)] : []), ...steering(reading, incident.id, looking)],
  }
}

/** The roles of the steps still open that nobody has. */
export function freeRoles({ run, steps }: Reading) {
  const wanted = steps.filter(one => one.state.state === 'open' && one.people.length === 0).map(one => one.step.role)
  return [...new Set(wanted)].filter(role => (run.roles[role] ?? []).length === 0)
}

function standing(reading: Reading): Phrase {
  const { run } = reading
  const { over, of } = progress(reading)
  const facts: Phrase[] = [
    phrase('protocol.list-progress', { over: String(over), total: String(of) }),
    phrase('protocol.list-started', { time: { time: run.startedAt } }),
    run.lead ? phrase('protocol.lead', { person: { person: run.lead } }) : phrase('protocol.lead-none'),
  ]
  if (run.status === 'paused') facts.push(phrase('protocol.list-paused', { time: { time: run.pausedAt ?? 0 } }))
  return joinFacts(facts) ?? phrase('protocol.lead-none')
}

function gateLines({ run, protocol }: Reading): Line[] {
  return Object.entries(run.gates).flatMap(([id, { passed, by, at, override }]): Line[] => {
    const gate = gateName(protocol, id)
    if (override?.agreed) {
      const params = { gate, person: { person: override.asked }, other: { person: override.agreed } }
      return [note(phrase('protocol.list-overridden', params))]
    }
    const params = { gate, time: { time: at }, person: { person: by } }
    if (passed) return [note(phrase('protocol.list-passed', params))]
    const wording = protocol.gates.find(one => one.id === id)
    return wording ? [strong(phrase('protocol.refused', { ...params, refused: stepText(wording.refused, 300) }))] : []
  })
}

function rolesLine(reading: Reading): Line[] {
  const free = freeRoles(reading)
  return free.length > 0 ? [note(phrase('protocol.list-roles', { roles: free.map(roleName) }))] : []
}

/** Each step under the phase it belongs to, which is named where it begins. */
function stepLines(
  steps: readonly StandingStep[],
  reading: Reading,
  incident: IncidentId,
  looking: Looking,
): readonly Line[] {
  let phase = ''
  return steps.flatMap((one): Line[] => {
    const named = one.step.phase
    const begins = named !== null && named.en !== phase
    phase = named?.en ?? phase
    const open = stepButton(incident, reading.run, one, 'open')
    const text = overText(one, reading, looking) ?? stepLine(one, reading, looking.now)
    const heading = begins && named ? [strong(phrase('protocol.form-question', { text: named }))] : []
    return [...heading, { type: 'item', text, button: open }]
  })
}

function overText(one: StandingStep, { run }: Reading, { reasons }: Looking): Phrase | null {
  const { step, state } = one
  const { at, by } = state
  const params = {
    id: stepName(run.id, step.id),
    text: stepText(step.text),
    time: { time: at ?? 0 },
    person: by ? { person: by } : phrase('hub.the-hub'),
  }
  if (state.state === 'done') return phrase('protocol.line-done', params)
  if (state.state === 'skipped') {
    const reason = reasons.get(step.id)
    return reason === undefined
      ? phrase('protocol.line-skipped', params)
      : phrase('protocol.line-skipped-why', { ...params, reason: { words: reason } })
  }
  if (!isDoneOnce(one) || at === null || one.dueAt === null) return null
  return phrase('protocol.line-repeats', { ...params, due: { time: one.dueAt } })
}

function steering(reading: Reading, incident: IncidentId, { steers, works, now }: Looking): readonly Button[] {
  const { run } = reading
  const gates = works ? refusedGates(reading, incident) : []
  const roles = works ? freeRoles(reading).slice(0, mostRoles) : []
  const undo = steers && run.undoUntil >= now ? [runButton(incident, run, 'undo')] : []
  const paused = run.status === 'paused' ? ('resume' as const) : ('pause' as const)
  const own = steers ? (['assign', 'lead', paused, 'stop'] as const) : []
  return [
    ...gates,
    ...roles.map(role => roleButton(incident, run, role)),
    ...undo,
    ...own.map(verb => runButton(incident, run, verb)),
  ]
}

function refusedGates({ run, steps }: Reading, incident: IncidentId): readonly Button[] {
  const asked = new Set(steps.flatMap(({ behind }) => (behind && 'gate' in behind ? [behind.gate] : [])))
  return [...asked]
    .filter(gate => isRefused(run, gate))
    .slice(0, 2)
    .map(gate => ({ id: gatePress(incident, run.id, gate), label: phrase('protocol.button-ask', { gate }) }))
}

function nextPage(incident: IncidentId, run: Run, page: number): Button {
  return { id: runPress(incident, run.id, `open-${page}`), label: phrase('protocol.button-next') }
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}

function strong(text: Phrase): Line {
  return { type: 'strong', text }
}

import type { PersonId, RunId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { RunDeed } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Button, View } from '../view.ts'
import { freeRoles } from './checklist.ts'
import { gateName, roleName, stepName, stepWhat } from './naming.ts'
import { mainButton, roleButton, runButton } from './press.ts'
import { nextSteps, type Reading, readRun, runOf } from './reading.ts'

/** A deed about a run as a whole. */
export type WholeDeed = Extract<
  RunDeed,
  {
    type:
      | ('start' | 'undo-start' | 'pause' | 'resume' | 'stop' | 'fill' | 'take-role' | 'assign')
      | ('offer-lead' | 'accept-lead' | 'decline-lead' | 'ask-override' | 'agree-override')
  }
>

const mostRoles = 4

/** What whoever did something with a run reads: what is so now, and what they can do next. */
export function saidOfRun(deed: WholeDeed, incident: Incident, taxonomy: Taxonomy): View {
  const id = deed.type === 'start' ? begun(deed.protocol, incident) : deed.run
  const run = id === null ? null : runOf(incident, id)
  if (!run) return view([phrase('protocol.none-running', { id: incident.id })], [])
  const reading = readRun(run, incident, taxonomy)
  if (deed.type === 'start') {
    return reading ? started(reading, incident) : view([phrase('protocol.unknown', { run: run.id })], [])
  }
  const over = deed.type === 'stop' || deed.type === 'undo-start'
  const open = runButton(incident.id, run, 'open')
  return view([said(deed, { run: run.id, id: incident.id }, reading)], over ? [] : [open])
}

function started(reading: Reading, incident: Incident): View {
  const { run, protocol } = reading
  const free = freeRoles(reading)
  const [next] = nextSteps(reading)
  const main = next && mainButton(incident.id, run, next)
  const lines = [
    phrase('protocol.started', { run: run.id, title: protocol.title, id: incident.id }),
    ...(next ? [phrase('protocol.next', { what: stepWhat(next, reading) })] : []),
    ...(free.length > 0 ? [phrase('protocol.list-roles', { roles: free.map(roleName) })] : []),
    phrase('protocol.started-undo', { time: { time: run.undoUntil } }),
  ]
  const buttons: readonly Button[] = [
    ...(main ? [main] : []),
    runButton(incident.id, run, 'open'),
    ...free.slice(0, mostRoles).map(role => roleButton(incident.id, run, role)),
    runButton(incident.id, run, 'undo'),
  ]
  return view(lines, buttons)
}

function said(deed: Exclude<WholeDeed, { type: 'start' }>, params: Named, reading: Reading | null): Phrase {
  const { run } = params
  switch (deed.type) {
    case 'undo-start':
      return phrase('protocol.undone', params)
    case 'pause':
      return phrase('protocol.paused', params)
    case 'resume':
      return phrase('protocol.resumed', params)
    case 'stop':
      return phrase('protocol.stopped', params)
    case 'fill':
      return phrase('protocol.filled', { ...params, role: roleName(deed.role), people: names(deed.people) })
    case 'take-role':
      return phrase('protocol.role-taken', { ...params, role: roleName(deed.role) })
    case 'assign': {
      const all = deed.mode === 'all' && deed.people.length > 1
      const given = { id: stepName(run, deed.step), people: names(deed.people) }
      return phrase(all ? 'protocol.assigned-each' : 'protocol.assigned', given)
    }
    case 'offer-lead': {
      const until = reading?.run.leadOffer?.until ?? 0
      return phrase('protocol.lead-asked', { ...params, person: { person: deed.to }, time: { time: until } })
    }
    case 'accept-lead':
      return phrase('protocol.lead-yours', params)
    case 'decline-lead':
      return phrase('protocol.lead-left', params)
    case 'ask-override':
      return phrase('protocol.override-asked', { gate: reading ? gateName(reading.protocol, deed.gate) : deed.gate })
    case 'agree-override':
      return phrase('protocol.override-agreed', { gate: reading ? gateName(reading.protocol, deed.gate) : deed.gate })
  }
}

type Named = { readonly run: RunId; readonly id: Incident['id'] }

function begun(protocol: string, { runs = [] }: Incident): RunId | null {
  return runs.findLast(run => run.protocol === protocol)?.id ?? null
}

function names(people: readonly PersonId[]) {
  return people.map(person => ({ person }))
}

function view(lines: readonly Phrase[], buttons: readonly Button[]): View {
  return { tone: 'plain', title: null, lines: lines.map(text => ({ type: 'text', text })), buttons }
}

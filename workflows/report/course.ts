import type { Entry } from '../event.ts'
import { evolve } from '../evolve.ts'
import type { PersonId, RunId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Protocol, type Step, stepsOf } from '../protocol.ts'
import { standingSteps } from '../run/standing.ts'
import type { Run, RunEvent } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'

/** One thing that happened in a run, or (`open`) a step that was due and never done. Times are epoch ms. */
export type Moment = {
  readonly at: number | null
  readonly due: number | null
  readonly by: PersonId | null
  /** The step it is about; null where it is about the run as a whole. */
  readonly step: Step | null
  readonly on: RunEvent | { readonly type: 'open' }
  /** The entry that tells of it; null for what never happened. */
  readonly entry: Entry | null
}

/** What happened in a run from its start on, with the wording that it was pinned to (null: not known here). */
export type Course = {
  readonly run: Run
  readonly protocol: Protocol | null
  readonly moments: readonly Moment[]
}

/**
 * What happened in the runs of an incident, told by its whole timeline, oldest run first: also of those that have ended
 * long ago. When a step was due is reckoned as it stood just before it was done.
 */
export function coursesOf(entries: readonly Entry[], { protocols }: Pick<Taxonomy, 'protocols'>): readonly Course[] {
  const told = new Map<RunId, Moment[]>()
  const last = new Map<RunId, { readonly run: Run; readonly incident: Incident }>()
  let incident: Incident | null = null
  for (const entry of entries) {
    const before: Incident | null = incident
    incident = evolve(before, entry)
    const { event } = entry
    for (const run of incident.runs ?? []) {
      const was = before?.runs?.find(one => one.id === run.id)
      // Ended runs keep no steps: what was left open is read from how it stood before.
      const ended = isOver(run) && was && !isOver(was)
      if (!isOver(run) || !last.has(run.id)) last.set(run.id, { run, incident })
      if (ended)
        last.set(run.id, { run: { ...was, status: run.status, endedAt: run.endedAt }, incident: before ?? incident })
    }
    if (event.type !== 'run' || !before) continue
    const known = told.get(event.run) ?? []
    told.set(event.run, [...known, momentOf(entry, event.on, event.run, before, incident, protocols)])
  }
  return [...last.values()].map(({ run, incident: stood }) => {
    const protocol = protocols.find(run.protocol, run.rev)
    return { run, protocol, moments: [...(told.get(run.id) ?? []), ...(protocol ? undone(run, protocol, stood) : [])] }
  })
}

/** In which minute after it was due that came (1 is the first); 0 if it came in time, null where nothing was due. */
export function lateBy({ at, due }: Pick<Moment, 'at' | 'due'>): number | null {
  return at === null || due === null ? null : Math.max(0, Math.ceil((at - due) / 60_000))
}

/** True once a run goes on no more. */
export function isOver({ status }: Pick<Run, 'status'>): boolean {
  return status !== 'running' && status !== 'paused'
}

function momentOf(
  entry: Entry,
  on: RunEvent,
  id: RunId,
  before: Incident,
  after: Incident,
  protocols: Taxonomy['protocols'],
): Moment {
  const { at, by } = entry
  const was = before.runs?.find(one => one.id === id)
  const run = was ?? after.runs?.find(one => one.id === id)
  const protocol = run ? protocols.find(run.protocol, run.rev) : null
  const about = 'step' in on ? on.step : null
  const step = protocol && about !== null ? (stepsOf(protocol).find(one => one.id === about) ?? null) : null
  const stood = was && protocol && step ? standingSteps(was, protocol, before) : []
  const due = 'dueAt' in on ? on.dueAt : (stood.find(one => one.step.id === step?.id)?.dueAt ?? null)
  return { at, by, on, step, due: timed.has(on.type) ? due : null, entry }
}

const timed = new Set<RunEvent['type']>(['step-done', 'step-skipped', 'step-reminded', 'step-overdue'])

/** Steps that appeared and that nobody has done or skipped; a repeating one counts as done once it was. */
function undone(run: Run, protocol: Protocol, incident: Incident): readonly Moment[] {
  return standingSteps(run, protocol, incident).flatMap(({ step, state, dueAt }): Moment[] =>
    state.state === 'open' && state.times === 0
      ? [{ at: null, due: dueAt, by: null, step, on: { type: 'open' }, entry: null }]
      : [],
  )
}

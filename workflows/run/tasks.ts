import type { PersonId, RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import type { OwnTask } from '../ports.ts'
import { openRuns } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { stepLine } from './naming.ts'
import { mainButton, stepButton } from './press.ts'
import { isOwed, readRun, runOf } from './reading.ts'

/** A step of a run that somebody is to do; `dueAt` (epoch ms) is null at no set time, or while the run is paused. */
export type Task = {
  readonly run: RunId
  readonly step: StepId
  readonly person: PersonId
  readonly dueAt: number | null
}

/** How the tasks of an incident stand otherwise than before; of runs in `over` nobody has any more. */
export type TaskChange = {
  readonly set: readonly Task[]
  readonly drop: readonly Task[]
  readonly over: readonly RunId[]
}

/** Everything that people are to do for an incident, by its open runs whose wording is known. */
export function tasksOf(incident: Incident, taxonomy: Pick<Taxonomy, 'protocols'>): readonly Task[] {
  return openRuns(incident).flatMap(run => {
    const reading = readRun(run, incident, taxonomy)
    const owed = reading?.steps.filter(one => isOwed(one, run)) ?? []
    return owed.flatMap(({ step, people, dueAt }) =>
      people.map(person => ({ run: run.id, step: step.id, person, dueAt: run.status === 'paused' ? null : dueAt })),
    )
  })
}

/** What changes in people's tasks between two states of an incident; null if nothing does. */
export function taskChange(
  before: Incident | null,
  after: Incident,
  taxonomy: Pick<Taxonomy, 'protocols'>,
): TaskChange | null {
  if (!before?.runs && !after.runs) return null
  const was = new Map((before ? tasksOf(before, taxonomy) : []).map(task => [nameOf(task), task]))
  const is = new Map(tasksOf(after, taxonomy).map(task => [nameOf(task), task]))
  const open = new Set(openRuns(after).map(run => run.id))
  const over = (before ? openRuns(before) : []).flatMap(run => (open.has(run.id) ? [] : [run.id]))
  const set = [...is.values()].filter(task => was.get(nameOf(task))?.dueAt !== task.dueAt)
  const drop = [...was.values()].filter(task => open.has(task.run) && !is.has(nameOf(task)))
  return set.length + drop.length + over.length > 0 ? { set, drop, over } : null
}

/** A step that somebody is to do, as a line of a list with what brings it on; null if it cannot be read any more. */
export function taskLine({ incident, run: id, step }: OwnTask, taxonomy: Taxonomy, now: number): Line | null {
  const run = runOf(incident, id)
  const reading = run && readRun(run, incident, taxonomy)
  const standing = reading?.steps.find(one => one.step.id === step)
  if (!run || !reading || !standing) return null
  const button = mainButton(incident.id, run, standing) ?? stepButton(incident.id, run, standing, 'open')
  const text = phrase('protocol.mine-line', { incident: incident.id, line: stepLine(standing, reading, now) })
  return { type: 'item', text, button }
}

function nameOf({ run, step, person }: Task): string {
  return `${run} ${step} ${person}`
}

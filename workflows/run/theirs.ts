import { phrase } from '../phrase.ts'
import type { OwnTask } from '../ports.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Line } from '../view.ts'
import { mainButton, stepButton } from './press.ts'
import { readRun, runOf } from './reading.ts'
import { stepLine } from './said.ts'

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

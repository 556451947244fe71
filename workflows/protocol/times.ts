import type { Problem } from '../problems.ts'
import { lastStep, type StepFile } from './shape.ts'
import { factsOf, type Path } from './when.ts'

type Moment = { readonly base: 'start' | 'event'; readonly minutes: number }

/** What contradicts itself in the times of steps: circles, events that are never asked for, due before they appear. */
export function checkTimes(steps: readonly StepFile[], path: Path, event: boolean): readonly Problem[] {
  const byId = new Map(steps.map(step => [step.id, step]))
  const circles = steps.flatMap((step, index) => {
    const circle = circleFrom(step, byId)
    // One line a circle: at the first of its steps.
    if (!circle || steps.findIndex(one => circle.includes(one.id)) < index) return []
    const message = `steps ${[...circle, step.id].join(' → ')} wait for each other, so none of them ever comes`
    return [{ path: [...path, index, step.due && 'after' in fromOf(step) ? 'due' : 'when'], message }]
  })
  const wrong = steps.flatMap((step, index) => checkDue(step, [...path, index, 'due'], byId, event))
  if (circles.length + wrong.length > 0) return [...circles, ...wrong]
  return steps.flatMap((step, index) => tooEarly(step, index, [...path, index, 'due'], steps, byId))
}

/** When a step is due, counted from the start or the event; null where that cannot be told beforehand. */
function momentOf(step: StepFile, byId: ReadonlyMap<string, StepFile>, seen = 0): Moment | null {
  const { due } = step
  if (!due || seen > byId.size) return null
  if (typeof due.from === 'string') return { base: due.from, minutes: due.minutes }
  const before = byId.get(due.from.step)
  const moment = before ? momentOf(before, byId, seen + 1) : null
  return moment && { ...moment, minutes: moment.minutes + due.minutes }
}

function checkDue(
  { id, due }: StepFile,
  path: Path,
  byId: ReadonlyMap<string, StepFile>,
  event: boolean,
): readonly Problem[] {
  if (!due || due.from === 'start') return []
  if (due.from === 'event') {
    if (event) return []
    const allowed = 'Write event: true at the top, so that the hour of the event is asked for at the start'
    return [{ path, message: 'counts from an event, and this protocol is about none', allowed }]
  }
  if (due.from.step === lastStep) {
    if (path[0] === 'closing') return []
    return [
      {
        path: [...path, 'after_last'],
        message: 'goes with closing steps only',
        allowed: 'Write { after: 3, within: 30m }',
      },
    ]
  }
  if (due.from.step === id) return [{ path: [...path, 'after'], message: 'is the step itself' }]
  return byId.has(due.from.step) ? [] : [{ path: [...path, 'after'], message: `there is no step ${due.from.step}` }]
}

function tooEarly(
  step: StepFile,
  index: number,
  path: Path,
  steps: readonly StepFile[],
  byId: ReadonlyMap<string, StepFile>,
): readonly Problem[] {
  const own = momentOf(step, byId)
  if (!own) return []
  const end = step.until === null ? undefined : byId.get(step.until)
  const ends = end ? momentOf(end, byId) : null
  if (end && ends && ends.base === own.base && ends.minutes <= own.minutes) {
    const message = `is due first ${said(own)}, but ends with step ${end.id}, which is due ${said(ends)}`
    return [{ path, message, allowed: 'Let it begin earlier, or end with a later step' }]
  }
  const blocking = steps.slice(0, index).filter(one => one.blocking)
  const before = [
    ...awaited(step, steps).map(one => ({ one, why: `appears only after step ${one.id}` })),
    ...blocking.map(one => ({ one, why: `waits behind step ${one.id}, which is blocking` })),
  ]
  for (const { one, why } of before) {
    const moment = momentOf(one, byId)
    if (moment && moment.base === own.base && moment.minutes > own.minutes) {
      const due = `is due ${said(own)}, but ${why} and is due ${said(moment)}`
      return [{ path, message: due, allowed: `Give it a later time, or { after: ${one.id}, within: 15m }` }]
    }
  }
  return []
}

/** The steps without whose being done or skipped this one cannot appear. */
function awaited(step: StepFile, steps: readonly StepFile[]): readonly StepFile[] {
  return factsOf(step.when, []).flatMap(({ fact, sure }) => {
    if (!sure) return []
    if (fact.type === 'answer' || fact.type === 'number') {
      return steps.filter(one => one.asks.some(ask => ask.id === fact.ask))
    }
    return fact.type === 'step' && fact.is !== 'open' ? steps.filter(one => one.id === fact.step) : []
  })
}

function circleFrom(step: StepFile, byId: ReadonlyMap<string, StepFile>): readonly string[] | null {
  const steps = [...byId.values()]
  const seen = new Set<string>()
  const walk = (one: StepFile, way: readonly string[]): readonly string[] | null => {
    for (const next of waitsFor(one, steps, byId)) {
      if (next.id === step.id && way.length > 1) return way
      if (next.id === step.id || seen.has(next.id)) continue
      seen.add(next.id)
      const found = walk(next, [...way, next.id])
      if (found) return found
    }
    return null
  }
  return walk(step, [step.id])
}

function waitsFor(
  step: StepFile,
  steps: readonly StepFile[],
  byId: ReadonlyMap<string, StepFile>,
): readonly StepFile[] {
  const from = fromOf(step)
  const after = 'after' in from ? byId.get(from.after) : undefined
  return [...awaited(step, steps), ...(after ? [after] : [])]
}

function fromOf({ due }: StepFile): { readonly after: string } | Record<never, never> {
  return due && typeof due.from === 'object' ? { after: due.from.step } : {}
}

function said({ base, minutes }: Moment): string {
  const length = lengthOf(Math.abs(minutes))
  return base === 'start' ? `${length} after the start` : `${length} ${minutes < 0 ? 'before' : 'after'} the event`
}

/** A length of time as files write it: `90m`, `4h`, `7d`. */
export function lengthOf(minutes: number): string {
  if (minutes > 0 && minutes % 1440 === 0) return `${minutes / 1440}d`
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}

import type { AnnounceContext } from '../announce.ts'
import type { Person } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import { chainOf, type Link, nextLink } from './chain.ts'
import { type Reading, readRuns } from './reading.ts'
import { rungs } from './rung.ts'
import type { StandingStep } from './standing.ts'

/** What people are called to because of one entry: a step, how far it has come, and who is called. */
export type Call = {
  readonly entry: Entry
  readonly reading: Reading
  readonly standing: StandingStep
  readonly dueAt: number
  /** When it was due (epoch ms), if the hub was away then. */
  readonly late: number | null
  /** Who is written to; those who put their reminder off are not. */
  readonly people: readonly Person[]
} & How

/** Why: before it is due, because they asked to be reminded, overdue at that level of its chain, or for help. */
export type How =
  | { readonly type: 'before' | 'again' }
  | {
      readonly type: 'overdue'
      readonly rung: number
      /** Who is called at that level, also those who are not written to; null: there was nobody. */
      readonly link: Link | null
      /** Who was asked first, and who comes next. */
      readonly first: readonly Person[]
      readonly next: Link | null
    }
  | { readonly type: 'help' }

/** What people are called to by these entries, in their order; nothing of runs whose wording is not known. */
export function callsOf(entries: readonly Entry[], incident: Incident, context: AnnounceContext): readonly Call[] {
  const about = entries.filter(({ event }) => event.type === 'run' && event.on.type in calling)
  if (about.length === 0) return []
  const readings = readRuns(incident, context.taxonomy)
  return about.flatMap(entry => callOf(entry, readings, incident, context) ?? [])
}

const calling = { 'step-reminded': true, 'step-overdue': true, 'step-help': true } as const

function callOf(
  entry: Entry,
  readings: readonly Reading[],
  incident: Incident,
  { directory, now }: AnnounceContext,
): Call | null {
  const { event } = entry
  if (event.type !== 'run' || !('step' in event.on)) return null
  const { on } = event
  const reading = readings.find(({ run }) => run.id === event.run)
  const standing = reading?.steps.find(({ step }) => step.id === on.step)
  if (!reading || !standing) return null
  const chain = chainOf(standing, reading.run, incident, { directory, now })
  const first = chain.find(link => link.rung === rungs.overdue)?.people ?? []
  const known = { entry, reading, standing }
  switch (on.type) {
    case 'step-reminded': {
      const { dueAt, late = null, again } = on
      const asked = again?.flatMap(id => directory.people.get(id) ?? [])
      return { ...known, dueAt, late, type: asked ? 'again' : 'before', people: asked ?? awake(first, standing, now) }
    }
    case 'step-overdue': {
      const { dueAt, late = null, rung } = on
      const link = chain.find(one => one.rung === rung) ?? null
      const people = awake(link?.people ?? [], standing, now)
      return { ...known, dueAt, late, type: 'overdue', rung, link, first, next: nextLink(chain, rung), people }
    }
    case 'step-help': {
      const people = chain.filter(({ rung }) => rung === rungs.backup || rung === rungs.region)
      const others = (people.length > 0 ? people : chain).flatMap(link => link.people)
      const asked = others.filter(({ id }) => id !== entry.by)
      return { ...known, dueAt: standing.dueAt ?? now, late: null, type: 'help', people: asked }
    }
    default:
      return null
  }
}

/** Without those who put their own reminder of it off until later. */
function awake(people: readonly Person[], { state }: StandingStep, now: number): readonly Person[] {
  const { snoozedUntil, snoozedBy } = state
  if (snoozedUntil === null || snoozedUntil <= now) return people
  return people.filter(({ id }) => !snoozedBy.includes(id))
}

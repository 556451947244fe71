import { standsAs } from '../alike.ts'
import { titleOf } from '../card.ts'
import { activeDrills } from '../drill.ts'
import type { IncidentId, RunId } from '../ids.ts'
import { type Incident, isOpen } from '../incident.ts'
import { type Actor, maySee } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Known, Read } from '../ports.ts'
import { isNamedIn, openRuns, type Run } from '../run.ts'
import { actorSight } from '../sight.ts'
import { mayWork } from '../standing.ts'
import { type Button, plainView, type View } from '../view.ts'
import { openRunOf, type Reading, readRun, runOf } from './reading.ts'

/** Which run is meant: of that incident, or of any that runs it; and the button that asks the same of one of them. */
export type Wanted = {
  readonly known: Known | null
  readonly run: RunId | null
  readonly press: (incident: IncidentId, run: RunId) => string
  /** The whole line that was typed, where a press of the question would lose what it says; absent: there is none. */
  readonly typed?: string
  /** Typed by hand: a protocol's name means the run of it that goes on, though it is the second one (`P1-2`). */
  readonly byName?: boolean
}

/** The run that is meant, why there is none, or a question which one. */
export type Sought =
  | { readonly type: 'found'; readonly known: Known; readonly reading: Reading }
  | { readonly type: 'no'; readonly phrase: Phrase }
  | { readonly type: 'which'; readonly view: View }

type Asked = { readonly read: Read; readonly actor: Actor }

const looked = 200
const mostButtons = 9

/** Finds the open run that somebody means; where they named no incident, among all that they may see. */
export async function seekRun(wanted: Wanted, asked: Asked): Promise<Sought> {
  const { known, run } = wanted
  if (known) return (await partOf(known, wanted, asked)) ?? ofIncident(known, wanted, asked)
  const found = (await theirs(asked)).filter(one => run === null || openOf(one, wanted) !== undefined)
  const [only] = found
  if (!only) return no(phrase('protocol.no-run-anywhere', { run: run ?? phrase('button.protocol') }))
  if (found.length > 1) {
    const buttons = found.slice(0, mostButtons).map((incident): Button => {
      const id = openOf(incident, wanted)?.id ?? ''
      const label = phrase('form.name', { name: titleOf(incident, asked.read.taxonomy) })
      return { id: wanted.press(incident.id, id), label }
    })
    const which = run === null ? phrase('protocol.which-incident') : phrase('protocol.which-run', { run })
    return { type: 'which', view: plainView([which, ...again(wanted, found)], buttons) }
  }
  const whole = await asked.read.incidents.find(only.id)
  return whole ? ofIncident(whole, wanted, asked) : no(phrase('refusal.unknown', { id: only.id }))
}

/** What is part of another incident now has its protocol there: that is said, with a press of the same there. */
async function partOf({ incident }: Known, wanted: Wanted, { read, actor }: Asked): Promise<Sought | null> {
  const ended = incident.runs?.find(one => one.id === wanted.run)
  if (incident.mergedInto === null || !ended) return null
  const whole = (await standsAs(incident.id, read.incidents))?.incident
  const run = whole && openRunOf(whole, ended.protocol)
  if (!whole || !run || !maySee(actor, whole) || actorSight(whole, actor, read.directory) !== 'whole') return null
  const label = phrase('form.name', { name: titleOf(whole, read.taxonomy) })
  const said = phrase('protocol.goes-on', { id: incident.id, other: whole.id, run: run.id })
  const lines = [said, ...again(wanted, [whole])]
  return { type: 'which', view: plainView(lines, [{ id: wanted.press(whole.id, run.id), label }]) }
}

/** How to say the same again, whole, so that nobody types their words anew. */
function again({ typed = '' }: Wanted, [first]: readonly Incident[]): readonly Phrase[] {
  if (typed === '' || !first) return []
  return [phrase('protocol.which-typed', { words: { words: `${first.id} ${typed}` } })]
}

/** The open run that is meant there; the first, if none is named. */
function openOf(incident: Incident, { run, byName = false }: Wanted): Run | undefined {
  const open = openRuns(incident)
  if (run === null) return open[0]
  return open.find(one => one.id === run) ?? (byName ? open.find(one => one.protocol === run) : undefined)
}

/**
 * Incidents on which a protocol runs, that this person may see where they ask: open ones, the most urgent first, then
 * those that are resolved and whose last steps are still to be done.
 */
export async function running({ read, actor }: Asked): Promise<readonly Incident[]> {
  const asked = { viewer: actor.id, regions: actor.regions, limit: looked } as const
  const open = await read.incidents.list({ ...asked, open: true })
  const resolved = await read.incidents.list({ ...asked, status: ['resolved'] })
  return [...open.items, ...resolved.items].filter(
    one => openRuns(one).length > 0 && maySee(actor, one) && actorSight(one, actor, read.directory) === 'whole',
  )
}

/** Those of their regions and exercises, and those in which they have something to do, wherever they are. */
async function theirs(asked: Asked): Promise<readonly Incident[]> {
  const tasks = await asked.read.tasks.list(asked.actor.id, looked)
  const all = [...(await running(asked)), ...tasks.map(task => task.incident), ...(await practised(asked))]
  const seen = all.filter(one => !isOutside(one, asked.actor))
  return [...new Map(seen.map(one => [one.id, one])).values()]
}

/** What was made up for the exercises that this person is in, which stands in no list. */
async function practised({ read, actor }: Asked): Promise<readonly Incident[]> {
  const drills = activeDrills(read.directory).filter(({ people }) => people.includes(actor.id))
  const ids = (await Promise.all(drills.map(({ id }) => read.drills.incidents(id)))).flat()
  const known = await Promise.all(ids.slice(-looked).map(id => read.incidents.find(id)))
  return known.flatMap(one => (one && isOpen(one.incident) && openRuns(one.incident).length > 0 ? [one.incident] : []))
}

/** Who only reported it reads nothing of how the team goes about it. */
function isOutside(incident: Incident, actor: Actor): boolean {
  return incident.reporter === actor.id && !mayWork(actor, incident) && !isNamedIn(incident.runs ?? [], actor.id)
}

function ofIncident(known: Known, wanted: Wanted, { read, actor }: Asked): Sought {
  const { incident } = known
  const { run, press } = wanted
  const { id } = incident
  // Where only the bare facts may be shown there is no checklist either.
  if (actorSight(incident, actor, read.directory) !== 'whole') return no(phrase('sight.red-more'))
  if (isOutside(incident, actor)) return no(run ? phrase('run.not-part', { run, id }) : phrase('run.no-part', { id }))
  const open = openRuns(incident)
  const [only, second] = open
  if (run === null && second) {
    const buttons = open
      .slice(0, mostButtons)
      .map((one): Button => ({ id: press(id, one.id), label: phrase('form.name', { name: one.id }) }))
    return { type: 'which', view: plainView([phrase('protocol.which-of', { id })], buttons) }
  }
  const meant = run === null ? only : (openOf(incident, wanted) ?? runOf(incident, run))
  if (!meant) return no(missing(incident, run))
  if (meant.status !== 'running' && meant.status !== 'paused') {
    const params = { run: meant.id, id, time: { time: meant.endedAt ?? meant.startedAt } }
    return no(phrase('protocol.run-over', { ...params, how: phrase(`protocol.how-${meant.status}`) }))
  }
  const reading = readRun(meant, incident, read.taxonomy)
  return reading ? { type: 'found', known, reading } : no(phrase('protocol.unknown', { run: meant.id }))
}

function missing(incident: Incident, run: RunId | null): Phrase {
  const open = openRuns(incident)
  if (run === null || open.length === 0) return phrase('protocol.none-running-yet', { id: incident.id })
  return phrase('protocol.no-run', { run, id: incident.id, runs: open.map(one => one.id) })
}

function no(why: Phrase): Sought {
  return { type: 'no', phrase: why }
}

import { type BroadcastId, readBroadcastId, readIncidentId } from '../ids.ts'
import type { RumourDeed } from '../outlook.ts'
import { maySee } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Rumour, RumourState } from '../rumour.ts'
import type { View } from '../view.ts'
import { findRumour, type Looking, lookAt } from './look.ts'
import { mayJudge } from './view.ts'

/** What is to be done about a rumor, and how it looks then; or why it cannot be. */
export type RumourChange = { readonly deed: RumourDeed; readonly after: View } | { readonly no: Phrase }

/** Says how it stands; of an answered one with which broadcast. */
export async function judged(
  rumour: Rumour,
  state: RumourState,
  broadcast: BroadcastId | null,
  looking: Looking,
): Promise<RumourChange> {
  const after = { ...rumour, state, answeredWith: broadcast ?? rumour.answeredWith }
  const deed = { type: 'judge', rumour: rumour.id, state, with: broadcast } as const
  return { deed, after: await lookAt(after, looking, phrase('rumour.judged')) }
}

/** Says that a broadcast which went out answered it. */
export async function answered(rumour: Rumour, typed: string, looking: Looking): Promise<RumourChange> {
  const id = readBroadcastId(typed)
  const broadcast = id && (await looking.read.broadcasts.find(id))
  if (!broadcast?.startedAt) return { no: phrase('rumour.no-broadcast', { words: { words: typed } }) }
  return judged(rumour, 'answered', broadcast.id, looking)
}

/** Says in whoever's own words what it is about. */
export async function described(rumour: Rumour, about: string, looking: Looking): Promise<RumourChange> {
  const after = await lookAt({ ...rumour, about }, looking, phrase('rumour.described'))
  return { deed: { type: 'describe', rumour: rumour.id, about }, after }
}

/** Joins it to the one that was typed; the older one stands from then on: its number is known to most. */
export async function joined(from: Rumour, typed: string, looking: Looking): Promise<RumourChange> {
  const into = await findRumour(typed, looking)
  if (!into) return { no: phrase('rumour.unknown', { words: { words: typed } }) }
  if (into.id === from.id) return { no: phrase('rumour.same-itself', { id: from.id }) }
  if (!mayJudge(into, looking.actor)) return { no: phrase('rumour.who', { id: into.id }) }
  const [first, other] = from.id < into.id ? [from, into] : [into, from]
  const said = phrase('rumour.joined', { other: other.id, id: first.id })
  const after = await lookAt({ ...first, ...together(first, other) }, looking, said)
  return { deed: { type: 'join', rumour: other.id, into: first.id }, after }
}

/** Takes a report out: from then on it is a rumor of its own. */
export async function takenOut(typed: string, rumour: Rumour, looking: Looking): Promise<RumourChange> {
  const incident = readIncidentId(typed)
  const report = incident ?? typed
  if (!incident || !rumour.incidents.includes(incident))
    return { no: phrase('rumour.not-in', { report, id: rumour.id }) }
  const left = { ...rumour, incidents: rumour.incidents.filter(one => one !== incident) }
  const after = await lookAt(left, looking, phrase('rumour.out', { report }))
  return { deed: { type: 'put', incident, rumour: null }, after }
}

/** Puts a report into it, whatever was compared. */
export async function put(typed: string, rumour: Rumour, looking: Looking): Promise<RumourChange> {
  const id = readIncidentId(typed)
  const known = id && (await looking.read.incidents.find(id))
  if (!known || !maySee(looking.actor, known.incident))
    return { no: phrase('rumour.no-report', { words: { words: typed } }) }
  const incident = known.incident.id
  const incidents = rumour.incidents.includes(incident) ? rumour.incidents : [...rumour.incidents, incident]
  const said = phrase('rumour.put', { report: incident, id: rumour.id })
  const after = await lookAt({ ...rumour, incidents }, looking, said)
  return { deed: { type: 'put', incident, rumour: rumour.id }, after }
}

/** How the two stand as one, until it is read anew. */
function together(first: Rumour, other: Rumour): Partial<Rumour> {
  const both = <One>(of: (one: Rumour) => readonly One[]) => [...new Set([...of(first), ...of(other)])]
  return {
    about: first.about ?? other.about,
    state: first.state === 'new' ? other.state : first.state,
    answeredWith: first.answeredWith ?? other.answeredWith,
    incidents: both(one => one.incidents),
    regions: both(one => one.regions),
    counties: both(one => one.counties),
    firstAt: Math.min(first.firstAt, other.firstAt),
    lastAt: Math.max(first.lastAt, other.lastAt),
    reach: first.reach.map((count, day) => count + (other.reach[day] ?? 0)),
  }
}

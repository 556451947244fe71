import type { ClearAction, IncidentAction } from './action.ts'
import { type Context, type Decision, follow, happen } from './decision.ts'
import type { Directory } from './directory.ts'
import { linksBy } from './given.ts'
import type { PersonId } from './ids.ts'
import { type Clearing, type CurrentWords, clearings, endedAt, type Incident, type Lost } from './incident.ts'
import { keepers } from './mark.ts'
import { mask } from './mask/labels.ts'
import { type Retention, usualRetention } from './network/retention.ts'
import { coordinates, holder } from './standing.ts'

/** What an incident still has that could be cleared away: how many texts, contacts and files. */
export type Holdings = { readonly words: number; readonly contacts: number; readonly files: number }

const day = 24 * 60 * 60_000

/** How long the network keeps things, in days. */
export function retentionOf({ retention }: Pick<Directory, 'retention'>): Retention {
  return retention ?? usualRetention
}

/** Whether it was withdrawn or no incident, of which nothing need be kept. */
function isNoise({ status }: Incident): boolean {
  return status === 'withdrawn' || status === 'dismissed'
}

/** The next step of clearing away an incident that is due, or null. */
export function nextClearing(incident: Incident, retention: Retention, now: number): Clearing | null {
  const since = endedAt(incident)
  const step = clearings[incident.cleared ?? 0]
  if (since === null || !step) return null
  const days = isNoise(incident) ? retention.noise : retention[step]
  return since <= now - days * day ? step : null
}

/**
 * The hub clears away what is over its time. Judged against the present state: what was reopened, is held or has news
 * loses nothing. What happened and where stays, masked, as the hub's own words.
 */
export function clear(incident: Incident, { step, words, holdings, root }: ClearAction, context: Context): Decision[] {
  const { directory, now } = context
  if (incident.hold || nextClearing(root, retentionOf(directory), now) !== step) return []
  if (incident.id !== root.id && incident.status !== 'duplicate') return []
  if ((incident.cleared ?? 0) > clearings.indexOf(step)) return []
  return removal(isNoise(root) ? 'noise' : step, words, holdings, directory)
}

/** Somebody was erased: what they wrote (the entries `seqs`) and sent is gone, and they are no more its reporter. */
export function forget(incident: Incident, { person, seqs, files = [] }: ForgetAction): Decision[] {
  const { reporter, whatSeq, whereSeq, joined, hold } = incident
  // Files under a legal hold stay until it ends.
  const gone = hold ? [] : files.filter(file => incident.files?.includes(file.id))
  const lost: Lost[] = [
    ...(reporter === person ? (['reporter'] as const) : []),
    ...(seqs.includes(whatSeq) ? (['what'] as const) : []),
    ...(seqs.includes(whereSeq) ? (['where'] as const) : []),
  ]
  const known = gone.length > 0 || linksBy(incident, person) > 0 || joined.includes(person)
  if (lost.length === 0 && !known) return []
  const sent = gone.length > 0 ? { files: gone } : {}
  return [follow({ type: 'removed', what: 'person', count: seqs.length, lost, whose: person, ...sent })]
}

type ForgetAction = Extract<IncidentAction, { type: 'forget' }>

/**
 * Whoever asks to be erased, or is hidden, lets go of what they have, help with or are offered; what nobody left could
 * coordinate goes to its keepers.
 */
export function letGo(incident: Incident, person: PersonId, { now, directory }: Context): Decision[] {
  const had = [
    ...(incident.handover?.to === person ? [happen({ type: 'handover-declined', to: person })] : []),
    ...(holder(incident, now)?.by === person ? [happen({ type: 'released' })] : []),
    ...(incident.joined.includes(person) ? [happen({ type: 'left' })] : []),
  ]
  if (incident.visibility !== 'restricted' || !incident.allowed.includes(person)) return had
  const people = new Map([...directory.people].filter(([id]) => id !== person))
  const left = incident.allowed.flatMap(id => people.get(id) ?? [])
  if (left.some(one => coordinates(one, incident))) return had
  const allowed = [...left.map(one => one.id), ...keepers({ ...directory, people }, incident.region)]
  return [...had, follow({ type: 'restricted', allowed: [...new Set(allowed)] })]
}

function removal(
  what: Clearing | 'noise',
  words: CurrentWords,
  { words: texts, contacts, files }: Holdings,
  directory: Directory,
): Decision[] {
  const gone = (count: number, lost: readonly Lost[]) => ({ type: 'removed', what, count, lost }) as const
  switch (what) {
    case 'noise':
      return [follow(gone(texts + files, [...narrative, 'evidence']))]
    case 'contact':
      return [follow(gone(contacts, ['account']))]
    case 'evidence':
      return [follow(gone(files, ['evidence']))]
    case 'narrative':
      return [{ event: gone(texts, narrative), words: masked(words, directory), by: null }]
  }
}

const narrative: readonly Lost[] = ['reporter', 'what', 'where']

function masked({ what, where }: CurrentWords, directory: Directory): Record<string, string> {
  const language = directory.languages[0] ?? 'en'
  const kept = { what: what && mask(what, language, directory), where: where && mask(where, language, directory) }
  return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

import { type Incident, isOpen, isWaiting } from '../incident.ts'
import type { Known } from '../ports.ts'
import type { Protocol, Trigger } from '../protocol.ts'
import { openRuns } from '../run.ts'
import { guessKind, type Kind, type Taxonomy } from '../taxonomy.ts'

/** What is looked at of an incident: its state, and the words that its card shows. */
export type Looked = Pick<Known, 'incident' | 'words'>

/**
 * True if an incident is one that this trigger is for: by its kind, severity, region and words, all that is given.
 * Never one that has ended, that nobody has checked, or that is made up for a drill. How many there are, and how long
 * nobody has claimed it, is judged apart.
 */
export function matches(trigger: Trigger, { incident, words }: Looked, taxonomy: Taxonomy): boolean {
  if (isBlank(trigger) || !mayTrigger(incident)) return false
  const { kinds, severity, regions } = trigger
  if (kinds.length > 0 && !(incident.kind && isAmong(incident.kind, kinds))) return false
  if (severity !== null && incident.severity < severity) return false
  if (regions.length > 0 && !regions.includes(incident.region)) return false
  return trigger.words === null || says(trigger, [words.what, words.where].filter(Boolean).join('\n'), taxonomy)
}

/** True if what happened may propose anything at all. */
export function mayTrigger(incident: Incident): boolean {
  return isOpen(incident) && !isWaiting(incident) && incident.drill === undefined
}

/** From when (epoch ms) nobody has had it for as long as the trigger says; null if somebody has, or none is said. */
export function unclaimedFrom({ unclaimed }: Trigger, { status, poolSince }: Incident): number | null {
  return unclaimed === null || status !== 'reported' ? null : poolSince + unclaimed * minute
}

/** True while that protocol is worked through for the incident. */
export function isRunning({ id }: Pick<Protocol, 'id'>, incident: Incident): boolean {
  return openRuns(incident).some(run => run.protocol === id)
}

/** True once that protocol was started for the incident, also if people have stopped it: they know of it. */
export function wasStarted({ id }: Pick<Protocol, 'id'>, { runs = [] }: Incident): boolean {
  return runs.some(run => run.protocol === id)
}

/** The kinds that a trigger names, its groups told apart; null for any kind. */
export function kindsOf({ kinds }: Trigger, taxonomy: Taxonomy): readonly Kind[] | null {
  if (kinds.length === 0) return null
  return taxonomy.kinds.filter(kind => isAmong(kind.code, kinds)).map(kind => kind.code)
}

const minute = 60_000

function isAmong(kind: Kind, kinds: readonly string[]): boolean {
  return kinds.some(one => one === kind || kind.startsWith(`${one}-`))
}

// Whoever wrote nothing in it meant something else than every report.
function isBlank({ kinds, severity, regions, words, count, unclaimed }: Trigger): boolean {
  const places = kinds.length + regions.length === 0
  return places && severity === null && words === null && count === null && unclaimed === null
}

const rules = new WeakMap<NonNullable<Trigger['words']>, Taxonomy>()

/** By the very rules, in both languages, by which kinds are told from words: `no rifles` says nothing of rifles. */
function says({ words }: Trigger, text: string, taxonomy: Taxonomy): boolean {
  const [first] = taxonomy.kinds
  if (words === null || !first || text === '') return false
  const own = rules.get(words) ?? { ...taxonomy, kinds: [{ ...first, words }] }
  rules.set(words, own)
  return guessKind(text, own) !== null
}

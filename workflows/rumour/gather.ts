import { countyOf } from '../figures.ts'
import type { IncidentId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { termsOf } from '../similar/terms.ts'
import type { Kind } from '../taxonomy.ts'
import { type Looked, mayTrigger } from '../trigger/match.ts'
import { sayingTheSame } from '../trigger/same.ts'

/** What a report is to the rumors: it begins or repeats one, can only repeat one, or has nothing to do with them. */
export type Hearing = 'begins' | 'repeats' | 'none'

/** Whether a report of that kind begins a rumor: what is said of it, and not what speech did. */
export function hearingOf({ kind, visibility }: Pick<Incident, 'kind' | 'visibility'>): Hearing {
  // What only the named may know of is counted nowhere.
  if (kind === null || visibility !== 'region' || !isSpeech(kind)) return 'none'
  return kind === rumourKind ? 'begins' : 'repeats'
}

/** The terms by which reports that say the same are found; none where nothing is said, or it is not to be looked at. */
export function gistOf({ incident, words }: Looked): readonly string[] {
  if (!mayTrigger(incident) || words.what === null) return []
  return [...termsOf({ what: words.what, where: null, county: countyOf(incident.place) }).all]
}

/** A report that was filed before, as it stands, and the rumor that it repeats. */
export type Earlier = Looked & { readonly rumour: string }

/**
 * The rumor that a report repeats: that of most reports which say much the same, or pass on the same link or file
 * (`shared`); null if it is a new one.
 */
export function repeatedBy(own: Looked, earlier: readonly Earlier[], shared: ReadonlySet<IncidentId>): string | null {
  const others = earlier.map(one => ({ ...said(one), rumour: one.rumour }))
  const same = sayingTheSame(said(own), others, shared)
  const votes = new Map<string, number>()
  for (const { rumour } of same) votes.set(rumour, (votes.get(rumour) ?? 0) + 1)
  // Of two that were told as often it is the older one: its number is smaller.
  const [most] = [...votes].toSorted(([one, many], [other, few]) => few - many || (one < other ? -1 : 1))
  return most?.[0] ?? null
}

const rumourKind: Kind = 'SP-3'

function isSpeech(kind: Kind): boolean {
  return kind.startsWith('SP-')
}

function said({ incident, words }: Looked) {
  return { id: incident.id, county: countyOf(incident.place), what: words.what }
}

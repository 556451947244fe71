import { type Edition, leaves } from './edition.ts'
import type { Incident } from './incident.ts'
import { kindInfo, type Taxonomy } from './taxonomy.ts'

/**
 * What an edition may show of one incident. `place`: as near as what was said, its county, or its region; `kind`: its
 * kind or only the group of that; `time`: to the minute or the day; `id`: its number and a link for who may open it;
 * `people`: who has it, checked or reported it; `words`: what people wrote; `details`: sides, weapons, injuries,
 * evidence.
 */
export type Disclosure = {
  readonly id: boolean
  readonly kind: 'kind' | 'group'
  readonly place: 'exact' | 'county' | 'region'
  readonly time: 'minute' | 'day'
  readonly people: boolean
  readonly details: boolean
  readonly words: boolean
}

/**
 * What an edition may show of an incident by itself; null: it is told of in no line, row or point at all. RED ones show
 * number, county, severity and kind inside the network, unless the reader may see RED; beyond it nothing. Restricted
 * ones and those of a stranger that nobody has passed on show nothing anywhere.
 */
export function disclosed(incident: Incident, edition: Edition, { taxonomy, maySeeRed }: Reader): Disclosure | null {
  if (!counts(incident, edition)) return null
  if (edition === 'response' || edition === 'leadership') {
    if (incident.mark === 'RED' && !maySeeRed) return hidden
    return edition === 'response' ? whole : { ...whole, words: false, place: 'county' }
  }
  const { consent } = incident.details
  const victim = incident.kind === null || (kindInfo(taxonomy, incident.kind)?.victim ?? true)
  if (edition === 'public') {
    const open = consent ? consent.includes('public') : incident.mark === 'CLEAR'
    return open && !victim ? { ...outside, id: false } : null
  }
  const bare = victim || (consent !== undefined && !consent.includes('partners'))
  return bare ? { ...outside, id: false, kind: 'group', place: 'region' } : outside
}

/** Who reads an edition, and what kinds there are; `maySeeRed` counts only inside the network. */
export type Reader = { readonly taxonomy: Taxonomy; readonly maySeeRed: boolean }

/** Whether an incident stands in the figures of an edition at all; those that leave the network count no RED one. */
export function counts({ visibility, mark, drill, triage }: Incident, edition: Edition): boolean {
  if (visibility === 'restricted' || drill !== undefined || triage === 'waiting') return false
  return mark !== 'RED' || !leaves(edition)
}

/** A count as an edition shows it: itself, "<3" for 1 or 2, or "–": not told, because others would give it back. */
export type ShownCount = number | '<3' | '–'

/**
 * Counts that add up to a total which is shown as well, as an edition shows them. `of: 'places'` are counts of counties
 * or nearer, small beyond the network; `of: 'reports'` any other, small only for the public. 1 and 2 are "<3", and
 * where the total would give them back, the first count of 3 or more is not told either; if that is not enough, none
 * is. Give them in an order that does not come from the counts: it would give them back too.
 */
export function shownCounts(
  counts: readonly number[],
  edition: Edition,
  { of }: { readonly of: 'places' | 'reports' },
): { readonly total: ShownCount; readonly counts: readonly ShownCount[] } {
  const total = sumOf(counts)
  if (total === 0 || !hidesFew(edition, of)) return { total, counts }
  const none = counts.map(() => '–' as const)
  if (isFew(total)) return { total: '<3', counts: none }
  const few = counts.filter(isFew)
  if (total > fewest && few.length === 0) return { total, counts }
  const first = counts.findIndex(count => count >= fewest)
  if (total === fewest || !isHeld(few, counts[first])) return { total, counts: none }
  return { total, counts: counts.map((count, at) => (at === first ? '–' : isFew(count) ? '<3' : count)) }
}

/** One count with no total beside it, as an edition shows it. */
export function shownCount(count: number, edition: Edition, { of }: { readonly of: 'places' | 'reports' }): ShownCount {
  return hidesFew(edition, of) && isFew(count) ? '<3' : count
}

/** A part of a summary, in the order in which it is read. */
export type Part =
  | 'lead'
  | 'decisions'
  | 'numbers'
  | 'urgent'
  | 'timing'
  | 'places'
  | 'alarms'
  | 'trend'
  | 'verification'
  | 'rumours'
  | 'protection'
  | 'coverage'
  | 'response'
  | 'agenda'
  | 'positive'

/**
 * Whether an edition has that part at all. Decisions, who of ours is in danger and where nobody answers stay inside the
 * network; the public is told of no alarm and no single grave incident either.
 */
export function hasPart(edition: Edition, part: Part): boolean {
  if (!leaves(edition)) return true
  if (part === 'decisions' || part === 'protection' || part === 'coverage') return false
  return edition === 'partner' || (part !== 'alarms' && part !== 'urgent')
}

const fewest = 3
const whole: Disclosure = {
  id: true,
  kind: 'kind',
  place: 'exact',
  time: 'minute',
  people: true,
  details: true,
  words: true,
}
const hidden: Disclosure = { ...whole, place: 'county', people: false, details: false, words: false }
const outside: Disclosure = { ...hidden, time: 'day' }

function hidesFew(edition: Edition, of: 'places' | 'reports'): boolean {
  return of === 'places' ? leaves(edition) : edition === 'public'
}

function isFew(count: number): boolean {
  return count > 0 && count < fewest
}

/**
 * True if the sum of the few and of what is withheld with them leaves open for each whether it is 1 or 2, even to who
 * knows this rule: the tests try all small tables.
 */
function isHeld(few: readonly number[], apart: number | undefined): boolean {
  const [sum, least] = [sumOf(few), few.length]
  return apart === undefined ? sum > least && sum < 2 * least : sum + apart >= least + fewest + 2
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

import type { IncidentId } from '../ids.ts'
import type { Protocol, Trigger } from '../protocol.ts'
import { aligned, type Terms, termsOf, weigh } from '../similar/terms.ts'

/** What was said, where. */
export type Said = { readonly id: IncidentId; readonly county: string | null; readonly what: string | null }

const enoughShare = 0.5
const enoughTerms = 3
const enoughWeight = 1.8

/**
 * Those that say much the same as this one, wherever they were reported, in either language: half of what the shorter
 * of the two says, in at least three words that tell something; or that pass on the same link or file (`shared`). That
 * is likeness of words and no more: whether it is one rumor, people must judge.
 */
export function sayingTheSame<One extends Said>(
  own: Said,
  others: readonly One[],
  shared: ReadonlySet<IncidentId> = new Set(),
): readonly One[] {
  const first = terms(own)
  const all = others.map(one => ({ one, terms: aligned(terms(one), first) }))
  const rarity = weigh([first, ...all.map(each => each.terms)])
  return all.filter(each => shared.has(each.one.id) || isSame(first, each.terms, rarity)).map(each => each.one)
}

/**
 * Whether a trigger counts only what says much the same: as it says itself, else where it is about speech and rumors of
 * several counties, which are the same rumor only then.
 */
export function saysSame({ count, kinds }: Pick<Trigger, 'count' | 'kinds'>): boolean {
  if (!count) return false
  return count.alike ?? (count.counties > 1 && kinds.length > 0 && kinds.every(kind => /^SP\b/.test(kind)))
}

/** The trigger of that name, or null if the protocol has it no more. */
export function triggerOf({ triggers }: Pick<Protocol, 'triggers'>, id: string): Trigger | null {
  return triggers.find(one => one.id === id) ?? null
}

// Where it happened, or is said to happen, differs from county to county.
function terms({ what, county }: Said): Terms {
  return termsOf({ what, where: null, county })
}

function isSame(one: Terms, other: Terms, rarity: (term: string) => number): boolean {
  const sum = (all: Iterable<string>) => [...all].reduce((total, term) => total + rarity(term), 0)
  const both = [...one.all].filter(term => other.all.has(term))
  const weight = sum(both)
  const least = Math.min(sum(one.all), sum(other.all))
  return both.length >= enoughTerms && weight >= enoughWeight && weight >= least * enoughShare
}

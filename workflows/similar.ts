import type { IncidentId } from './ids.ts'
import type { Incident } from './incident.ts'
import { aligned, type Terms, termsOf, weigh } from './similar/terms.ts'
import { type Kind, kindInfo, type Severity, type Taxonomy } from './taxonomy.ts'

/** What is compared of an incident: never anything by which a person could be found. */
export type Happening = {
  readonly id: IncidentId
  readonly county: string | null
  readonly kind: Kind | null
  readonly severity: Severity
  readonly reportedAt: number
  readonly what: string | null
  readonly where: string | null
}
/** Why two are held to be the same event, strongest first. */
export type Reason = 'original' | 'where' | 'what' | 'kind' | 'county' | 'time'
/** How likely another is the same event: from 0 to 1, with the reasons. */
export type Likeness = { readonly id: IncidentId; readonly score: number; readonly why: readonly Reason[] }

/** From this score on the reporter is asked; below, nobody is. */
export const sureEnough = 0.6
/** How far apart two reports of one event are told, in ms. */
export const window = 6 * 60 * 60_000

const soon = 45 * 60_000
const enough = 1.8

/**
 * How likely each of the others is the same event as this one, likeliest first. Words weigh by how rarely the others
 * use them; what is masked never counts. `originals` names those that share a link or a file with it.
 */
export function compare(
  one: Happening,
  others: readonly Happening[],
  taxonomy: Taxonomy,
  originals: ReadonlySet<IncidentId> = new Set(),
): readonly Likeness[] {
  const own = termsOf(one)
  const all = others.map(other => ({ other, terms: aligned(termsOf(other), own) }))
  const rarity = weigh([own, ...all.map(each => each.terms)])
  return all
    .map(({ other, terms }) => judge({ one, other, own, terms, rarity, taxonomy, shared: originals.has(other.id) }))
    .filter(likeness => likeness.score > 0)
    .toSorted((a, b) => b.score - a.score)
}

/** What is compared of an incident with the words that its card shows. */
export function happening(incident: Incident, words: { readonly what: string | null; readonly where: string | null }) {
  const { id, place, kind, severity, reportedAt } = incident
  return { id, county: place.county, kind, severity, reportedAt, ...words } satisfies Happening
}

/** How near two kinds are: 1 the same, less in the same group, least for those of different groups. */
function kindNearness(one: Kind | null, other: Kind | null, taxonomy: Taxonomy): number {
  if (one === null || other === null) return 0.3
  if (one === other) return 1
  return kindInfo(taxonomy, one)?.group === kindInfo(taxonomy, other)?.group ? 0.6 : 0
}

type Pair = {
  readonly one: Happening
  readonly other: Happening
  readonly own: Terms
  readonly terms: Terms
  readonly rarity: (term: string) => number
  readonly taxonomy: Taxonomy
  readonly shared: boolean
}

function judge({ one, other, own, terms, rarity, taxonomy, shared }: Pair): Likeness {
  const none = { id: other.id, score: 0, why: [] }
  const near = nearness(one.reportedAt - other.reportedAt)
  if (near === 0 || (one.county !== null && other.county !== null && one.county !== other.county && !shared))
    return none
  const where = overlap(own.where, terms.where, own.all, terms.all, rarity)
  const what = overlap(own.what, terms.what, own.all, terms.all, rarity)
  const kind = kindNearness(one.kind, other.kind, taxonomy)
  // Who passes on one original may place it anywhere.
  const apart = !shared && where.shared === 0 && where.tellable ? 2 : 0
  const numbers = !shared && contradict(own.places, terms.places) ? 3 : 0
  const points =
    1.9 * where.share +
    1.5 * what.share +
    0.35 * Math.min(3, what.shared) +
    0.45 * Math.min(3, where.shared) +
    0.7 * kind +
    (one.county !== null && one.county === other.county ? 0.4 : 0) +
    (shared ? 3.4 : 0) -
    0.15 * Math.abs(one.severity - other.severity) -
    apart -
    numbers
  const score = (1 / (1 + Math.exp(-1.6 * (points - 3.1)))) * near
  const why: [Reason, boolean][] = [
    ['original', shared],
    ['where', where.share >= 0.4],
    ['what', what.share >= 0.3],
    ['kind', kind >= 0.6],
    ['county', one.county !== null && one.county === other.county],
    ['time', near > 0.9],
  ]
  return { id: other.id, score, why: why.flatMap(([reason, holds]) => (holds ? [reason] : [])) }
}

/** 1 for reports within three quarters of an hour, falling to 0 at the end of the window. */
function nearness(apart: number): number {
  const late = Math.abs(apart)
  return late <= soon ? 1 : Math.max(0, 1 - ((late - soon) / (window - soon)) ** 0.8)
}

/** How much of what the shorter says of it the other says too: the share, and the weight of what is shared. */
function overlap(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  oneAll: ReadonlySet<string>,
  otherAll: ReadonlySet<string>,
  rarity: (term: string) => number,
): { readonly share: number; readonly shared: number; readonly tellable: boolean } {
  const sum = (terms: Iterable<string>) => [...terms].reduce((total, term) => total + rarity(term), 0)
  const both = new Set([...one].filter(term => otherAll.has(term)).concat([...other].filter(term => oneAll.has(term))))
  const [own, theirs, shared] = [sum(one), sum(other), sum(both)]
  const least = Math.min(own, theirs)
  // That a single word is all of what both say proves little.
  const share = least < 0.5 ? 0 : Math.min(1, shared / least) * Math.min(1, shared / enough)
  return { share, shared, tellable: least >= 1 }
}

/** True if both name numbered streets or blocks, and none is the same. */
function contradict(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size > 0 && other.size > 0 && ![...one].some(number => other.has(number))
}

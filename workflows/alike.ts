import { type Person, servesRegion } from './directory.ts'
import { countyOf } from './figures.ts'
import type { IncidentId } from './ids.ts'
import { type Alike, type Incident, isWaiting } from './incident.ts'
import { mostAlike } from './likeness.ts'
import { maySee } from './permission.ts'
import type { IncidentReads, Known, Near } from './ports.ts'
import { compare, type Happening, happening, type Likeness, sureEnough, window } from './similar.ts'
import { type Kind, kindInfo, type Taxonomy } from './taxonomy.ts'

/** Another that may be the same event, with how likely and why. */
export type Found = Likeness & { readonly near: Near }

type Reads = { readonly incidents: Pick<IncidentReads, 'similar'>; readonly taxonomy: Taxonomy }

// Opening words takes time, and what is not among the nearest few dozen is hardly ever the same.
const mostOpened = 40
const longestChain = 100
// A card names more than a reporter is asked about: responders see at a glance what is not the same.
const mayBe = 0.04
const mayBeWithin = 2 * 60 * 60_000
const mostMaybe = 2

/** Open ones that a card names as likely or maybe the same event; without what was said to be another. */
export async function findAlike({ incident, words }: Known, { incidents, taxonomy }: Reads): Promise<readonly Found[]> {
  const { id, region, visibility, place, severity, reportedAt, kind } = incident
  const probe = {
    id,
    region,
    visibility,
    place,
    severity,
    reportedAt,
    kinds: nearKinds(kind, taxonomy),
    within: window,
  }
  const near = (await incidents.similar(probe, mostOpened)).filter(one => !saidApart(incident, one.incident))
  const others = near.map(one => happening(one.incident, one.words))
  const shared = new Set(near.filter(one => one.shared).map(one => one.incident.id))
  const byId = new Map(near.map(one => [one.incident.id, one]))
  const found = compare(happening(incident, words), others, taxonomy, shared).flatMap(likeness => {
    const one = byId.get(likeness.id)
    return one ? [{ ...likeness, near: one }] : []
  })
  return named(incident, found, incident.like?.length)
}

/**
 * Those of the likeliest that a card names: three that are likely the same, and where there are fewer than two of them
 * and of those named `before`, others of the same county and kind, or kind group, by another reporter within two hours.
 */
export function named<One extends Likeness & { readonly near: { readonly incident: Compared } }>(
  { reporter, reportedAt }: Compared,
  found: readonly One[],
  before = 0,
): readonly One[] {
  const likely = found.filter(({ score }) => score >= sureEnough).slice(0, mostAlike)
  const maybe = found.filter(
    ({ score, why, near: { incident: other } }) =>
      score < sureEnough &&
      score >= mayBe &&
      why.includes('kind') &&
      why.includes('county') &&
      (reporter === null || other.reporter !== reporter) &&
      Math.abs(other.reportedAt - reportedAt) <= mayBeWithin,
  )
  return [...likely, ...maybe.slice(0, Math.max(0, mostMaybe - before - likely.length))]
}

type Compared = Pick<Happening, 'reportedAt'> & Pick<Incident, 'reporter'>

/** What may be said of it to the reporter: nothing of what is RED, restricted, not checked yet or of other regions. */
export function alikeOf({ incident }: Pick<Known, 'incident'>, reporter: Person | null): Alike {
  const { id, kind, place, reportedAt } = incident
  return { id, kind, county: countyOf(place), reportedAt, offered: reporter !== null && mayHearOf(reporter, incident) }
}

/** True if whoever reported the like may hear that there is such an incident, of which kind, where and when. */
export function mayHearOf(person: Pick<Person, 'id' | 'roles' | 'regions'>, incident: Incident): boolean {
  if (maySee(person, incident)) return true
  const open = incident.visibility === 'region' && incident.mark !== 'RED' && !isWaiting(incident)
  return open && servesRegion(person, incident.region)
}

/** The incident as which that one stands now: itself, or the last of those into which it was merged; null if none. */
export async function standsAs(id: IncidentId, incidents: Pick<IncidentReads, 'find'>): Promise<Known | null> {
  let known = await incidents.find(id)
  for (let steps = 0; known?.incident.mergedInto && steps < longestChain; steps++) {
    known = await incidents.find(known.incident.mergedInto)
  }
  return known
}

function saidApart(one: Incident, other: Incident): boolean {
  return one.unlike?.includes(other.id) || other.unlike?.includes(one.id) || one.merged.includes(other.id)
}

function nearKinds(kind: Kind | null, taxonomy: Taxonomy): readonly Kind[] {
  const group = kind && kindInfo(taxonomy, kind)?.group
  if (kind === null || !group) return []
  return [kind, ...taxonomy.kinds.filter(one => one.group === group && one.code !== kind).map(one => one.code)]
}

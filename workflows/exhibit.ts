import { type Item, type ItemKind, type Shown, whyNotExport, whyNotOpen } from './custody.ts'
import type { Directory } from './directory.ts'
import type { Entry } from './event.ts'
import type { EvidenceItem } from './evidence.ts'
import type { IncidentId, PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { type Link, linksIn } from './link.ts'
import type { Actor } from './permission.ts'
import type { IncidentReads } from './ports.ts'

/** A link that somebody wrote about an incident: when it was seen (epoch ms), and by whom. */
export type SeenLink = Link & { readonly id: string; readonly at: number; readonly by: PersonId | null }
/** Somebody opened an item or took it out of the hub. */
export type Touch = {
  readonly item: string | null
  readonly did: 'opened' | 'saved'
  /** How much of it was seen; null where it was saved. */
  readonly copy: Shown | null
  readonly by: PersonId | null
  readonly at: number
}
/** One thing kept with an incident, numbered from 1 in the order it came: a file, or a link. */
export type Exhibit = Item & {
  readonly number: number
  readonly incident: IncidentId
  /** The incident that it came with: this one, or one merged into it. */
  readonly part: Incident
  readonly at: number
  readonly file: EvidenceItem | null
  readonly link: SeenLink | null
  readonly touched: readonly Touch[]
}
/** All that is kept with an incident and with those merged into it, and who handled it. */
export type Collection = { readonly exhibits: readonly Exhibit[]; readonly touched: readonly Touch[] }

/** What a collection is read from. */
export type Sources = {
  readonly incidents: Pick<IncidentReads, 'find' | 'timeline'>
  readonly evidence: (id: IncidentId) => Promise<readonly EvidenceItem[]>
}

/** Reads what is kept with an incident, also with those merged into it, oldest first. */
export async function collect(incident: Incident, sources: Sources): Promise<Collection> {
  const parts = await Promise.all((await family(incident, sources)).map(part => partOf(part, sources)))
  const touched = parts.flatMap(part => part.touched).toSorted((one, other) => one.at - other.at)
  const all = parts.flatMap(part => part.found).toSorted((one, other) => one.at - other.at)
  const exhibits = all.map((one, index) => ({
    ...one,
    number: index + 1,
    touched: touched.filter(touch => touch.item === one.id),
  }))
  return { exhibits, touched }
}

/** What of a collection that person may open where they ask. */
export function openable(
  { exhibits }: Collection,
  incident: Incident,
  actor: Actor,
  network: Directory,
): readonly Exhibit[] {
  return exhibits.filter(one => whyNotOpen(actor, incident, one.by, network, one.part) === null)
}

/** True if the person may take the record of it all out of the hub. */
export function maySave(incident: Incident, actor: Actor, network: Directory): boolean {
  return whyNotExport(actor, incident, network) === null
}

type Found = Omit<Exhibit, 'number' | 'touched'>

const mostEntries = 2000
const mostMerged = 100

/** The incident and all that were merged into it, also through others. */
export async function family(
  incident: Incident,
  { incidents }: Pick<Sources, 'incidents'>,
): Promise<readonly Incident[]> {
  const parts = [incident]
  const ids = [...incident.merged]
  for (let at = 0; at < ids.length && parts.length < mostMerged; at++) {
    const found = await incidents.find(ids[at] as IncidentId)
    if (!found) continue
    parts.push(found.incident)
    for (const id of found.incident.merged) if (!ids.includes(id)) ids.push(id)
  }
  return parts
}

async function partOf(part: Incident, { incidents, evidence }: Sources) {
  const { id: incident } = part
  const [files, entries] = await Promise.all([evidence(incident), incidents.timeline(incident, mostEntries)])
  // Files that came together were kept in the same moment: they go as they were sent.
  const sent = entries.flatMap(({ event }) => ('files' in event ? (event.files ?? []) : [])).map(({ id }) => id)
  const kept = files
    .map((file): Found => {
      const { id, kind, by, keptAt } = file
      return { id, kind, by, incident, part, at: keptAt, file, link: null }
    })
    .toSorted((one, other) => sent.indexOf(one.id) - sent.indexOf(other.id))
  const seen = entries
    .flatMap(entry => linksOf(entry, incident))
    .map((link): Found => {
      const { id, at, by } = link
      return { id, kind: 'link' satisfies ItemKind, by, incident, part, at, file: null, link }
    })
  return { found: [...kept, ...seen], touched: entries.flatMap(touchOf) }
}

/** The links of one entry, each with an id that stays. */
function linksOf({ seq, at, by, event, words }: Entry, incident: IncidentId): SeenLink[] {
  const text = event.type === 'reported' ? words?.what : words?.text
  return linksIn(text ?? '').map((link, index) => ({ ...link, id: `${incident}.${seq}.${index + 1}`, at, by }))
}

function touchOf({ event, by, at }: Entry): Touch[] {
  if (event.type === 'evidence-opened') return [{ item: event.item, did: 'opened', copy: event.copy, by, at }]
  if (event.type === 'evidence-exported') return [{ item: event.item, did: 'saved', copy: null, by, at }]
  return []
}

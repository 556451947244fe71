import type { Store } from '../db/store.ts'
import { countyText } from '../workflows/card/place.ts'
import { kindOf } from '../workflows/card.ts'
import { makeIncidentId, readIncidentId } from '../workflows/ids.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import { type Actor, actsAs } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { actorSight } from '../workflows/sight.ts'
import { plain } from '../workflows/spoken.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { say } from '../workflows/text/say.ts'
import { identify, readerOf } from './identify.ts'
import type { Origin, Suggestion } from './platform.ts'

// What the tightest platform takes.
const most = 25
const longest = 100
// As many of the most urgent are looked through; an id is found however many there are.
const looked = 300
const mostRegions = 20

/**
 * Up to 25 incidents that this person may see where they ask, and may mean with what they have typed so far: parts of
 * the id, the severity, the kind or the place, in their language; the most urgent first. Nothing for strangers.
 */
export async function suggest(
  origin: Origin,
  typed: string,
  { store, taxonomy, now }: { readonly store: Store; readonly taxonomy: Taxonomy; readonly now: number },
): Promise<readonly Suggestion[]> {
  const { actor, room, newcomer } = await identify(origin, store)
  if (!actor || newcomer) return []
  const directory = store.roster.directory()
  const reader = readerOf(actor, room, directory, now)
  const wanted = plain(typed).split(' ')
  const seen = new Set<string>()
  const found: Suggestion[] = []
  for (const incident of [...(await named(typed, actor, store)), ...(await open(actor, store))]) {
    if (found.length === most) break
    if (seen.has(incident.id) || actorSight(incident, actor, directory) === 'nothing') continue
    seen.add(incident.id)
    const label = say(
      phrase('host.suggestion', {
        id: incident.id,
        severity: `S${incident.severity}`,
        kind: kindOf(incident, taxonomy),
        place: countyText(incident, directory),
      }),
      reader,
    )
    const text = `${plain(label)} ${spellings(incident)}`
    if (wanted.every(word => text.includes(word))) found.push({ id: incident.id, label: cut(label) })
  }
  return found
}

/** What is open in their regions, the most urgent first, and what they reported themselves. */
async function open({ id: viewer, ...actor }: Actor, { incidents }: Store): Promise<readonly Incident[]> {
  const reads = actsAs(actor, 'responder') || actsAs(actor, 'leader')
  const asked = { viewer, open: true, limit: looked } as const
  const theirs = reads ? await incidents.list({ ...asked, regions: actor.regions }) : null
  const own = await incidents.list({ ...asked, regions: 'all', reporter: viewer, limit: most })
  return [...(theirs?.items ?? []), ...own.items]
}

/** The incident whose number was typed whole, in any of their regions if it stands without letters. */
async function named(typed: string, { regions }: Actor, store: Store): Promise<readonly Incident[]> {
  const id = readIncidentId(typed)
  const number = /^\s*#?0*([1-9]\d{0,8})\s*$/.exec(typed)?.[1]
  const codes = regions === 'all' ? store.roster.directory().regions.map(region => region.code) : regions
  const ids = number ? codes.slice(0, mostRegions).map(code => makeIncidentId(code, Number(number))) : id ? [id] : []
  const known = await Promise.all(ids.map(one => store.incidents.find(one)))
  return known.flatMap(one => (one && isOpen(one.incident) ? one.incident : []))
}

/** The id as people type it in one word: `az0412`, `az412`. */
function spellings({ id }: Incident): string {
  const [code = '', number = ''] = plain(id).split(' ')
  return `${code}${number} ${code}${Number(number)}`
}

function cut(label: string): string {
  if (label.length <= longest) return label
  // Half a surrogate pair is no character.
  const start = label.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')
  return `${start.trimEnd()}…`
}

import type { Store } from '../db/store.ts'
import { laneOf } from '../workflows/alert.ts'
import type { Post } from '../workflows/change.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { threatPosts } from '../workflows/warning/threats.ts'

/** What telling of threats to the network's own people takes. */
export type ThreatOptions = {
  readonly store: Pick<Store, 'incidents' | 'roster' | 'outbox'>
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly wake: () => void
}

const weekMs = 7 * 24 * 60 * 60_000
const most = 20
const kind = 'TH-4'

/**
 * Tells each person who is named in a restricted threat to our own people, and in another one of that region within a
 * week, that there are several; nobody else hears of it, and it counts in no level.
 */
export async function tellThreats(incident: Incident, { store, taxonomy, clock, wake }: ThreatOptions): Promise<void> {
  if (incident.kind !== kind || incident.visibility !== 'restricted') return
  const directory = store.roster.directory()
  const since = clock() - weekMs
  const posts: Post[] = []
  for (const person of incident.allowed.flatMap(id => directory.people.get(id) ?? [])) {
    const regions = [incident.region]
    const seen = await store.incidents.list({ regions, viewer: person.id, kind, since, limit: most })
    const threats = seen.items.filter(one => one.drill === undefined && one.allowed.includes(person.id))
    posts.push(...threatPosts(person, threats, { directory, taxonomy, lane: laneOf(incident) }))
  }
  if (posts.length > 0 && (await store.outbox.add(posts, clock())) > 0) wake()
}

import { setImmediate as breathe } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { countyOf } from '../workflows/figures.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Known } from '../workflows/ports.ts'
import type { Protocol, Trigger } from '../workflows/protocol.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { clusterOf, type Stretch, stretchOf } from '../workflows/trigger/cluster.ts'
import { type Looked, matches, wasStarted } from '../workflows/trigger/match.ts'
import { sayingTheSame, saysSame } from '../workflows/trigger/same.ts'

/** The incidents that form a pattern, oldest first, and where it was looked for (null: one is enough). */
export type Pattern = { readonly incidents: readonly Incident[]; readonly stretch: Stretch | null }

type Tools = { readonly store: Store; readonly taxonomy: Taxonomy }

const mostCounted = 100
// Opening words takes time.
const mostRead = 40

/**
 * The pattern that a trigger counts, with this incident in it; by itself where one is enough; null if there is none.
 * Those for which the protocol was started already are not counted.
 */
export async function findPattern(
  protocol: Pick<Protocol, 'id'>,
  trigger: Trigger,
  known: Looked,
  { store, taxonomy }: Tools,
): Promise<Pattern | null> {
  const { incident } = known
  const { count } = trigger
  if (!count) return { incidents: [incident], stretch: null }
  const stretch = stretchOf(trigger, incident, taxonomy)
  if (!stretch) return null
  const found = await store.proposals.matching(stretch, mostCounted)
  const others = found.filter(one => one.id !== incident.id && !wasStarted(protocol, one))
  if (others.length + 1 < count.atLeast) return null
  const said = await saidBy(trigger, known, others, { store, taxonomy })
  const cluster = clusterOf(spot(incident), said.map(spot), count)
  return cluster && { incidents: cluster.map(one => one.incident), stretch }
}

/** Those whose words count too, where a trigger asks for words. */
async function saidBy(
  trigger: Trigger,
  { incident, words }: Looked,
  others: readonly Incident[],
  { store, taxonomy }: Tools,
): Promise<readonly Incident[]> {
  const same = saysSame(trigger)
  if (trigger.words === null && !same) return others
  const opened: (Known | null)[] = []
  for (const one of others.slice(0, mostRead)) {
    opened.push(await store.incidents.find(one.id))
    // People who wait for an answer come first.
    await breathe()
  }
  // What has ended matches no trigger any more, though it happened: of it only the words are asked.
  const told = opened.flatMap(one =>
    one && matches(trigger, { ...one, incident: standing(one.incident) }, taxonomy) ? one : [],
  )
  if (!same) return told.map(one => one.incident)
  const own = { id: incident.id, county: countyOf(incident.place), what: words.what }
  const all = told.map(one => ({
    ...{ id: one.incident.id, county: countyOf(one.incident.place), what: one.words.what },
    incident: one.incident,
  }))
  return sayingTheSame(own, all, await store.proposals.sharing(incident.id)).map(one => one.incident)
}

function standing(incident: Incident): Incident {
  return { ...incident, status: 'reported' }
}

function spot(incident: Incident) {
  return { id: incident.id, county: countyOf(incident.place), reportedAt: incident.reportedAt, incident }
}

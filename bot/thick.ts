import type { Store, StoreTx } from '../db/store.ts'
import type { IncidentChange } from '../workflows/change.ts'
import { counted, gathered, gatherTime, limitsOf, mayGather } from '../workflows/limits.ts'

/**
 * The changes with their notices to people gathered for one list, where reports come too thick to tell each by itself.
 * Asks the database only if there is something to gather.
 */
export async function thinned(
  tx: StoreTx,
  changes: readonly IncidentChange[],
  now: number,
  { roster }: Pick<Store, 'roster'>,
): Promise<readonly IncidentChange[]> {
  const telling = changes.filter(change => change.effects.posts.some(mayGather))
  if (telling.length === 0) return changes
  const limits = limitsOf(roster.directory())
  const since = now - counted.burst
  const thick = new Set<string>()
  for (const region of new Set(telling.map(change => change.after.region))) {
    if ((await tx.reported(region, since, limits.burst)) + fresh(changes, region) > limits.burst) thick.add(region)
  }
  const everywhere =
    thick.size === 0 &&
    (await tx.reported(null, since, limits.burst_network)) + fresh(changes, null) > limits.burst_network
  if (thick.size === 0 && !everywhere) return changes
  return changes.map(change =>
    everywhere || thick.has(change.after.region)
      ? { ...change, effects: { ...change.effects, posts: gathered(change.effects.posts, gatherTime(now)) } }
      : change,
  )
}

/** How many reports come in with these changes. */
function fresh(changes: readonly IncidentChange[], region: string | null): number {
  return changes.filter(({ before, after }) => !before && (region === null || after.region === region)).length
}

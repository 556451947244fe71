import type { Broadcast, BroadcastChange, BroadcastEntry, BroadcastEvent } from '../broadcast.ts'
import type { BroadcastId, PersonId } from '../ids.ts'
import { evolveBroadcast } from './evolve.ts'

/** One thing that happens to a broadcast; `by: null` says that the hub does it, not the actor. */
export type BroadcastDecision = { readonly event: BroadcastEvent; readonly by?: null }

/** Numbers decisions as the next entries, and gives the broadcast as they leave it; null if nothing happens. */
export function enterBroadcast(
  before: Broadcast | null,
  decisions: readonly BroadcastDecision[],
  { id, by, now }: { readonly id: BroadcastId; readonly by: PersonId | null; readonly now: number },
): BroadcastChange | null {
  const entries: BroadcastEntry[] = []
  let after = before
  for (const { event, by: hub } of decisions) {
    const entry: BroadcastEntry = { seq: (after?.seq ?? 0) + 1, by: hub === null ? null : by, at: now, event }
    entries.push(entry)
    after = evolveBroadcast(after, entry, id)
  }
  return after && entries.length > 0 ? { before, after, entries } : null
}

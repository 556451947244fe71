import type { Context, Decision } from './decision.ts'
import type { Entry } from './event.ts'
import { evolve } from './evolve.ts'
import type { Incident } from './incident.ts'

/** Numbers decisions as the next timeline entries, and gives the incident as they leave it. */
export function enter(
  incident: Incident | null,
  decisions: readonly Decision[],
  context: Pick<Context, 'now' | 'actor'>,
): { readonly after: Incident; readonly entries: readonly Entry[] } {
  const entries: Entry[] = []
  let after = incident
  for (const { event, words, by } of decisions) {
    const entry: Entry = {
      seq: (after?.seq ?? 0) + 1,
      at: context.now,
      by: by === null ? null : (context.actor?.id ?? null),
      event,
      words: words ?? null,
    }
    entries.push(entry)
    after = evolve(after, entry)
  }
  if (!after) throw new Error('an incident starts with its report')
  return { after, entries }
}

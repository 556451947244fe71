import { setImmediate as breathe } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { type Earlier, gistOf, hearingOf, repeatedBy } from '../workflows/rumour/gather.ts'
import type { Looked } from '../workflows/trigger/match.ts'

const dayMs = 24 * 60 * 60_000
/** How long (ms) nobody repeated a rumor before the same words are a new one. */
export const rumourLife = 30 * dayMs
const tries = 5

/**
 * Files a report under the rumor that it repeats, or a new one, after it was committed; a report is filed once, and
 * what a person said of it stands. Rejects only if the store does.
 */
export async function hearRumour(
  known: Looked,
  {
    store,
    clock,
  }: { readonly store: Pick<Store, 'rumours' | 'proposals' | 'incidents'>; readonly clock: () => number },
): Promise<void> {
  const { rumours, proposals } = store
  const { incident } = known
  const { id } = incident
  const hearing = hearingOf(incident)
  const own = await rumours.of(id)
  if (hearing === 'none' && !own?.byHand) return own ? rumours.drop(id) : undefined
  const filed = { id, at: incident.reportedAt, terms: gistOf(known) }
  for (let attempt = 1; attempt <= tries; attempt++) {
    const count = await rumours.count()
    const rumour = own?.rumour ?? (await repeated())
    if (rumour === null && hearing !== 'begins') return
    if (await rumours.file(filed, rumour, count)) return
  }

  async function repeated(): Promise<string | null> {
    const near = await rumours.near(filed, clock() - rumourLife)
    const shared = await proposals.sharing(id)
    const linked = await Promise.all(
      [...shared].map(async other => ({ incident: other, ...(await rumours.of(other)) })),
    )
    const found = new Map([...near, ...linked].flatMap(one => (one.rumour ? [[one.incident, one.rumour]] : [])))
    const earlier: Earlier[] = []
    for (const [other, name] of found) {
      const one = await store.incidents.find(other)
      if (one) earlier.push({ ...one, rumour: name })
      // People who wait for an answer come first.
      await breathe()
    }
    return repeatedBy(known, earlier, shared)
  }
}

import type { Store } from '../db/store.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import type { BroadcastId } from '../workflows/ids.ts'

type Options = { readonly store: Store; readonly clock: () => number; readonly wake: () => void }

const atOnce = 100
const most = 50

/**
 * Brings corrections to those who had the words before, some at a time: their messages are edited or taken away where
 * the tool allows, else it is said anew. Whatever dies, the next one goes on where it stood. `run` gives true if there
 * may be more.
 */
export function createCorrections({ store, clock, wake }: Options): { readonly run: () => Promise<boolean> } {
  // Of what was served whole, nothing is asked again until something happens to it.
  const served = new Map<BroadcastId, number>()

  async function serve(id: BroadcastId, seq: number): Promise<boolean> {
    const broadcast = await store.broadcasts.find(id)
    const correction = broadcast?.corrections.at(-1)
    if (!broadcast || !correction) {
      served.set(id, seq)
      return false
    }
    const now = clock()
    const asked = await store.amends.ask(id, correction, atOnce, now)
    const settled = await store.amends.settle(id, correction, atOnce, now)
    if (asked + settled > 0) return true
    const going = broadcast.state === 'sending' || broadcast.state === 'paused'
    const { done, all } = await store.amends.counts(id, correction)
    if (!going && done === all) served.set(id, seq)
    return false
  }

  return {
    async run() {
      let more = false
      for (const { id, seq } of await store.amends.begun(most)) {
        if (served.get(id) !== seq) more = (await serve(id, seq)) || more
      }
      if (more) wake()
      return more
    },
  }
}

/** For how many of those who had it the last correction is done; null: it was not corrected. */
export async function amendedOf(
  { id, corrections }: Broadcast,
  store: Pick<Store, 'amends'>,
): Promise<{ readonly done: number; readonly all: number } | null> {
  const last = corrections.at(-1)
  return last ? store.amends.counts(id, last) : null
}

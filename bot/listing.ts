import type { Listed } from '../db/recipients.ts'
import type { Store } from '../db/store.ts'
import { countAudience, type Meant, resolvePlan } from '../workflows/broadcast/audience/resolve.ts'
import type { Broadcast, Counted } from '../workflows/broadcast.ts'
import { drillOf } from '../workflows/drill.ts'
import type { PlatformName } from '../workflows/ids.ts'

type Options = {
  readonly store: Pick<Store, 'roster' | 'incidents' | 'recipients' | 'acquainted'>
  /** The tools that the hub is connected to. */
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly clock: () => number
}

/**
 * Puts on the list of a broadcast that has not begun everybody whom it means now, in the order in which they are
 * served; a list that was begun before is made anew. Gives how many they are; null if it began meanwhile.
 */
export async function listRecipients(broadcast: Broadcast, options: Options): Promise<Counted | null> {
  const { store, platforms } = options
  const { id } = broadcast
  const names = new Set(platforms.map(platform => platform.name))
  const met = await store.acquainted.acquainted()
  const known = broadcast.plan.incident ? await store.incidents.find(broadcast.plan.incident) : null
  // What it was to be about may be gone, and with it what could say who may read of it.
  const incident = known?.incident ?? null
  const directory = store.roster.directory()
  const drill = broadcast.drill === undefined ? null : drillOf({ drill: broadcast.drill }, directory)
  const meant =
    broadcast.drill !== undefined && !drill
      ? []
      : resolvePlan(broadcast.plan, directory, {
          ...{ now: options.clock(), incident, drill, platforms: names },
          known: account => met.has(account),
        })
  await store.recipients.clear(id)
  const list = meant.map((one, rank) => listed(broadcast, one, rank))
  const added = await store.recipients.add(id, list)
  return added === null ? null : countAudience(meant)
}

function listed({ id }: Broadcast, one: Meant, rank: number): Listed {
  const { key, person, room, region, language, platform, account, first, state, why } = one
  return {
    ...{ broadcast: id, key, person, room, region, language, platform, account, first, rank, state },
    error: why === null ? null : reasons[why],
  }
}

const reasons: Readonly<Record<NonNullable<Meant['why']>, string>> = {
  'no-account': 'they have no account',
  'no-tool': 'the hub is not connected to their tool',
  red: 'it may not be read on their tool',
  stopped: 'they wish no broadcasts',
}

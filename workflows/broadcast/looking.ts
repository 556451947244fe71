import type { Broadcast } from '../broadcast.ts'
import type { RegionCode } from '../ids.ts'
import { type Actor, actsAs } from '../permission.ts'
import type { Read } from '../ports.ts'
import { needsOfBroadcast } from './decide.ts'
import { mayRead } from './ledger.ts'
import { sceneOf } from './scene.ts'

type Looking = { readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>; readonly actor: Actor }

/** True for whoever has a part in it, and for every coordinator, as to what is of their regions. */
export async function mayLook(broadcast: Broadcast, looking: Looking): Promise<boolean> {
  if (actsAs(looking.actor, 'coordinator')) return true
  return (await sceneOf(broadcast.id, looking)) !== null
}

/** The regions of it that somebody may pick; `own`: they see nothing but those. */
export function regionsFor(
  broadcast: Broadcast,
  { read, actor }: Looking,
): { readonly list: readonly RegionCode[]; readonly own: boolean } {
  const { regions: only } = needsOfBroadcast(broadcast, { directory: read.directory, incident: null })
  const all = only.length > 0 ? only : read.directory.regions.map(one => one.code)
  if (mayRead({ region: null }, broadcast, actor)) return { list: all, own: false }
  return { list: all.filter(region => mayRead({ region }, broadcast, actor)), own: true }
}

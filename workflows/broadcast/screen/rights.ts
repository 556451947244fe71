import type { Broadcast } from '../../broadcast.ts'
import { type Person, servesRegion } from '../../directory.ts'
import type { RegionCode } from '../../ids.ts'
import { type Actor, actsAs } from '../../permission.ts'
import type { Read } from '../../ports.ts'
import { needsOfBroadcast } from '../needs.ts'
import type { RecipientStanding } from '../standing.ts'
import { sceneOf } from './scene.ts'

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
  if (mayReadAll(broadcast, actor)) return { list: all, own: false }
  return { list: all.filter(region => mayReadRow({ region }, broadcast, actor)), own: true }
}

/** True for whoever may read of all its recipients: its writer and approvers, and who serves the whole network. */
export function mayReadAll(broadcast: Broadcast, actor: Reading): boolean {
  if (actor.regions === 'all' || actor.roles.includes('admin')) return true
  return broadcast.by === actor.id || broadcast.approvals.some(one => one.by === actor.id)
}

/** True for one recipient that somebody may read of: of all, or of their regions. */
export function mayReadRow(
  { region }: Pick<RecipientStanding, 'region'>,
  broadcast: Broadcast,
  actor: Reading,
): boolean {
  return mayReadAll(broadcast, actor) || (region !== null && servesRegion(actor, region))
}

type Looking = { readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory'>; readonly actor: Actor }

type Reading = Pick<Person, 'id' | 'roles' | 'regions'>

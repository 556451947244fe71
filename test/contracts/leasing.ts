import type { Store } from '../../db/store.ts'
import type { AccountId, PlatformName, RoomId } from '../../workflows/ids.ts'

/** Leases the posts whose turn it is, as delivery does. */
export async function leasePosts(
  { outbox }: Store,
  rooms: readonly RoomId[],
  accounts: readonly PlatformName[],
  now: number,
  leaseMs: number,
  limit: number,
  quiet: readonly AccountId[] = [],
) {
  const turn = await outbox.due({ rooms, accounts, quiet }, now, limit)
  return outbox.take(
    turn.map(post => post.id),
    now,
    leaseMs,
  )
}

/** Leases the cards whose turn it is, as delivery does. */
export async function leaseCards(
  { cards }: Store,
  rooms: readonly RoomId[],
  now: number,
  leaseMs: number,
  limit: number,
) {
  return cards.take(await cards.due(rooms, now, limit), now, leaseMs)
}

import type { Broadcast, BroadcastChange, BroadcastEvent } from '../broadcast.ts'
import { leastApproved } from './needs.ts'
import { enterBroadcast } from './record.ts'

/**
 * What stops one that may have gone on without the database's knowledge, which was brought back as it was before: what
 * was being sent is paused, what was approved waits to be approved again. Null where nothing is to be stopped.
 */
export function haltBroadcast(before: Broadcast, now: number): BroadcastChange | null {
  const event = haltOf(before)
  return event && enterBroadcast(before, [{ event, by: null }], { id: before.id, by: null, now })
}

function haltOf({ state, approvals }: Broadcast): BroadcastEvent | null {
  if (state === 'sending') return { type: 'paused' }
  return state === 'approved' ? { type: 'held', counted: leastApproved(approvals) } : null
}

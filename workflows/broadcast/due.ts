import type { Broadcast } from '../broadcast.ts'
import { hourOf } from './plan.ts'

/** How long it goes on to be sent where nobody said until when. */
export const lifeMs = 24 * 60 * 60_000

/** From when on (epoch ms) nobody is sent it any more: as planned, or a day after it began, or was to begin. */
export function expiryOf({ plan, startedAt, createdAt }: Broadcast): number {
  return plan.expiresAt ?? (startedAt ?? hourOf(plan) ?? createdAt) + lifeMs
}

/**
 * When the hub has something to do with it (epoch ms): the hour of what is approved, the end of what goes on or still
 * waits for approval; null: nothing.
 */
export function dueAtOf(broadcast: Broadcast): number | null {
  const { state, plan, approvals, createdAt } = broadcast
  switch (state) {
    case 'approved':
      return hourOf(plan) ?? approvals.at(-1)?.at ?? createdAt
    case 'sending':
    case 'paused':
      return expiryOf(broadcast)
    case 'submitted':
    case 'held':
      return plan.expiresAt
    case 'draft':
    case 'sent':
    case 'cancelled':
    case 'expired':
      return null
  }
}

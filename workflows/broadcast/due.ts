import type { Broadcast, Plan } from '../broadcast.ts'
import { hourOf } from './plan.ts'

// So long it goes on to be sent where nobody said until when.
const lifeMs = 24 * 60 * 60_000

/** Its last hour (epoch ms): as planned, else that of the event before which it was to go out; null: none was said. */
export function lastHourOf({ expiresAt, when }: Pick<Plan, 'expiresAt' | 'when'>): number | null {
  return expiresAt ?? (when.type === 'before' ? when.eventAt : null)
}

/** From when on (epoch ms) nobody is sent it any more: its last hour, or a day after it began, or was to begin. */
export function expiryOf({ plan, startedAt, createdAt }: Broadcast): number {
  return lastHourOf(plan) ?? (startedAt ?? hourOf(plan) ?? createdAt) + lifeMs
}

/** From when on (epoch ms) it is too late to begin with what was approved: as though it had begun at its hour. */
export function latestStart(broadcast: Broadcast): number {
  return expiryOf({ ...broadcast, startedAt: hourOf(broadcast.plan) ?? broadcast.approvals.at(-1)?.at ?? null })
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
      return lastHourOf(plan)
    case 'draft':
    case 'sent':
    case 'cancelled':
    case 'expired':
      return null
  }
}

import type { Broadcast, Plan } from '../broadcast.ts'
import { blankPlan, hourOf, isSamePlan } from './plan.ts'

/**
 * The one of these that says the same to the same people within an hour of it, as things stand now (epoch ms); null if
 * none does. Whoever wrote it, and whatever it is called among those who work on it.
 */
export function twinOf(broadcast: Broadcast, others: readonly Broadcast[], now: number): Broadcast | null {
  const own = said(broadcast.plan)
  const at = hourOf(broadcast.plan) ?? now
  const found = others.find(
    other =>
      other.id !== broadcast.id &&
      other.drill === broadcast.drill &&
      counts(other) &&
      Math.abs(at - (other.startedAt ?? Math.max(hourOf(other.plan) ?? now, now))) < hourMs &&
      isSamePlan(said(other.plan), own),
  )
  return found ?? null
}

const hourMs = 60 * 60_000

/** It goes out or went out, and nobody has taken it back. */
function counts({ state, corrections }: Broadcast): boolean {
  if (corrections.some(one => one.recall)) return false
  return state !== 'draft' && state !== 'cancelled' && state !== 'expired'
}

/** What people get of it, and who. */
function said({ audience, words, answer }: Plan): Plan {
  return blankPlan({ audience, words, answer })
}

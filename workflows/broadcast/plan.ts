import { hash } from 'node:crypto'
import type { Plan } from '../broadcast.ts'

/** A plan in which nothing is said yet, to nobody; what is known of it stands in `more`. */
export function blankPlan(more: Partial<Plan> = {}): Plan {
  return {
    title: '',
    audience: null,
    words: {},
    urgency: 'routine',
    answer: { type: 'none' },
    when: { type: 'now' },
    quiet: 'keep',
    expiresAt: null,
    answerWithinMs: null,
    severity: null,
    public: false,
    incident: null,
    from: null,
    defaults: {},
    without: [],
    ...more,
  }
}

/** True if it goes out in people's quiet hours too. */
export function isAnytime({ quiet, urgency }: Pick<Plan, 'quiet' | 'urgency'>): boolean {
  return quiet === 'pass' || urgency === 'life-safety'
}

/** What stands for exactly this plan in a button: the same plan gives the same twelve characters in every process. */
export function planDigest(plan: Plan): string {
  return hash('sha256', JSON.stringify(inOrder(plan)), 'base64url').slice(0, 12)
}

/** True if two plans say the same in every part. */
export function isSamePlan(one: Plan, other: Plan): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** When it is to go out (epoch ms); null: as soon as it may. */
export function hourOf({ when }: Pick<Plan, 'when'>): number | null {
  switch (when.type) {
    case 'now':
      return null
    case 'at':
      return when.at
    case 'before':
      return when.eventAt - when.minutes * 60_000
  }
}

// Objects that were read back may name their fields in another order.
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(
    fields.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([k, v]) => [k, inOrder(v)]),
  )
}

import { hash } from 'node:crypto'
import type { Broadcast, LocalText, Plan } from '../broadcast.ts'

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

/** What stands for exactly these words in a button, in the place of those that stand now; in twelve characters. */
export function wordsDigest(words: LocalText, { corrections }: Pick<Broadcast, 'corrections'>): string {
  const said = { words: spoken(words), wave: corrections.length }
  return hash('sha256', JSON.stringify(inOrder(said)), 'base64url').slice(0, 12)
}

/** True if both say the same in every language. */
export function isSameWords(one: LocalText, other: LocalText): boolean {
  return JSON.stringify(inOrder(spoken(one))) === JSON.stringify(inOrder(spoken(other)))
}

/** True if anything is said in any language. */
export function hasWords(words: LocalText): boolean {
  return Object.keys(spoken(words)).length > 0
}

/** The words that those who have it read now, unless it was taken back. */
export function standingWords({ plan, corrections }: Pick<Broadcast, 'plan' | 'corrections'>): LocalText {
  return corrections.findLast(({ words }) => hasWords(words))?.words ?? plan.words
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

function spoken(words: LocalText): LocalText {
  const said = Object.entries(words).flatMap(([language, text]) =>
    text.trim() === '' ? [] : [[language, text.trim()]],
  )
  return Object.fromEntries(said)
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
